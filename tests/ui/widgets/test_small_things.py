"""The run bar, the error card, words, background work, the size field."""

from __future__ import annotations

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt, QThreadPool
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.core.jobs import Problem
from studio.core.params import Setting
from studio.ui.widgets import words
from studio.ui.widgets.background import in_background
from studio.ui.widgets.error_card import ErrorCard
from studio.ui.widgets.picture_ref import PictureRef
from studio.ui.widgets.run_bar import RunBar
from studio.ui.widgets.size_field import SizeField


@pytest.mark.parametrize(("seconds", "text"), [
    (0.2, "under 1 s"), (2.4, "about 2 s"), (12.6, "about 13 s"), (43, "about 45 s"), (89, "about 90 s"),
    (100, "about 2 min"), (3600, "about 60 min"), (7300, "about 2 h")])
def test_times_as_people_say_them(seconds: float, text: str) -> None:
    assert words.about(seconds) == text


def test_counts_and_sizes() -> None:
    assert words.pictures(1) == "1 picture"
    assert words.pictures(12) == "12 pictures"
    assert words.pixels(1024, 768) == "1024 × 768"
    assert [words.data(size) for size in (12, 640e3, 14.2e6, 1.23e9, 31e9)] == \
        ["under 1 KB", "640 KB", "14 MB", "1.2 GB", "31 GB"]


def test_the_button_is_the_verb_then_stop(qtbot: QtBot) -> None:
    bar = RunBar("Restyle")
    qtbot.addWidget(bar)
    bar.resize(320, 100)
    bar.show()
    place = bar.button.geometry()
    with qtbot.waitSignal(bar.run_requested):
        QTest.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    bar.show_working(0.25, "Painting", "about 12 s left")
    assert bar.button.text() == "Stop"
    assert bar.button.geometry() == place
    assert bar.caption.text() == "Painting  ·  about 12 s left"
    assert bar.bar.value() == bar.bar.maximum() // 4
    with qtbot.waitSignal(bar.stop_requested), qtbot.assertNotEmitted(bar.run_requested):
        QTest.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    bar.show_idle("about 12 s")
    assert bar.button.text() == "Restyle"
    assert bar.button.geometry() == place


def test_stop_and_keep_only_where_there_is_something(qtbot: QtBot) -> None:
    bar = RunBar("Restyle")
    qtbot.addWidget(bar)
    bar.show()
    bar.show_working(None, "Painting")
    assert not bar.keep.isVisible()
    bar.show_working(0.5, "Improving", can_keep=True)
    with qtbot.waitSignal(bar.finish_requested):
        QTest.mouseClick(bar.keep, Qt.MouseButton.LeftButton)


def test_the_card_says_what_to_do_and_copies_details(qtbot: QtBot) -> None:
    card = ErrorCard()
    qtbot.addWidget(card)
    values = {"a": 312, "b": 5120}
    card.show_problem(Problem("{a} of {b} KB are there.", "Copy it again.", values, "Traceback"))
    assert card.message.text() == "312 of 5120 KB are there."
    assert card.hint.text() == "Copy it again."
    QTest.mouseClick(card.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "312 of 5120 KB are there. Copy it again.\n\nTraceback"
    QTest.mouseClick(card.close_button, Qt.MouseButton.LeftButton)
    assert not card.isVisible()


def test_the_card_does_not_take_the_focus(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    card = ErrorCard(window)
    window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.show()
    window.activateWindow()
    window.setFocus()
    qtbot.waitUntil(window.hasFocus)
    card.show_problem(Problem("No."))
    assert window.hasFocus()


def test_work_runs_elsewhere_and_answers_here(qtbot: QtBot) -> None:
    owner = QObject()
    threads: list[int] = []
    in_background(owner, threading.get_ident, lambda there: threads.extend([there, threading.get_ident()]))
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] != threads[1] == threading.get_ident()


def test_no_answer_for_a_widget_that_is_gone(qtbot: QtBot) -> None:
    owner, heard = QObject(), []
    done = threading.Event()
    in_background(owner, lambda: done.wait(5), heard.append)
    shiboken6.delete(owner)
    done.set()
    QThreadPool.globalInstance().waitForDone()
    QTest.qWait(20)
    assert heard == []


def test_sizes_usual_and_other(qtbot: QtBot) -> None:
    setting = Setting(kind="int", default=0, label="Size", low=0, high=16384, step=64, unit="px")
    field = SizeField("size", setting)
    qtbot.addWidget(field)
    field.show()
    assert field.value() == 0
    assert not field.number.isVisible()
    for size in (1024, 1000, 0, 16384):
        field.set_value(size)
        assert field.value() == size
    field.set_value(777)
    assert field.number.isVisible()


@pytest.mark.parametrize("data", [None, 3, [], {}, {"id": 1, "sha256": "x", "name": "y"},
                                  {"id": "a", "sha256": "b"}])
def test_damaged_references_are_none(data: object) -> None:
    assert PictureRef.from_json(data) is None


def test_references_go_round() -> None:
    ref = PictureRef("a", "b", "c", 3, 4)
    assert PictureRef.from_json(ref.to_json()) == ref
