"""The page every panel has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from studio.core.jobs import JobState, Problem, Request
from studio.core.panel import PanelSpec, Role
from studio.core.params import Params, setting
from studio.ui.panel_view import COLUMN_WIDTH, AssetLike, JobLike, PanelView
from tests.ui.fake_services import FakeAsset, FakeJob, FakeProject


@dataclass(frozen=True, slots=True)
class Few(Params):
    """One setting."""

    amount: float = setting("float", 0.5, "Amount", low=0.0, high=1.0)


SPEC = PanelSpec("few", "Few", "style", "Do it", Few, "nowhere:Task", "nowhere:View",
                 roles=(Role("content", "image", "Take this"), Role("mask", "image", "Only here", low=0)))


class FewView(PanelView):
    """The least a view can be."""

    is_ready = True
    prepared = True

    def request_list(self) -> list[Request]:
        return [Request("few", 1, {})] if self.is_ready else []

    def before_run(self) -> bool:
        return self.prepared

    def can_finish(self, job: JobLike) -> bool:
        return job.request.params.get("long") is True

    def set_request(self, request: Request, assets: Mapping[str, Sequence[AssetLike]]) -> None:
        """Nothing to set."""

    def draft(self) -> dict[str, Any]:
        return {}

    def set_draft(self, draft: Mapping[str, Any]) -> None:
        """Nothing to set."""

    def give(self, assets: Sequence[AssetLike], role: str | None = None) -> None:
        """Nothing to take."""


@pytest.fixture
def view(qtbot: QtBot) -> FewView:
    view = FewView(SPEC, FakeProject().services())
    qtbot.addWidget(view)
    work = QPushButton("work")
    view.stage.add(work)
    view.column.add(QWidget(), "Things")
    view.resize(1000, 600)
    view.refresh_run()
    view.show()
    return view


def test_the_button_runs(qtbot: QtBot, view: FewView) -> None:
    with qtbot.waitSignal(view.run_requested) as heard:
        QTest.mouseClick(view.run_bar.button, Qt.MouseButton.LeftButton)
    assert heard.args == [[Request("few", 1, {})]]


def test_ctrl_enter_runs_wherever_the_focus_is(qtbot: QtBot, view: FewView) -> None:
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    work = view.stage.page()
    assert work is not None
    work.setFocus()
    with qtbot.waitSignal(view.run_requested):
        QTest.keyClick(work, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_the_press_is_answered_at_once(view: FewView) -> None:
    view.run()
    assert view.run_bar.caption.text() == "Starting"
    assert view.run_bar.button.text() == "Stop"
    view.show_job(FakeJob(Request("few", 1, {}), JobState.CANCELLED))
    assert view.run_bar.button.text() == "Do it"


def test_nothing_to_do_cannot_be_pressed(qtbot: QtBot, view: FewView) -> None:
    view.is_ready = False
    view.refresh_run()
    assert not view.run_bar.button.isEnabled()
    with qtbot.assertNotEmitted(view.run_requested):
        view.run()


def test_preparations_come_first(qtbot: QtBot, view: FewView) -> None:
    view.prepared = False
    with qtbot.assertNotEmitted(view.run_requested):
        view.run()


def test_the_estimate_stands_above_the_button(view: FewView) -> None:
    assert view.run_bar.caption.text() == "about 12 s"


def test_a_running_job_shows_what_it_does_and_can_be_stopped(qtbot: QtBot, view: FewView) -> None:
    view.show_job(FakeJob(Request("few", 1, {}), fraction=0.5, text="Step {n}", values={"n": 3}, eta=9.0))
    assert view.run_bar.caption.text() == "Step 3  ·  about 9 s left"
    with qtbot.waitSignal(view.stop_requested), qtbot.assertNotEmitted(view.run_requested):
        QTest.mouseClick(view.run_bar.button, Qt.MouseButton.LeftButton)
    assert view.run_bar.caption.text() == "Stopping"
    view.show_job(FakeJob(Request("few", 1, {}), fraction=0.6, text="Step 4", is_stopping=True))
    assert view.run_bar.caption.text() == "Stopping"
    view.show_job(FakeJob(Request("few", 1, {}), JobState.DONE))
    assert view.run_bar.button.text() == "Do it"


def test_a_waiting_job_says_so(view: FewView) -> None:
    view.show_job(FakeJob(Request("few", 1, {}), JobState.QUEUED, eta=9.0))
    assert view.run_bar.caption.text() == "Waiting its turn"


def test_stop_and_keep_for_what_improves(qtbot: QtBot, view: FewView) -> None:
    view.show_job(FakeJob(Request("few", 1, {"long": True}), fraction=0.1))
    with qtbot.waitSignal(view.finish_requested):
        QTest.mouseClick(view.run_bar.keep, Qt.MouseButton.LeftButton)


def test_a_failure_is_a_card_in_place_and_can_be_tried_again(qtbot: QtBot, view: FewView) -> None:
    view.show_job(FakeJob(Request("few", 1, {}), JobState.FAILED, problem=Problem("It broke.", "Try less.")))
    card = view.stage.error
    assert card.isVisible()
    assert view.rect().contains(card.mapTo(view, card.rect().bottomRight()))
    with qtbot.waitSignal(view.run_requested):
        QTest.mouseClick(card.retry, Qt.MouseButton.LeftButton)
    assert not card.isVisible()


def test_a_stopped_job_is_no_news(view: FewView) -> None:
    view.show_job(FakeJob(Request("few", 1, {}), JobState.CANCELLED))
    assert not view.stage.error.isVisible()
    assert view.run_bar.button.text() == "Do it"


@pytest.mark.parametrize("size", [(952, 420), (1208, 680), (1848, 1000)])
def test_the_button_keeps_its_place_when_the_settings_fold(view: FewView, size: tuple[int, int]) -> None:
    view.resize(*size)
    before = view.run_bar.geometry()
    assert before.right() == view.rect().right()
    assert before.bottom() == view.rect().bottom()
    QTest.mouseClick(view.fold_button, Qt.MouseButton.LeftButton)
    assert not view.column.isVisible()
    assert view.stage.width() == view.width()
    assert view.run_bar.geometry() == before
    assert view.run_bar.isVisible()
    QTest.mouseClick(view.fold_button, Qt.MouseButton.LeftButton)
    assert view.column.width() == COLUMN_WIDTH


def test_it_accepts_what_its_roles_take(view: FewView) -> None:
    picture, song = FakeAsset("a", "a", "x"), FakeAsset("b", "b", "y", kind="audio")
    assert [role.name for role in view.accepts([picture])] == ["content"]
    assert view.accepts([song]) == []
    assert view.accepts([picture, song]) == []
    assert view.accepts([]) == []
