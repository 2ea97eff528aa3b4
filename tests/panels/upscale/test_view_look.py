"""Looking closely in the Upscale panel: the lens, side by side, parts enlarged before the whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QColorSpace, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.core.jobs import JobState, Problem, Request
from studio.panels.upscale.plan import crop_box
from studio.panels.upscale.view import UpscaleView
from tests.panels.upscale.viewing import GREEN, answering, finish, look, middle, only, press, seen
from tests.ui.fake_services import FakeJob, FakeProject


@pytest.fixture
def asked(view: UpscaleView) -> list[Request]:
    """The looks asked for, from the first picture on; they are answered at once. Comes before `filled`."""
    return answering(view)


@pytest.fixture
def open_wishes(view: UpscaleView) -> list[Request]:
    """The looks asked for; a test answers them, or not. Comes before `filled`."""
    wishes: list[Request] = []
    view.preview_requested.connect(wishes.append)
    return wishes


# ---- the lens, before there is a result


def test_the_part_in_the_lens_is_enlarged_before_the_whole(qtbot: QtBot, asked: list[Request],
                                                           filled: UpscaleView) -> None:
    qtbot.waitUntil(lambda: bool(asked))
    lens = filled.canvas.lens
    assert lens.isVisible()
    qtbot.waitUntil(lambda: seen(filled, middle(lens)) == GREEN)
    box = crop_box(asked[0].params["crop"], 300, 400)
    shown = lens.part()
    assert box.left <= shown.left() * 400
    assert box.right >= shown.right() * 400
    assert box.width < 200, "only a part, not the whole picture"
    assert seen(filled, QPointF(filled.canvas.picture_rect().topLeft() + QPointF(4, 4))) == QColor("#336699")


def test_the_lens_follows_the_pointer_and_asks_for_what_is_not_there(qtbot: QtBot, asked: list[Request],
                                                                     filled: UpscaleView) -> None:
    qtbot.waitUntil(lambda: len(asked) == 1)
    start = filled.canvas.to_point(filled.canvas.lens.at).toPoint()
    QTest.mouseMove(filled.canvas, start + QPoint(3, 0))
    QTest.qWait(60)
    assert len(asked) == 1, "a small move is covered by what was enlarged around it"
    QTest.mouseMove(filled.canvas, start + QPoint(150, -80))
    assert middle(filled.canvas.lens) == start + QPoint(150, -80) or \
        (middle(filled.canvas.lens) - start - QPoint(150, -80)).manhattanLength() <= 2
    qtbot.waitUntil(lambda: len(asked) == 2)


def test_a_moved_slider_is_seen_in_the_lens(qtbot: QtBot, asked: list[Request], filled: UpscaleView) -> None:
    qtbot.waitUntil(lambda: len(asked) == 1)
    filled.form.set_values({"clean": 0.5})
    filled.form.fields["clean"].changed.emit()
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert asked[1].params["clean"] == 0.5


def test_what_belongs_to_the_file_changes_no_look(qtbot: QtBot, asked: list[Request],
                                                  filled: UpscaleView) -> None:
    qtbot.waitUntil(lambda: len(asked) == 1)
    filled.form.set_values({"format": "jpeg", "quality": 10, "keep_metadata": False})
    filled.form.fields["format"].changed.emit()
    filled.seed.roll()
    QTest.qWait(80)
    assert len(asked) == 1


def test_a_late_look_with_other_settings_is_not_shown(qtbot: QtBot, open_wishes: list[Request],
                                                      filled: UpscaleView) -> None:
    qtbot.waitUntil(lambda: len(open_wishes) == 1)
    press(filled, "param.scale.2")
    qtbot.waitUntil(lambda: len(open_wishes) == 2)
    filled.show_answer(open_wishes[0], look(open_wishes[0]))
    assert seen(filled, middle(filled.canvas.lens)) == QColor("#336699")
    filled.show_answer(open_wishes[1], look(open_wishes[1]))
    assert seen(filled, middle(filled.canvas.lens)) == GREEN


def test_a_look_has_the_screens_colours(qtbot: QtBot, open_wishes: list[Request],
                                        filled: UpscaleView) -> None:
    qtbot.waitUntil(lambda: len(open_wishes) == 1)
    wide = look(open_wishes[0], QColor(100, 200, 100))
    wide.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb))
    filled.show_answer(open_wishes[0], wide)
    assert seen(filled, middle(filled.canvas.lens)).red() < 60


def test_a_look_that_takes_long_or_fails_is_said(qtbot: QtBot, open_wishes: list[Request],
                                                 filled: UpscaleView) -> None:
    qtbot.waitUntil(lambda: filled.canvas.words == "Enlarging…")
    filled.show_refusal(open_wishes[0], Problem("There is no model."))
    assert filled.canvas.words == "There is no model."
    QTest.qWait(80)
    assert len(open_wishes) == 1, "not asked again and again"


def test_no_looks_while_a_job_runs(qtbot: QtBot, asked: list[Request], filled: UpscaleView) -> None:
    filled.show_job(FakeJob(only(filled), fraction=0.3))
    asked.clear()
    QTest.mouseMove(filled.canvas, middle(filled.canvas.lens) + QPoint(150, 80))
    QTest.qWait(80)
    assert asked == []
    filled.show_job(None)
    qtbot.waitUntil(lambda: len(asked) == 1)


# ---- the lens by keyboard


def test_arrow_keys_move_the_lens(qtbot: QtBot, filled: UpscaleView) -> None:
    lens = filled.canvas.lens
    start = lens.at
    lens.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(lens, Qt.Key.Key_Right)
    assert lens.at.x() > start.x()
    QTest.keyClick(lens, Qt.Key.Key_Up)
    assert lens.at.y() < start.y()
    far = lens.at.x() - start.x()
    at = lens.at.x()
    QTest.keyClick(lens, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert 0 < at - lens.at.x() < far / 2
    QTest.keyClick(lens, Qt.Key.Key_Home)
    assert lens.at == QPointF(0.5, 0.5)


def test_plus_and_minus_magnify(filled: UpscaleView) -> None:
    lens = filled.canvas.lens
    lens.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(lens, Qt.Key.Key_Plus)
    assert lens.zoom == 2.0
    assert "At 200 %" in lens.accessibleDescription()
    QTest.keyClick(lens, Qt.Key.Key_Minus)
    QTest.keyClick(lens, Qt.Key.Key_Minus)
    assert lens.zoom == 0.5
    QTest.keyClick(lens, Qt.Key.Key_1)
    assert lens.zoom == 1.0


def test_l_takes_the_lens_away_and_brings_it_back(filled: UpscaleView) -> None:
    filled.canvas.setFocus()
    QTest.keyClick(filled.canvas, Qt.Key.Key_L)
    assert not filled.canvas.lens.isVisible()
    QTest.keyClick(filled.canvas, Qt.Key.Key_L)
    assert filled.canvas.lens.isVisible()


def test_the_tab_key_goes_from_the_canvas_to_the_lens(filled: UpscaleView) -> None:
    chain, widget = [], filled.canvas.nextInFocusChain()
    while widget is not filled.canvas and len(chain) < 500:
        chain.append(widget)
        widget = widget.nextInFocusChain()
    assert chain.index(filled.canvas.lens) < chain.index(filled.batch.well)


# ---- with a result


def test_the_lens_shows_the_result_pixel_by_pixel(qtbot: QtBot, filled: UpscaleView,
                                                  project: FakeProject) -> None:
    finish(filled, project)
    qtbot.waitUntil(lambda: filled.canvas.after is not None)
    lens = filled.canvas.lens
    assert lens.part().width() * 1600 == pytest.approx(lens.width() / lens.zoom)
    assert seen(filled, middle(lens)) == QColor("#8040c0")
    filled.canvas.setFocus()
    QTest.keyPress(filled.canvas, Qt.Key.Key_C)
    assert seen(filled, middle(lens)) == QColor("#336699")
    QTest.keyRelease(filled.canvas, Qt.Key.Key_C)


def test_no_look_at_what_is_there_already(qtbot: QtBot, asked: list[Request], filled: UpscaleView,
                                          project: FakeProject) -> None:
    finish(filled, project)
    qtbot.waitUntil(lambda: filled.canvas.after is not None)
    asked.clear()
    QTest.mouseMove(filled.canvas, middle(filled.canvas.lens) + QPoint(120, 60))
    QTest.qWait(80)
    assert asked == []
    filled.form.set_values({"clean": 1.0})
    filled.form.fields["clean"].changed.emit()
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert seen(filled, middle(filled.canvas.lens)) == GREEN, "new settings, over the old result"


def test_side_by_side_is_pixel_by_pixel_and_moves_together(qtbot: QtBot, filled: UpscaleView,
                                                           project: FakeProject) -> None:
    finish(filled, project)
    qtbot.waitUntil(lambda: filled.canvas.after is not None)
    canvas = filled.canvas
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_D)
    assert canvas.transform.zoom == 1.0
    assert len(canvas.panes()) == 2
    quarter = QPointF(canvas.width() / 4, canvas.height() / 2)
    twin = quarter + QPointF(canvas.width() / 2, 0)
    assert seen(filled, quarter) == QColor("#336699")
    assert seen(filled, twin) == QColor("#8040c0")
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.to_share(quarter) == canvas.to_share(twin)
    QTest.keyClick(canvas, Qt.Key.Key_D)
    assert canvas.transform.is_fit


def test_side_by_side_needs_no_result(qtbot: QtBot, asked: list[Request], filled: UpscaleView) -> None:
    filled.canvas.setFocus()
    QTest.keyClick(filled.canvas, Qt.Key.Key_D)
    assert filled.canvas.transform.zoom == 1.0, "of the result there would be"
    right = QPointF(filled.canvas.width() * 0.75, filled.canvas.height() / 2)
    qtbot.waitUntil(lambda: seen(filled, right) == GREEN)
    assert seen(filled, right - QPointF(filled.canvas.width() / 2, 0)) == QColor("#336699")
    assert asked


def test_a_split_of_the_whole_picture_asks_to_come_closer(qtbot: QtBot, asked: list[Request],
                                                          view: UpscaleView, project: FakeProject) -> None:
    view.give([project.picture("large", 1200, 900)])
    view.canvas.set_mode("split")
    asked.clear()
    qtbot.waitUntil(lambda: view.canvas.words == "Come closer to see it enlarged")
    assert asked == []


def test_a_result_that_keeps_no_proportions_is_compared_too(qtbot: QtBot, filled: UpscaleView,
                                                            project: FakeProject) -> None:
    square = project.picture("square", 500, 500)
    filled.show_job(FakeJob(only(filled), JobState.DONE, assets=(square,)))
    filled.show_asset(square, project.images[square.sha256])
    assert filled.canvas.before is not None
    assert filled.canvas.after is not None


def test_a_result_too_large_to_hold_is_looked_at_in_parts(qtbot: QtBot, asked: list[Request],
                                                          filled: UpscaleView, project: FakeProject) -> None:
    filled.seed.set_seed(3)
    request = only(filled)
    result = project.picture("lake 4x", 400, 300, "#8040c0")
    result = replace(result, facts={"width": 1600, "height": 1200})
    filled.show_job(FakeJob(request, JobState.DONE, assets=(result,)))
    filled.show_asset(result, project.images[result.sha256])
    assert filled.canvas.result_size().width() == 1600
    qtbot.waitUntil(lambda: seen(filled, middle(filled.canvas.lens)) == GREEN)
    filled.canvas.set_mode("single")
    filled.canvas.actual()
    qtbot.waitUntil(lambda: seen(filled, filled.canvas.rect().center()) == GREEN)
    assert asked


def test_another_picture_is_shown_alone(filled: UpscaleView, project: FakeProject) -> None:
    other = project.picture("other", 100, 500)
    filled.show_asset(other, project.images[other.sha256])
    assert filled.canvas.before is None
    assert not filled.canvas.can_look


def test_a_running_job_is_followed(filled: UpscaleView, project: FakeProject) -> None:
    filled.give([project.picture("a", 40, 30), project.picture("b", 50, 30)])
    second = filled.request_list()[1]
    filled.show_job(FakeJob(second, fraction=0.5, text="Tile 3 of 9"))
    assert filled.run_bar.caption.text() == "2 of 2  ·  Tile 3 of 9"
    assert filled.batch.at == 1
    part = QImage(50, 30, QImage.Format.Format_RGB888)
    part.fill(GREEN)
    filled.show_preview(part)
    filled.canvas.set_mode("single")
    assert seen(filled, filled.canvas.picture_rect().center()) == GREEN
