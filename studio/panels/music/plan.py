"""What is to be made, and what of it the model sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from studio.core.arrangement import Arrangement
from studio.core.errors import StudioError
from studio.core.score import Bar, Note, Track, bars
from studio.media.tokens.vocabulary import TRACKS

_ENOUGH = 8
"""Notes that tell how a track is played."""
Harmony = Literal["given", "fitting", "free"]
"""Chords of the bars that are made: as they are said or heard; any that go with the notes that stay; any."""


@dataclass(frozen=True, slots=True)
class Plan:
    """``base`` has all tracks and bars of the result. Made anew are bars ``first`` to before ``last`` of the
    tracks ``made``; the model hears the tracks ``seen``, in its order, those that are made among them.

    Notes of ``hints`` (by track) shall come again, though they are not locked; bars of ``whole``, as (track,
    tick of the bar), get no other notes. ``ranges`` are lowest and highest pitch by track;
    ``single`` are tracks of one note at a time,
    ``added`` those that were not there before.
    """

    base: Arrangement
    first: int
    last: int
    made: tuple[int, ...]
    seen: tuple[int, ...]
    harmony: Harmony = "free"
    hints: Mapping[int, frozenset[Note]] = field(default_factory=dict)
    whole: frozenset[tuple[int, int]] = frozenset()
    ranges: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    single: frozenset[int] = frozenset()
    added: frozenset[int] = frozenset()

    @property
    def span(self) -> tuple[int, int]:
        """The ticks that are made anew."""
        found = bars(self.base.score)
        return found[self.first].start, found[self.last - 1].end

    def keeps(self, track: int) -> tuple[Note, ...]:
        """The notes of a track that stay."""
        notes = self.base.score.tracks[track].notes
        if track not in self.made:
            return notes
        start, end = self.span
        hints = self.hints.get(track, frozenset())
        return tuple(note for note in notes if not start <= note.start < end or note in hints
                     or self.base.stays(track, note))


def span_of(arrangement: Arrangement, first: int, last: int) -> tuple[int, int]:
    """Bars from 0, the end excluded, for numbers from 1, of which 0 is the first and the last there is.

    Raises StudioError for bars that are not there.
    """
    count = len(bars(arrangement.score))
    begin, end = max(first, 1), last or count
    for number in (begin, end):
        if number > count:
            raise StudioError("There is no bar {number}; the piece has {count}.", number=number, count=count)
    if begin > end:
        raise StudioError("The gap is empty: it begins with bar {first} and ends with bar {last}.",
                          "Mark at least one bar.", first=begin, last=end)
    return begin - 1, end


def chosen(text: str, arrangement: Arrangement) -> tuple[int, ...]:
    """Numbers from 0 of the tracks that "1,3" names; none for "". Raises StudioError."""
    count = len(arrangement.score.tracks)
    found = []
    for part in text.replace(",", " ").split():
        if not part.isdecimal() or not 0 < int(part) <= count:
            raise StudioError("There is no track {number}; the piece has {count}.", number=part[:20],
                              count=count)
        found.append(int(part) - 1)
    return tuple(dict.fromkeys(found))


def unlocked(arrangement: Arrangement, tracks: Sequence[int]) -> tuple[int, ...]:
    """Those that may be made anew. Raises StudioError if there are none."""
    free = tuple(number for number in tracks if not arrangement.strips[number].is_locked)
    if not free:
        raise StudioError("Everything here is locked.", "Unlock a track, then try again.")
    return free


def single(arrangement: Arrangement, tracks: Sequence[int]) -> frozenset[int]:
    """Those that are sung or blown, as it were: with notes enough to tell, and never two at once."""
    return frozenset(number for number in tracks if _is_single(arrangement.score.tracks[number]))


def _is_single(track: Track) -> bool:
    follows = zip(track.notes, track.notes[1:], strict=False)
    return not track.drums and len(track.notes) >= _ENOUGH and all(
        min(note.end, note.start + note.length // 2 + 1) <= after.start for note, after in follows)


def busiest(arrangement: Arrangement, tracks: Sequence[int], most: int, near: Bar) -> tuple[int, ...]:
    """At most so many of some tracks, those with the most notes about a bar, in their order."""
    room = 16 * near.length

    def weight(number: int) -> tuple[int, int]:
        notes = arrangement.score.tracks[number].notes
        return sum(abs(note.start - near.start) <= room for note in notes), len(notes)

    ranked = sorted(tracks, key=weight, reverse=True)[:max(0, most)]
    return tuple(number for number in tracks if number in ranked)


def heard(arrangement: Arrangement, made: Sequence[int], near: Bar) -> tuple[int, ...]:
    """The tracks a model is told: others with notes first, as many as it can take, then those it makes."""
    others = [n for n, track in enumerate(arrangement.score.tracks) if n not in made and track.notes]
    return (*busiest(arrangement, others, TRACKS - len(made), near), *made)
