"""Attempts, forks, the bar, the list, the odds of a word."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.panels.write.view import WriteView
from tests.panels.write.viewing import ALT, CTRL, SHIFT, Model, text, typed
from tests.ui.fake_services import FakeProject

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def model(view: WriteView, project: FakeProject) -> Model:
    return Model(view, project)


def retried(view: WriteView, model: Model, words: str) -> None:
    QTest.keyClick(view.page.editor, Qt.Key.Key_R, CTRL)
    model.end(words)


def step(view: WriteView, key: Qt.Key) -> None:
    QTest.keyClick(view.page.editor, key, ALT)


@pytest.fixture
def sea(view: WriteView, model: Model) -> WriteView:
    """Three attempts, the third on the page."""
    typed(view, "The sea")
    model.answer(" was calm.")
    retried(view, model, " was grey.")
    retried(view, model, " sang.")
    return view


def test_another_attempt_asks_for_the_same_with_another_seed(view: WriteView, model: Model) -> None:
    typed(view, "The sea")
    model.answer(" was calm.")
    retried(view, model, " was grey.")
    first, second = model.requests
    assert first.params == second.params
    assert first.seed != second.seed
    assert text(view) == "The sea was grey."


def test_attempts_differ_even_with_a_locked_seed(view: WriteView, model: Model) -> None:
    view.set_seed(7)
    typed(view, "The sea")
    model.answer(" was calm.")
    retried(view, model, " was grey.")
    retried(view, model, " sang.")
    assert [request.seed for request in model.requests] == [7, 8, 9]


def test_one_steps_through_all_attempts(sea: WriteView) -> None:
    assert text(sea) == "The sea sang."
    step(sea, Qt.Key.Key_Left)
    assert text(sea) == "The sea was grey."
    step(sea, Qt.Key.Key_Left)
    step(sea, Qt.Key.Key_Left)  # there is none before the first
    assert text(sea) == "The sea was calm."
    step(sea, Qt.Key.Key_Right)
    assert text(sea) == "The sea was grey."


def test_the_bar_says_which_one_it_is(sea: WriteView) -> None:
    bar = sea.page.bar
    sea.guide.show()
    assert bar.isVisible()
    assert bar.count.text() == "3 of 3"
    assert not bar.forth.isEnabled()
    QTest.mouseClick(bar.back, LEFT)
    assert text(sea) == "The sea was grey."
    assert bar.count.text() == "2 of 3"


def test_the_bar_is_gone_where_the_model_wrote_nothing(sea: WriteView) -> None:
    sea.page.editor.go_to(2)
    sea.guide.show()
    assert not sea.page.bar.isVisible()


def test_changes_of_an_attempt_stay_with_it(sea: WriteView) -> None:
    sea.page.editor.go_to(len("The sea sang"))
    QTest.keyClicks(sea.page.editor, " all night")
    step(sea, Qt.Key.Key_Left)
    assert text(sea) == "The sea was grey."
    step(sea, Qt.Key.Key_Right)
    assert text(sea) == "The sea sang all night."


def test_what_was_written_on_an_attempt_goes_with_it(sea: WriteView, model: Model) -> None:
    model.answer(" It was loud.")
    sea.page.editor.go_to(len("The sea s"))
    step(sea, Qt.Key.Key_Left)
    assert text(sea) == "The sea was grey."
    step(sea, Qt.Key.Key_Right)
    assert text(sea) == "The sea sang. It was loud."


def test_a_further_attempt_makes_no_room_before_its_first_word(sea: WriteView, model: Model) -> None:
    QTest.keyClick(sea.page.editor, Qt.Key.Key_R, CTRL)
    assert text(sea) == "The sea sang."
    model.fail()
    assert text(sea) == "The sea sang."
    assert sea.scribe.standing(sea.scribe.here()) == (3, 3)


def test_another_attempt_while_one_is_written_stops_that_one_first(qtbot: QtBot, view: WriteView,
                                                                  model: Model) -> None:
    typed(view, "The sea")
    view.run()
    model.write(" was")
    QTest.keyClick(view.page.editor, Qt.Key.Key_R, CTRL)
    assert model.stops == ["finish"]
    model.end()
    qtbot.waitUntil(lambda: len(model.requests) == 2)
    model.end(" sang.")
    assert text(view) == "The sea sang."
    step(view, Qt.Key.Key_Left)
    assert text(view) == "The sea was"


def test_undo_and_the_forks_never_disagree(sea: WriteView) -> None:
    step(sea, Qt.Key.Key_Left)
    sea.page.editor.undo()
    sea.page.editor.undo()
    assert text(sea) == "The sea sang."
    sea.page.editor.go_to(len(text(sea)))
    assert sea.scribe.standing(sea.scribe.here()) == (3, 3)


def test_an_attempt_taken_from_the_page_comes_back_at_the_cursor(sea: WriteView) -> None:
    here = sea.scribe.here()
    editor = sea.page.editor
    editor.replace(len("The sea"), editor.length, [])
    assert sea.scribe.here() == 0
    editor.go_to(editor.length)
    sea.scribe.go_to(here)
    assert text(sea) == "The sea sang."


def test_attempts_are_there_again_after_the_window_was_closed(qtbot: QtBot, sea: WriteView,
                                                             project: FakeProject) -> None:
    from studio.panels.write import PANEL

    sea.page.editor.flush()
    other = WriteView(PANEL, project.services())
    qtbot.addWidget(other)
    other.set_draft(json.loads(json.dumps(sea.draft())))
    other.step(-1)
    assert text(other) == "The sea was grey."


# ---- all of them


def test_the_list_goes_to_any_attempt(sea: WriteView, model: Model) -> None:
    model.answer(" It was loud.")
    retried(sea, model, " It was late.")
    QTest.keyClick(sea.page.editor, Qt.Key.Key_R, CTRL | SHIFT)
    rows = [sea.page.tree.list.item(row).text().strip() for row in range(sea.page.tree.list.count())]
    assert rows == ["1.1  was calm.", "1.2  was grey.", "1.3  sang. It was late.", "2.1  It was loud.",
                    "2.2  It was late."]
    assert sea.page.tree.list.hasFocus()
    for _ in range(4):
        QTest.keyClick(sea.page.tree.list, Qt.Key.Key_Up)
    QTest.keyClick(sea.page.tree.list, Qt.Key.Key_Return)
    assert text(sea) == "The sea was calm."


def test_one_goes_straight_to_an_attempt_inside_another(sea: WriteView, model: Model) -> None:
    inner = model.answer(" It was loud.")
    option = next(option.id for option in sea.scribe.forks.options.values() if option.asset == inner.id)
    sea.page.editor.go_to(len("The sea s"))
    step(sea, Qt.Key.Key_Left)
    assert text(sea) == "The sea was grey."
    sea.scribe.go_to(option)
    assert text(sea) == "The sea sang. It was loud."


def test_escape_closes_the_list(sea: WriteView) -> None:
    sea.guide.open_tree()
    QTest.keyClick(sea.page.tree.list, Qt.Key.Key_Escape)
    assert not sea.page.tree.isVisible()


# ---- the odds


def test_the_odds_of_a_word_are_shown_and_another_word_forks(view: WriteView, model: Model) -> None:
    typed(view, "It")
    model.answer(" was calm and wide.")
    view.page.editor.go_to(len("It was ca"))
    QTest.keyClick(view.page.editor, Qt.Key.Key_Down, ALT)
    odds = view.page.odds
    assert odds.isVisible()
    assert [(row.word, row.share) for row in odds.rows] == [(" calm", 0.5), (" sea", 0.1)]
    QTest.keyClick(odds.rows[0], Qt.Key.Key_Down)
    QTest.keyClick(odds.rows[1], Qt.Key.Key_Return)
    assert not odds.isVisible()
    assert model.requests[-1].params["prompt"] == "It was sea"
    model.end(" and sky.")
    assert text(view) == "It was sea and sky."
    step(view, Qt.Key.Key_Left)
    assert text(view) == "It was calm and wide."


def test_a_chosen_word_has_odds_too_and_those_after_it_are_right(view: WriteView, model: Model) -> None:
    typed(view, "It")
    model.answer(" was calm.")
    option = view.scribe.here()
    view.fork(option, 1, view.scribe.traces._known[option][1].__class__(" sea", 0.1, ()))
    model.end(" and sky.")
    found = view.scribe.here()
    tokens: list[str] = []
    view.scribe.traces.ask(view.scribe.forks, found, lambda trace: tokens.extend(t.text for t in trace))
    assert tokens == [" sea", " and", " sky."]
    pieces = [(piece.text, piece.token) for piece in view.page.editor.manuscript().pieces
              if piece.option == found]
    assert pieces == [(" sea", 0), (" and", 1), (" sky.", 2)]


def test_a_fork_at_the_first_word_is_one_more_attempt(view: WriteView, model: Model) -> None:
    typed(view, "It")
    model.answer(" was calm.")
    view.page.editor.go_to(len("It w"))
    view.ponder()
    QTest.mouseClick(view.page.odds.rows[1], LEFT)
    model.end(" and sky.")
    assert view.scribe.standing(view.scribe.here()) == (2, 2)
    assert len(view.scribe.forks.forks) == 1


def test_what_follows_a_fork_keeps_its_own_forks(view: WriteView, model: Model) -> None:
    typed(view, "It")
    model.answer(" was calm and wide.")
    model.answer(" We slept.")
    view.page.editor.go_to(len("It was ca"))
    view.ponder()
    QTest.mouseClick(view.page.odds.rows[1], LEFT)
    model.end(" and sky.")
    assert text(view) == "It was sea and sky."
    step(view, Qt.Key.Key_Left)
    assert text(view) == "It was calm and wide. We slept."
    assert view.scribe.standing(view.scribe.forks.at(len(text(view)), view.scribe.spans())) == (1, 1)


def test_odds_come_from_the_result_where_the_stream_is_forgotten(qtbot: QtBot, view: WriteView,
                                                                 model: Model) -> None:
    typed(view, "It")
    model.answer(" was calm.")
    view.scribe.traces.forget()
    view.page.editor.go_to(len("It was ca"))
    view.ponder()
    qtbot.waitUntil(lambda: view.page.odds.isVisible())
    assert view.page.odds.rows[0].is_taken


def test_hovering_shows_the_odds_and_leaving_hides_them(qtbot: QtBot, view: WriteView, model: Model) -> None:
    typed(view, "It")
    model.answer(" was calm.")
    view.page.editor.word_hovered.emit(view.scribe.here(), 1, QPoint(60, 40))
    qtbot.waitUntil(view.page.odds.isVisible)
    view.page.editor.word_hovered.emit(0, -1, QPoint())
    qtbot.waitUntil(lambda: not view.page.odds.isVisible())


def test_a_word_of_ones_own_has_no_odds(view: WriteView) -> None:
    typed(view, "It was")
    told: list[str] = []
    view.told.connect(told.append)
    view.ponder()
    assert not view.page.odds.isVisible()
    assert told == ["The model did not write this word."]


def test_every_change_is_kept_with_the_page(sea: WriteView, project: FakeProject) -> None:
    step(sea, Qt.Key.Key_Left)
    sea.page.editor.flush()
    assert project.page == sea.page.editor.manuscript()


def test_what_was_cut_off_is_completed_when_it_is_done_again(qtbot: QtBot, view: WriteView, model: Model,
                                                             project: FakeProject) -> None:
    from studio.panels.write import PANEL

    typed(view, "It")
    view.run()
    model.write(" was calm")
    view.page.editor.flush()
    draft = json.loads(json.dumps(view.draft()))
    other = WriteView(PANEL, project.services())
    qtbot.addWidget(other)
    other.set_draft(draft)
    assert text(other) == "It was calm"
    again = Model(other, project)
    again._on_run([model.requests[0]])
    again.end(" was calm and wide.")
    qtbot.waitUntil(lambda: text(other) == "It was calm and wide.")
    assert other.page.sheet() is None


def test_what_was_written_before_a_fork_stays_before_it(view: WriteView, model: Model) -> None:
    typed(view, "It")
    model.answer(" was calm and wide.")
    outer = view.scribe.here()
    view.page.editor.go_to(len("It was"))
    model.answer(" very")
    inner = view.scribe.here()
    view.page.editor.go_to(len("It was very calm and wi"))
    view.ponder()
    QTest.mouseClick(view.page.odds.rows[1], LEFT)
    model.end(" and sky.")
    assert text(view) == "It was very calm and sea and sky."
    assert view.scribe.forks.path(inner) == (outer, inner)
