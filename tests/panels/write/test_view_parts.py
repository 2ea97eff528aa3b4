"""Story cards, presets, tasks, the talk, the line below the page: as a person uses them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.core.jobs import Problem
from studio.panels.write.cards import Card
from studio.panels.write.context import Fit
from studio.panels.write.view import WriteView
from studio.panels.write.view_odds import percent, shown
from studio.panels.write.view_presets import OwnPresets, PresetField
from tests.panels.write.viewing import SHIFT, Model, text, typed
from tests.ui.fake_services import FakeProject

LEFT = Qt.MouseButton.LeftButton


@dataclass(frozen=True)
class Able:
    """A model that follows instructions."""

    id: str = "able"
    title: str = "Able"
    facts: dict[str, Any] = field(default_factory=lambda: {"chat": True, "context": 2048})


@pytest.fixture
def model(view: WriteView, project: FakeProject) -> Model:
    return Model(view, project)


@pytest.fixture
def able(view: WriteView, project: FakeProject) -> WriteView:
    """The panel with such a model chosen."""
    project.models.append(Able())  # type: ignore[arg-type]
    view.reload_models()
    view.settings.form.set_values({"model": "able"})
    view.settings.form.changed.emit("model")
    return view


def press(view: WriteView, name: str) -> None:
    QTest.mouseClick(view.settings.cards.buttons[name], LEFT)


# ---- story cards


def test_a_card_is_made_and_goes_along(view: WriteView) -> None:
    cards = view.settings.cards
    press(view, "cards.add")
    QTest.keyClicks(cards.name, "Ada")
    QTest.keyClicks(cards.words, "keeper, lamp")
    QTest.keyClicks(cards.text, "keeps the light")
    assert cards.cards() == (Card("Ada", "keeps the light", ("keeper", "lamp")),)
    assert cards.list.item(0).text() == "Ada"
    typed(view, "The lamp")
    (request,) = view.request_list()
    assert json.loads(request.params["cards"])[0]["name"] == "Ada"


def test_space_switches_a_card_off_and_delete_takes_it_away_and_back(view: WriteView) -> None:
    cards = view.settings.cards
    cards.set_cards([Card("Ada", "x"), Card("Ben", "y")])
    cards.list.setFocus()
    cards.list.setCurrentRow(0)
    QTest.keyClick(cards.list, Qt.Key.Key_Space)
    assert [card.is_on for card in cards.cards()] == [False, True]
    QTest.keyClick(cards.list, Qt.Key.Key_Delete)
    assert [card.name for card in cards.cards()] == ["Ben"]
    press(view, "cards.restore")
    assert [card.name for card in cards.cards()] == ["Ada", "Ben"]


def test_cards_go_to_a_file_and_come_back(qtbot: QtBot, view: WriteView, tmp_path: Path) -> None:
    cards, told = view.settings.cards, list[str]()
    view.told.connect(told.append)
    kept = (Card("Ada", "x", ("keeper",)), Card("Zoë", "ünïcode 灯"))
    cards.set_cards(kept)
    cards.save(tmp_path / "cards.json")
    qtbot.waitUntil(lambda: told == ["Story cards kept."])
    cards.set_cards(kept[:1])
    cards.take_file(tmp_path / "cards.json")
    qtbot.waitUntil(lambda: cards.cards() == kept)
    assert told[-1] == "1 story cards added."


def test_a_file_that_holds_no_cards_is_told_in_place(qtbot: QtBot, view: WriteView, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"no": "list"}')
    view.settings.cards.take_file(tmp_path / "bad.json")
    qtbot.waitUntil(view.stage.error.isVisible)
    assert view.stage.error.message.text() == "The story cards cannot be read."


def test_cards_the_model_sees_are_marked(qtbot: QtBot, view: WriteView) -> None:
    cards = view.settings.cards
    cards.set_cards([Card("Ada", "keeps the light"), Card("Ben", "rows")])
    typed(view, "Ada sang.")
    qtbot.waitUntil(lambda: cards.list.item(0).font().bold())
    assert not cards.list.item(1).font().bold()


# ---- presets


def test_a_preset_sets_what_it_names(view: WriteView) -> None:
    field = view.settings.presets
    field.combo.setCurrentText("Daring")
    field.combo.activated.emit(field.combo.currentIndex())
    assert view.settings.form.values()["temperature"] == 1.1
    assert field.combo.currentText() == "Daring"
    view.settings.form.set_values({"temperature": 0.33})
    view.settings.form.changed.emit("temperature")
    assert field.combo.currentIndex() == -1


def test_ones_own_preset_is_there_in_every_project(qtbot: QtBot, view: WriteView, tmp_path: Path) -> None:
    field = view.settings.presets
    view.settings.form.set_values({"temperature": 0.33})
    view.settings.form.changed.emit("temperature")
    QTest.mouseClick(field.save, LEFT)
    QTest.keyClicks(field.name, "Mine")
    QTest.keyClick(field.name, Qt.Key.Key_Return)
    assert field.combo.currentText() == "Mine"
    other = PresetField()
    qtbot.addWidget(other)
    assert other.combo.findText("Mine") > 0
    QTest.mouseClick(field.drop, LEFT)
    assert OwnPresets().all() == ()


def test_damaged_presets_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "presets.json"
    path.write_text(json.dumps({"presets": [1, {"title": "x"}, {"title": "y", "settings": {"length": -5}},
                                            {"title": "z", "settings": {"length": 9, "gone": 1}}]}))
    assert [(preset.title, preset.settings) for preset in OwnPresets(path).all()] == [("z", {"length": 9})]


# ---- tasks


def test_a_model_that_only_writes_on_offers_what_it_can_and_says_why(view: WriteView) -> None:
    tasks = view.settings.tasks
    assert [task for task in ("rewrite", "summarise", "title", "poem") if tasks.can(task)] == [
        "summarise", "poem"]
    assert tasks.combo.currentText() == "Key sentences"
    assert "chat template" in tasks.about.text()
    actions = {action.objectName().rpartition(".")[2]: action for action in view.actions()}
    assert not actions["shorter"].isEnabled()
    assert actions["summarise"].isEnabled()


def test_a_rewrite_is_shown_beside_and_taken_as_an_alternative(able: WriteView, model: Model) -> None:
    typed(able, "One. Two two two. Three.")
    able.page.editor.select(5, 17)
    able.begin_task("rewrite", "shorter")
    request = model.requests[0]
    assert (request.params["do"], request.params["passage"]) == ("rewrite", "Two two two.")
    assert able.page.sheet() is able.errands.sheet
    model.write("Two.")
    assert text(able) == "One. Two two two. Three."
    assert not able.errands.sheet.take.isEnabled()
    model.end()
    assert able.errands.sheet.text.toPlainText() == "Two."
    QTest.mouseClick(able.errands.sheet.take, LEFT)
    assert text(able) == "One. Two. Three."
    assert able.page.sheet() is None
    able.page.editor.go_to(len("One. Two."))
    able.step(-1)
    assert text(able) == "One. Two two two. Three."


def test_a_rewrite_can_be_dropped(able: WriteView, model: Model) -> None:
    typed(able, "One.")
    able.begin_task("rewrite")
    model.end("Uno.")
    QTest.mouseClick(able.errands.sheet.drop, LEFT)
    assert text(able) == "One."
    assert not able.scribe.forks.options


def test_the_passage_is_found_again_after_typing_elsewhere(able: WriteView, model: Model) -> None:
    typed(able, "One. Two.")
    able.page.editor.select(5, 9)
    able.begin_task("rewrite")
    able.page.editor.go_to(0)
    QTest.keyClicks(able.page.editor, "Zero. ")
    model.end("Twice.")
    QTest.mouseClick(able.errands.sheet.take, LEFT)
    assert text(able) == "Zero. One. Twice."


def test_a_title_goes_to_the_top_and_a_summary_below(able: WriteView, model: Model) -> None:
    typed(able, "The sea was calm.")
    able.begin_task("title")
    model.end("1. Calm\n2. Sea")
    QTest.mouseClick(able.errands.sheet.take, LEFT)
    assert text(able) == "# Calm\n\nThe sea was calm."
    able.begin_task("summarise")
    assert model.requests[-1].params["prompt"] == text(able)
    model.end("Calm sea.")
    QTest.mouseClick(able.errands.sheet.take, LEFT)
    assert text(able) == "# Calm\n\nThe sea was calm.\n\nCalm sea."


def test_a_result_without_words_on_the_way_is_read_from_the_project(view: WriteView, model: Model,
                                                                    project: FakeProject) -> None:
    typed(view, "The sea was calm.")
    view.begin_task("summarise")
    model._said = []
    asset = model.end()
    project.texts[asset.id] = "The sea."
    view.errands.show_result(asset.id, project.texts[asset.id])
    assert view.errands.sheet.text.toPlainText() == "The sea."
    assert view.errands.sheet.title.text() == "Key sentences"


@pytest.mark.parametrize(("facts", "origin"), [({"picked": True}, "yours"), ({}, "model"),
                                               ({"picked": "yes"}, "model")])
def test_picked_sentences_stay_the_persons_own(view: WriteView, model: Model, facts: dict[str, Any],
                                               origin: str) -> None:
    typed(view, "The sea was calm. Ada sang.")
    view.begin_task("summarise")
    model.end("Ada sang.", **facts)
    QTest.mouseClick(view.errands.sheet.take, LEFT)
    assert text(view) == "The sea was calm. Ada sang.\n\nAda sang."
    end = view.page.editor.length
    assert {piece.origin for piece in view.page.editor.pieces(end - 11, end)} == {origin}
    assert {piece.origin for piece in view.page.editor.pieces(0, end - 11)} == {"yours"}


@pytest.mark.parametrize(("facts", "origin"), [({"picked": True}, "yours"), ({}, "model")])
def test_picked_sentences_of_the_reel_too(view: WriteView, project: FakeProject, facts: dict[str, Any],
                                          origin: str) -> None:
    view.show_asset(project.text("key sentences", "Ada sang.", **facts), QImage())
    QTest.mouseClick(view.errands.sheet.take, LEFT)
    assert [(piece.text, piece.origin) for piece in view.page.editor.pieces(0, 9)] == [("Ada sang.", origin)]


def test_nothing_to_do_it_with_is_said(able: WriteView, model: Model) -> None:
    told: list[str] = []
    able.told.connect(told.append)
    able.begin_task("rewrite")
    assert told == ["Write or mark a text first."]
    assert model.requests == []


# ---- the talk


def test_without_a_model_that_answers_the_talk_says_what_to_bring(view: WriteView) -> None:
    view.page.line.chat.click()
    sheet = view.talking.sheet
    assert sheet.isVisible()
    assert "chat template" in sheet.reason.text()
    assert not sheet.line.isEnabled()


def test_a_talk_about_the_page(able: WriteView, model: Model) -> None:
    typed(able, "The sea was calm.")
    able.page.line.chat.click()
    sheet = able.talking.sheet
    assert sheet.line.hasFocus()
    QTest.keyClicks(sheet.line, "Why")
    QTest.keyClick(sheet.line, Qt.Key.Key_Return, SHIFT)
    QTest.keyClicks(sheet.line, "calm?")
    QTest.keyClick(sheet.line, Qt.Key.Key_Return)
    params = model.requests[0].params
    assert json.loads(params["talk"]) == [{"role": "user", "text": "Why\ncalm?"}]
    assert (params["do"], params["prompt"]) == ("chat", "The sea was calm.")
    model.end("No wind.")
    assert [turn.text for turn in sheet.turns] == ["Why\ncalm?", "No wind."]
    assert text(able) == "The sea was calm."
    QTest.mouseClick(sheet.reads, LEFT)
    QTest.keyClicks(sheet.line, "And now?")
    QTest.keyClick(sheet.line, Qt.Key.Key_Return)
    params = model.requests[1].params
    assert [turn["role"] for turn in json.loads(params["talk"])] == ["user", "assistant", "user"]
    assert params["prompt"] == ""


def test_another_try_does_what_failed(able: WriteView, model: Model) -> None:
    typed(able, "One.")
    able.begin_task("rewrite", "longer")
    model.fail(Problem("It broke."))
    QTest.mouseClick(able.stage.error.retry, LEFT)
    assert [(request.params["do"], request.params["manner"]) for request in model.requests] == [
        ("rewrite", "longer"), ("rewrite", "longer")]
    model.end("One and one.")
    able.run()
    model.fail(Problem("It broke."))
    QTest.mouseClick(able.stage.error.retry, LEFT)
    assert model.requests[-1].params["do"] == "continue"


def test_a_question_that_failed_can_be_asked_again(able: WriteView, model: Model) -> None:
    able.page.line.chat.click()
    sheet = able.talking.sheet
    QTest.keyClicks(sheet.line, "Why?")
    QTest.keyClick(sheet.line, Qt.Key.Key_Return)
    model.fail(Problem("It broke."))
    assert sheet.line.toPlainText() == "Why?"
    assert sheet.turns == []
    QTest.mouseClick(able.stage.error.retry, LEFT)
    assert json.loads(model.requests[1].params["talk"])[0]["text"] == "Why?"


def test_closing_the_talk_gives_the_page_back(able: WriteView) -> None:
    able.page.line.chat.click()
    QTest.mouseClick(able.talking.sheet.close_button, LEFT)
    assert able.page.sheet() is None
    assert able.page.editor.hasFocus()
    assert not able.page.line.chat.isChecked()


# ---- the line below


def test_words_are_counted_and_a_goal_comes_nearer(qtbot: QtBot, view: WriteView) -> None:
    typed(view, "The sea was calm.")
    line = view.page.line
    qtbot.waitUntil(lambda: line.words.text().startswith("4 words"))
    line.set_goal(250)
    assert line.words.text().startswith("4 of 250 words")
    assert line.words.share == pytest.approx(4 / 250)
    view.page.editor.select(0, 7)
    qtbot.waitUntil(lambda: line.words.text().startswith("2 of 4 words"))


def test_what_the_model_sees_is_said_and_shown(qtbot: QtBot, able: WriteView) -> None:
    typed(able, "The sea was calm.")
    line = able.page.line
    qtbot.waitUntil(lambda: line.context.text().startswith("the model sees all of it"))
    able.page.editor.set_manuscript(able.page.editor.manuscript().of("The sea was calm.\n" * 1500))
    able.page.editor.go_to(able.page.editor.length)
    qtbot.waitUntil(lambda: line.context.text().startswith("the model sees the end of it"))
    assert 1400 * 4 < able.page.editor.length - able.page.seen._at < 2048 * 4
    bar = able.page.editor.verticalScrollBar()
    bar.setValue(bar.value() + able.page.rect_at(able.page.seen._at).top() - 100)
    qtbot.waitUntil(able.page.seen.isVisible)


def test_a_problem_of_the_context_says_nothing_wrong(view: WriteView) -> None:
    view.page.line.show_fit(None)
    assert view.page.line.context.text() == ""
    view.page.line.show_fit(Fit(1000, 100, 200, 100))
    assert view.page.line.context.text().endswith("40 % full")


def test_the_outline_goes_to_a_heading(qtbot: QtBot, view: WriteView) -> None:
    typed(view, "# One\nText\n## Two\nMore")
    view.page.line.outline.click()
    outline = view.page.outline
    assert outline.isVisible()
    qtbot.waitUntil(lambda: outline.model().rowCount() == 2)
    outline.clicked.emit(outline.model().index(1, 0))
    assert view.page.editor.selection()[0] == len("# One\nText\n")


def test_focus_and_origins_are_switched_and_remembered(view: WriteView) -> None:
    view.page.line.focus.click()
    view.page.line.origins.click()
    assert view.page.editor.is_focused
    assert view.page.editor.ink.shows_origins
    assert view.draft()["looks"] == ["focus", "origins"]
    view.set_draft({})
    assert not view.page.editor.is_focused


# ---- small things


@pytest.mark.parametrize(("word", "seen"), [(" sea", "sea"), ("ing", "…ing"), ("\n", "↵"), (" ", "␣"),
                                            ("海", "海"), ("", "∅"), (".\n", ".↵")])
def test_a_word_can_be_seen(word: str, seen: str) -> None:
    assert shown(word) == seen


@pytest.mark.parametrize(("share", "said"), [(0.123, "12.3 %"), (1.0, "100 %"), (0.0004, "< 0.1 %"),
                                             (0.0, "0.0 %")])
def test_a_probability_is_said(share: float, said: str) -> None:
    assert percent(share) == said
