"""The layout: what is known of heights is always what a new layout of the same text would find."""

from __future__ import annotations

import random

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.core.manuscript import Manuscript, Piece
from studio.core.text import Token
from studio.panels.write.view_editor import Editor
from studio.ui import theme

PARTS = ("# A heading that is rather long and will not fit on one line of this page, surely\n", "\n",
         "word " * 40, "夜里很静。" * 20, "\n\n", "- an item of a list " * 6, "> said *she* ", "🌲",
         "שלום עולם " * 9)


def made(qtbot: QtBot, text: str = "", width: int = 640) -> Editor:
    editor = Editor()
    qtbot.addWidget(editor)
    editor.resize(width, 420)
    editor.set_manuscript(Manuscript.of(text))
    editor.show()
    return editor


def heights(page: Editor) -> list[float]:
    """Where every paragraph begins, once all are measured."""
    layout = page.room.layout
    while not layout.is_all_known:
        layout.prepare_some(0, 50)
    return [float(top) for top in layout.tops()]


@pytest.mark.parametrize("seed", range(6))
def test_heights_are_those_of_a_new_layout(qtbot: QtBot, seed: int) -> None:
    chance = random.Random(seed)
    page = made(qtbot, "".join(chance.choice(PARTS) for _ in range(12)))
    for _ in range(25):
        start, end = sorted(page.between(chance.randrange(page.length + 1)) for _ in range(2))
        page.replace(start, min(end, start + 60), [Piece(chance.choice(PARTS))])
        if chance.random() < 0.2:
            page.undo()
        if chance.random() < 0.3:
            page.resize(chance.choice((480, 640, 900)), 420)
            page.grab()
    fresh = made(qtbot, page.text(), page.width())
    assert np.allclose(heights(page), heights(fresh))
    assert page.document().documentLayout().documentSize() == fresh.document().documentLayout().documentSize()


def test_a_place_is_found_where_it_is_drawn(qtbot: QtBot) -> None:
    page = made(qtbot, "".join(PARTS))
    heights(page)
    for at in range(0, page.length, 7):
        at = page.between(at)
        page.go_to(at)
        rect = page.cursorRect()
        found = page.cursorForPosition(rect.center()).position()
        other = QTextCursor(page.document())
        other.setPosition(found)
        assert page.cursorRect(other).top() == rect.top() or found in (at - 1, at, at + 1)
        assert abs(page.cursorRect(other).left() - rect.left()) <= 2 or found in (at - 1, at, at + 1)


def test_what_is_looked_at_stays_while_something_above_grows(qtbot: QtBot) -> None:
    page = made(qtbot, "\n\n".join(["word " * 50] * 60))
    heights(page)
    page.go_to(page.length // 2)
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    cursor = QTextCursor(page.document())
    cursor.setPosition(page.room.place()[0])
    before = page.cursorRect(cursor).top()
    page.begin_writing(1, 0)
    for _ in range(20):
        page.write([Token("more words\n\n", 0.5)] * 3)
    assert page.cursorRect(cursor).top() == before


def test_what_is_written_in_view_stays_in_view(qtbot: QtBot) -> None:
    page = made(qtbot, "word " * 50)
    page.begin_writing(1, page.length)
    for _ in range(40):
        page.write([Token(" more words to read", 0.5)] * 5)
    writing = page.writing
    assert writing is not None
    assert 0 <= page.room.top_of(writing[1]) < page.viewport().height()
    page.verticalScrollBar().setValue(0)
    page.write([Token(" more", 0.5)] * 50)
    assert page.verticalScrollBar().value() == 0


def test_a_place_is_found_again(qtbot: QtBot) -> None:
    page = made(qtbot, "\n\n".join(["word " * 50] * 60))
    heights(page)
    page.go_to(page.length // 2)
    qtbot.wait(20)
    page.verticalScrollBar().setValue(1234)
    place = page.place()
    page.go_to(0)
    page.go_to(place)
    qtbot.wait(20)
    assert page.place() == place
    page.go_to([10**9, -5, 10**9, 3])
    assert page.selection() == (0, page.length)


def test_the_theme_can_change(qtbot: QtBot) -> None:
    page = made(qtbot, "# One\n\ntwo")
    before, name = page.grab().toImage(), theme.current().name
    theme.theme().apply("light" if name == "dark" else "dark")
    after = page.grab().toImage()
    theme.theme().apply(name)
    assert before.pixelColor(5, 5) != after.pixelColor(5, 5)


@pytest.mark.parametrize(("to", "text"), [("end", "two threeone "), ("one", "one two three")])
def test_words_are_dragged_to_another_place(qtbot: QtBot, to: str, text: str) -> None:
    page = made(qtbot, "one two three")
    page.replace(0, 4, [Piece("one ", "model", 3, 0)])
    page.select(0, 4)
    mime = page.createMimeDataFromSelection()
    cursor = QTextCursor(page.document())
    cursor.setPosition(page.length if to == "end" else 2)
    place = QPointF(page.cursorRect(cursor).center())
    drop(page, mime, place, page.viewport())
    assert page.text().rstrip() == text.rstrip()
    assert [piece.option for piece in page.manuscript().pieces if piece.text.strip() == "one"] == [3]
    if to == "end":
        page.undo()
    assert page.text() == "one two three"


def drop(page: Editor, mime: QMimeData, place: QPointF, source: object) -> None:
    """As Qt delivers a drop of the page's own words."""
    class Own(QDropEvent):
        def source(self) -> object:
            return source

    event = Own(place, Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier)
    page.dropEvent(event)


def test_one_never_types_at_the_edge(qtbot: QtBot) -> None:
    page = made(qtbot, "word " * 50)
    page.setFocus()
    page.go_to(page.length)
    for _ in range(30):
        QTest.keyClick(page, Qt.Key.Key_Return)
        qtbot.wait(1)
        assert page.cursorRect().bottom() <= page.viewport().height() - 40
