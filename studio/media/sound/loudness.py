"""How loud sound is (ITU-R BS.1770-4), and making it as loud as wanted without clipping."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.core.jobs import CancelToken
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

    As pyloudnorm's, with its filters, but a block at a time: that one copies the whole piece several times.
    """
    steps = np.concatenate([*_energies(sound, rate, cancel), np.zeros(3)])
    gates = np.convolve(steps, np.ones(4), "valid")[:max(1, len(steps) - 6)] / (4 * round(_STEP * rate))
    loud = gates[gates > 10 ** ((_QUIET + 0.691) / 10)]
    if not len(loud):
        return float("-inf")
    loud = loud[loud > loud.mean() * 0.1]
    return float(-0.691 + 10 * np.log10(loud.mean()))


def _energies(sound: Stereo, rate: int, cancel: CancelToken | None) -> Iterator[NDArray[np.float64]]:
    """Of each step, both channels together, after the weighting; the last is filled with silence."""
    from scipy.signal import lfilter

    step = round(_STEP * rate)
    size = max(1, _BLOCK // step) * step
    filters = _weighting(rate)
    states = [np.zeros((2, 2)) for _ in filters]
    for start in range(0, len(sound), size):
        if cancel:
            cancel.check()
        block = np.asarray(sound[start:start + size], np.float64)
        for number, (numerator, denominator, gain) in enumerate(filters):
            block, states[number] = lfilter(numerator, denominator, block, axis=0, zi=states[number])
            block *= gain
        block = np.concatenate((block, np.zeros((-len(block) % step, 2))))
        yield np.square(block).reshape(-1, step * 2).sum(axis=1)


@lru_cache(maxsize=8)
def _weighting(rate: int) -> list[tuple[Any, Any, float]]:
    """The K filters for a sample rate: numerator, denominator, gain."""
    from pyloudnorm import Meter

    return [(stage.b, stage.a, float(stage.passband_gain)) for stage in Meter(rate)._filters.values()]
