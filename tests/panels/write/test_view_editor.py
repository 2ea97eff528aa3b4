"""The page: what is typed, written and taken back, and that the pieces are always what is shown."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from pytestqt.qtbot import QtBot

from studio.core.manuscript import Edit, Manuscript, Piece
from studio.core.text import Token
from studio.panels.write import view_editor_text as marks
from studio.panels.write.view_editor import Editor

WORDS = ("a", "sea ", "夜", "🌲", "\n", "שלום ", "two words", "\n\n", "é")


@pytest.fixture
def page(qtbot: QtBot) -> Editor:
    editor = Editor(clock=lambda: 0.0)
    qtbot.addWidget(editor)
    editor.resize(700, 500)
    return editor


def letters(pieces: Sequence[Piece]) -> list[tuple[str, object]]:
    """Each character with what it is; whose a paragraph's end is, Qt loses when paragraphs are joined."""
    return [(letter, letter == "\n" or (piece.origin, piece.option))
            for piece in pieces for letter in piece.text]


def shown(page: Editor) -> list[tuple[str, object]]:
    """What the document itself holds."""
    return letters(marks.read(page.document(), 0, page.document().characterCount() - 1))


def written(*words: str) -> list[Token]:
    return [Token(word, 0.5) for word in words]


def test_a_page_is_shown_as_it_is(page: Editor) -> None:
    given = Manuscript((Piece("# One\n\nI went "), Piece("to 🌊\n", "model", 1, 0),
                        Piece("sea", "edited", 1, 1)))
    page.set_manuscript(given)
    assert page.manuscript() == given
    assert shown(page) == letters(given.pieces)
    assert page.text() == given.text
    assert not page.can_undo


def test_what_qt_cannot_hold_is_cleaned_and_told(page: Editor) -> None:
    told: list[list[Edit]] = []
    page.edited.connect(told.append)
    page.set_manuscript(Manuscript.of("one\r\ntwo\0\u2029three"))
    assert page.text() == "one\ntwo\nthree"
    assert Manuscript.of("one\r\ntwo\0\u2029three").apply(*told[0]).text == "one\ntwo\nthree"


def anything(page: Editor, chance: random.Random) -> None:
    """One thing that a person, a program or a model does."""
    start, end = sorted(page.between(chance.randrange(page.length + 1)) for _ in range(2))
    word = chance.choice(WORDS)

    def type_it() -> None:
        page.select(start, start)
        page.textCursor().insertText(word)

    def cut() -> None:
        page.select(start, page.between(min(end, start + 9)))
        page.textCursor().removeSelectedText()

    deeds: list[Callable[[], object]] = [
        type_it, type_it, cut, page.undo, page.undo, page.redo, page.end_writing,
        lambda: page.begin_writing(chance.randrange(1, 9), start), lambda: page.write(written(word, "x")),
        lambda: page.write(written(word)),
        lambda: page.replace(start, start + 3, [Piece(word, "model", 3, 1)])]
    chance.choice(deeds)()


@pytest.mark.parametrize("seed", range(30))
def test_pieces_journal_and_document_never_differ(page: Editor, seed: int) -> None:
    chance, told = random.Random(seed), list[Edit]()
    page.edited.connect(told.extend)
    start = Manuscript.of("It was a night 🌊 by the\nsea and none\n\nhad come.")
    page.set_manuscript(start)
    for _ in range(60):
        anything(page, chance)
        assert shown(page) == letters(page.manuscript().pieces)
    page.flush()
    assert start.apply(*told) == page.manuscript()
    page.end_writing()
    while page.can_undo:
        page.undo()
    assert page.text() == start.text
    assert shown(page) == letters(start.pieces)


def test_a_stream_is_one_step_while_typing_goes_on_elsewhere(page: Editor) -> None:
    page.set_manuscript(Manuscript.of("One.\nTwo."))
    page.begin_writing(7, 4)
    page.write(written(" A", " b"))
    page.select(0, 0)
    page.insertPlainText("> ")
    page.write(written(" c."))
    page.select(page.length, page.length)
    page.insertPlainText(" End")
    page.end_writing()
    assert page.text() == "> One. A b c.\nTwo. End"
    assert page.region({7}) == (6, 13)
    page.undo()
    assert page.text() == "> One.\nTwo. End"
    page.undo()
    page.undo()
    assert page.text() == "One.\nTwo."
    page.redo()
    page.redo()
    page.redo()
    assert page.text() == "> One. A b c.\nTwo. End"
    assert [piece.token for piece in page.pieces(6, 13)] == [0, 1, 2]


def test_undo_while_the_model_writes_takes_that_back(page: Editor, qtbot: QtBot) -> None:
    page.set_manuscript(Manuscript.of("One."))
    page.begin_writing(1, 4)
    page.write(written(" Two"))
    with qtbot.waitSignal(page.writing_undone, timeout=1000):
        page.undo()
    page.write(written(" three"))
    assert page.text() == "One."
