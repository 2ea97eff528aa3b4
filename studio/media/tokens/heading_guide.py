"""Lets a model choose what of a heading was left open: mood, metre, key, instruments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from studio.core.score import DRUMS
from studio.media.tokens.grammar import Grammar, Mask
from studio.media.tokens.settled import clear, only
from studio.media.tokens.vocabulary import NO_KEY, OPENING, STYLES, TRACKS, Kind, token


class HeadingGuide:
    """A `studio.core.composing.Guide` that is done where the bars begin.

    ``asked``: values that are settled. ``programs``: of its first tracks; the model adds others until there
    are ``least``, and ``most`` of them at most. It chooses none of the styles that are not offered.
    """

    def __init__(self, asked: Mapping[Kind, int], programs: Sequence[int] = (), least: int = 1,
                 most: int = TRACKS, *, may_drum: bool = True) -> None:
        self._grammar = Grammar()
        self._state = self._grammar.states[0]
        self._asked, self._programs, self._may_drum = dict(asked), list(programs), may_drum
        self._least, self._most = max(1, least, len(programs)), min(TRACKS, max(1, most, len(programs)))

    @property
    def is_done(self) -> bool:
        """See `Guide`."""
        return self._state.is_begun

    def forced(self) -> int | None:
        """See `Guide`."""
        mask = self.allowed()
        return int(mask.argmax()) if np.count_nonzero(mask) == 1 else None

    def allowed(self) -> Mask:
        """See `Guide`."""
        mask: Mask = self._grammar.allowed()[0]
        for kind, value in self._asked.items():
            only(mask, kind, value)
        if Kind.STYLE not in self._asked:
            mask[token(Kind.STYLE, len(STYLES) - 1)] = False
        self._tracks(mask)
        only(mask, Kind.START, OPENING)
        clear(mask, Kind.AFTER)
        return mask

    def advance(self, token: int) -> None:
        """See `Guide`."""
        self._grammar.advance([token])

    def shortened(self, tokens: list[int], most: int) -> list[int]:
        """See `Guide`; a heading is never too long."""
        return tokens[-most:]

    def _tracks(self, mask: Mask) -> None:
        count = len(self._state.programs)
        if count < len(self._programs):
            only(mask, Kind.PROGRAM, self._programs[count])
        elif not self._may_drum:
            mask[token(Kind.PROGRAM, DRUMS)] = False
        if count < self._least:
            clear(mask, Kind.START)
        if count >= self._most:
            clear(mask, Kind.TRACK)
        if self._state.kind == Kind.TEMPO and Kind.KEY not in self._asked and self._is_pitched:
            mask[token(Kind.KEY, NO_KEY)] = False

    @property
    def _is_pitched(self) -> bool:
        """Whether something with a pitch is sure to play."""
        return not self._may_drum or any(program != DRUMS for program in self._programs)
