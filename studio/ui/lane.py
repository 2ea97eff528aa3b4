"""A lane: a thread that looks after one engine process, so that the window never waits for it."""

from __future__ import annotations

import itertools
from dataclasses import replace

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtGui import QImage

from studio.core.jobs import JobState, Outcome
from studio.engines.messages import (
    Cancel,
    Ended,
    Finish,
    FromHost,
    HostSettings,
    PartDone,
    Progress,
    Quit,
    Raw,
    Run,
    Status,
    Trim,
    Warm,
    Wrote,
)
from studio.engines.spool import remove_stale, take
from studio.engines.supervisor import Supervisor
from studio.ui.decoding import decode
from studio.ui.priority import give_way

_FORMATS = {3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBA8888}


class Lane(QThread):
    """Signals carry the number that `start_run` gave; connect them to methods of QObjects."""

    progressed = Signal(int, object)
    """number, Progress"""
    previewed = Signal(int, object)
    """number, QImage (already decoded)"""
    wrote = Signal(int, object)
    """number, Wrote: text, at most 30 times a second"""
    part_done = Signal(int, object)
    """number, PartDone"""
    ended = Signal(int, object)
    """number, Outcome: once for every run, whatever happens to the process"""
    status = Signal(object)
    """Status of the process"""

    def __init__(self, settings: HostSettings, parent: QObject | None = None, *,
                 decodes_results: bool = False) -> None:
        """Starts nothing. With ``decodes_results`` a finished run's first picture is `previewed` too."""
        super().__init__(parent)
        self.setObjectName(f"lane-{settings.name}")
        self._decodes = decodes_results
        self._numbers = itertools.count(1)
        self._supervisor = Supervisor(settings, self._tell)

    def start_run(self, work: Run) -> int:
        """Do ``work`` after what was given before; returns its number. Starts what is needed."""
        number = next(self._numbers)
        self._ask(replace(work, number=number))
        return number

    def cancel(self, number: int, grace: float = 2.0) -> None:
        """Stop it; if it has not stopped after ``grace`` seconds the process is killed and made anew."""
        self._ask(Cancel(number, grace))

    def finish(self, number: int) -> None:
        """End it early and keep what is there."""
        self._ask(Finish(number))

    def trim(self, below: int) -> None:
        """Drop the models it keeps warm if less than ``below`` bytes are free: a job needs them."""
        if self.isRunning():
            self._ask(Trim(0.0, below))

    def warm(self, task: str) -> None:
        """Start the process and import what ``task`` needs."""
        self._ask(Warm(task))

    def begin_shutdown(self) -> None:
        """Ask process and thread to end; `shutdown` waits for it."""
        if self.isRunning():
            self._supervisor.ask(Quit())

    def shutdown(self, timeout_ms: int = 5000) -> bool:
        """Stop what runs and end process and thread; whether they ended in time."""
        self.begin_shutdown()
        return not self.isRunning() or self.wait(timeout_ms)

    def run(self) -> None:
        """Body of the thread."""
        give_way()
        remove_stale()
        self._supervisor.serve()

    def _ask(self, command: Run | Cancel | Finish | Trim | Warm) -> None:
        if not self.isRunning():
            self.start()
        self._supervisor.ask(command)

    def _tell(self, message: FromHost) -> None:
        if isinstance(message, Ended):
            self._tell_end(message.number, message.outcome)
        elif isinstance(message, Status):
            self.status.emit(message)
        elif isinstance(message.what, Progress):
            self.progressed.emit(message.number, message.what)
        elif isinstance(message.what, Wrote):
            self.wrote.emit(message.number, message.what)
        elif isinstance(message.what, PartDone):
            self.part_done.emit(message.number, message.what)
        elif isinstance(message.what, Raw) and not (image := raw_image(message.what)).isNull():
            self.previewed.emit(message.number, image)

    def _tell_end(self, number: int, outcome: Outcome) -> None:
        is_text = any(output.kind == "text" for output in outcome.outputs[:1])
        if self._decodes and outcome.state is JobState.DONE and outcome.outputs and not is_text:
            image = decode(outcome.outputs[0].data)
            outcome.outputs[0].discard()
            if not image.isNull():
                self.previewed.emit(number, image)
        self.ended.emit(number, outcome)


def raw_image(raw: Raw) -> QImage:
    """The picture in a file of bare pixels, which is then removed; a null image if it is gone."""
    try:
        data = take(raw.path)
        image = QImage(data, raw.width, raw.height, raw.width * raw.channels, _FORMATS[raw.channels])
    except (OSError, KeyError):
        return QImage()
    return image.copy()  # its own memory: the one above borrows ``data``
