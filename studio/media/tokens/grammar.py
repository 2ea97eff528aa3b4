"""Which tokens may come next, so that whatever is drawn is music."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from studio.core.score import DRUMS
from studio.media.tokens.vocabulary import (
    COUNTS,
    FIRST,
    KINDS,
    LEFT,
    SIZE,
    TRACKS,
    VALUES,
    Kind,
    bar_steps,
    slots,
)

Mask = NDArray[np.bool_]
Span = tuple[Kind, int, int]
"""Values of a kind, from the first to the one before the last."""
_ORDER = (Kind.STYLE, Kind.VALENCE, Kind.ENERGY, Kind.DENSITY, Kind.METRE, Kind.TEMPO, Kind.KEY, Kind.TRACK)
_NEXT = dict(itertools.pairwise(_ORDER))
_KINDS, _VALUES = [Kind(kind) for kind in KINDS.tolist()], VALUES.tolist()


class State:
    """How far one piece is: what has been said that limits what can follow.

    Positions rise within a cell, pitches within a position, tracks within a bar; a bar has the chords of its
    metre; bars count down; a piece ends after its last bar and nowhere else.
    """

    def __init__(self) -> None:
        self.kind = Kind.PAD
        self.metre = self.key = 0
        self.programs: list[int] = []
        self.left, self.slot, self.track = 0, 0, -1
        self.position, self.velocity, self.pitch = -1, -1, -1
        self.is_after = self.is_begun = False
        self._first = (0, 0)

    @property
    def is_done(self) -> bool:
        """Whether the piece has ended; only PAD may follow."""
        return self.kind == Kind.END

    def spans(self) -> list[Span]:
        """What may come next."""
        kind = self.kind
        if not self.is_begun:
            return self._heading()
        if kind in (Kind.AFTER, Kind.START):
            return [_all(Kind.BAR)]
        if kind in (Kind.BAR, Kind.METRE, Kind.KEY, Kind.CHORD):
            return self._bar()
        if kind == Kind.TRACK:
            return [(Kind.POSITION, 0, bar_steps(self.metre))]
        if kind == Kind.POSITION and self.velocity < 0:
            return [_all(Kind.VELOCITY)]
        if kind == Kind.PITCH:
            return [_all(Kind.LENGTH)]
        if kind == Kind.END:
            return [_all(Kind.PAD)]
        return self._cell()

    def advance(self, number: int) -> None:
        """Take a token that may come next."""
        kind, value = _KINDS[number], _VALUES[number]
        if kind == Kind.BAR:
            self._next_bar(value)
        elif kind == Kind.CHORD:
            self.slot += 1
        elif kind == Kind.PROGRAM:
            self.programs.append(value)
        elif kind == Kind.TRACK:
            self.track, self.position, self.velocity = value, -1, -1
        elif kind in (Kind.PITCH, Kind.DRUM):
            self.pitch = value
        elif kind in (Kind.POSITION, Kind.VELOCITY, Kind.METRE, Kind.KEY):
            setattr(self, kind.name.lower(), value)
        elif kind in (Kind.AFTER, Kind.START):
            self._begin(kind)
        if kind == Kind.POSITION:
            self.pitch = -1
        self.kind = kind

    def _begin(self, kind: Kind) -> None:
        if self.is_after:
            self.metre, self.key = self._first
        self._first = (self.metre, self.key)
        self.is_begun, self.is_after = True, kind == Kind.AFTER

    def _next_bar(self, value: int) -> None:
        self.left, self.slot, self.track = value, 0, -1

    def _heading(self) -> list[Span]:
        if self.kind == Kind.PAD:
            return [_all(Kind.STYLE)]
        if self.kind == Kind.TRACK:
            return [_all(Kind.PROGRAM)]
        if self.kind != Kind.PROGRAM:
            following = _NEXT[self.kind]
            return [(Kind.TRACK, 0, 1)] if following == Kind.TRACK else [_all(following)]
        count = len(self.programs)
        more: list[Span] = [(Kind.TRACK, count, count + 1)] if count < TRACKS else []
        return [*more, _all(Kind.AFTER), _all(Kind.START)]

    def _bar(self) -> list[Span]:
        """From a bar to its first cell: a new metre, a new key, chords."""
        found: list[Span] = []
        if self.kind == Kind.BAR:
            found += _but(Kind.METRE, self.metre)
        if self.kind in (Kind.BAR, Kind.METRE):
            found += _but(Kind.KEY, self.key)
        if self._has_chords and self.slot < slots(self.metre):
            return [*found, _all(Kind.CHORD)]
        return found + self._tracks()

    def _cell(self) -> list[Span]:
        """After a position, a velocity, or a whole note."""
        kind = Kind.DRUM if self.programs[self.track] == DRUMS else Kind.PITCH
        found: list[Span] = [(kind, self.pitch + 1, COUNTS[kind])]
        if self.kind == Kind.VELOCITY:
            return found
        if self.pitch + 1 < COUNTS[kind]:
            found += _but(Kind.VELOCITY, self.velocity)
        if self.kind != Kind.POSITION:
            found += [(Kind.POSITION, self.position + 1, bar_steps(self.metre)), *self._tracks()]
        return found

    def _tracks(self) -> list[Span]:
        return [(Kind.TRACK, self.track + 1, len(self.programs)), *self._ends()]

    def _ends(self) -> list[Span]:
        """What may follow a whole bar."""
        found: list[Span]
        if self.left == 0:
            found = [(Kind.BAR, 0, 1), (Kind.BAR, LEFT, LEFT + 1)]
        elif self.left > 1:
            found = [(Kind.BAR, self.left - 1, self.left)]
        else:
            found = [] if self.is_after else [_all(Kind.END)]
        return [*found, _all(Kind.START)] if self.is_after else found

    @property
    def _has_chords(self) -> bool:
        return any(program != DRUMS for program in self.programs)


class Grammar:
    """Some pieces drawn side by side. ``fixed``: metre and key stay what the heading says."""

    def __init__(self, count: int = 1, *, fixed: bool = False) -> None:
        self.states = [State() for _ in range(count)]
        self._fixed = fixed

    def allowed(self) -> Mask:
        """(pieces, SIZE): what may come next in each."""
        masks = np.zeros((len(self.states), SIZE), np.bool_)
        for mask, state in zip(masks, self.states, strict=True):
            for kind, begin, end in state.spans():
                if not (self._fixed and state.is_begun and kind in (Kind.METRE, Kind.KEY)):
                    mask[FIRST[kind] + begin : FIRST[kind] + end] = True
        return masks

    def advance(self, tokens: Iterable[int]) -> None:
        """Take one token in each piece, all of which may come next."""
        for state, number in zip(self.states, tokens, strict=True):
            state.advance(int(number))

    @staticmethod
    def fault(tokens: Sequence[int]) -> int | None:
        """The place of the first token that may not stand there; None if all may."""
        state = State()
        for at, number in enumerate(tokens):
            if not 0 <= number < SIZE:
                return at
            kind, value = _KINDS[number], _VALUES[number]
            if not any(k == kind and begin <= value < end for k, begin, end in state.spans()):
                return at
            state.advance(number)
        return None


def _all(kind: Kind) -> Span:
    return kind, 0, COUNTS[kind]


def _but(kind: Kind, value: int) -> list[Span]:
    return [(kind, 0, value), (kind, value + 1, COUNTS[kind])]
