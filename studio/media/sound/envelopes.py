"""Curves of a voice: how its loudness, pitch and brightness go (SoundFont 2.04, 8.1.2 and 9.1.7)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from studio.media.sound.samples import Mono
from studio.media.sound.zones import Envelope, Wave

_FLOOR = 90.0
"""Decibels below the top at which a voice is over."""
_SLOPE = 100.0
"""Decibels that decay and release go down in the time they are given as."""
_SOFT = 0.006
"""Seconds of release at the least; less clicks."""


def loudness(shape: Envelope, held: int, rate: int, most: int) -> Mono:
    """Amplitudes 0 to 1 of a note held for ``held`` frames, until it cannot be heard; ``most`` frames."""
    level = _held(shape, min(held, most), rate)
    last = float(level[-1]) if len(level) else 0.0
    if len(level) < held or last < 10 ** (-_FLOOR / 20):
        return level
    left = _FLOOR + 20 * np.log10(last)
    frames = int(left / _SLOPE * max(shape.release, _SOFT * 2) * rate)
    tail = _fall(min(frames, max(0, most - held)), _SLOPE / (max(shape.release, _SOFT * 2) * rate), last)
    return np.concatenate((level, tail))


def change(shape: Envelope, frames: int, rate: int) -> Mono:
    """The second envelope, 0 to 1, linear; its release is left out, since it hardly shows."""
    at = np.cumsum([shape.delay, max(shape.attack, 1e-4), shape.hold, max(shape.decay, 1e-4)]) * rate
    levels = (0.0, 1.0, 1.0, 1.0 - shape.drop)
    return np.interp(np.arange(frames), at, levels).astype(np.float32)


def waves(found: Iterable[Wave], frames: int, rate: int) -> Mono:
    """Cents around the note, from triangles as the specification has them (2.04, 9.1.6)."""
    total = np.zeros(frames, np.float32)
    for wave in found:
        if wave.cents:
            total += np.float32(wave.cents) * triangle(wave, frames, rate)
    return total


def triangle(wave: Wave, frames: int, rate: int) -> Mono:
    """-1 to 1, upwards from 0 once its delay is over."""
    time = np.arange(frames, dtype=np.float32) / np.float32(rate) - np.float32(wave.delay)
    phase = np.maximum(time, 0) * np.float32(wave.hz) + np.float32(0.25)
    phase -= np.floor(phase)
    swing: Mono = 1 - np.abs(4 * phase - 2)
    return swing


def _held(shape: Envelope, frames: int, rate: int) -> Mono:
    """Delay, attack, hold, decay, sustain, as far as ``frames`` go."""
    delay, attack, hold = (round(part * rate) for part in (shape.delay, shape.attack, shape.hold))
    drop = min(shape.drop, _FLOOR)
    decay = int(drop / _SLOPE * shape.decay * rate)
    parts: list[Mono] = [np.zeros(min(delay, frames), np.float32)]
    if (left := frames - delay) > 0:
        parts.append(np.arange(1, min(attack, left) + 1, dtype=np.float32) / np.float32(max(attack, 1)))
    if (left := left - attack) > 0:
        parts.append(np.ones(min(hold, left), np.float32))
    if (left := left - hold) > 0:
        parts.append(_fall(min(decay, left), drop / max(decay, 1), 1.0))
    if (left := left - decay) > 0 and shape.drop < _FLOOR:
        parts.append(np.full(left, 10 ** (-drop / 20), np.float32))
    return np.concatenate(parts)


def _fall(frames: int, slope: float, start: float) -> Mono:
    """From ``start`` down by ``slope`` decibels a frame."""
    steps = np.arange(1, frames + 1, dtype=np.float32)
    steps *= np.float32(-slope * np.log(10) / 20)
    np.exp(steps, out=steps)
    steps *= np.float32(start)
    return steps
