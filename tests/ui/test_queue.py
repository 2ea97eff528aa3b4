"""The queue's list: what it shows, and what it tells the runner."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.core.jobs import JobState, Problem, Request
from studio.ui.jobs import Job
from studio.ui.queue_model import QueueModel
from studio.ui.queue_view import QueueView


class FakeQueue:
    """Keeps jobs in order and notes what it was told."""

    def __init__(self, *states: JobState) -> None:
        self._jobs = [Job(str(n), Request("style", 1, {}), f"Job {n}", "style", state=state)
                      for n, state in enumerate(states)]
        self.is_paused = False
        self.told: list[tuple[str, str]] = []

    @property
    def current(self) -> Job | None:
        return next((job for job in self._jobs if job.state is JobState.RUNNING), None)

    def jobs(self) -> list[Job]:
        return list(self._jobs)

    def stop(self, job: Job) -> None:
        self.told.append(("stop", job.id))

    def stop_after_this(self) -> None:
        self.told.append(("after", ""))

    def skip(self, job: Job) -> None:
        self.told.append(("skip", job.id))

    def retry(self, job: Job) -> None:
        self.told.append(("retry", job.id))

    def remove(self, job: Job) -> None:
        self.told.append(("remove", job.id))
        self._jobs.remove(job)

    def move(self, job: Job, position: int) -> None:
        self.told.append((f"move {position}", job.id))
        waiting = [other for other in self._jobs if other.state is JobState.QUEUED and other is not job]
        rest = [other for other in self._jobs if other.state is not JobState.QUEUED]
        waiting.insert(position, job)
        self._jobs = rest + waiting

    def pause(self) -> None:
        self.is_paused = True

    def resume(self) -> None:
        self.is_paused = False


RUNNING, QUEUED, FAILED, DONE = JobState.RUNNING, JobState.QUEUED, JobState.FAILED, JobState.DONE


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.resize(1100, 720)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def opened(host: QWidget, queue: FakeQueue, row: int = 0) -> QueueView:
    view = QueueView(host, queue)
    view.open_view()
    view.list.setCurrentIndex(view.model.index(row))
    return view


def texts(view: QueueView) -> list[str]:
    return [str(view.model.index(row).data()) for row in range(view.model.rowCount())]


def test_states_are_said_in_words(host: QWidget) -> None:
    queue = FakeQueue(RUNNING, QUEUED, FAILED, DONE)
    running, _, failed, _ = queue.jobs()
    running.fraction, running.text, running.eta = 0.42, "Painting tile {n}", 12.0
    running.values = {"n": 3}
    failed.problem = Problem("There was not enough memory.")
    assert texts(opened(host, queue)) == [
        "Job 0 · 42% · Painting tile 3 · about 12 s left", "Job 1 · Waiting",
        "Job 2 · There was not enough memory.", "Job 3 · Done"]


def test_an_empty_queue_says_so(host: QWidget) -> None:
    view = opened(host, FakeQueue())
    assert not view.list.isVisible()
    assert not any(view.actions_[name].isEnabled() for name in ("pause", "stop", "skip", "retry", "up"))


def test_buttons_tell_the_runner(host: QWidget) -> None:
    queue = FakeQueue(RUNNING, QUEUED, QUEUED)
    view = opened(host, queue, row=1)
    for name in ("stop", "after", "skip", "down"):
        view.actions_[name].trigger()
    assert queue.told == [("stop", "0"), ("after", ""), ("skip", "1"), ("move 1", "1")]


def test_pause_turns_into_go_on(host: QWidget) -> None:
    queue = FakeQueue(RUNNING, QUEUED)
    view = opened(host, queue)
    view.actions_["pause"].trigger()
    view.refresh()
    assert queue.is_paused
    assert view.actions_["pause"].text() == "Go on"
    view.actions_["pause"].trigger()
    assert not queue.is_paused


def test_the_keyboard_moves_a_job_and_keeps_it_chosen(host: QWidget, qtbot: QtBot) -> None:
    queue = FakeQueue(RUNNING, QUEUED, QUEUED, QUEUED)
    view = opened(host, queue, row=3)
    qtbot.keyClick(view.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [job.id for job in queue.jobs()] == ["0", "1", "3", "2"]
    chosen = view.chosen()
    assert chosen is not None
    assert chosen.id == "3"
    qtbot.keyClick(view.list, Qt.Key.Key_Delete)
    assert queue.told[-1] == ("skip", "3")


def test_a_drag_asks_for_the_place_where_it_was_dropped(host: QWidget) -> None:
    queue = FakeQueue(RUNNING, QUEUED, QUEUED, QUEUED)
    model = opened(host, queue).model
    mime = model.mimeData([model.index(3)])
    model.dropMimeData(mime, Qt.DropAction.MoveAction, 1, 0, model.index(-1))
    assert queue.told == [("move 0", "3")]


def test_only_what_waits_can_be_dragged(host: QWidget) -> None:
    model = opened(host, FakeQueue(RUNNING, QUEUED)).model
    can = [bool(model.flags(model.index(row)) & Qt.ItemFlag.ItemIsDragEnabled) for row in (0, 1)]
    assert can == [False, True]


def test_a_failed_job_can_be_tried_again_and_its_details_copied(host: QWidget) -> None:
    queue = FakeQueue(FAILED)
    queue.jobs()[0].problem = Problem("It broke.", details="deep inside")
    view = opened(host, queue)
    view.actions_["retry"].trigger()
    view.actions_["copy"].trigger()
    assert queue.told == [("retry", "0")]
    assert "deep inside" in QGuiApplication.clipboard().text()


def test_clearing_removes_only_what_has_ended(host: QWidget) -> None:
    queue = FakeQueue(RUNNING, DONE, QUEUED, FAILED)
    opened(host, queue).actions_["clear"].trigger()
    assert [job.id for job in queue.jobs()] == ["0", "2"]


def test_escape_closes_and_says_so(host: QWidget, qtbot: QtBot) -> None:
    view = opened(host, FakeQueue())
    with qtbot.waitSignal(view.hidden):
        qtbot.keyClick(view, Qt.Key.Key_Escape)


def test_progress_repaints_one_row_only(qtbot: QtBot) -> None:
    queue, model = FakeQueue(RUNNING, QUEUED), QueueModel()
    model.reset(queue.jobs())
    with qtbot.waitSignal(model.dataChanged) as signal:
        model.refresh(queue.jobs()[0])
    assert [index.row() for index in signal.args[:2]] == [0, 0]


def test_it_draws_thousands_without_widgets_for_each(host: QWidget) -> None:
    view = opened(host, FakeQueue(RUNNING, *[QUEUED] * 5000))
    assert not view.grab().isNull()
    assert len(view.list.viewport().findChildren(QWidget)) < 10
