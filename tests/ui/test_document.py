"""The project from the window's side: asked without waiting, answered in the UI thread."""

from __future__ import annotations

import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from studio.core.jobs import Problem
from studio.project.changes import Changes
from studio.ui.document import Document
from tests.fakes import png

WAIT = 20_000


@pytest.fixture
def document(qtbot: QtBot, tmp_path: Path) -> Generator[Document]:
    """A new project, open."""
    found = Document()
    with qtbot.waitSignal(found.opened, timeout=WAIT):
        found.create(tmp_path / "a.atelier")
    yield found
    assert found.close()


def test_it_says_what_is_open(document: Document, tmp_path: Path) -> None:
    assert document.is_open
    assert document.path == tmp_path / "a.atelier"
    assert document.title == "a"
    assert not document.read_only


def test_work_is_done_elsewhere_and_answered_here(document: Document, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    document.call(lambda project: threads.append(threading.current_thread()),
                  lambda _: threads.append(threading.current_thread()))
    qtbot.waitUntil(lambda: len(threads) == 2, timeout=WAIT)
    assert threads[0] is not threads[1]
    assert threads[1] is threading.main_thread()


def test_changes_come_before_the_answer_and_in_this_thread(document: Document, qtbot: QtBot) -> None:
    order: list[Any] = []
    document.changed.connect(lambda changes: order.append((changes, threading.current_thread())))
    document.call(lambda project: project.import_file(png(), "tree.png"), order.append)
    qtbot.waitUntil(lambda: len(order) == 2, timeout=WAIT)
    changes, thread = order[0]
    assert isinstance(changes, Changes)
    assert changes.assets == {order[1].id}
    assert thread is threading.main_thread()
    assert document.facts.can_undo == "Import"


def test_answers_come_in_order(document: Document, qtbot: QtBot) -> None:
    answers: list[int] = []
    for number in range(50):
        document.call(lambda project, n=number: n, answers.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(answers) == 50, timeout=WAIT)
    assert answers == list(range(50))


def test_what_goes_wrong_is_a_problem_for_the_asker_or_for_all(document: Document, qtbot: QtBot) -> None:
    mine: list[Problem] = []
    everyone: list[Problem] = []
    document.failed.connect(everyone.append)
    document.call(lambda project: project.asset("nothing"), failed=mine.append)
    document.call(lambda project: 1 // 0)
    qtbot.waitUntil(lambda: bool(mine and everyone), timeout=WAIT)
    assert mine[0].text == "This is not in the project any more."
    assert "ZeroDivisionError" in everyone[0].details


def test_a_project_that_does_not_open_leaves_the_present_one(document: Document, qtbot: QtBot,
                                                             tmp_path: Path) -> None:
    problems: list[Problem] = []
    document.open(tmp_path / "missing.atelier", failed=problems.append)
    qtbot.waitUntil(lambda: bool(problems), timeout=WAIT)
    assert document.path == tmp_path / "a.atelier"
    answers: list[Path] = []
    document.call(lambda project: project.path, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT)
    assert answers == [document.path]


def test_another_project_takes_its_place(document: Document, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(document.opened, timeout=WAIT):
        document.create(tmp_path / "b.atelier")
    assert document.title == "b"
    with qtbot.waitSignal(document.opened, timeout=WAIT):  # the file was given back
        document.open(tmp_path / "a.atelier")
    assert not document.read_only


def test_a_second_window_reads_only_and_says_why(document: Document, qtbot: QtBot) -> None:
    second = Document()
    assert document.path
    with qtbot.waitSignal(second.opened, timeout=WAIT):
        second.open(document.path)
    assert second.read_only
    assert second.facts.read_only_reason == "It is open in another window."
    assert second.close()


def test_files_are_brought_in_one_by_one_and_a_bad_one_stops_none(document: Document, qtbot: QtBot,
                                                                  tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.png", "bad.png", "b.png")]
    for value, path in enumerate(paths):
        path.write_bytes(png(value=value * 40))
    paths[1].write_bytes(b"not a picture")
    found: list[list[Any]] = []
    document.import_files(paths, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT)
    first, bad, last = found[0]
    assert (first.name, last.name) == ("a", "b")
    assert isinstance(bad, Problem)
    document.import_files([], found.append)
    assert found[1] == []


def test_close_finishes_what_was_asked_and_answers_no_more(qtbot: QtBot, tmp_path: Path) -> None:
    document = Document()
    with qtbot.waitSignal(document.opened, timeout=WAIT):
        document.create(tmp_path / "a.atelier")
    answers: list[object] = []
    for value in range(20):
        document.call(lambda project, n=value: project.import_file(png(value=n * 10), f"{n}.png"),  # type: ignore[misc]
                      answers.append)
    assert document.close()
    QCoreApplication.processEvents()
    assert not answers
    document.call(lambda project: 1, answers.append)
    again = Document()
    with qtbot.waitSignal(again.opened, timeout=WAIT):
        again.open(tmp_path / "a.atelier")
    again.call(lambda project: len(project.assets()), answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT)
    assert answers == [20]
    assert again.close()


def test_closing_without_a_project_is_fine(qtbot: QtBot) -> None:
    assert Document().close()


def test_without_a_project_every_call_says_so(qtbot: QtBot) -> None:
    document, problems = Document(), []
    document.call(lambda project: 1, failed=problems.append)
    qtbot.waitUntil(lambda: bool(problems), timeout=WAIT)
    assert problems[0].text == "No project is open. Open or make one first."
    assert document.close()


def test_an_answer_for_a_widget_that_is_gone_is_dropped(document: Document, qtbot: QtBot) -> None:
    class Listener(QObject):
        heard = 0

        def hear(self, _: object) -> None:
            Listener.heard += 1

    listener, done = Listener(), []
    document.call(lambda project: 1, listener.hear)
    listener.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(listener)
    document.call(lambda project: 1, done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=WAIT)
    assert Listener.heard == 0


def test_a_damaged_file_is_reported_and_left_alone(qtbot: QtBot, document: Document, tmp_path: Path) -> None:
    path, data = tmp_path / "b.atelier", b"this was a project once" * 1000
    path.write_bytes(data)
    problems: list[Problem] = []
    document.open(path, failed=problems.append)
    qtbot.waitUntil(lambda: bool(problems), timeout=WAIT)
    assert path.read_bytes() == data
