"""Filters on numpy alone: scipy.signal takes three seconds of a processor to import, more than a song takes.

A biquad (two poles, two zeros) is applied in the frequency domain; its response dies away within the silence
that is put behind the sound.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.media.sound.samples import Mono

Response = NDArray[np.complex64]
_RINGING = 4096
"""Frames of silence behind a sound, in which the filters used here have faded."""


def fast_length(frames: int) -> int:
    """The next length that Fourier transforms are quick at: 8, 9, 10, 12 or 15 times a power of two."""
    power = 1 << max(0, frames - 1).bit_length() >> 4
    fits = (factor * power for factor in (8, 9, 10, 12, 15) if factor * power >= frames)
    return next(fits, 16 * power) or 1


def filtered(sound: Mono, *responses_of: tuple[float, float], rate: int) -> list[Mono]:
    """``sound`` through a low-pass for each (hertz, decibels of resonance), as long as it was."""
    length = fast_length(len(sound) + _RINGING)
    spectrum = np.fft.rfft(sound, length)
    shaped = (spectrum * low_pass(hertz, resonance, rate, length) for hertz, resonance in responses_of)
    return [np.fft.irfft(one, length)[:len(sound)].astype(np.float32) for one in shaped]


@lru_cache(maxsize=64)
def low_pass(hertz: float, resonance: float, rate: int, length: int) -> Response:
    """Of second order (R. Bristow-Johnson, Audio EQ Cookbook); ``resonance`` in decibels."""
    angle = 2 * np.pi * hertz / rate
    alpha = np.sin(angle) / (2 * 10 ** ((resonance - 3.01) / 20))
    middle = 1 - np.cos(angle)
    return biquad((middle / 2, middle, middle / 2), (1 + alpha, -2 * np.cos(angle), 1 - alpha), length)


def biquad(top: tuple[Any, Any, Any], bottom: tuple[Any, Any, Any], length: int) -> Response:
    """What it does to each frequency of a transform of ``length``."""
    z = np.exp(-2j * np.pi * np.arange(length // 2 + 1) / length)
    found: Response = ((top[0] + z * (top[1] + z * top[2]))
                       / (bottom[0] + z * (bottom[1] + z * bottom[2]))).astype(np.complex64)
    return found


def least_around(values: Mono, around: int) -> Mono:
    """The least within ``around`` frames before and after each (van Herk 1992)."""
    width = 2 * around + 1
    count = -(-(len(values) + 2 * around) // width) * width
    padded = np.full(count, np.inf, np.float32)
    padded[around:around + len(values)] = values
    rows = padded.reshape(-1, width)
    ahead = np.minimum.accumulate(rows, axis=1).reshape(-1)
    behind = np.minimum.accumulate(rows[:, ::-1], axis=1)[:, ::-1].reshape(-1)
    return np.minimum(behind[:len(values)], ahead[width - 1:width - 1 + len(values)])


def mean_around(values: Mono, around: int) -> Mono:
    """The mean within ``around`` frames before and after each; the ends go on as they are."""
    padded = np.pad(values.astype(np.float64), (around + 1, around), "edge")
    sums = np.cumsum(padded)
    width = 2 * around + 1
    return ((sums[width:] - sums[:-width]) / width).astype(np.float32)


@lru_cache(maxsize=1)
def between() -> tuple[Mono, ...]:
    """Filters for the three places between two samples, a quarter apart: windowed sinc, 24 taps."""
    places = np.arange(-11, 13)
    found = []
    for quarter in (0.25, 0.5, 0.75):
        taps = np.sinc(places - quarter) * np.cos(np.pi * (places - quarter) / 26) ** 2
        found.append((taps / taps.sum()).astype(np.float32)[::-1])
    return tuple(found)
