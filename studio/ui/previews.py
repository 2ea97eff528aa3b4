"""The interactive lane: a quick look while a slider moves. The newest wish wins; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage

from studio.core.jobs import JobState, Outcome, Problem, Request
from studio.engines.messages import Run
from studio.ui.document import Document
from studio.ui.jobs import lay_out
from studio.ui.lane import Lane

_PATIENCE_MS = 600
"""A look that takes longer is given up once a newer one is wanted; a quicker one is worth showing."""
_GRACE = 30.0
"""Seconds to stop: loading a model cannot be interrupted, and after a kill it would be loaded again."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A request, where it runs, and who wants the picture, or what is said about it."""

    request: Request
    task: str
    device: str
    then: Callable[[QImage], None]
    failed: Callable[[Problem], None] | None = None
    said: Callable[[str], None] | None = None
    """Hears an answer of kind text."""


class Previews(QObject):
    """At most one request runs and one waits."""

    def __init__(self, lane: Lane, document: Document, spool: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane, self._document, self._spool = lane, document, spool
        self._running: Wish | None = None
        self._number = 0
        self._waiting: Wish | None = None
        self._laid_out: dict[str, Path] = {}
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)
        lane.previewed.connect(self._on_picture)
        lane.ended.connect(self._on_ended)

    def ask(self, wish: Wish) -> None:
        """Make this one next, instead of any that waits."""
        self._waiting = wish
        if self._running is None:
            self._next()
        elif not self._patience.isActive():
            self._patience.start()

    def cancel(self) -> None:
        """Nobody wants to see anything any more."""
        self._waiting = None
        if self._number:
            self._give_up()
        else:
            self._running = None

    def _next(self) -> None:
        self._patience.stop()
        self._running, self._waiting, self._number = self._waiting, None, 0
        if (wish := self._running) is None:
            return
        if all(item.sha256 in self._laid_out for item in wish.request.inputs):
            self._start(wish, {})  # a moving slider must not wait for what the project is busy with
        else:
            self._document.call(partial(lay_out, request=wish.request, spool=self._spool),
                                partial(self._start, wish), partial(self._fail, wish))

    def _start(self, wish: Wish, inputs: dict[str, Path]) -> None:
        self._laid_out |= inputs
        if wish is self._running:
            inputs = {item.sha256: self._laid_out[item.sha256] for item in wish.request.inputs}
            self._number = self._lane.start_run(Run(0, wish.task, wish.request, inputs, wish.device))

    def _give_up(self) -> None:
        if self._number:
            self._lane.cancel(self._number, _GRACE)

    def _on_picture(self, number: int, image: QImage) -> None:
        if number == self._number and self._running:
            self._running.then(image)

    def _on_ended(self, number: int, outcome: Outcome) -> None:
        if number != self._number or (wish := self._running) is None:
            return
        if outcome.state is JobState.FAILED and outcome.problem:
            self._fail(wish, outcome.problem)
            return
        self._next()
        if wish.said is not None and (words := _words(outcome)):
            wish.said(words)

    def _fail(self, wish: Wish, problem: Problem) -> None:
        if wish is not self._running:
            return
        is_newest = self._waiting is None  # a newer one may still turn out well
        self._next()
        if wish.failed is not None and is_newest:
            wish.failed(problem)


def _words(outcome: Outcome) -> str:
    """The text that was the answer, if it was one."""
    texts = [output for output in outcome.outputs if output.kind == "text"]
    return texts[0].read().decode("utf-8", "replace") if texts else ""
