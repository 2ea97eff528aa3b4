"""Holds what is drawn to what is wanted: the heading, the number of bars, the notes that must stay."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

import numpy as np

from studio.media.tokens.grammar import Grammar, Mask
from studio.media.tokens.sheet import countdown
from studio.media.tokens.vocabulary import COUNTS, FIRST, KINDS, MIDWAY, OPENING, VALUES, Kind, token

_SAID = (Kind.STYLE, Kind.VALENCE, Kind.ENERGY, Kind.DENSITY, Kind.METRE, Kind.TEMPO, Kind.KEY)
_NOTES = (Kind.POSITION, Kind.VELOCITY, Kind.PITCH, Kind.DRUM)
Cells = Mapping[int, tuple[int, ...]]
"""Tokens of cells by number of the track, see `sheet.BarTokens`."""


class PieceGuide:
    """A `studio.core.composing.Guide` for one piece, under the grammar.

    ``begun``: tokens that come first, such as a heading and whole bars before a gap, perhaps none. ``asked``:
    values of the heading where it has not begun; what is left out is drawn. ``programs``: its tracks (128 is
    drums), None draws them too. ``bars``: how many there are to be, those of ``begun`` among them.
    ``given``: by number of the bar, the tracks that are locked in it with the cell they have, () for silence;
    ``chords``: by number of the bar, numbers of its chords. Metre and key stay what they are.
    """

    def __init__(self, begun: Sequence[int] = (), *, bars: int, asked: Mapping[Kind, int] | None = None,
                 programs: Sequence[int] | None = None, given: Mapping[int, Cells] | None = None,
                 chords: Mapping[int, Sequence[int]] | None = None) -> None:
        if bars < 1:
            raise ValueError(f"a piece of {bars} bars")
        self._grammar = Grammar(fixed=False)
        self._state = self._grammar.states[0]
        self._waiting = deque(int(number) for number in begun)
        self._bars, self._given, self._chords = bars, given or {}, chords or {}
        self._bar, self._closed = -1, _bars_in(begun)
        self._mask: Mask | None = None
        if not begun:
            self._asked = dict(asked or {})
            self._programs = list(programs) if programs is not None else None
        else:
            self._asked, self._programs = {}, None

    @property
    def is_done(self) -> bool:
        """See `Guide`."""
        return self._state.is_done

    def forced(self) -> int | None:
        """See `Guide`."""
        mask = self.allowed()
        return int(mask.argmax()) if np.count_nonzero(mask) == 1 else None

    def allowed(self) -> Mask:
        """See `Guide`."""
        if self._mask is None:
            self._mask = self._grammar.allowed()[0]
            if self._waiting:
                wanted = self._mask[self._waiting[0]]
                self._mask[:] = False
                self._mask[self._waiting[0]] = wanted
            elif self._state.is_begun:
                self._bars_only(self._mask)
            else:
                self._heading(self._mask)
        return self._mask

    def advance(self, token: int) -> None:
        """See `Guide`. Raises ValueError where the token may not come."""
        if not self.allowed()[token]:
            raise ValueError(f"token {token} may not come here")
        if self._waiting:
            self._waiting.popleft()
        self._mask = None
        self._grammar.advance([token])
        kind, value = Kind(KINDS[token]), int(VALUES[token])
        if kind == Kind.BAR and not self._state.is_after:
            self._bar += 1
            self._waiting.extend(() if self._waiting else self._chords_here())
        elif kind == Kind.TRACK and self._state.is_begun and not self._waiting:
            self._waiting.extend(self._given.get(self._bar, {}).get(value, ()))

    def shortened(self, tokens: list[int], most: int) -> list[int]:
        """See `Guide`: the heading, the bars behind a gap if they take no more than a third, and the last
        bars that fit."""
        kinds = KINDS[tokens]
        start = int(np.flatnonzero(kinds == Kind.START)[0])
        after = np.flatnonzero(kinds == Kind.AFTER)
        head = tokens[: int(after[0])] if len(after) and start > most // 3 else tokens[:start]
        head = [*head, token(Kind.START, MIDWAY)]
        bars = start + 1 + np.flatnonzero(kinds[start + 1 :] == Kind.BAR)
        fitting = bars[len(tokens) - bars <= most - len(head)]
        begin = int(fitting[0]) if len(fitting) else len(tokens) - (most - len(head))
        return [*head, *tokens[begin:]]

    def _heading(self, mask: Mask) -> None:
        """Only what is asked for; a piece begins at its beginning."""
        count = len(self._state.programs)
        for kind, value in self._asked.items():
            _only(mask, kind, value)
        if self._programs is not None:
            _only(mask, Kind.PROGRAM, self._programs[min(count, len(self._programs) - 1)])
            _clear(mask, Kind.TRACK if count == len(self._programs) else Kind.START)
        _only(mask, Kind.START, OPENING)
        _clear(mask, Kind.AFTER)

    def _bars_only(self, mask: Mask) -> None:
        """No other metre or key, the number of bars, and what is locked."""
        _clear(mask, Kind.METRE, Kind.KEY)
        _only(mask, Kind.BAR, countdown(self._bars - self._bar - 1))
        if self._bar < self._closed:
            _clear(mask, *_NOTES, Kind.TRACK)
        elif self._state.kind != Kind.TRACK:
            self._keep(mask, self._given.get(self._bar, {}))

    def _keep(self, mask: Mask, locked: Cells) -> None:
        """Locked cells come in their turn, with nothing in between, and silent ones stay silent."""
        pending = [track for track, cell in locked.items() if cell and track > self._state.track]
        for track in locked:
            mask[FIRST[Kind.TRACK] + track] &= track in pending
        if pending:
            mask[FIRST[Kind.TRACK] + min(pending) + 1 : FIRST[Kind.PROGRAM]] = False
            _clear(mask, Kind.BAR, Kind.END)
        if self._state.track in locked:  # its cell is as it was given
            _clear(mask, *_NOTES)

    def _chords_here(self) -> list[int]:
        return [token(Kind.CHORD, value) for value in self._chords.get(self._bar, ())]


def _only(mask: Mask, kind: Kind, value: int) -> None:
    kept = mask[token(kind, value)]
    _clear(mask, kind)
    mask[token(kind, value)] = kept


def _clear(mask: Mask, *kinds: Kind) -> None:
    for kind in kinds:
        mask[FIRST[kind] : FIRST[kind] + COUNTS[kind]] = False


def _bars_in(begun: Sequence[int]) -> int:
    """How many bars of the piece itself, those behind a gap apart, are there already."""
    kinds = KINDS[list(begun)].tolist() if len(begun) else []
    return kinds[kinds.index(Kind.START) :].count(Kind.BAR) if Kind.START in kinds else 0
