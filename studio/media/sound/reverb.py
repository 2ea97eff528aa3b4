"""A room around the sound: a synthetic impulse response, the same always, and convolution with it.

After J. A. Moorer, "About this reverberation business" (1979): a good room is exponentially falling noise,
its high frequencies falling faster; a few early reflections before it give it a size.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.media.sound.filters import fast_length

Stereo = NDArray[np.float32]
_SEED = 20
_SECONDS = 1.8
"""Until the tail is 60 dB down, in the middle of the spectrum."""
_BEFORE = 0.018
"""Seconds until the first reflection."""
_EARLY = ((0.018, 0.50, -0.6), (0.023, 0.42, 0.7), (0.031, 0.36, -0.2), (0.037, 0.30, 0.5),
          (0.046, 0.26, -0.8), (0.059, 0.22, 0.3))
"""Seconds, strength and side of the early reflections of a hall some ten metres wide."""


@lru_cache(maxsize=4)
def response(rate: int) -> Stereo:
    """The impulse response (frames, 2), energy 1 in each channel."""
    frames = int(_SECONDS * 1.2 * rate)
    rng = np.random.Generator(np.random.PCG64(_SEED))
    spectrum = np.fft.rfft(rng.standard_normal((frames, 2)), axis=0)
    hertz = np.fft.rfftfreq(frames, 1 / rate)[:, None]
    time = np.arange(frames)[:, None] / rate
    tail = np.zeros((frames, 2))
    for low, high, seconds in ((120, 700, 1.0), (700, 3000, 0.9), (3000, 9000, 0.5)):
        share = 1 / np.sqrt((1 + (low / np.maximum(hertz, 1)) ** 6) * (1 + (hertz / high) ** 6))
        band = np.fft.irfft(spectrum * share, frames, axis=0)
        tail += band * 10 ** (-3 * time / (_SECONDS * seconds))
    rise = np.clip((time - _BEFORE) / 0.05, 0, 1)
    tail *= rise
    tail /= np.sqrt((tail ** 2).sum(axis=0))
    for seconds, strength, side in _EARLY:
        at = int(seconds * rate)
        tail[at] += 0.4 * strength * np.array([1 - max(0.0, side), 1 + min(0.0, side)])
    tail /= np.sqrt((tail ** 2).sum(axis=0))
    return np.ascontiguousarray(tail, np.float32)


class Room:
    """Convolution that goes on from block to block; what rings on comes with the next."""

    def __init__(self, rate: int) -> None:
        self._rate, self._frames = rate, len(response(rate))
        self._ringing = np.zeros((0, 2), np.float32)

    @property
    def tail(self) -> int:
        """Frames it rings on after the sound has ended."""
        return self._frames - 1

    def __call__(self, block: Stereo) -> Stereo:
        """The room's answer to ``block``, as many frames."""
        made = np.zeros((max(len(block) + self.tail, len(self._ringing)), 2), np.float32)
        made[:len(self._ringing)] = self._ringing
        if len(block) and block.any():
            made[:len(block) + self.tail] += self._answer(block)
        self._ringing = made[len(block):]
        return made[:len(block)]

    def _answer(self, block: Stereo) -> Stereo:
        frames = len(block) + self.tail
        length = fast_length(frames)
        spectrum = np.fft.rfft(block, length, axis=0) * _spectrum(self._rate, length)
        return np.fft.irfft(spectrum, length, axis=0)[:frames].astype(np.float32)


@lru_cache(maxsize=8)
def _spectrum(rate: int, length: int) -> NDArray[np.complex64]:
    return np.fft.rfft(response(rate), length, axis=0).astype(np.complex64)
