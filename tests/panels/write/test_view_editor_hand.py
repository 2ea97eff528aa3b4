"""The page under a person's hands: keys, clipboard, pointer, find and replace, focus."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.core.manuscript import Manuscript, Piece
from studio.panels.write.view_editor import Editor
from studio.panels.write.view_editor_facts import Outline

STORY = Manuscript((Piece("# One\n\nI saw "), Piece("the", "model", 2, 0), Piece(" wan", "model", 2, 1),
                    Piece("derer", "model", 2, 2), Piece(" come", "model", 2, 3),
                    Piece(" home.\n\n## Two\n\nEnd")))
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot) -> Editor:
    editor = Editor(clock=lambda: 1.0)
    qtbot.addWidget(editor)
    editor.resize(760, 500)
    editor.set_manuscript(STORY)
    editor.show()
    editor.setFocus()
    qtbot.waitExposed(editor)
    return editor


def at(word: str) -> int:
    return STORY.text.index(word)


def whose(page: Editor, text: str) -> list[tuple[str, str]]:
    start = page.text().index(text)
    return [(piece.text, piece.origin) for piece in page.pieces(start, start + len(text))]


def test_typing_beside_the_models_words_is_the_persons(page: Editor) -> None:
    page.go_to(at(" home"))
    QTest.keyClicks(page, "s now")
    assert whose(page, " comes now home") == [(" come", "model"), ("s now home", "yours")]
    page.undo()
    page.undo()
    assert page.manuscript() == STORY


def test_typing_inside_a_word_makes_it_edited_and_undo_knows(page: Editor) -> None:
    page.go_to(at("derer"))
    QTest.keyClicks(page, "xy")
    assert whose(page, " wanxyderer") == [(" ", "model"), ("wan", "edited"), ("xy", "edited"),
                                          ("derer", "edited")] or \
        [origin for _, origin in whose(page, "wanxyderer")] == ["edited"] * len(whose(page, "wanxyderer"))
    assert page.region({2}) == (at("the"), at(" home") + 2)
    while page.can_undo:
        QTest.keyClick(page, Qt.Key.Key_Z, CTRL)
    assert page.manuscript() == STORY
    while page.can_redo:
        QTest.keyClick(page, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert {origin for _, origin in whose(page, "wanxyderer")} == {"edited"}


def test_typing_over_a_selection_of_the_models_text_is_the_persons(page: Editor) -> None:
    page.select(at("the"), at(" come"))
    QTest.keyClicks(page, "him")
    assert whose(page, "saw him come") == [("saw him", "yours"), (" come", "model")]


def test_deleting_within_a_word(page: Editor) -> None:
    page.go_to(at("derer"))
    QTest.keyClick(page, Qt.Key.Key_Backspace)
    assert {origin for _, origin in whose(page, "waderer")} == {"edited"}
    page.undo()
    assert page.manuscript() == STORY


def test_words_are_the_steps_of_undo(page: Editor) -> None:
    page.set_manuscript(Manuscript())
    QTest.keyClicks(page, "one two three")
    page.undo()
    assert page.text() == "one two "
    page.undo()
    assert page.text() == "one "
    page.redo()
    assert page.text() == "one two "


def test_an_input_method_writes(page: Editor) -> None:
    page.set_manuscript(Manuscript.of("# 夜"))
    page.go_to(3)
    QApplication.sendEvent(page, QInputMethodEvent("hai", []))
    page.grab()
    assert page.text() == "# 夜"
    typed = QInputMethodEvent()
    typed.setCommitString("海")
    QApplication.sendEvent(page, typed)
    assert page.text() == "# 夜海"


def test_copied_words_keep_their_origin(page: Editor) -> None:
    page.select(at("the"), at(" home"))
    page.copy()
    page.go_to(page.length)
    page.paste()
    assert page.text().endswith("Endthe wanderer come")
    assert [piece.origin for piece in page.pieces(page.length - 5, page.length)] == ["model"]
    page.undo()
    assert page.manuscript() == STORY


def test_an_alternative_is_in_one_place_only(page: Editor) -> None:
    page.select(at(" wan"), at(" home"))
    page.copy()
    page.go_to(page.length)
    page.paste()
    assert page.spans() == {2: (at("the"), at(" home"))}
    page.undo()
    page.select(at("the"), at(" home"))
    page.cut()
    page.go_to(page.length)
    page.paste()
    assert page.spans() == {2: (page.length - len("the wanderer come"), page.length)}


def test_what_comes_from_elsewhere_is_plain_text(page: Editor) -> None:
    QApplication.clipboard().setText("a\r\nb\u2029c")
    page.go_to(0)
    page.paste()
    assert page.text().startswith("a\nb\nc# One")


# ---- the pointer


def over(page: Editor, word: str) -> QPointF:
    cursor = QTextCursor(page.document())
    cursor.setPosition(at(word) + 1)
    return QPointF(page.cursorRect(cursor).center()) + QPointF(2, 0)


def mouse(page: Editor, kind: QEvent.Type, where: QPointF, button: Qt.MouseButton) -> None:
    to_screen = QPointF(page.viewport().mapToGlobal(where.toPoint()))
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(kind, where, to_screen, button, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page.viewport(), event)


def test_hovering_and_pressing_a_word_of_the_model(page: Editor, qtbot: QtBot) -> None:
    none = Qt.MouseButton.NoButton
    with qtbot.waitSignal(page.word_hovered, timeout=3000) as found:
        mouse(page, QEvent.Type.MouseMove, over(page, "derer"), none)
    assert found.args is not None
    assert found.args[:2] == [2, 2]
    assert page.rect().contains(found.args[2])
    with qtbot.waitSignal(page.word_hovered, timeout=3000) as left:
        mouse(page, QEvent.Type.MouseMove, over(page, "End"), none)
    assert left.args is not None
    assert left.args[:2] == [0, -1]
    pressed: list[tuple[int, int]] = []
    page.word_pressed.connect(lambda option, token: pressed.append((option, token)))
    for word in ("the", "End"):
        place = over(page, word).toPoint()
        QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert pressed == [(2, 0)]
    assert page.pointer.word_at(QPointF(QPoint(4, 4)))[0] == 0


# ---- find and replace


def test_finding_goes_round(page: Editor) -> None:
    page.go_to(at("wan"))
    page.open_find()
    bar = page.find_bar
    bar.text.setText("o")
    places = []
    for _ in range(5):
        QTest.keyClick(bar.text, Qt.Key.Key_Return)
        places.append(page.selection()[0])
    expected = [i for i, letter in enumerate(STORY.text) if letter in "oO"]
    later = [place for place in expected if place >= at("wan")]
    assert places == [*later, *expected][:5]
    QTest.keyClick(bar.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert page.selection()[0] == places[3]
    assert bar.count.text()
    QTest.keyClick(bar.text, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert page.ink.found == ()


def test_replacing_all_is_one_step_and_knows_whose_word_it_is(page: Editor, qtbot: QtBot) -> None:
    page.open_find(with_replace=True)
    bar = page.find_bar
    bar.text.setText("er")
    bar.instead.setText("🌲")
    qtbot.waitUntil(bar.replace_all.isEnabled)
    bar.replace_all.click()
    assert "wand🌲🌲 come" in page.text()
    assert {origin for _, origin in whose(page, "d🌲🌲")[1:]} <= {"edited", "model"}
    page.undo()
    assert page.manuscript() == STORY
    assert not page.can_undo


def test_replacing_one_by_one(page: Editor, qtbot: QtBot) -> None:
    page.go_to(0)
    page.open_find(with_replace=True)
    bar = page.find_bar
    bar.pattern.setChecked(True)
    bar.text.setText(r"(O|T)(\w+)")
    bar.case.setChecked(True)
    bar.instead.setText(r"\2\1")
    qtbot.waitUntil(bar.replace_one.isEnabled)
    for _ in range(4):
        bar.replace_one.click()
    assert page.text().startswith("# neO")
    assert "## woT" in page.text()


def test_no_pattern_is_said(page: Editor) -> None:
    page.open_find()
    page.find_bar.pattern.setChecked(True)
    page.find_bar.text.setText("(")
    page.find_bar.go(1)
    assert page.find_bar.count.text() == "Not a pattern"
    assert "pattern" in page.find_bar.count.toolTip()


# ---- how it looks, what is known


def test_focus_keeps_the_line_in_the_middle(page: Editor, qtbot: QtBot) -> None:
    page.set_manuscript(Manuscript.of("\n\n".join(["word " * 60] * 30)))
    page.set_focus_mode(True)
    page.go_to(page.length)
    middle = page.viewport().height() // 2
    qtbot.waitUntil(lambda: abs(page.cursorRect().center().y() - middle) < middle // 3)
    assert page.ink.focus is not None
    assert page.ink.focus[0] <= page.length <= page.ink.focus[1]
    page.set_focus_mode(False)
    assert page.ink.focus is None


def test_words_and_headings_are_known_a_moment_later(page: Editor, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.words == 9)
    outline = page.outline
    rows = [(outline.index(row).data(), outline.index(row).data(Outline.LEVEL),
             outline.index(row).data(Outline.PLACE)) for row in range(outline.rowCount())]
    assert rows == [("One", 1, 0), ("Two", 2, at("## Two"))]
    assert outline.row_at(at("End")) == 1
    assert outline.row_at(at("saw")) == 0
    page.select(at("the"), at(" home"))
    assert page.selected_words() == 3
    page.replace(0, 1, [Piece("A\n\n##")])
    qtbot.waitUntil(lambda: page.words == 10)
    assert outline.index(0).data(Outline.LEVEL) == 2
    assert outline.index(0).data(Outline.PLACE) == 3


def test_it_can_be_drawn_in_every_state(page: Editor) -> None:
    plain = page.grab().toImage()
    page.show_origins(True)
    assert page.grab().toImage() != plain
    page.set_focus_mode(True)
    page.select(0, page.length)
    page.open_find(with_replace=True)
    assert not page.grab().isNull()


def test_a_keystroke_is_told_as_a_keystroke(page: Editor, qtbot: QtBot) -> None:
    """What is laid out, or laid out anew, is no part of the next edit."""
    for width in (500, 900):
        page.resize(width, 400)
        page.grab()
    page.go_to(page.length)
    with qtbot.waitSignal(page.edited, timeout=3000) as told:
        QTest.keyClick(page, Qt.Key.Key_X)
    assert told.args is not None
    assert [(edit.at, edit.removed, edit.added) for edit in told.args[0]] == [
        (len(STORY.text), 0, (Piece("x"),))]


def test_undo_is_the_pages_while_one_writes(page: Editor) -> None:
    """The window has an undo of its own with the same keys."""
    QTest.keyClicks(page, "x")
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Y):
        asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, CTRL)
        asked.ignore()
        QApplication.sendEvent(page, asked)
        assert asked.isAccepted()
        QTest.keyClick(page, key, CTRL)
        assert (page.text() == STORY.text) == (key == Qt.Key.Key_Z)
