"""How loud sound is (ITU-R BS.1770-4), and making it as loud as wanted without clipping."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.core.jobs import CancelToken
from studio.media.sound.filters import Response, biquad, fast_length
from studio.media.sound.limiter import limit
from studio.media.sound.reverb import Stereo

TARGET = -14.0
"""LUFS: what most places that play music turn it to."""
CEILING = 10 ** (-1 / 20)
"""-1 dBFS: the most a lossy format turns into no clipping (AES TD1008)."""
_MOST_GAIN = 10 ** (40 / 20)
"""More would turn the faint end of a tail into noise."""
_QUIET = -70.0
"""LUFS below which there is silence (BS.1770-4, 5.1)."""
_STEP = 0.1
"""Seconds from gate to gate; four make a gate."""
_BLOCK = 1 << 19
_ROUNDS = 3
_MEMORY = 0.5
"""Seconds."""


def level(sound: Stereo, rate: int, *, target: float = TARGET, cancel: CancelToken | None = None,
          progress: Callable[[float], None] | None = None) -> Stereo:
    """``sound`` (frames, 2), changed in place and given back: ``target`` LUFS, true peak at most `CEILING`.

    What is shorter than a gate of 0.4 s is measured as if silence came after it. Silence stays as it is.
    Where much has to be limited, loudness is made up for in further rounds, as far as that goes.
    """
    for turn in range(_ROUNDS):
        now = measure(sound, rate, cancel)
        if now == -np.inf or (turn and abs(now - target) < 0.3):
            break
        gain = min(_MOST_GAIN, 10 ** ((target - now) / 20))
        if turn and gain < 1:
            break
        limit(sound, rate, gain, CEILING, cancel)
        if progress:
            progress((turn + 1) / _ROUNDS)
    return sound


def measure(sound: Stereo, rate: int, cancel: CancelToken | None = None) -> float:
    """Integrated loudness in LUFS; -inf for silence.

    As pyloudnorm's, but a block at a time: that one copies the whole piece several times, and takes seconds
    to load.
    """
    steps = np.concatenate([*_energies(sound, rate, cancel), np.zeros(3)])
    gates = np.convolve(steps, np.ones(4), "valid")[:max(1, len(steps) - 6)] / (4 * round(_STEP * rate))
    loud = gates[gates > 10 ** ((_QUIET + 0.691) / 10)]
    if not len(loud):
        return float("-inf")
    loud = loud[loud > loud.mean() * 0.1]
    return float(-0.691 + 10 * np.log10(loud.mean()))


def _energies(sound: Stereo, rate: int, cancel: CancelToken | None) -> Iterator[NDArray[np.float64]]:
    """Of each step, both channels together, after the weighting; the last is filled with silence.

    Blocks are filtered one by one, each with what came before it, for as long as the filters remember.
    """
    step, before = round(_STEP * rate), int(_MEMORY * rate)
    size = max(1, _BLOCK // step) * step
    for start in range(0, len(sound), size):
        if cancel:
            cancel.check()
        first = max(0, start - before)
        block = np.asarray(sound[first:start + size])
        length = fast_length(len(block) + before)
        spectrum = np.fft.rfft(block, length, axis=0) * _weighting(rate, length)[:, None]
        weighted = np.fft.irfft(spectrum, length, axis=0)[start - first:len(block)].astype(np.float64)
        weighted = np.concatenate((weighted, np.zeros((-len(weighted) % step, 2))))
        yield np.square(weighted).reshape(-1, step * 2).sum(axis=1)


@lru_cache(maxsize=4)
def _weighting(rate: int, length: int) -> Response:
    """The K filter for a sample rate: a shelf of 4 dB from 1,500 Hz on for the head, a high-pass at 38 Hz for
    the ear. The standard has numbers for 48 kHz only; these are pyloudnorm's formulas for any."""
    angle = 2 * np.pi * 1500 / rate
    alpha, gain = np.sin(angle) / np.sqrt(2), 10 ** (4 / 40)
    root, cosine = 2 * np.sqrt(gain) * alpha, np.cos(angle)
    shelf = biquad((gain * (gain + 1 + (gain - 1) * cosine + root),
                    -2 * gain * (gain - 1 + (gain + 1) * cosine),
                    gain * (gain + 1 + (gain - 1) * cosine - root)),
                   (gain + 1 - (gain - 1) * cosine + root, 2 * (gain - 1 - (gain + 1) * cosine),
                    gain + 1 - (gain - 1) * cosine - root), length)
    angle = 2 * np.pi * 38 / rate
    alpha, cosine = np.sin(angle), np.cos(angle)
    return shelf * biquad(((1 + cosine) / 2, -(1 + cosine), (1 + cosine) / 2),
                          (1 + alpha, -2 * cosine, 1 - alpha), length)
