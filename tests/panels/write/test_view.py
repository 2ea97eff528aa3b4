"""The Write panel as a person uses it: typing, going on, stopping, drafts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.core.jobs import Problem, Request
from studio.core.manuscript import Manuscript
from studio.core.pieces import Piece
from studio.panels.write.task import WriteTask
from studio.panels.write.view import WriteView
from studio.panels.write.view_column import TASK, VERSION
from tests.panels.write.viewing import CTRL, Model, text, typed
from tests.ui.fake_services import FakeProject, drag_in, drag_out, drop


@pytest.fixture
def model(view: WriteView, project: FakeProject) -> Model:
    return Model(view, project)


# ---- beginning


def test_a_blank_page_invites_and_can_be_written_on_at_once(view: WriteView) -> None:
    assert view.page.invite.isVisible()
    assert view.run_bar.caption.text() == "First, a sentence"
    view.focus_first()
    assert view.page.editor.hasFocus()
    QTest.keyClicks(view.page.editor, "A")
    assert not view.page.invite.isVisible()
    assert view.run_bar.button.isEnabled()


def test_the_sample_is_one_press_away(view: WriteView) -> None:
    QTest.mouseClick(view.page.invite.sample, Qt.MouseButton.LeftButton)
    assert text(view).startswith("The lighthouse")
    assert view.page.editor.selection()[1] == len(text(view)), "one goes on at its end"


def test_nothing_can_be_typed_before_the_page_is_there(qtbot: QtBot, project: FakeProject) -> None:
    from studio.panels.write import PANEL

    project.later, project.page = [], Manuscript.of("Long ago")
    view = WriteView(PANEL, project.services())
    qtbot.addWidget(view)
    assert view.page.editor.isReadOnly()
    assert not view.run_bar.button.isEnabled()
    view.set_draft({"place": [4, 4, 0]})
    project.answer()
    assert text(view) == "Long ago"
    assert view.page.editor.selection() == (4, 4)
    assert view.run_bar.button.isEnabled()


# ---- going on


def test_ctrl_enter_goes_on_at_the_cursor(view: WriteView, model: Model) -> None:
    typed(view, "The sea. The end.")
    for _ in range(9):
        QTest.keyClick(view.page.editor, Qt.Key.Key_Left)
    QTest.keyClick(view.page.editor, Qt.Key.Key_Return, CTRL)
    assert model.requests[0].params["prompt"] == "The sea."
    assert model.requests[0].params["whole"] is False
    model.write(" It was calm.")
    assert text(view) == "The sea. It was calm. The end."
    model.end()
    assert next(piece.origin for piece in view.page.editor.manuscript().pieces) == "yours"
    assert not view.run_bar.is_working
    assert view.page.sheet() is None, "what is on the page is shown nowhere else"


def test_one_types_on_elsewhere_meanwhile(view: WriteView, model: Model) -> None:
    typed(view, "The sea")
    view.run()
    model.write(" was calm")
    view.page.editor.go_to(0)
    QTest.keyClicks(view.page.editor, "So: ")
    model.end(" and grey.")
    assert text(view) == "So: The sea was calm and grey."


def test_the_same_seed_asks_for_the_same(view: WriteView, model: Model) -> None:
    typed(view, "The sea")
    view.set_seed(7)
    model.answer(" was calm.")
    view.page.editor.undo()
    model.answer(" was calm.")
    assert model.requests[0] == model.requests[1]
    assert model.requests[0].seed == 7


def test_a_fresh_seed_for_each_attempt_unless_it_is_locked(view: WriteView, model: Model) -> None:
    typed(view, "The sea")
    model.answer(" was calm.")
    model.answer(" It was grey.")
    assert model.requests[0].seed != model.requests[1].seed


def test_editing_before_the_cursor_changes_nothing_after_it(view: WriteView, model: Model) -> None:
    typed(view, "The sea")
    model.answer(" was calm.")
    view.page.editor.go_to(3)
    QTest.keyClicks(view.page.editor, " grey")
    assert text(view) == "The grey sea was calm."
    assert len(model.requests) == 1


def test_undo_takes_out_what_the_model_wrote_in_one_step(view: WriteView, model: Model) -> None:
    typed(view, "The sea")
    model.answer(" was calm and wide and grey.")
    QTest.keyClick(view.page.editor, Qt.Key.Key_Z, CTRL)
    assert text(view) == "The sea"
    QTest.keyClick(view.page.editor, Qt.Key.Key_Y, CTRL)
    assert text(view) == "The sea was calm and wide and grey."


# ---- stopping


def test_esc_stops_and_keeps_what_is_there(view: WriteView, model: Model) -> None:
    typed(view, "The sea")
    view.run()
    model.write(" was")
    QTest.keyClick(view.page.editor, Qt.Key.Key_Escape)
    assert model.stops == ["finish"]
    model.end()
    assert text(view) == "The sea was"


def test_esc_while_it_reads_stops_at_once(view: WriteView, model: Model) -> None:
    typed(view, "The sea")
    view.run()
    QTest.keyClick(view.page.editor, Qt.Key.Key_Escape)
    assert model.stops == ["stop"]
    model.fail()
    assert text(view) == "The sea"
    assert not view.scribe.forks.options


def test_a_second_esc_does_not_wait(view: WriteView, model: Model) -> None:
    typed(view, "The sea")
    view.run()
    model.write(" was")
    QTest.keyClick(view.page.editor, Qt.Key.Key_Escape)
    QTest.keyClick(view.page.editor, Qt.Key.Key_Escape)
    assert model.stops == ["finish", "stop"]


def test_undo_while_it_writes_stops_it(view: WriteView, model: Model) -> None:
    typed(view, "The sea")
    view.run()
    model.write(" was calm")
    QTest.keyClick(view.page.editor, Qt.Key.Key_Z, CTRL)
    assert model.stops == ["finish"]
    model.end(" and")
    assert text(view) == "The sea"


def test_a_failure_is_told_in_place_and_leaves_the_page(view: WriteView, model: Model) -> None:
    typed(view, "The sea")
    view.run()
    model.fail(Problem("The model is gone.", "Choose another."))
    assert view.stage.error.message.text() == "The model is gone."
    assert text(view) == "The sea"


# ---- what is kept


def test_what_is_typed_and_written_is_handed_over(view: WriteView, model: Model,
                                                  project: FakeProject) -> None:
    typed(view, "The sea")
    view.run()
    assert project.page.text == "The sea", "kept before the model begins"
    model.end(" was calm.")
    assert project.page == view.page.editor.manuscript()


def test_the_draft_brings_back_all_but_the_page(qtbot: QtBot, view: WriteView, model: Model,
                                                project: FakeProject) -> None:
    from studio.panels.write import PANEL

    typed(view, "The sea")
    model.answer(" was calm.")
    view.settings.cards.add()
    QTest.keyClicks(view.settings.cards.name, "Ada")
    view.page.line.set_goal(500)
    view.page.editor.flush()
    draft = json.loads(json.dumps(view.draft()))
    other = WriteView(PANEL, project.services())
    qtbot.addWidget(other)
    other.set_draft(draft)
    assert other.draft() == draft
    assert text(other) == "The sea was calm."
    assert other.scribe.here() == view.scribe.here() != 0
    assert [card.name for card in other.settings.cards.cards()] == ["Ada"]


@pytest.mark.parametrize("draft", [{"place": "x", "forks": 3, "cards": 7, "looks": {}, "talk": []},
                                   {"place": [-1, None], "cards": "{", "params": {"length": "x"}}])
def test_a_damaged_draft_is_an_empty_one(view: WriteView, draft: dict[str, object]) -> None:
    view.set_draft(draft)
    assert view.settings.form.values()["length"] == 200


def test_settings_of_a_recipe_leave_the_page_alone(view: WriteView) -> None:
    typed(view, "Mine.")
    params = view.settings.request({"prompt": "Theirs.", "temperature": 1.2}).params
    view.set_request(Request("write", 1, params, (), 9), {})
    assert text(view) == "Mine."
    assert view.settings.form.values()["temperature"] == 1.2
    assert view.settings.seed.seed() == 9


def test_the_view_and_the_task_speak_of_the_same() -> None:
    assert (WriteTask.id, WriteTask.version) == (TASK, VERSION)


# ---- texts from elsewhere


def test_a_text_of_the_project_goes_in_at_the_cursor(view: WriteView, project: FakeProject) -> None:
    typed(view, "Before. ")
    view.give([project.text("Note", "In between.")])
    assert text(view) == "Before. In between."
    view.page.editor.undo()
    assert text(view) == "Before. "


def test_a_text_of_several_lines_gets_a_paragraph_of_its_own(view: WriteView, project: FakeProject) -> None:
    typed(view, "Before.")
    view.give([project.text("Note", "# One\n\nTwo.")])
    assert text(view) == "Before.\n\n# One\n\nTwo."


def test_a_kept_version_comes_back_with_who_wrote_what(view: WriteView, project: FakeProject) -> None:
    view.give([project.text("Page", "I and it", runs=[0, 5, 1, 3])])
    assert view.page.editor.manuscript().pieces == (Piece("I and"), Piece(" it", "model"))


def test_a_text_of_the_reel_is_shown_beside_the_page(view: WriteView, project: FakeProject) -> None:
    typed(view, "Mine.")
    view.show_asset(project.text("Old", " An older one."), QImage())
    assert view.page.sheet() is view.errands.sheet
    assert view.errands.sheet.text.toPlainText() == " An older one."
    QTest.mouseClick(view.errands.sheet.take, Qt.MouseButton.LeftButton)
    assert text(view) == "Mine.An older one."


def test_a_version_is_kept_under_the_first_words(view: WriteView, project: FakeProject) -> None:
    typed(view, "# The sea")
    view.taking.keep_version()
    assert project.versions == [("The sea", Manuscript.of("# The sea"))]


# ---- drops


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def test_story_cards_are_dropped_on_the_page(qtbot: QtBot, view: WriteView, tmp_path: Path) -> None:
    path = tmp_path / "people.json"
    path.write_text('[{"name": "Ada", "text": "keeps the light", "words": ["keeper"]}]')
    assert drop(view.page, files(path))
    qtbot.waitUntil(lambda: len(view.settings.cards.cards()) == 1)
    assert view.settings.cards.cards()[0].words == ("keeper",)


def test_the_page_lights_up_for_what_it_takes_and_leaves_the_rest(view: WriteView, tmp_path: Path) -> None:
    cards, picture = tmp_path / "people.json", tmp_path / "a.png"
    assert drag_in(view.page, files(cards), QPointF(50, 50))
    assert view.page.drops._light.isVisible()
    drag_out(view.page)
    assert not view.page.drops._light.isVisible()
    assert not drag_in(view.page, files(picture), QPointF(50, 50))
    view.offer(files(tmp_path / "story.md"))
    assert view.page.drops._light.words == "Put this text into the page"
