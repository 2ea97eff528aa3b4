"""What can be undone: the arrangements before this one, and those after it."""

from __future__ import annotations

from dataclasses import dataclass

from studio.core.arrangement import Arrangement

MOST = 200
"""Steps that are kept; a step shares with the next all that did not change."""


@dataclass(frozen=True, slots=True)
class Step:
    """A way the piece was. Steps of the same ``what`` that follow each other count as one, if it has one."""

    arrangement: Arrangement
    what: str = ""


class Steps:
    """Goes back and forth."""

    def __init__(self) -> None:
        self._back: list[Step] = []
        self._forth: list[Arrangement] = []

    @property
    def can_undo(self) -> bool:
        """Whether something was before."""
        return bool(self._back)

    @property
    def can_redo(self) -> bool:
        """Whether something was undone."""
        return bool(self._forth)

    def add(self, before: Arrangement, what: str = "") -> None:
        """The piece changes; it was ``before``."""
        self._forth.clear()
        if not (what and self._back and self._back[-1].what == what):
            self._back.append(Step(before, what))
            del self._back[:-MOST]

    def rest(self) -> None:
        """The next change is a step of its own, whatever it is."""
        if self._back:
            self._back[-1] = Step(self._back[-1].arrangement)

    def undo(self, now: Arrangement) -> Arrangement:
        """How it was before; ``now`` can be come back to."""
        if not self._back:
            return now
        self._forth.append(now)
        return self._back.pop().arrangement

    def redo(self, now: Arrangement) -> Arrangement:
        """How it was before `undo`."""
        if not self._forth:
            return now
        self._back.append(Step(now))
        return self._forth.pop()

    def clear(self) -> None:
        """Another project."""
        self._back, self._forth = [], []
