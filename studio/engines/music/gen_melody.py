"""The tune of a recording as MusicGen melody wants it: which of twelve notes is loudest, 8 times a second.

Copet et al. 2023, Simple and Controllable Music Generation, section 2.3. transformers has a feature extractor
for it that needs torchaudio; this gives the same with its filters and torch alone.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

SETTINGS = "preprocessor_config.json"
Mono = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Chroma:
    """How a model was taught to hear; see `SETTINGS`."""

    rate: int = 32000
    """Samples a second."""
    size: int = 16384
    """Samples a spectrum is made of."""
    hop: int = 4096
    """Samples from one spectrum to the next."""
    seconds: float = 30
    """It hears at most so much."""
    notes: int = 12

    def heard(self, sound: Mono) -> torch.Tensor:
        """(1, spectra, notes): 1 for the loudest note, else 0. ``sound`` is (samples,) at `rate`."""
        from transformers.audio_utils import chroma_filter_bank

        sound = sound[:round(self.seconds * self.rate)]
        missing = max(0, self.size - len(sound))
        wave = torch.from_numpy(np.pad(sound, (missing // 2, missing - missing // 2)))
        spectrum = torch.stft(wave, self.size, self.hop, window=torch.hann_window(self.size),
                              return_complex=True).abs().square()
        filters = chroma_filter_bank(self.size, self.notes, self.rate)
        loudest = (torch.from_numpy(filters).float() @ spectrum).argmax(0)
        return torch.nn.functional.one_hot(loudest, self.notes).float()[None]


def settings(folder: Path, rate: int, notes: int) -> Chroma:
    """What the model in ``folder`` says; where it says nothing, what MusicGen does."""
    known: dict[str, Any] = {}
    path = folder / SETTINGS
    if path.is_file():
        known = json.loads(path.read_text(encoding="utf-8"))
    size = int(known.get("n_fft", 16384))
    return Chroma(int(known.get("sampling_rate", rate)), size, int(known.get("hop_length", size // 4)),
                  float(known.get("chunk_length", 30)), notes)


def prepared(melody: NDArray[np.float32], rate: int, wanted: int) -> Mono | None:
    """A recording (samples, channels) at ``rate`` as (samples,) at ``wanted``; None where there is none."""
    from scipy.signal import resample_poly

    sound = np.nan_to_num(np.asarray(melody, np.float32), posinf=0.0, neginf=0.0)
    mono = sound if sound.ndim == 1 else sound.mean(axis=1)
    if not len(mono) or not np.abs(mono).max():
        return None
    if rate == wanted:
        return mono
    common = math.gcd(rate, wanted)
    return np.asarray(resample_poly(mono, wanted // common, rate // common), np.float32)


def from_second(melody: Mono, second: float, chroma: Chroma) -> Mono:
    """What a model hears that goes on at ``second``: a melody begins again where it ends."""
    start, length = round(second * chroma.rate), round(chroma.seconds * chroma.rate)
    if not start:
        return melody[:length]
    places = (start + np.arange(min(length, len(melody)))) % len(melody)
    return np.ascontiguousarray(melody[places])
