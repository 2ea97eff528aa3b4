"""The queue, opened from its chip: what runs, what waits, what failed, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget

from studio.core.jobs import JobState
from studio.ui import icons
from studio.ui.notices import copy_details
from studio.ui.queue_delegate import ROW, QueueDelegate
from studio.ui.queue_model import QueueModel
from studio.ui.topline import ActionButton

if TYPE_CHECKING:
    from studio.ui.jobs import Job

WIDTH, HEIGHT, EMPTY_HEIGHT = 440, 380, 128
LEFT = 80
"""Clear of the rail."""


class Queue(Protocol):
    """What the view asks of the runner."""

    @property
    def current(self) -> Job | None: ...
    @property
    def is_paused(self) -> bool: ...
    def jobs(self) -> list[Job]: ...
    def stop(self, job: Job) -> None: ...
    def stop_after_this(self) -> None: ...
    def skip(self, job: Job) -> None: ...
    def retry(self, job: Job) -> None: ...
    def remove(self, job: Job) -> None: ...
    def move(self, job: Job, position: int) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...


class QueueView(QFrame):
    """Floats above the status line. Reads from the runner, tells it what to do, keeps nothing itself."""

    hidden = Signal()

    def __init__(self, host: QWidget, queue: Queue) -> None:
        super().__init__(host)
        self.setObjectName("queue")
        self.setAccessibleName(self.tr("Queue"))
        self._host, self._queue = host, queue
        self.model = QueueModel(self)
        self.list = QListView(self)
        self.actions_: dict[str, QAction] = {}
        self._make_actions()
        self._lay_out()
        self.model.move_requested.connect(queue.move)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._enable())
        self.list.installEventFilter(self)
        host.installEventFilter(self)
        self.refresh()
        self.hide()

    def refresh(self) -> None:
        """Read the whole queue again, keeping the chosen row."""
        chosen = self.chosen()
        self.model.reset(self._queue.jobs())
        row = self.model.row_of(chosen)
        if row < 0:
            row = self.model.row_of(self._queue.current)
        self.list.setCurrentIndex(self.model.index(max(0, row)))
        self._empty.setVisible(self.model.rowCount() == 0)
        self.list.setVisible(self.model.rowCount() > 0)
        self._place()
        self._enable()

    def refresh_job(self, job: Job) -> None:
        """One job got on."""
        self.model.refresh(job)
        self._enable()

    def chosen(self) -> Job | None:
        """The job of the current row."""
        return self.model.job(self.list.currentIndex())

    def open_view(self) -> None:
        """Show it and take the keyboard."""
        self._place()
        self.show()
        self.raise_()
        (self.list if self.list.isVisible() else self).setFocus()

    def hideEvent(self, event: object) -> None:  # noqa: N802
        self.hidden.emit()
        super().hideEvent(event)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        return watched is self.list and isinstance(event, QKeyEvent) \
            and event.type() == QEvent.Type.KeyPress and self._on_key(event)

    def move_chosen(self, step: int) -> None:
        """Move the chosen job ``step`` places among those that wait."""
        job = self.chosen()
        if job is None or (place := self.model.place(job)) < 0:
            return
        self._queue.move(job, max(0, min(len(self.model.waiting()) - 1, place + step)))
        self.refresh()

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if step:
                self.move_chosen(step)
            return bool(step)
        if event.key() == Qt.Key.Key_Delete:
            self._with_chosen(self._drop)
            return True
        return False

    def _make_actions(self) -> None:
        queue = self._queue
        rows: Sequence[tuple[str, str, str, Callable[[], object], str]] = (
            ("pause", self.tr("Pause"), "pause", self._pause, ""),
            ("stop", self.tr("Stop now"), "stop", lambda: self._with_current(queue.stop), ""),
            ("after", self.tr("Stop after this"), "stop-after", queue.stop_after_this, ""),
            ("skip", self.tr("Skip"), "skip", lambda: self._with_chosen(self._drop), "Del"),
            ("retry", self.tr("Try again"), "retry", lambda: self._with_chosen(queue.retry), ""),
            ("up", self.tr("Move up"), "arrow-up", lambda: self.move_chosen(-1), "Alt+Up"),
            ("down", self.tr("Move down"), "arrow-down", lambda: self.move_chosen(1), "Alt+Down"),
            ("copy", self.tr("Copy details"), "copy", lambda: self._with_chosen(_copy), ""),
            ("clear", self.tr("Clear what has ended"), "check", self._clear, ""))
        for name, text, icon, do, key in rows:
            action = QAction(text, self)
            action.setObjectName(f"queue.{name}")
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _=False, d=do: d())
            icons.wear(action, icon)
            self.actions_[name] = action

    def _lay_out(self) -> None:
        self.list.setObjectName("queue.list")
        self.list.setAccessibleName(self.tr("Jobs"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(QueueDelegate(self.list))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self._empty = QLabel(self.tr("Nothing is waiting. What you start is listed here."), self)
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        bar = QHBoxLayout()
        bar.setSpacing(2)
        for name, action in self.actions_.items():
            if name == "clear":
                bar.addStretch(1)
            button = ActionButton(action, self)
            button.setObjectName(f"queue.{name}.button")
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(bar)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self.list, 1)

    def _enable(self) -> None:
        job, actions, current = self.chosen(), self.actions_, self._queue.current
        has_waiting, is_paused = bool(self.model.waiting()), self._queue.is_paused
        place = self.model.place(job) if job is not None else -1
        actions["pause"].setText(self.tr("Go on") if is_paused else self.tr("Pause"))
        icons.wear(actions["pause"], "play" if is_paused else "pause")
        actions["pause"].setEnabled(has_waiting or current is not None)
        actions["stop"].setEnabled(current is not None)
        actions["after"].setEnabled(current is not None and has_waiting and not is_paused)
        actions["skip"].setEnabled(job is not None)
        actions["retry"].setEnabled(job is not None and job.state in (JobState.FAILED, JobState.CANCELLED))
        actions["up"].setEnabled(place > 0)
        actions["down"].setEnabled(0 <= place < len(self.model.waiting()) - 1)
        actions["copy"].setEnabled(job is not None and job.problem is not None)
        actions["clear"].setEnabled(any(job.state.is_final for job in self._queue.jobs()))

    def _pause(self) -> None:
        if self._queue.is_paused:
            self._queue.resume()
        else:
            self._queue.pause()

    def _drop(self, job: Job) -> None:
        if job.state.is_final:
            self._queue.remove(job)
        else:
            self._queue.skip(job)

    def _clear(self) -> None:
        for job in self._queue.jobs():
            if job.state.is_final:
                self._queue.remove(job)

    def _with_chosen(self, do: Callable[[Job], object]) -> None:
        if (job := self.chosen()) is not None:
            do(job)

    def _with_current(self, do: Callable[[Job], object]) -> None:
        if (job := self._queue.current) is not None:
            do(job)

    def _place(self) -> None:
        rows = self.model.rowCount() * ROW + 68
        height = min(max(EMPTY_HEIGHT, rows), HEIGHT, self._host.height() - 96)
        self.setGeometry(LEFT, self._host.height() - 36 - 8 - height, WIDTH, height)


def _copy(job: Job) -> None:
    if job.problem is not None:
        copy_details(job.problem)
