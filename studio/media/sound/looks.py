"""Sound to look at: its outline, and which frequencies it has when."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.media.sound.reverb import Stereo
from studio.media.sound.samples import Mono

_WINDOW = 2048
_FLOOR = -80.0
"""Decibels below the loudest that are as good as nothing."""
_LOWEST, _HIGHEST = 40.0, 16_000.0
_STEPS = ((0.0, (12, 10, 26)), (0.25, (62, 30, 96)), (0.5, (160, 50, 98)), (0.75, (240, 120, 60)),
          (1.0, (255, 236, 170)))
"""Level to colour: dark to light, so that it can be read without telling colours apart."""


def peaks(samples: Stereo | Mono, columns: int) -> NDArray[np.float32]:
    """The lowest and highest value in each of ``columns`` equal parts of the sound, (columns, 2).

    ``samples`` (frames,) or (frames, channels); all channels together. Where there are fewer frames than
    columns, some repeat; without sound all is 0.
    """
    found = np.zeros((max(0, columns), 2), np.float32)
    if not len(samples) or columns <= 0:
        return found
    flat = samples.reshape(len(samples), -1)
    starts = np.minimum(np.arange(columns) * len(flat) // columns, len(flat) - 1)
    found[:, 0] = np.minimum.reduceat(flat.min(axis=1), starts)
    found[:, 1] = np.maximum.reduceat(flat.max(axis=1), starts)
    return found


def spectrogram(samples: Stereo | Mono, rate: int, width: int, height: int) -> NDArray[np.uint8]:
    """(height, width, 3) RGB: time to the right, frequency upwards, logarithmic from 40 Hz to 16 kHz.

    Short-time Fourier transform with a Hann window of 2,048 frames, one for each column; colours go from the
    loudest down by 80 decibels. Memory is bounded by the picture's size, not the sound's.
    """
    mono = np.asarray(samples if samples.ndim == 1 else samples.mean(axis=1), np.float32)
    mono = np.pad(mono, (_WINDOW // 2, _WINDOW // 2))
    starts = np.linspace(0, len(mono) - _WINDOW, width).astype(int)
    window = np.hanning(_WINDOW).astype(np.float32)
    rows = _rows(rate, height)
    levels = np.empty((width, height), np.float32)
    for column in range(0, width, 64):
        frames = np.stack([mono[start:start + _WINDOW] for start in starts[column:column + 64]])
        power = np.abs(np.fft.rfft(frames * window, axis=1))
        levels[column:column + 64] = np.maximum(power[:, rows], power[:, rows - 1])
    loudest = levels.max(initial=0)
    decibels = 20 * np.log10(np.maximum(levels, 1e-9) / max(loudest, 1e-3))
    return _coloured(np.clip(1 - decibels / _FLOOR, 0, 1).T[::-1])


def _rows(rate: int, height: int) -> NDArray[np.intp]:
    """Which bin each row shows, from below."""
    hertz = np.geomspace(_LOWEST, min(_HIGHEST, rate / 2), height)
    return np.clip(np.round(hertz * _WINDOW / rate), 1, _WINDOW // 2).astype(np.intp)


def _coloured(levels: NDArray[np.float32]) -> NDArray[np.uint8]:
    at = [level for level, _ in _STEPS]
    channels = [np.interp(levels, at, [colour[channel] for _, colour in _STEPS]) for channel in range(3)]
    return np.ascontiguousarray(np.round(np.stack(channels, axis=2)).astype(np.uint8))
