"""A piece as heading and bars: between a score and its tokens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from studio.core.score import DRUMS
from studio.media.tokens.vocabulary import (
    AFTER,
    END,
    LEFT,
    MIDWAY,
    OPENING,
    Kind,
    Tokens,
    slots,
    token,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """Values of the tokens that a piece begins with, see `vocabulary`; ``programs`` by track (128: drums)."""

    style: int
    valence: int
    energy: int
    density: int
    metre: int
    tempo: int
    key: int
    programs: tuple[int, ...]

    @property
    def has_chords(self) -> bool:
        """Whether bars say their chords: where anything but drums plays."""
        return any(program != DRUMS for program in self.programs)

    def tokens(self) -> list[int]:
        """Its tokens in order."""
        controls = (
            (Kind.STYLE, self.style), (Kind.VALENCE, self.valence), (Kind.ENERGY, self.energy),
            (Kind.DENSITY, self.density), (Kind.METRE, self.metre), (Kind.TEMPO, self.tempo),
            (Kind.KEY, self.key))  # fmt: skip
        found = [token(kind, value) for kind, value in controls]
        for number, program in enumerate(self.programs):
            found += [token(Kind.TRACK, number), token(Kind.PROGRAM, program)]
        return found


@dataclass(frozen=True, slots=True)
class BarTokens:
    """A bar: numbers of its metre and key, chords (see `vocabulary.slots`), and the tokens of each cell by
    number of the track, from the first position on. Tracks that begin no note in it are left out."""

    metre: int
    key: int
    chords: tuple[int, ...]
    cells: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A piece; ``after`` are the bars behind a gap whose end is the end of ``bars``."""

    heading: Heading
    bars: tuple[BarTokens, ...]
    after: tuple[BarTokens, ...] = ()
    midway: bool = False


def tokens_of(sheet: Sheet, left: int | None = None, after_left: int | None = None) -> Tokens:
    """All tokens of a sheet. ``left`` bars are to come from its first bar on, ``after_left`` from the first
    bar behind the gap on (each by default as many as there are); END stands where all of them are there."""
    heading = sheet.heading
    found = heading.tokens()
    if sheet.after:
        found += [AFTER, *_bars(sheet.after, after_left or len(sheet.after), heading)]
    found.append(token(Kind.START, MIDWAY if sheet.midway else OPENING))
    found += _bars(sheet.bars, left or len(sheet.bars), heading)
    if (left or len(sheet.bars)) == len(sheet.bars):
        found.append(END)
    return np.array(found, np.uint16)


def _bars(bars: Iterable[BarTokens], left: int, heading: Heading) -> list[int]:
    found: list[int] = []
    metre, key = heading.metre, heading.key
    for number, bar in enumerate(bars):
        found.append(token(Kind.BAR, countdown(left - number)))
        if bar.metre != metre:
            found.append(token(Kind.METRE, bar.metre))
        if bar.key != key:
            found.append(token(Kind.KEY, bar.key))
        metre, key = bar.metre, bar.key
        found += [token(Kind.CHORD, chord) for chord in bar.chords]
        for track in sorted(bar.cells):
            found += [token(Kind.TRACK, track), *bar.cells[track]]
    return found


def countdown(left: int) -> int:
    """What a bar says that is followed by ``left`` - 1 others; 0 where they are too many to count."""
    return left if left <= LEFT else 0


def bar_of(metre: int, key: int, chords: Sequence[int], cells: Mapping[int, tuple[int, ...]],
           heading: Heading) -> BarTokens:
    """A bar with as many chords as its metre has. Raises ValueError where that is not so."""
    if len(chords) != (slots(metre) if heading.has_chords else 0):
        raise ValueError(f"a bar of metre {metre} with {len(chords)} chords")
    return BarTokens(metre, key, tuple(chords), cells)
