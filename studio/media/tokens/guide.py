"""Holds what is drawn to what is wanted: the heading, the number of bars, the notes that must stay."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from studio.media.tokens.grammar import Grammar, Mask
from studio.media.tokens.hands import at_once
from studio.media.tokens.settled import NOTES, Cells, Settled, clear, only, within
from studio.media.tokens.sheet import countdown
from studio.media.tokens.vocabulary import KINDS, MIDWAY, OPENING, VALUES, Kind, token

_MOST = 1200
"""Tokens of a bar after which no new note is begun: more than any bar of twelve players here has."""
_WHOLE = (Kind.LENGTH, Kind.DRUM)
"""What ends a note."""


class PieceGuide:
    """A `studio.core.composing.Guide` for one piece, under the grammar.

    ``begun``: tokens that come first, such as a heading and whole bars before a gap, perhaps none. ``asked``:
    values of the heading where it has not begun; what is left out is drawn. ``programs``: its tracks (128 is
    drums), None draws them too. ``bars``: how many there are to be, those of ``begun`` among them.
    ``settled``: what is known of bars, by number. ``given``: by number of the bar, the tracks that are locked
    in it with the cell they have, () for silence; ``chords``: by number of the bar, numbers of its chords;
    both are short for what `Settled` says. ``ranges``: lowest and highest pitch of tracks, by number;
    ``single``: tracks that begin one note at a time, but for held ones. Metre and key stay what they are
    where nothing is settled. A bar ends after 1,200 tokens, and a chord after as many notes as a player has
    hands for (`hands`).
    """

    def __init__(self, begun: Sequence[int] = (), *, bars: int, asked: Mapping[Kind, int] | None = None,
                 programs: Sequence[int] | None = None, given: Mapping[int, Cells] | None = None,
                 chords: Mapping[int, Sequence[int]] | None = None,
                 settled: Mapping[int, Settled] | None = None,
                 ranges: Mapping[int, tuple[int, int]] | None = None,
                 single: Collection[int] = ()) -> None:
        if bars < 1:
            raise ValueError(f"a piece of {bars} bars")
        self._grammar = Grammar(fixed=False)
        self._state = self._grammar.states[0]
        self._waiting = deque(int(number) for number in begun)
        self._bars, self._ranges, self._single = bars, ranges or {}, frozenset(single)
        self._settled = _together(settled or {}, given or {}, chords or {})
        self._bar, self._closed, self._size, self._chord = -1, _bars_in(begun), 0, 0
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
        if self._waiting:  # `advance` looks whether it may come
            return self._waiting[0]
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
        self._size += 1
        self._grammar.advance([token])
        kind, value = Kind(KINDS[token]), int(VALUES[token])
        self._chord = 0 if kind == Kind.POSITION else self._chord + (kind in (Kind.PITCH, Kind.DRUM))
        if kind == Kind.BAR and not self._state.is_after:
            self._bar, self._size = self._bar + 1, 0
            self._waiting.extend(() if self._waiting else self._here.first(self._state))
        elif kind == Kind.TRACK and self._state.is_begun and not self._waiting:
            self._waiting.extend(self._here.given.get(value, ()))

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

    @property
    def _here(self) -> Settled:
        return self._settled.get(self._bar, _NOTHING)

    def _heading(self, mask: Mask) -> None:
        """Only what is asked for; a piece begins at its beginning."""
        count = len(self._state.programs)
        for kind, value in self._asked.items():
            only(mask, kind, value)
        if self._programs is not None:
            only(mask, Kind.PROGRAM, self._programs[min(count, len(self._programs) - 1)])
            clear(mask, Kind.TRACK if count == len(self._programs) else Kind.START)
        only(mask, Kind.START, OPENING)
        clear(mask, Kind.AFTER)

    def _bars_only(self, mask: Mask) -> None:
        """No other metre or key, the number of bars, and what stays."""
        clear(mask, Kind.METRE, Kind.KEY)
        only(mask, Kind.BAR, countdown(self._bars - self._bar - 1))
        if self._bar < self._closed:
            clear(mask, *NOTES, Kind.TRACK)
            return
        if self._state.track in self._ranges and self._state.kind != Kind.PITCH:
            within(mask, self._state, *self._ranges[self._state.track])
        self._here.narrow(mask, self._state, single=self._state.track in self._single)
        if self._state.kind in _WHOLE and self._state.track not in self._here.held:
            self._end_chord(mask)
        if self._size > _MOST:
            self._end_bar(mask)

    def _end_chord(self, mask: Mask) -> None:
        """No more notes at once than can be played."""
        if self._chord >= at_once(self._state.programs[self._state.track]):
            clear(mask, Kind.PITCH, Kind.DRUM, Kind.VELOCITY)

    def _end_bar(self, mask: Mask) -> None:
        """No more notes than must be, where the bar could end."""
        if mask[token(Kind.BAR, countdown(self._bars - self._bar - 1))] or mask[token(Kind.END)]:
            clear(mask, *NOTES, Kind.TRACK)


_NOTHING = Settled()


def _together(settled: Mapping[int, Settled], given: Mapping[int, Cells],
              chords: Mapping[int, Sequence[int]]) -> dict[int, Settled]:
    found = dict(settled)
    for bar, cells in given.items():
        found[bar] = replace(found.get(bar, _NOTHING), given=cells)
    for bar, numbers in chords.items():
        found[bar] = replace(found.get(bar, _NOTHING), chords=tuple(numbers))
    return found


def _bars_in(begun: Sequence[int]) -> int:
    """How many bars of the piece itself, those behind a gap apart, are there already."""
    kinds = KINDS[list(begun)].tolist() if len(begun) else []
    return kinds[kinds.index(Kind.START) :].count(Kind.BAR) if Kind.START in kinds else 0
