"""The palette of actions: found as one types, done with Enter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.palette import MISS, CommandPalette, score


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.resize(1000, 700)
    QLineEdit(widget)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def actions(host: QWidget, done: list[str]) -> list[QAction]:
    found = []
    for text, key in (("&Undo", "Ctrl+Z"), ("Zoom in", "+"), ("Move to trash", "Del"),
                      ("Empty the trash…", "")):
        action = QAction(text, host)
        action.setShortcut(key)
        action.triggered.connect(lambda _=False, t=text: done.append(t))
        found.append(action)
    return found


def shown(palette: CommandPalette) -> list[str]:
    return [palette.list.item(row).text() for row in range(palette.list.count())]


def test_everything_usable_is_listed_with_its_shortcut(host: QWidget) -> None:
    found = actions(host, [])
    found[1].setEnabled(False)
    palette = CommandPalette(host, found)
    palette.open_palette()
    assert shown(palette) == ["Undo", "Move to trash", "Empty the trash…"]
    assert palette.list.item(0).data(int(Qt.ItemDataRole.AccessibleTextRole)) == "Undo Ctrl+Z"


def test_typing_finds_and_enter_does(host: QWidget, qtbot: QtBot) -> None:
    done: list[str] = []
    palette = CommandPalette(host, actions(host, done))
    palette.open_palette()
    qtbot.keyClicks(palette.search, "tra")
    assert shown(palette) == ["Move to trash", "Empty the trash…"]
    qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: done == ["Empty the trash…"])
    assert not palette.isVisible()


def test_escape_closes_without_doing_anything(host: QWidget, qtbot: QtBot) -> None:
    done: list[str] = []
    palette = CommandPalette(host, actions(host, done))
    palette.open_palette()
    qtbot.keyClick(palette.search, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert not done


@pytest.mark.parametrize(("better", "worse", "words"), [
    ("Zoom in", "Choose a zebra", "zo"), ("Empty the trash", "Estrange", "tra"),
    ("Save a copy", "Scope", "cop"),
])
def test_starts_of_words_count_most(better: str, worse: str, words: str) -> None:
    assert score(better, words) < score(worse, words)


def test_all_words_must_fit() -> None:
    assert score("Move to trash", "tra mov") < MISS
    assert score("Move to trash", "trash zoom") == MISS
    assert score("Anything", "") == 0
