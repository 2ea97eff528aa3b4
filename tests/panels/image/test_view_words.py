"""What the prompt field makes of keys and answers: weights, history, words that are not read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QImage, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from studio.core import places
from studio.core.emphasis import plain, spans
from studio.core.painting import Sizes
from studio.panels.image import view_said
from studio.panels.image.params import ImageParams
from studio.panels.image.view_add_ons import parsed
from studio.panels.image.view_fields import SCHEDULERS
from studio.panels.image.view_history import PromptHistory
from studio.panels.image.view_places import characters, units
from studio.panels.image.view_prompt import PromptField
from studio.panels.image.view_prompt_edit import PromptEdit
from studio.panels.image.view_said import Said
from studio.panels.image.view_size import SHAPES, SizeField, pair_of, shaped
from studio.panels.image.view_styles import StyleField, icon_of
from studio.panels.image.view_styles_kept import OwnStyles, Style, in_the_box
from studio.panels.image.view_weights import changed

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
UP, DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down
PIECES = ("red ", "(blue:1.2) ", "big ( ", ") ", "\\( ", "((a:2) b:0.5)", "🍎")


def weighed(marked: str, by: float = 0.1) -> str:
    """``marked`` has the selection between ``[`` and ``]``, or the caret at ``|``; so has the answer."""
    is_caret = "|" in marked
    start = marked.index("|" if is_caret else "[")
    end = start if is_caret else marked.index("]") - 1
    text = marked.replace("|", "").replace("[", "").replace("]", "")
    change = changed(text, start, end, by)
    if change is None:
        return marked
    new = text[:change.start] + change.text + text[change.end:]
    first, last = change.chosen
    return f"{new[:first]}|{new[first:]}" if first == last and is_caret else (
        f"{new[:first]}[{new[first:last]}]{new[last:]}")


@pytest.mark.parametrize(("before", "after"), [
    ("a r|ed apple", "a (r|ed:1.1) apple"),
    ("a (r|ed:1.1) apple", "a (r|ed:1.2) apple"),
    ("a (r|ed:0.9) apple", "a r|ed apple"),
    ("a [red apple] here", "a ([red apple]:1.1) here"),
    ("a ([red apple]:1.1)", "a ([red apple]:1.2)"),
    ("a [(red apple:1.1)]", "a ([red apple]:1.2)"),
    ("[ red ]", " ([red]:1.1) "),
    ("|", "|"),
    (" | ", " | "),
    ("half [a (group] here:1.2)", "half [a (group] here:1.2)"),
    ("__ani|mal__", "(__ani|mal__:1.1)"),
    ("(re|d:3)", "(re|d:3)"),
    ("((in|ner:1.2) outer:1.3)", "((in|ner:1.3) outer:1.3)"),
])
def test_more_weight(before: str, after: str) -> None:
    assert weighed(before) == after


def test_less_weight_ends_at_nothing() -> None:
    text = "re|d"
    for _ in range(30):
        text = weighed(text, -0.1)
    assert text == "(re|d:0)"


@given(st.lists(st.sampled_from(PIECES), max_size=6), st.integers(0, 40), st.sampled_from((0.1, -0.1)))
@settings(max_examples=80)
def test_weighing_a_word_changes_no_word(parts: list[str], at: int, by: float) -> None:
    text = "".join(parts)
    at = min(at, len(text))
    change = changed(text, at, at, by)
    if change is not None:
        new = text[:change.start] + change.text + text[change.end:]
        assert plain(new) == plain(text)
        assert spans(new) != spans(text)


def test_it_means_what_it_says() -> None:
    found = changed("a red apple", 2, 5, 0.1)
    assert found is not None
    assert [(span.text, span.weight) for span in spans("a " + found.text + " apple")] == [
        ("a ", 1.0), ("red", 1.1), (" apple", 1.0)]


@given(st.text(max_size=20), st.integers(0, 20))
@settings(max_examples=60)
def test_places_go_round(text: str, at: int) -> None:
    at = min(at, len(text))
    assert characters(text, units(text, at)) == at


# ---- the field


@pytest.fixture
def edit(qtbot: QtBot) -> PromptEdit:
    found = PromptEdit()
    qtbot.addWidget(found)
    return found


def test_keys_weigh_the_word_at_the_caret_behind_an_emoji(edit: PromptEdit) -> None:
    edit.set_text("🍎🍎 a red apple")
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    assert edit.find("red")
    cursor = edit.textCursor()
    cursor.setPosition(cursor.selectionStart() + 1)
    edit.setTextCursor(cursor)
    QTest.keyClick(edit, UP, CTRL)
    QTest.keyClick(edit, UP, CTRL)
    assert edit.text() == "🍎🍎 a (red:1.2) apple"
    QTest.keyClick(edit, DOWN, CTRL)
    QTest.keyClick(edit, DOWN, CTRL)
    assert edit.text() == "🍎🍎 a red apple"
    edit.undo()
    assert edit.text() == "🍎🍎 a (red:1.1) apple"


def test_plain_arrows_still_move_the_caret(edit: PromptEdit) -> None:
    edit.set_text("one\ntwo")
    QTest.keyClick(edit, UP)
    assert edit.textCursor().blockNumber() == 0
    assert edit.text() == "one\ntwo"


def test_text_is_pasted_plain_and_pictures_are_not_text(edit: PromptEdit) -> None:
    mime = QMimeData()
    mime.setText("bold")
    mime.setHtml("<b>bold</b>")
    edit.insertFromMimeData(mime)
    assert edit.text() == "bold"
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/a/picture.png")])
    assert not edit.canInsertFromMimeData(files)
    picture = QMimeData()
    picture.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    assert not edit.canInsertFromMimeData(picture)


def test_marks_colour_weights_and_wildcards_without_a_word_of_change(qtbot: QtBot, edit: PromptEdit) -> None:
    heard: list[bool] = []
    edit.entered.connect(lambda: heard.append(True))
    edit.set_text("a (red:1.3) {cat|dog}\n🍎 of __place__ tail end")
    edit.marks.show_said(Said(12, 8, "tail end", (("place", "palace"),)))
    edit.marks.rehighlight()
    assert not heard
    first, second = (edit.document().findBlockByNumber(number) for number in (0, 1))
    assert _marked(second, lambda look: look.fontStrikeOut()) == ["tail end"]
    assert _marked(second, lambda look: look.underlineStyle().value > 0) == [], "it is part of a list's name"
    assert _marked(first, lambda look: look.fontWeight() > 400) == ["red"]


def _marked(block: QTextBlock, is_meant: Callable[[QTextCharFormat], bool]) -> list[str]:
    """The parts of ``block`` that look so."""
    units, found = block.text().encode("utf-16-le"), block.layout().formats()
    return [units[2 * one.start:2 * (one.start + one.length)].decode("utf-16-le") for one in found
            if is_meant(one.format)]


def test_lists_of_words_are_offered(edit: PromptEdit) -> None:
    folder = places.wildcards()
    folder.mkdir(parents=True)
    (folder / "tint.txt").write_text("red\ngreen\n")
    edit.set_text("a ")
    menu = edit.menu(QPoint())
    lists = next(found for action in menu.actions() if isinstance(found := action.menu(), QMenu))
    next(action for action in lists.actions() if action.text() == "tint").trigger()
    assert edit.text() == "a __tint__"


# ---- history


@pytest.fixture
def field(qtbot: QtBot) -> PromptField:
    found = PromptField(ImageParams.settings())
    qtbot.addWidget(found)
    found.show()
    return found


def test_history_goes_back_and_forth_and_keeps_what_was_being_written(field: PromptField) -> None:
    for prompt in ("first", "second"):
        field.set_texts(prompt, "")
        field.remember()
    field.set_texts("being written", "")
    for key, wanted in ((UP, "second"), (UP, "first"), (UP, "first"), (DOWN, "second"),
                        (DOWN, "being written"), (DOWN, "being written")):
        QTest.keyClick(field.edit, key, ALT)
        assert field.prompt() == wanted
    QTest.keyClick(field.edit, UP, ALT)
    field.edit.undo()
    assert field.prompt() == "being written"


def test_the_prompt_just_used_is_not_offered_again(field: PromptField) -> None:
    field.set_texts("first", "")
    field.remember()
    field.set_texts("second", "")
    field.remember()
    QTest.keyClick(field.edit, UP, ALT)
    assert field.prompt() == "first"


def test_history_is_kept_for_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "prompts.json"
    history = PromptHistory(path)
    for prompt in ("one", "two", "one", " ", "x" * 30_000):
        history.add(prompt)
    assert PromptHistory(path).all() == ["one", "two"]
    path.write_text(json.dumps({"prompts": [3, "good", None]}))
    assert PromptHistory(path).all() == ["good"]
    PromptHistory(path).clear()
    assert PromptHistory(path).all() == []


def test_the_list_of_earlier_prompts_brings_one_back(field: PromptField) -> None:
    field.history.add("cats & dogs " + "and more " * 20)
    menu = field.history_menu()
    action = menu.actions()[0]
    assert action.text().startswith("cats && dogs")
    assert action.text().endswith("…")
    action.trigger()
    assert field.prompt().startswith("cats & dogs")


# ---- what is said of it


def test_what_is_said_is_read_and_told(field: PromptField) -> None:
    field.set_texts("pomelo and blorb in a basket", "")
    field.set_abilities(has_negative=True, in_words=True)
    field.show_said(view_said.parse(json.dumps(
        {"count": 5, "limit": 16, "cut": "basket", "read": [["pomelo", "melon"]],
         "unknown": ["blorb"]})))
    assert field.count.text() == "5 of 16 words"
    assert field.said.text().splitlines() == [
        "Read “pomelo” as “melon”", "Not known: “blorb”", "Not read: basket"]
    assert field.said.property("role") == "warn"
    field.set_abilities(has_negative=False, in_words=False)
    field.show_said(Said(9, 77))
    assert field.count.text() == "9 of 77 tokens"
    assert field.said.isHidden()
    assert not field.negative.isVisible()
    field.show_said(None)
    assert field.count.text() == ""


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"count": "many"}', '{"count": 3, "read": [1]}', "null"])
def test_damaged_answers_are_no_answers(text: str) -> None:
    assert view_said.parse(text) is None


def test_of_many_words_a_few_are_told() -> None:
    said = Said(20, 0, "", tuple((f"w{n}", "x") for n in range(9)))
    (line,) = view_said.lines(said)
    assert line.endswith(" and 6 more")
    assert view_said.count_words(said, in_words=True) == "20 words"


# ---- sizes


@pytest.mark.parametrize("sizes", [Sizes(512, 512, 8), Sizes(1024, 1024, 64), Sizes(768, 768, 16)])
def test_shapes_are_sizes_that_the_model_can_paint(sizes: Sizes) -> None:
    for shape in SHAPES:
        width, height = shaped(shape, sizes)
        assert sizes.fit(width, height) == (width, height)
        assert abs(width / height / (shape[0] / shape[1]) - 1) < 0.15
        assert 0.7 < width * height / (sizes.width * sizes.height) < 1.3


def test_a_size_of_ones_own_goes_to_what_the_model_can_paint(qtbot: QtBot) -> None:
    field = SizeField("size", ImageParams.settings()["size"])
    qtbot.addWidget(field)
    field.set_sizes(Sizes(1024, 1024, 64))
    assert field.value() == ""
    assert field.pixels() == (1024, 1024)
    field.set_value("700x333")
    assert field.value() == "700x333", "what a recipe says stays"
    field.width_number.editingFinished.emit()
    assert field.value() == "704x320"
    QTest.mouseClick(field.swap, Qt.MouseButton.LeftButton)
    assert field.value() == "320x704"
    field.set_sizes(Sizes(512, 512, 8))
    assert field.value() == "320x704"


def test_another_model_keeps_the_shape(qtbot: QtBot) -> None:
    field = SizeField("size", ImageParams.settings()["size"])
    qtbot.addWidget(field)
    field.set_sizes(Sizes(512, 512, 64))
    field.combo.setCurrentIndex(4)  # 16 : 9
    small = field.pixels()
    field.set_sizes(Sizes(1024, 1024, 64))
    assert field.pixels()[0] > 1.5 * small[0]
    assert field.combo.currentIndex() == 4


@pytest.mark.parametrize(("text", "pair"), [("512x768", (512, 768)), (" 64 × 32 ", (64, 32)), ("", None),
                                            ("512", (512, 512)), ("axb", None), ("1x2x3", None)])
def test_sizes_are_read(text: str, pair: tuple[int, int] | None) -> None:
    assert pair_of(text) == pair


# ---- styles, add-ons, schedulers


def test_every_style_of_the_box_has_a_picture_and_a_place_for_the_prompt(qtbot: QtBot) -> None:
    styles = in_the_box()
    assert len(styles) >= 12
    assert len({style.name for style in styles}) == len({style.template for style in styles}) == len(styles)
    for style in styles:
        assert "{prompt}" in style.template, style.name
        assert not icon_of(style).isNull(), style.name


def test_ones_own_style_is_kept_with_its_picture(qtbot: QtBot, tmp_path: Path) -> None:
    field = StyleField(OwnStyles(tmp_path / "styles.json"))
    qtbot.addWidget(field)
    picture = QImage(300, 200, QImage.Format.Format_RGB32)
    picture.fill("#aa3322")
    field.words, field.shown = lambda: ("in a forest, {prompt}, at night", "sun"), lambda: picture
    QTest.mouseClick(field.save, Qt.MouseButton.LeftButton)
    field.name.setText("Night wood")
    QTest.keyClick(field.name, Qt.Key.Key_Return)
    (style,) = OwnStyles(tmp_path / "styles.json").all()
    assert (style.name, style.template, style.negative) == (
        "Night wood", "in a forest, {prompt}, at night", "sun")
    assert not icon_of(style).isNull()
    field.combo.setCurrentText("Night wood")
    field.combo.activated.emit(field.combo.currentIndex())
    assert field.template() == style.template
    assert field.with_negative("text") == "text, sun"
    assert field.without_negative("text, sun") == "text"
    assert field.drop.isVisibleTo(field)
    QTest.mouseClick(field.drop, Qt.MouseButton.LeftButton)
    assert OwnStyles(tmp_path / "styles.json").all() == ()
    assert field.template() == ""


def test_a_style_that_is_not_here_stays_by_its_words(qtbot: QtBot) -> None:
    field = StyleField()
    qtbot.addWidget(field)
    field.set_template("{prompt}, by nobody")
    assert field.template() == field.combo.currentText() == "{prompt}, by nobody"


def test_damaged_styles_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "styles.json"
    path.write_text(json.dumps({"styles": [3, {"name": "A"}, {"name": "B", "template": 4},
                                           {"name": "C", "template": "{prompt}", "preview": "data:%%"}]}))
    (style,) = OwnStyles(path).all()
    assert style.name == "C"
    assert style.picture() == b""
    assert icon_of(Style("D", "x", preview="../../../etc/passwd")).isNull()


def test_add_ons_are_read_as_requests_say_them() -> None:
    assert parsed("ink:0.8, fog , a:b:2,bad:much, ,far:9") == [
        ("ink", 0.8), ("fog", 1.0), ("a:b", 2.0), ("bad", 1.0), ("far", 4.0)]


def test_the_schedulers_are_those_of_the_engines() -> None:
    from studio.core.diffusion import FAMILIES
    from studio.engines.image import schedulers

    assert ("default", *(name for name, _ in SCHEDULERS)) == schedulers.names(FAMILIES["sd1"])


def test_the_caret_stays_where_it_was_when_a_prompt_comes_back(field: PromptField) -> None:
    field.use("a long prompt")
    field.edit.moveCursor(QTextCursor.MoveOperation.Start)
    field.set_texts("a long prompt", "")
    assert field.edit.textCursor().position() == 0
