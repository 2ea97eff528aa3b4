"""In which order the bars of a written score are played: repeats, endings, da capo, dal segno, coda, fine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_TIMES = 16
"""More often nothing is repeated."""


@dataclass(slots=True)
class Signs:
    """What a bar says about the order. ``endings``: the passes in which it is played, none for all."""

    is_forward: bool = False
    backward: int = 0
    """How often the section before its end is played; 0 for no repeat."""
    endings: frozenset[int] = frozenset()
    da_capo: bool = False
    dal_segno: bool = False
    segno: bool = False
    coda: bool = False
    to_coda: bool = False
    fine: bool = False


def played(bars: Sequence[Signs]) -> list[int]:
    """The numbers of the bars, from 0, in the order in which they sound. Each jump is taken once; after one,
    sections are not repeated and the last ending holds, as is the custom. Signs by which nothing would be
    played are passed over."""
    return _Walk(bars).order() or list(range(len(bars)))


class _Walk:
    def __init__(self, bars: Sequence[Signs]) -> None:
        self.bars = bars
        self.begin, self.turn, self.has_jumped = 0, 1, False

    def order(self) -> list[int]:
        """Walk through."""
        found: list[int] = []
        at: int | None = 0
        while at is not None and at < len(self.bars):
            if self.bars[at].is_forward and at != self.begin:
                self.begin, self.turn = at, 1
            if self._is_skipped(at):
                at += 1
                continue
            found.append(at)
            at = self._after(at)
        return found

    def _is_skipped(self, at: int) -> bool:
        endings = self.bars[at].endings
        return bool(endings) and (self._last(at) if self.has_jumped else self.turn) not in endings

    def _last(self, at: int) -> int:
        """The highest ending of the group that ``at`` is in."""
        first = at
        while first and self.bars[first - 1].endings:
            first -= 1
        most = 1
        while first < len(self.bars) and (endings := self.bars[first].endings):
            most, first = max(most, *endings), first + 1
        return most

    def _after(self, at: int) -> int | None:
        bar = self.bars[at]
        if self.has_jumped and bar.fine:
            return None
        if self.has_jumped and bar.to_coda:
            return next((n for n in range(at + 1, len(self.bars)) if self.bars[n].coda), at + 1)
        times = self._last(at) if bar.endings else min(bar.backward, MOST_TIMES)
        if bar.backward and not self.has_jumped and self.turn < times:
            self.turn += 1
            return self.begin
        if bar.backward or (bar.endings and not self.bars[min(at + 1, len(self.bars) - 1)].endings):
            self.begin, self.turn = at + 1, 1
        if (bar.da_capo or bar.dal_segno) and not self.has_jumped:
            self.has_jumped = True
            return 0 if bar.da_capo else next((n for n, b in enumerate(self.bars) if b.segno), 0)
        return at + 1
