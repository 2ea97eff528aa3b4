"""The queue as a list: one row for each job, moved by drag or by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from studio.core.jobs import JobState
from studio.ui.translation import problem_texts, sentence
from studio.ui.widgets import words

if TYPE_CHECKING:
    from studio.ui.jobs import Job

Index = QModelIndex | QPersistentModelIndex
JOB = int(Qt.ItemDataRole.UserRole)
_MIME = "application/x-atelier-job"


class QueueModel(QAbstractListModel):
    """Rows in the runner's order."""

    move_requested = Signal(object, int)
    """Job, place among those that wait."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []

    def reset(self, jobs: Sequence[Job]) -> None:
        """Show ``jobs``."""
        self.beginResetModel()
        self._jobs = list(jobs)
        self.endResetModel()

    def refresh(self, job: Job) -> None:
        """``job`` got on."""
        if job in self._jobs:
            index = self.index(self._jobs.index(job))
            self.dataChanged.emit(index, index)

    def job(self, index: Index) -> Job | None:
        """The job of a row."""
        return self._jobs[index.row()] if index.isValid() and index.row() < len(self._jobs) else None

    def row_of(self, job: Job | None) -> int:
        """Its row, -1 if it is not there."""
        return self._jobs.index(job) if job in self._jobs else -1

    def place(self, job: Job) -> int:
        """Its place among those that wait, -1 if it does not wait."""
        waiting = self.waiting()
        return waiting.index(job) if job in waiting else -1

    def waiting(self) -> list[Job]:
        """Those still to come, in order."""
        return [job for job in self._jobs if job.state is JobState.QUEUED]

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        return 0 if parent is not None and parent.isValid() else len(self._jobs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        job = self.job(index)
        if job is None:
            return None
        if role == JOB:
            return job
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{job.label} · {self.state_text(job)}"
        return self.state_text(job) if role == Qt.ItemDataRole.ToolTipRole else None

    def state_text(self, job: Job) -> str:
        """How it stands, in words."""
        if job.state is JobState.RUNNING:
            return self._working(job)
        if job.state is JobState.FAILED and job.problem is not None:
            return problem_texts(job.problem)[0]
        return {JobState.QUEUED: self.tr("Waiting"), JobState.DONE: self.tr("Done"),
                JobState.FAILED: self.tr("Failed"), JobState.CANCELLED: self.tr("Stopped")}[job.state]

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        job = self.job(index)
        if job is not None and job.state is JobState.QUEUED:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsDropEnabled if not index.isValid() else flags

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        mime = QMimeData()
        mime.setData(_MIME, QByteArray(str(indexes[0].row()).encode()))
        return mime

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int,  # noqa: N802
                     parent: Index) -> bool:
        if not data.hasFormat(_MIME):
            return False
        job = self._jobs[int(bytes(data.data(_MIME).data()))]
        before = row if row >= 0 else len(self._jobs)
        others = [other for other in self._jobs[:before]
                  if other.state is JobState.QUEUED and other is not job]
        self.move_requested.emit(job, len(others))
        return False  # the runner moves it and tells

    def _working(self, job: Job) -> str:
        if job.is_stopping:
            return self.tr("Stopping")
        parts = [f"{job.fraction:.0%}" if job.fraction is not None else "",
                 sentence(job.text, job.values), words.left(job.eta) if job.eta is not None else ""]
        return " · ".join(part for part in parts if part) or self.tr("Working")
