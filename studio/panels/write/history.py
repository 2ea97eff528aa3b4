"""Undo for a page: steps of edits, typing put together by words, and what a model writes as one step.

The person may go on typing elsewhere while the model writes: their steps are kept as if its text were not
there yet, and it becomes a step of its own, the newest, at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from studio.core.manuscript import Edit, Piece, units

_PAUSE = 3.0
"""Seconds without typing after which a new step begins."""
_MOST = 4000
"""Steps that are kept."""


@dataclass(frozen=True, slots=True)
class Change:
    """An edit, and what it removed."""

    edit: Edit
    removed: tuple[Piece, ...] = ()

    @property
    def added_units(self) -> int:
        """How long what it added is."""
        return sum(units(piece.text) for piece in self.edit.added)

    def reversed(self) -> Change:
        """The change that takes it back."""
        return Change(Edit(self.edit.at, self.added_units, self.removed), self.edit.added)


class History:
    """What can be undone and redone. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._done: list[list[Change]] = []
        self._undone: list[list[Change]] = []
        self._open = 0
        self._has_step = False
        self._typed_at = 0.0
        self._stream: tuple[int, int] | None = None

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done) or bool(self._stream and self._stream[1])

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._undone)

    def clear(self) -> None:
        """Forget everything."""
        self._done, self._undone, self._stream = [], [], None

    @contextmanager
    def step(self) -> Iterator[None]:
        """What is recorded inside is one step."""
        self._open += 1
        self._has_step = self._has_step and self._open > 1
        try:
            yield
        finally:
            self._open -= 1

    def record(self, change: Change, *, is_typing: bool = False) -> None:
        """Keep ``change``, which was just made by the person."""
        self._undone.clear()
        change = self._past_stream(change)
        joins = self._has_step if self._open else is_typing and self._goes_on(change)
        if joins and self._done:
            self._done[-1].append(change)
        else:
            self._done.append([change])
            del self._done[:-_MOST]
        self._has_step = self._open > 0
        self._typed_at = self._clock() if is_typing else 0.0

    def join(self, change: Change) -> None:
        """Make ``change`` part of the newest step."""
        change = self._past_stream(change)
        if self._done:
            self._done[-1].append(change)
        else:
            self._done.append([change])

    def undo(self) -> Sequence[Edit]:
        """The edits that take the newest step back, to be made in this order; none if there is none."""
        return self._turn(self._done, self._undone)

    def redo(self) -> Sequence[Edit]:
        """The edits that do it again."""
        return self._turn(self._undone, self._done)

    def break_typing(self) -> None:
        """What is typed next is a new step."""
        self._typed_at = 0.0

    # ---- what the model writes

    def begin_stream(self, at: int) -> None:
        """The model begins to write at ``at``."""
        self._stream = (at, 0)
        self.break_typing()

    def stream_grew(self, length: int) -> None:
        """It wrote ``length`` units more, at the end of what it wrote."""
        if self._stream is not None:
            self._undone.clear()
            self._stream = (self._stream[0], self._stream[1] + length)

    def end_stream(self, pieces: Callable[[int, int], tuple[Piece, ...]]) -> None:
        """It ended; ``pieces`` gives what stands between two places now."""
        if self._stream is not None:
            at, length = self._stream
            self._stream = None
            if length:
                self._done.append([Change(Edit(at, 0, pieces(at, at + length)))])
        self.break_typing()

    @property
    def stream(self) -> tuple[int, int] | None:
        """Where the model's text begins and how long it is, while it writes."""
        return self._stream

    def touches_stream(self, edit: Edit) -> bool:
        """Whether ``edit`` changes what the model is writing, rather than what is around it."""
        if self._stream is None:
            return False
        at, length = self._stream
        return edit.at < at + length and edit.at + edit.removed > at

    def _past_stream(self, change: Change) -> Change:
        """``change`` as it would be without the model's text; moves the stream past it."""
        if self._stream is None:
            return change
        at, length = self._stream
        edit = change.edit
        if edit.at + edit.removed <= at and not (edit.at == at and length == 0):
            self._stream = (at + change.added_units - edit.removed, length)
            return change
        return Change(replace(edit, at=max(edit.at - length, 0)), change.removed)

    def _goes_on(self, change: Change) -> bool:
        """Whether ``change`` continues the typing of the newest step."""
        if not self._done or not self._typed_at or self._clock() - self._typed_at > _PAUSE:
            return False
        last, edit = self._done[-1][-1], change.edit
        if not edit.removed and not last.edit.removed:
            before = "".join(piece.text for piece in last.edit.added)[-1:]
            text = "".join(piece.text for piece in edit.added)
            is_new_word = before.isspace() and not text[:1].isspace()
            return edit.at == last.edit.at + last.added_units and not is_new_word and "\n" not in text
        is_deleting = not edit.added and not last.edit.added
        return is_deleting and last.edit.at in (edit.at, edit.at + edit.removed)

    def _turn(self, source: list[list[Change]], target: list[list[Change]]) -> Sequence[Edit]:
        self.break_typing()
        if not source:
            return ()
        back = [change.reversed() for change in reversed(source.pop())]
        target.append(back)
        return [change.edit for change in back]
