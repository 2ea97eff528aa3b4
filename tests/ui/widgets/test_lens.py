"""The lens, and looks at parts of a result."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.ui.widgets.canvas import Canvas
from studio.ui.widgets.looks import Looks

RED, BLUE = QColor("#cc2020"), QColor("#2040cc")
LEFT = Qt.MouseButton.LeftButton


def plain(color: QColor, width: int = 300, height: int = 200) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(color)
    return image


def halves(width: int = 1200, height: int = 800) -> QImage:
    """Red left, blue right."""
    image = plain(RED, width, height)
    for x in range(width // 2, width):
        for y in range(height):
            image.setPixelColor(x, y, BLUE)
    return image


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(648, 448)
    canvas.show()
    canvas.set_before(plain(RED))
    canvas.set_mode("lens")
    return canvas


def seen(canvas: Canvas, at: QPoint) -> QColor:
    return canvas.grab().toImage().pixelColor(at)


def near(one: QPointF, other: QPointF) -> bool:
    return (one - other).manhattanLength() < 0.02


# ---- looks


def test_looks_cover_what_they_were_made_for() -> None:
    looks = Looks()
    assert not looks.covers(QRectF(0.1, 0.1, 0.1, 0.1))
    looks.add(QRectF(0.0, 0.0, 0.5, 1.0), plain(RED))
    assert looks.covers(QRectF(0.1, 0.1, 0.4, 0.5))
    assert not looks.covers(QRectF(0.1, 0.1, 0.5, 0.5))
    looks.add(QRectF(0.5, 0.0, 0.5, 1.0), plain(RED))
    assert looks.covers(QRectF(0.1, 0.1, 0.5, 0.5)), "two that meet cover what lies across"
    looks.clear()
    assert not looks


def test_the_oldest_looks_go_when_there_are_too_many() -> None:
    looks = Looks()
    for place in range(5):
        looks.add(QRectF(place * 0.2, 0, 0.2, 1), plain(RED, 2000, 2000))
    assert not looks.covers(QRectF(0, 0, 0.2, 1))
    assert looks.covers(QRectF(0.8, 0, 0.2, 1))


def test_a_look_lies_where_it_belongs(canvas: Canvas) -> None:
    canvas.set_mode("side")
    canvas.set_looks(True, QSize(1200, 800))
    canvas.show_look(QRectF(0.5, 0.0, 0.5, 1.0), plain(BLUE))
    pane, rect = canvas.panes()[1], canvas.picture_rect()
    left = (pane.topLeft() + rect.center() - QPointF(8, 0)).toPoint()
    assert seen(canvas, left) == RED
    assert seen(canvas, left + QPoint(16, 0)) == BLUE
    assert seen(canvas, (rect.center() + QPointF(8, 0)).toPoint()) == RED, "not over what came in"


def test_other_looks_take_the_place_of_old_ones(canvas: Canvas) -> None:
    canvas.set_looks(True, QSize(1200, 800))
    canvas.show_look(QRectF(0, 0, 1, 1), plain(BLUE))
    assert seen(canvas, canvas.lens.geometry().center()) == BLUE
    canvas.set_looks(True, QSize(600, 400))
    assert seen(canvas, canvas.lens.geometry().center()) == RED


def test_the_canvas_itself_shows_no_looks_under_the_lens(canvas: Canvas) -> None:
    canvas.set_looks(True, QSize(1200, 800))
    canvas.show_look(QRectF(0, 0, 1, 1), plain(BLUE))
    assert seen(canvas, (canvas.picture_rect().topLeft() + QPointF(5, 5)).toPoint()) == RED


# ---- the lens


def test_it_needs_a_picture(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.show()
    canvas.set_mode("lens")
    assert not canvas.lens.isVisible()


def test_it_shows_the_result_pixel_by_pixel(canvas: Canvas) -> None:
    canvas.set_after(halves())
    part = canvas.lens.part()
    assert part.width() * 1200 == pytest.approx(canvas.lens.width() / canvas.devicePixelRatioF())
    middle = canvas.lens.geometry().center()
    assert seen(canvas, middle - QPoint(20, 0)) == RED
    assert seen(canvas, middle + QPoint(20, 0)) == BLUE


def test_it_follows_the_pointer_and_goes_back_when_that_leaves(canvas: Canvas) -> None:
    QTest.mouseMove(canvas, QPoint(200, 150))
    assert near(canvas.lens.at, canvas.to_share(QPointF(200, 150)))
    canvas.leaveEvent(None)  # type: ignore[arg-type]
    assert near(canvas.lens.at, QPointF(0.5, 0.5))


def test_a_click_leaves_it_where_it_is(canvas: Canvas) -> None:
    QTest.mouseClick(canvas, LEFT, pos=QPoint(200, 150))
    QTest.mouseMove(canvas, QPoint(400, 250))
    canvas.leaveEvent(None)  # type: ignore[arg-type]
    assert near(canvas.lens.at, canvas.to_share(QPointF(200, 150)))


def test_a_drag_is_no_click(canvas: Canvas) -> None:
    before = canvas.picture_rect().topLeft()
    QTest.mousePress(canvas, LEFT, pos=QPoint(200, 150))
    QTest.mouseMove(canvas, QPoint(260, 190))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(260, 190))
    moved = canvas.picture_rect().topLeft() - before
    assert (moved.x(), moved.y()) == pytest.approx((60, 40), abs=1)
    canvas.leaveEvent(None)  # type: ignore[arg-type]
    assert near(canvas.lens.at, QPointF(0.5, 0.5))


def test_it_stays_within_the_picture(canvas: Canvas) -> None:
    QTest.mouseMove(canvas, QPoint(2, 2))
    assert canvas.lens.at == QPointF(0, 0)
    assert canvas.close_up().left() == 0


def test_with_the_keyboard_the_picture_comes_along(canvas: Canvas) -> None:
    canvas.actual()
    canvas.zoom_by(4)
    canvas.lens.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(30):
        QTest.keyClick(canvas.lens, Qt.Key.Key_Left)
    assert canvas.rect().contains(canvas.lens.geometry().center())


def test_the_keys_of_the_canvas_work_from_the_lens(canvas: Canvas) -> None:
    canvas.lens.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(canvas.lens, Qt.Key.Key_L)
    assert canvas.mode == "single"


def test_another_picture_puts_it_back_to_the_middle(canvas: Canvas) -> None:
    QTest.mouseClick(canvas, LEFT, pos=QPoint(200, 150))
    canvas.set_before(plain(BLUE))
    canvas.show_new()
    assert canvas.lens.at == QPointF(0.5, 0.5)


def test_its_focus_is_seen(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.activateWindow()
    qtbot.waitUntil(canvas.isActiveWindow)
    canvas.setFocus()
    before = canvas.lens.grab().toImage()
    canvas.lens.setFocus(Qt.FocusReason.TabFocusReason)
    assert canvas.lens.grab().toImage() != before


# ---- what is looked at


def test_what_is_looked_at_closely(canvas: Canvas) -> None:
    canvas.set_looks(True, QSize(6000, 4000))
    assert canvas.close_up() == canvas.lens.part()
    canvas.set_mode("side")
    canvas.actual_at(QPointF(0.25, 0.25))
    part = canvas.close_up()
    assert near(part.center(), QPointF(0.25, 0.25))
    assert part.width() * 6000 == pytest.approx(324)
    canvas.set_mode("split")
    assert canvas.close_up().left() == pytest.approx(0.25, abs=0.001)
    canvas.set_mode("single")
    assert canvas.close_up().isEmpty()


def test_a_smaller_stand_in_counts_as_the_result_it_stands_for(canvas: Canvas) -> None:
    canvas.set_after(plain(BLUE, 600, 400))
    canvas.set_looks(True, QSize(6000, 4000))
    canvas.actual()
    assert canvas.picture_rect().width() * canvas.devicePixelRatioF() == pytest.approx(6000)
    canvas.set_mode("single")
    canvas.show_look(canvas.close_up(), plain(RED))
    assert seen(canvas, canvas.rect().center()) == RED


def test_what_came_in_is_compared_smoothly_not_in_squares(canvas: Canvas) -> None:
    canvas.set_before(halves(30, 20))
    canvas.set_after(plain(BLUE, 600, 400))
    canvas.set_mode("single")
    canvas.actual()
    canvas.compare(True)
    shot, middle = canvas.grab().toImage(), canvas.rect().center()
    found = {shot.pixelColor(middle.x() + x, middle.y()).name() for x in range(-12, 12)}
    assert len(found) > 4, "a soft edge"
