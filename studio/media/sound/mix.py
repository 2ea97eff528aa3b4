"""A track's notes to its channel in the mixer, block by block: memory stays small however long the piece."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from studio.core.arrangement import Arrangement, Strip
from studio.core.score import Track
from studio.media.sound.clock import Clock
from studio.media.sound.reverb import Stereo
from studio.media.sound.voices import Player, choked

_SILENT = -60.0


@dataclass(frozen=True, slots=True)
class _Hit:
    """A note in frames."""

    at: int
    held: int
    pitch: int
    velocity: int


class Channel:
    """One track as sound, from ``first`` frames on. Notes that sound already then are heard from where they
    are; blocks are asked for in order."""

    def __init__(self, track: Track, strip: Strip, clock: Clock, player: Player, first: int = 0) -> None:
        self._track, self._player, self._now = track, player, first
        self._hits = _hits(track, clock, player.rate)
        self._next = 0
        self._sides = sides(strip)
        self._ringing = np.zeros((0, 2), np.float32)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to be heard."""
        return self._next >= len(self._hits) and not len(self._ringing)

    def finish(self) -> None:
        """No further note begins; what sounds rings on."""
        self._next = len(self._hits)

    def block(self, frames: int) -> Stereo:
        """The next ``frames``, (frames, 2)."""
        end = self._now + frames
        made = np.zeros((max(frames, len(self._ringing)), 2), np.float32)
        made[:len(self._ringing)] = self._ringing
        while self._next < len(self._hits) and self._hits[self._next].at < end:
            made = self._add(made, self._hits[self._next])
            self._next += 1
        self._now, self._ringing = end, made[frames:]
        return made[:frames]

    def _add(self, made: Stereo, hit: _Hit) -> Stereo:
        for voice in self._player.play(self._track.program, self._track.drums, hit.pitch, hit.velocity,
                                       hit.held):
            sound, at = voice.sound, hit.at - self._now
            if voice.group and (until := self._cut_by_next(hit)) is not None:
                sound = choked(sound, until, self._player.rate)
            sound = sound[max(0, -at):]
            at = max(0, at)
            if at + len(sound) > len(made):
                made = np.concatenate((made, np.zeros((at + len(sound) - len(made), 2), np.float32)))
            left, right = _placed(voice.pan)
            for side, share in enumerate((left * self._sides[0], right * self._sides[1])):
                if share:
                    made[at:at + len(sound), side] += sound * np.float32(share)
        return made

    def _cut_by_next(self, hit: _Hit) -> int | None:
        """Frames until the next hit of a hi-hat, which all of one group are in General MIDI's kits."""
        hats = {42, 44, 46}
        if hit.pitch not in hats:
            return None
        later = self._hits[self._next + 1:self._next + 65]
        return next((other.at - hit.at for other in later if other.pitch in hats and other.at > hit.at), None)


def channels(arrangement: Arrangement, clock: Clock, player: Player, first: int = 0) -> list[Channel | None]:
    """A channel for each track, None for those that are not heard."""
    tracks = zip(arrangement.score.tracks, arrangement.strips, strict=True)
    return [Channel(track, strip, clock, player, first) if arrangement.is_heard(number) else None
            for number, (track, strip) in enumerate(tracks)]


def sides(strip: Strip) -> tuple[float, float]:
    """Factors for left and right: 1 and 1 in the middle, the other side falling as one goes away."""
    if strip.gain <= _SILENT:
        return 0.0, 0.0
    gain = 10 ** (strip.gain / 20)
    left, right = _placed(strip.pan)
    return gain * left * math.sqrt(2), gain * right * math.sqrt(2)


def _placed(pan: float) -> tuple[float, float]:
    """Equal power: what moves stays as loud."""
    angle = (pan + 1) * math.pi / 4
    return math.cos(angle), math.sin(angle)


def _hits(track: Track, clock: Clock, rate: int) -> Sequence[_Hit]:
    hits = []
    for note in track.notes:
        start, end = clock.seconds(note.start), clock.seconds(note.end)
        at = round(start * rate)
        hits.append(_Hit(at, max(1, round(end * rate) - at), note.pitch, note.velocity))
    return hits
