"""A look-ahead limiter: peaks are turned down softly, a little before they come, and nothing ever clips."""

from __future__ import annotations

import numpy as np

from studio.core.jobs import CancelToken
from studio.media.sound import filters
from studio.media.sound.reverb import Stereo
from studio.media.sound.samples import Mono

_AROUND = 0.02
"""Seconds before and after a peak in which it is turned down."""
_BLOCK = 1 << 19
_SAFE = 0.995
"""Leaves room for what shows only between four times as many samples."""
_LOOK = 1 << 13


def limit(sound: Stereo, rate: int, gain: float, ceiling: float, cancel: CancelToken | None = None) -> None:
    """Multiply ``sound`` (frames, 2) by ``gain`` in place and keep its true peak (ITU-R BS.1770-4, annex 2)
    at or under ``ceiling``."""
    around = max(1, int(_AROUND * rate))
    factors = np.empty(len(sound), np.float32)
    for start in range(0, len(sound), _BLOCK):
        if cancel:
            cancel.check()
        first, last = max(0, start - 2 * around), min(len(sound), start + _BLOCK + 2 * around)
        found = _factors(np.asarray(sound[first:last]) * np.float32(gain), around, ceiling * _SAFE)
        factors[start:start + _BLOCK] = found[start - first:start - first + _BLOCK]
    for start in range(0, len(sound), _BLOCK):
        part = sound[start:start + _BLOCK]
        part *= (factors[start:start + _BLOCK] * np.float32(gain))[:, None]
        np.clip(part, -ceiling, ceiling, out=part)


class Limiter:
    """The same for sound that comes block by block: what it gives lags behind by twice `_AROUND`."""

    def __init__(self, rate: int, ceiling: float) -> None:
        self._around, self._ceiling = max(1, int(_AROUND * rate)), ceiling
        self._held = np.zeros((0, 2), np.float32)
        self._past = 0

    def __call__(self, block: Stereo) -> Stereo:
        """What is ready; the first time that is less than ``block``."""
        return self._give(np.concatenate((self._held, block)), 2 * self._around)

    def rest(self) -> Stereo:
        """What was still held back."""
        return self._give(self._held, 0)

    def _give(self, known: Stereo, ahead: int) -> Stereo:
        end = max(self._past, len(known) - ahead)
        factors = _factors(known, self._around, self._ceiling * _SAFE)
        ready = known[self._past:end] * factors[self._past:end, None]
        start = max(0, end - 2 * self._around)
        self._held, self._past = known[start:], end - start
        np.clip(ready, -self._ceiling, self._ceiling, out=ready)
        return ready


def _factors(block: Stereo, around: int, ceiling: float) -> Mono:
    """How much each frame is turned down, 0 to 1: the least that anything near needs, then smoothed by a
    window that reaches no farther."""
    peaks = true_peaks(block, ceiling / 2)
    needed = np.minimum(1, ceiling / np.maximum(peaks, 1e-9)).astype(np.float32)
    if needed.min(initial=1) >= 1:
        return needed
    least = filters.least_around(needed, around)
    soft = filters.mean_around(filters.mean_around(least, around // 2), around // 2)
    return np.minimum(soft, 1)


def true_peaks(block: Stereo, floor: float = 0.0) -> Mono:
    """The highest level around each frame, also between the samples; a closer look is taken only where there
    is more than ``floor``."""
    levels = _louder(np.abs(block))
    for start in range(0, len(block), _LOOK):
        near = slice(max(0, start - 32), start + _LOOK + 32)
        if levels[near].max() > floor:
            fine = _between(block[near])[start - near.start:][:_LOOK]
            levels[start:start + _LOOK] = np.maximum(levels[start:start + _LOOK], fine)
    return levels


def _between(block: Stereo) -> Mono:
    """The highest level at the three places after each frame, and at those before it."""
    found = np.zeros(len(block), np.float32)
    for taps in filters.between():
        for side in (0, 1):
            values = np.abs(np.convolve(block[:, side], taps)[len(taps) // 2:][:len(block)])
            np.maximum(found, values, out=found)
    found[1:] = np.maximum(found[1:], found[:-1])
    return found


def _louder(levels: Stereo) -> Mono:
    """Of two columns; several times as quick as a maximum over an axis of two."""
    return np.maximum(levels[:, 0], levels[:, 1])
