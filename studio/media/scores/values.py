"""Lengths as note values: which signs, tied together, last so long from a place in a bar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from studio.core.score import TICKS
from studio.media.scores.engrave import TRIPLET, Sheet

_NAMES = ("whole", "half", "quarter", "eighth", "16th", "32nd", "64th")
_PLAIN = {4 * TICKS >> place: (name, 0) for place, name in enumerate(_NAMES)}
_DOTTED = {3 * length // 2: (name, 1) for length, (name, _) in _PLAIN.items() if name != "64th"}
_VALUES = dict(sorted((_PLAIN | _DOTTED).items(), reverse=True))
_IN_THREES = {4 * TRIPLET: ("quarter", 0), 3 * TRIPLET: ("eighth", 1), 2 * TRIPLET: ("eighth", 0),
              TRIPLET: ("16th", 0)}


@dataclass(frozen=True, slots=True)
class Value:
    """A sign: ``start`` and ``length`` in ticks, its name and dots, and the ``beat`` whose triplet it is in;
    -1 for none."""

    start: int
    length: int
    name: str
    dots: int
    beat: int = -1


def values(start: int, end: int, sheet: Sheet, triplets: frozenset[int]) -> Iterator[Value]:
    """The signs from ``start`` to ``end`` of a bar. ``triplets`` are the beats in threes."""
    at = start
    while at < end:
        beat = at // sheet.beat
        if beat in triplets:
            until = min(end, (beat + 1) * sheet.beat)
            yield from _threes(at, until, beat, sheet)
        else:
            following = [n * sheet.beat for n in triplets if n * sheet.beat > at]
            until = min([end, *following])
            yield from _straight(at, until, sheet.beat)
        at = until


def _threes(start: int, end: int, beat: int, sheet: Sheet) -> Iterator[Value]:
    if end - start == sheet.beat:
        yield Value(start, end - start, "quarter", 0)
        return
    while start < end:
        length = next(length for length in _IN_THREES if length <= end - start)
        yield Value(start, length, *_IN_THREES[length], beat)
        start += length


def _straight(start: int, end: int, beat: int) -> Iterator[Value]:
    """Longest first from a beat on; what begins off the beat goes to the next one, but for syncopation by
    half a beat."""
    while start < end:
        off = start % beat
        most = end - start
        if off and not (2 * off == beat and most >= beat):
            most = min(most, beat - off)
        length = next(length for length in _VALUES if length <= most)
        yield Value(start, length, *_VALUES[length])
        start += length
