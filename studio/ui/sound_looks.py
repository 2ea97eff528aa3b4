"""What the window shows of a sound, worked out off the UI thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from studio.core.errors import StudioError
from studio.core.jobs import Problem, problem_of
from studio.ui.playback_sinks import RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COLUMNS = 1600
"""Of the outline and the spectrogram."""
_ROWS = 320
_LONGEST = 1800
"""Seconds; more would fill the memory."""


@dataclass(frozen=True, slots=True)
class SoundLooks:
    """A sound as pictures and as what is played."""

    seconds: float
    rate: int
    channels: int
    loudness: float
    """LUFS; -inf for silence."""
    peaks: list[tuple[float, float]]
    """Lowest and highest value of each column, -1 to 1."""
    spectrogram: QImage
    data: bytes
    """16-bit stereo at `RATE`."""


def look(data: bytes, name: str) -> SoundLooks | Problem:
    """All of it; a Problem for what is no sound, damaged, or too long. Raises nothing."""
    try:
        return _look(data, name)
    except (StudioError, MemoryError) as error:
        return problem_of(error)


def _look(data: bytes, name: str) -> SoundLooks:
    from studio.media.sound import looks, loudness
    from studio.media.sound.reading import read_sound

    samples, rate = read_sound(data, name, _LONGEST)
    stereo = samples[:, :2] if samples.shape[1] > 1 else samples.repeat(2, axis=1)
    pixels = looks.spectrogram(samples, rate, COLUMNS, _ROWS)
    image = QImage(pixels.tobytes(), COLUMNS, _ROWS, 3 * COLUMNS, QImage.Format.Format_RGB888).copy()
    outline = [(float(low), float(high)) for low, high in looks.peaks(samples, COLUMNS)]
    channels = samples.shape[1]
    loud = loudness.measure(stereo * (1, channels > 1), rate)  # of a mono file one channel counts
    return SoundLooks(len(samples) / rate, rate, channels, loud, outline, image, _played(stereo, rate))


def _played(stereo: NDArray[np.float32], rate: int) -> bytes:
    import numpy as np

    if rate != RATE and len(stereo):
        places = np.arange(int(len(stereo) * RATE / rate)) * (rate / RATE)
        at = np.arange(len(stereo))
        sides = [np.interp(places, at, stereo[:, side]) for side in (0, 1)]
        stereo = np.stack(sides, axis=1).astype(np.float32)
    return (np.clip(stereo, -1, 1) * 32767).astype("<i2").tobytes()
