"""A score as a person works on it: whose each note is, which must stay, and how the tracks are mixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from studio.core.score import Note, Score

MOST_GAIN = 12.0
"""Decibels a track can be made louder."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A track in the mixer."""

    gain: float = 0.0
    """Decibels, -60 (as good as silent) to 12."""
    pan: float = 0.0
    """-1 is left, 1 right."""
    is_muted: bool = False
    is_solo: bool = False
    is_locked: bool = False
    """Whether all its notes stay whatever is made anew."""

    def __post_init__(self) -> None:
        if not (-60.0 <= self.gain <= MOST_GAIN and -1.0 <= self.pan <= 1.0):
            raise ValueError(f"out of range: {self}")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """``strips``, ``own`` and ``locked`` have an entry for each track of ``score``; missing ones are filled.

    ``own`` are the notes of each track that the person wrote or changed, ``locked`` those that must stay;
    what is no note of the track is dropped. ``facts`` are texts that travel along, such as its style.
    """

    score: Score
    strips: tuple[Strip, ...] = ()
    own: tuple[frozenset[Note], ...] = ()
    locked: tuple[frozenset[Note], ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        count = len(self.score.tracks)
        strips = (*self.strips, *[Strip()] * count)[:count]
        object.__setattr__(self, "strips", strips)
        for name in ("own", "locked"):
            marked = (*getattr(self, name), *[frozenset[Note]()] * count)[:count]
            kept = tuple(marks and marks & frozenset(track.notes)
                         for marks, track in zip(marked, self.score.tracks, strict=True))
            object.__setattr__(self, name, kept)

    def stays(self, track: int, note: Note) -> bool:
        """Whether a note may not be changed by a model."""
        return self.strips[track].is_locked or note in self.locked[track]

    def is_heard(self, track: int) -> bool:
        """Whether a track sounds: not muted, and solo where any track is."""
        strip = self.strips[track]
        return not strip.is_muted and (strip.is_solo or not any(other.is_solo for other in self.strips))
