"""A score with bars that tokens can say, and parts of scores."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from studio.core.score import TICKS, Bar, Chord, Key, Metre, Note, Score, Tempo, Track, bars, metres
from studio.media.tokens.vocabulary import METRES

_UNIT = TICKS // 4
"""A sixteenth: bars begin on one of these where they had to be changed."""
_BY_LENGTH = {4 * TICKS * beats // unit: (beats, unit) for beats, unit in reversed(METRES)}
_WHOLE = 4 * TICKS
E = TypeVar("E", Tempo, Metre, Key, Chord)


def sayable(score: Score) -> Score:
    """The same notes under metres that there are tokens for: 13/8 becomes 7/8 and 6/8. Where bars do not
    begin on a sixteenth their lines move to the nearest one. A score that can be said stays as it is."""
    found = bars(score)
    if all(_is_known(bar) for bar in found):
        return score
    lines = sorted({round(bar.start / _UNIT) * _UNIT for bar in found} | {_up(found[-1].end)})
    made: list[Metre] = []
    for start, end in pairwise(lines):
        said = next((bar.metre for bar in found if bar.start == start and is_known(bar.metre)
                     and bar.length == bar.metre.bar == end - start), None)
        made += [replace(said, at=start)] if said else list(_parts(start, end))
    return replace(score, metres=tuple(_changes(made)), length=max(lines[-1], score.length))


def cut(score: Score, start: int, end: int) -> Score:
    """The part from a tick, where a bar begins, to another. Of notes only those that begin in it."""
    tracks = tuple(replace(track, notes=tuple(_moved(note, start) for note in track.notes
                                              if start <= note.start < end)) for track in score.tracks)
    return Score(tracks, _part(score.tempos, start, end), _part(metres(score), start, end),
                 _part(score.keys, start, end), _part(score.chords, start, end), length=end - start)


def without(score: Score, keeps: Sequence[Sequence[Note]]) -> Score:
    """With the notes that stay of each track, and no others."""
    tracks = tuple(Track(tuple(notes), track.program, track.drums, track.name)
                   for track, notes in zip(score.tracks, keeps, strict=True))
    return replace(score, tracks=tracks, length=score.length)


def at(entries: Sequence[E], tick: int) -> E | None:
    """The entry that holds at a tick."""
    number = bisect_right([entry.at for entry in entries], tick)
    return entries[number - 1] if number else None


def is_known(metre: Metre) -> bool:
    """Whether there is a token for it."""
    return (metre.beats, metre.unit) in METRES


def nearest(metre: Metre) -> Metre:
    """The metre with a token whose bar is nearest in length; of equal ones that with the same unit."""
    beats, unit = min(METRES, key=lambda said: (abs(4 * TICKS * said[0] // said[1] - metre.bar),
                                                said[1] != metre.unit))
    return Metre(metre.at, beats, unit)


def _is_known(bar: Bar) -> bool:
    return bar.length in _BY_LENGTH if bar.length != bar.metre.bar or not is_known(bar.metre) else True


def _parts(start: int, end: int) -> Iterator[Metre]:
    """Bars that fill a span of sixteenths, as even as can be."""
    while end - start > 2 * _WHOLE:
        yield Metre(start, 4, 4)
        start += _WHOLE
    room = end - start
    firsts = [room] if room in _BY_LENGTH else [
        first for first in range(_up(room // 2), room, _UNIT)
        if first in _BY_LENGTH and room - first in _BY_LENGTH]
    yield Metre(start, *_BY_LENGTH[firsts[0]])
    if firsts[0] < room:
        yield Metre(start + firsts[0], *_BY_LENGTH[room - firsts[0]])


def _changes(said: Iterable[Metre]) -> Iterator[Metre]:
    """Those that differ from the one before."""
    last = None
    for metre in said:
        if (metre.beats, metre.unit) != last:
            yield metre
        last = (metre.beats, metre.unit)


def _part(entries: tuple[E, ...], start: int, end: int) -> tuple[E, ...]:
    found = [entry for entry in (at(entries, start),) if entry]
    found += [entry for entry in entries if start < entry.at < end]
    return tuple(replace(entry, at=max(0, entry.at - start)) for entry in found)


def _moved(note: Note, by: int) -> Note:
    return replace(note, start=note.start - by)


def _up(tick: int) -> int:
    return -(-tick // _UNIT) * _UNIT
