"""Finds the notes in view among very many."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from studio.core.score import Note


class NoteIndex:
    """The notes of a track, in order of start. Costs what is in view, not what there is."""

    def __init__(self, notes: Sequence[Note]) -> None:
        self.notes = notes
        self._starts = [note.start for note in notes]
        self._ends = list(accumulate((note.start + note.length for note in notes), max))
        """Up to each note, when the last of them ends; never falls, so that it can be searched."""

    def within(self, first: int, last: int) -> Iterator[Note]:
        """The notes that sound anywhere from tick ``first`` up to ``last``."""
        for at in range(bisect_right(self._ends, first), bisect_left(self._starts, last)):
            note = self.notes[at]
            if note.start + note.length > first:
                yield note

    def at(self, tick: int, pitch: int) -> Note | None:
        """The note that sounds at ``tick`` on ``pitch``; the later one of two."""
        found = [note for note in self.within(tick, tick + 1) if note.pitch == pitch]
        return found[-1] if found else None

    def beside(self, note: Note | None, tick: int, by: int) -> Note | None:
        """The next note (``by`` 1) or the one before (-1), from ``note`` or else from ``tick``."""
        if not self.notes:
            return None
        at = self._place(note)
        if at is None:
            at = bisect_left(self._starts, tick) - (1 if by > 0 else 0)
        return self.notes[min(max(at + by, 0), len(self.notes) - 1)]

    def number(self, note: Note) -> int:
        """Which one it is, from 1; 0 for a stranger."""
        at = self._place(note)
        return 0 if at is None else at + 1

    def _place(self, note: Note | None) -> int | None:
        if note is None:
            return None
        first, last = bisect_left(self._starts, note.start), bisect_right(self._starts, note.start)
        return next((at for at in range(first, last) if self.notes[at] == note), None)
