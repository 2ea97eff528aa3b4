"""Results on their way out of the project: written by the document's thread, tried again after a failure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from studio.core.jobs import JobState, Problem
from studio.project.delivering import deliver
from studio.project.jobs import JobRow
from studio.project.store import Project
from studio.ui.document import Document
from studio.ui.jobs import Job
from studio.ui.runner import Runner


class Deliveries(QObject):
    """Writes what each finished job with a delivery made; also what an earlier session did not get to."""

    delivered = Signal(object)
    """JobRow, its delivery with the files written."""
    refused = Signal(object, object)
    """JobRow, Problem: it is in the project all the same."""

    def __init__(self, document: Document, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._refused: dict[str, JobRow] = {}
        runner.ended.connect(self._on_ended)
        document.opened.connect(self._on_opened)

    @property
    def waiting(self) -> list[JobRow]:
        """The jobs whose result could not be written."""
        return list(self._refused.values())

    def try_again(self) -> None:
        """Write once more what could not be written."""
        for row in self.waiting:
            self._deliver(row)

    def _on_ended(self, job: Job) -> None:
        if job.state is JobState.DONE and job.delivery is not None:
            self._deliver(job.row())

    def _on_opened(self) -> None:
        self._refused.clear()
        if not self._document.read_only:
            self._document.call(lambda project: project.undelivered(), self._deliver_all)

    def _deliver_all(self, rows: Sequence[JobRow]) -> None:
        for row in rows:
            self._deliver(row)

    def _deliver(self, row: JobRow) -> None:
        self._refused.pop(row.id, None)
        self._document.call(lambda project: _written(row, project), self._done,
                            lambda problem: self._failed(row, problem))

    def _done(self, row: JobRow) -> None:
        self.delivered.emit(row)

    def _failed(self, row: JobRow, problem: Problem) -> None:
        self._refused[row.id] = row
        self.refused.emit(row, problem)


def _written(row: JobRow, project: Project) -> JobRow:
    paths = deliver(project, row)
    delivery = row.delivery and replace(row.delivery, paths=tuple(map(str, paths)))
    return replace(row, delivery=delivery)
