"""One note of one instrument as sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.media.sound import envelopes, filters, hydra
from studio.media.sound.samples import Kept, Mono, Samples
from studio.media.sound.zones import Zone, Zones

Places = NDArray[np.float64]
_LONGEST = 60
"""Seconds after which a note is over, however long it is written: a stuck one must not cost a gigabyte."""
_BLOCK = 1 << 16
_DARK = 2400.0
"""Cents by which the softest note is darker than the loudest (SoundFont 2.04, 8.4.2)."""
_OPEN = 10_000.0
"""Hertz above which a low-pass does nothing that matters; most notes are spared it so."""
_CHOKE = 0.012
"""Seconds in which a note of the same group falls silent."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What a zone plays: (n,) float32, and its place, -1 (left) to 1."""

    sound: Mono
    pan: float
    group: int


class Player:
    """Plays notes of one font at one sample rate; what was played is remembered for a while.

    Not for several threads at once. Raises StudioError for a damaged font.
    """

    def __init__(self, font: Path, rate: int) -> None:
        tables = hydra.read(font)
        self._zones, self._samples, self.rate = Zones(tables), Samples(tables), rate
        self._raw, self._notes = Kept(96 << 20), Kept(96 << 20)

    def play(self, program: int, drums: bool, key: int, velocity: int, held: int) -> Iterator[Voice]:
        """The voices of a note held for ``held`` frames; none where the instrument has nothing for it."""
        for zone in self._zones.of(program, drums, key, velocity):
            yield Voice(self._voice(zone, key, velocity, max(1, held)), zone.pan, zone.group)

    def _voice(self, zone: Zone, key: int, velocity: int, held: int) -> Mono:
        name = (id(zone), key, velocity, held)  # zones live as long as the player
        if (known := self._notes.get(name)) is not None:
            return known
        return self._notes.put(name, self._shaped(zone, key, velocity, held))

    def _shaped(self, zone: Zone, key: int, velocity: int, held: int) -> Mono:
        velocity = velocity if zone.fixed_velocity < 1 else zone.fixed_velocity
        level = envelopes.loudness(zone.loudness, held, self.rate, _LONGEST * self.rate)
        raw = self._source(zone, key if zone.fixed_key < 0 else zone.fixed_key, len(level))
        level = level[:len(raw)]
        # the standard's curve from velocity to loudness: 40 dB from 127 to 12.7
        level *= np.float32((velocity / 127) ** 2 * 10 ** (-zone.attenuation / 20))
        for wave in zone.waves:
            if wave.decibels:
                swing = envelopes.triangle(wave, len(level), self.rate)
                level *= np.exp(swing * np.float32(wave.decibels * np.log(10) / 20))
        level *= self._bright(zone, raw[:len(level)], velocity)
        _round_off(level, raw, self.rate)
        return level

    def _bright(self, zone: Zone, raw: Mono, velocity: int) -> Mono:
        """Through the low-pass. A moving one is two still ones, mixed as the envelope says."""
        cents = zone.cutoff - _DARK * (1 - velocity / 127)
        moves = abs(zone.change_cutoff) >= 100
        wanted = [_hertz(cents), _hertz(cents + zone.change_cutoff)] if moves else [_hertz(cents)]
        open_from = min(_OPEN, 0.45 * self.rate)
        if not len(raw) or min(wanted) >= open_from:
            return raw
        capped = [(min(hertz, 0.45 * self.rate), zone.resonance) for hertz in wanted]
        made = filters.filtered(raw, *capped, rate=self.rate)
        if not moves:
            return made[0]
        return made[0] + (made[1] - made[0]) * envelopes.change(zone.change, len(raw), self.rate)

    def _source(self, zone: Zone, key: int, frames: int) -> Mono:
        """The sample at the note's pitch, ``frames`` long at the least where it can be."""
        known = self._raw.get((id(zone), key))
        if known is not None and (len(known) >= frames or not self._goes_round(zone)):
            return known
        room = frames if known is None else min(_LONGEST * self.rate, frames + frames // 2)
        return self._raw.put((id(zone), key), self._resampled(zone, key, room))

    def _goes_round(self, zone: Zone) -> bool:
        return bool(zone.loop & 1) and self._samples.of(zone)[2] > 0

    def _resampled(self, zone: Zone, key: int, frames: int) -> Mono:
        sample, first, last = self._samples.of(zone)
        cents = (key - zone.root) * zone.scale + zone.tune
        step = min(64.0, 2.0 ** (cents / 1200) * zone.rate / self.rate)
        places = self._places(zone, step, frames)
        if zone.loop & 1 and last:
            data = np.concatenate((sample[:1], sample[:last], sample[first:first + 3]))
            _wrap(places[int(np.searchsorted(places, last)):], first, last - first)
        else:
            data = np.concatenate((sample[:1], sample, np.zeros(3, np.float32)))
            places = places[:int(np.searchsorted(places, len(sample)))]
        return _between(data, places)

    def _places(self, zone: Zone, step: float, frames: int) -> Places:
        """Where in the sample each frame lies."""
        bend = envelopes.waves(zone.waves, frames, self.rate)
        if abs(zone.change_pitch) >= 1:
            bend += np.float32(zone.change_pitch) * envelopes.change(zone.change, frames, self.rate)
        if not bend.any():
            return np.arange(frames, dtype=np.float64) * step
        steps = step * np.exp2(bend.astype(np.float64) / 1200)
        places: Places = np.cumsum(steps) - steps[:1]
        return places


def choked(sound: Mono, frames: int, rate: int) -> Mono:
    """``sound`` cut off after ``frames``, without a click."""
    fade = int(_CHOKE * rate)
    if len(sound) <= frames + fade:
        return sound
    cut = sound[:frames + fade].copy()
    cut[frames:] *= np.linspace(1, 0, len(cut) - frames, dtype=np.float32)
    return cut


def _between(data: Mono, places: Places) -> Mono:
    """Values at ``places`` by cubic interpolation (Catmull and Rom 1974); ``data`` has one frame more in
    front."""
    made = np.empty(len(places), np.float32)
    for start in range(0, len(places), _BLOCK):
        part = places[start:start + _BLOCK]
        whole = part.astype(np.int64)
        t = (part - whole).astype(np.float32)
        a, b, c, d = (data.take(whole + shift, mode="clip") for shift in range(4))
        made[start:start + _BLOCK] = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d
                                                               + t * (3 * (b - c) + d - a)))
    return made


def _wrap(places: Places, first: int, length: int) -> None:
    """Round and round from ``first`` on, in place; quicker than a remainder."""
    places -= first
    places -= np.floor(places / length) * length
    places += first


def _round_off(sound: Mono, raw: Mono, rate: int) -> None:
    """A sample that ends in the middle of a wave would click."""
    if len(raw) <= len(sound):
        fade = min(len(sound), int(0.003 * rate))
        sound[len(sound) - fade:] *= np.linspace(1, 0, fade, dtype=np.float32)


def _hertz(cents: float) -> float:
    """In steps of a third of a semitone, so that few filters have to be worked out."""
    return float(8.176 * 2.0 ** (round(min(15000.0, max(1500.0, cents)) / 33) * 33 / 1200))
