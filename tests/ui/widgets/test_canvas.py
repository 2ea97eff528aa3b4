"""The canvas: zoom, pan, compare, large pictures, and a view that never jumps."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt, QThreadPool
from PySide6.QtGui import QColor, QImage, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studio.ui import theme
from studio.ui.widgets.canvas import Canvas
from studio.ui.widgets.canvas_actions import CanvasActions
from studio.ui.widgets.canvas_levels import build
from studio.ui.widgets.canvas_transform import HIGHEST_ZOOM, Transform

RED, BLUE = QColor("#cc2020"), QColor("#2040cc")


def filled(color: QColor, width: int = 300, height: int = 200, *, alpha: bool = False) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGBA8888 if alpha else QImage.Format.Format_RGB888)
    image.fill(color)
    return image


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(648, 448)
    canvas.show()
    return canvas


def seen(canvas: Canvas, x: float, y: float) -> QColor:
    shot = canvas.grab().toImage()
    ratio = shot.devicePixelRatio()
    return shot.pixelColor(round(x * ratio), round(y * ratio))


def wheel(widget: QWidget, at: QPointF, notches: int, modifiers: Qt.KeyboardModifier) -> None:
    QApplication.sendEvent(widget, QWheelEvent(
        at, widget.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False))


def near(first: QPointF, second: QPointF, within: float = 0.51) -> bool:
    return abs(first.x() - second.x()) < within and abs(first.y() - second.y()) < within


# ---- arithmetic


def transform(width: float, height: float, ratio: float = 1.0) -> Transform:
    result = Transform()
    result.set_viewport(QSizeF(648, 448), ratio)
    result.set_picture(QSizeF(width, height))
    return result


@pytest.mark.parametrize("size", [(6000, 4000), (300, 200), (1, 1), (30000, 1), (1, 30000)])
def test_fit_shows_all_of_it(size: tuple[int, int]) -> None:
    fitted = transform(*size)
    assert QRectF(0, 0, 648, 448).contains(fitted.rect())
    assert near(fitted.rect().center(), QPointF(324, 224))


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_actual_size_is_one_pixel_for_one_pixel_on_any_screen(ratio: float) -> None:
    sharp = transform(1000, 500, ratio)
    sharp.actual()
    assert sharp.rect().width() * ratio == pytest.approx(1000)


def test_zooming_keeps_the_point_under_the_pointer() -> None:
    view = transform(6000, 4000)
    at = QPointF(400, 300)
    for zoom in (0.2, 1.0, 4.0, 0.5):
        before = view.to_share(at)
        view.zoom_to(zoom, at)
        after = view.to_share(at)
        assert after.x() == pytest.approx(before.x())
        assert after.y() == pytest.approx(before.y())


def test_zoom_has_limits() -> None:
    view = transform(300, 200)
    view.zoom_to(1000)
    assert view.zoom == HIGHEST_ZOOM
    view.zoom_to(0)
    assert view.rect().width() > 10


def test_a_picture_cannot_be_lost() -> None:
    view = transform(300, 200)
    view.pan(QPointF(1e6, -1e6))
    assert QRectF(0, 0, 648, 448).adjusted(-1, -1, 1, 1).intersects(view.rect())


def test_another_resolution_of_the_same_scene_stays_in_place() -> None:
    view = transform(6000, 4000)
    view.zoom_to(0.5, QPointF(100, 50))
    view.pan(QPointF(-30, 20))
    before = view.rect()
    view.set_picture(QSizeF(768, 512))
    assert near(view.rect().topLeft(), before.topLeft())
    assert view.rect().width() == pytest.approx(before.width())


# ---- levels


def test_the_level_drawn_has_a_pixel_for_every_pixel_of_the_screen() -> None:
    levels = build(filled(RED, 4000, 2000))
    assert levels.images[-1].width() <= 256
    for zoom in (0.05, 0.2, 0.25, 0.3, 0.9, 1.0, 4.0):
        best = levels.best(zoom)
        assert best.width() >= min(4000 * zoom, 4000)
        assert best.width() == 4000 or best.width() <= 4000 * zoom * 2.01


def test_a_large_picture_is_prepared_off_the_ui_thread(qtbot: QtBot, canvas: Canvas) -> None:
    with qtbot.waitSignal(canvas.shown, timeout=10_000):
        canvas.set_before(filled(RED, 2600, 1600))
        assert canvas.before is None
    assert canvas.before is not None
    assert seen(canvas, 324, 224) == RED


def test_of_two_large_pictures_the_newer_one_wins(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.set_before(filled(RED, 2600, 1600))
    canvas.set_before(filled(BLUE, 300, 200))
    QThreadPool.globalInstance().waitForDone()
    QTest.qWait(20)
    assert canvas.before is not None
    assert canvas.before.size.width() == 300


# ---- looks


def test_neutral_grey_without_a_picture(canvas: Canvas) -> None:
    assert seen(canvas, 10, 10) == QColor(theme.current().canvas)
    assert canvas.accessibleDescription() == "No picture yet"


def test_transparency_shows_a_checkerboard(canvas: Canvas) -> None:
    canvas.set_before(filled(QColor(0, 0, 0, 0), alpha=True))
    rect = canvas.picture_rect()
    shot = canvas.grab().toImage()
    colors = {shot.pixelColor(int(rect.x()) + x, int(rect.y()) + 2).name() for x in range(2, 60)}
    assert colors == {theme.current().canvas.lower(), theme.current().check.lower()}


def test_the_result_covers_the_photo_and_c_shows_it_again(canvas: Canvas) -> None:
    canvas.set_before(filled(RED))
    canvas.set_after(filled(BLUE))
    assert seen(canvas, 324, 224) == BLUE
    canvas.setFocus()
    QTest.keyPress(canvas, Qt.Key.Key_C)
    assert seen(canvas, 324, 224) == RED
    QTest.keyRelease(canvas, Qt.Key.Key_C)
    assert seen(canvas, 324, 224) == BLUE


def test_a_preview_of_any_size_lies_where_the_picture_lies(canvas: Canvas) -> None:
    canvas.set_before(filled(RED, 1200, 800))
    wheel(canvas, QPointF(200, 200), 5, Qt.KeyboardModifier.ControlModifier)
    before = canvas.picture_rect()
    canvas.set_preview(filled(BLUE, 256, 171))
    assert canvas.picture_rect() == before
    assert seen(canvas, 324, 224) == BLUE
    canvas.set_after(filled(RED, 600, 400))
    assert canvas.preview is None
    assert near(canvas.picture_rect().topLeft(), before.topLeft())


# ---- compare


def test_split_shows_before_left_and_after_right(canvas: Canvas) -> None:
    canvas.set_before(filled(RED))
    canvas.set_after(filled(BLUE))
    canvas.set_mode("split")
    assert canvas.split.isVisible()
    assert seen(canvas, 270, 224) == RED
    assert seen(canvas, 380, 224) == BLUE


def test_the_split_is_dragged_and_moved_with_keys(canvas: Canvas) -> None:
    canvas.set_before(filled(RED))
    canvas.set_after(filled(BLUE))
    canvas.set_mode("split")
    start = canvas.split.geometry().center()
    QTest.mousePress(canvas.split, Qt.MouseButton.LeftButton)
    QTest.mouseMove(canvas.split, canvas.split.mapFrom(canvas, start - QPoint(100, 0)))
    QTest.mouseRelease(canvas.split, Qt.MouseButton.LeftButton)
    assert canvas.split.line() == pytest.approx(start.x() - 100, abs=3)
    at = canvas.split.value()
    canvas.split.setFocus()
    QTest.keyClick(canvas.split, Qt.Key.Key_Right)
    assert canvas.split.value() == at + 10


def test_side_by_side_moves_together(canvas: Canvas) -> None:
    canvas.set_before(filled(RED))
    canvas.set_after(filled(BLUE))
    canvas.set_mode("side")
    assert seen(canvas, 162, 224) == RED
    assert seen(canvas, 486, 224) == BLUE
    left = canvas.to_share(QPointF(162, 224))
    right = canvas.to_share(QPointF(486, 224))
    assert near(left, right, 1e-9)
    wheel(canvas, QPointF(486, 224), 3, Qt.KeyboardModifier.ControlModifier)
    assert near(canvas.to_share(QPointF(486, 224)), right, 1e-9)


def test_without_a_result_there_is_nothing_to_split(canvas: Canvas) -> None:
    canvas.set_before(filled(RED))
    canvas.set_mode("split")
    assert not canvas.split.isVisible()


# ---- hands


def test_keys_fit_and_zoom(canvas: Canvas) -> None:
    canvas.set_before(filled(RED, 1200, 800))
    canvas.setFocus()
    assert not canvas.is_zoom_shown
    fitted = canvas.transform.zoom
    QTest.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.transform.zoom == 1.0
    assert canvas.is_zoom_shown
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.transform.zoom == pytest.approx(1.25)
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.transform.zoom == fitted
    assert canvas.transform.is_fit


def test_ctrl_wheel_zooms_at_the_pointer_and_wheel_pans(canvas: Canvas) -> None:
    canvas.set_before(filled(RED, 1200, 800))
    at = QPointF(500, 100)
    fixed = canvas.to_share(at)
    wheel(canvas, at, 4, Qt.KeyboardModifier.ControlModifier)
    assert near(canvas.to_share(at), fixed, 1e-6)
    top = canvas.picture_rect().y()
    wheel(canvas, at, 1, Qt.KeyboardModifier.NoModifier)
    assert canvas.picture_rect().y() == pytest.approx(top + 60)


def test_pinch_zooms(canvas: Canvas) -> None:
    canvas.set_before(filled(RED, 1200, 800))
    before = canvas.transform.zoom
    device = QPointingDevice.primaryPointingDevice()
    event = QNativeGestureEvent(Qt.NativeGestureType.ZoomNativeGesture, device, 2, QPointF(300, 200),
                                QPointF(300, 200), QPointF(300, 200), 0.5, QPointF())
    QApplication.sendEvent(canvas, event)
    assert canvas.transform.zoom == pytest.approx(before * 1.5)


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton])
def test_dragging_pans(canvas: Canvas, button: Qt.MouseButton) -> None:
    canvas.set_before(filled(RED, 1200, 800))
    canvas.actual()
    before = canvas.picture_rect().topLeft()
    QTest.mousePress(canvas, button, pos=QPoint(300, 200))
    QTest.mouseMove(canvas, QPoint(340, 230))
    QTest.mouseRelease(canvas, button, pos=QPoint(340, 230))
    assert near(canvas.picture_rect().topLeft() - before, QPointF(40, 30))


def test_arrow_keys_pan(canvas: Canvas) -> None:
    canvas.set_before(filled(RED, 1200, 800))
    canvas.actual()
    before = canvas.picture_rect().topLeft()
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.picture_rect().x() > before.x()


def test_resizing_keeps_a_fitted_picture_fitted(canvas: Canvas) -> None:
    canvas.set_before(filled(RED, 1200, 800))
    canvas.resize(400, 300)
    assert QRectF(canvas.rect()).contains(canvas.picture_rect())


def test_a_screen_reader_hears_what_is_shown(canvas: Canvas) -> None:
    canvas.set_before(filled(RED, 1200, 800))
    canvas.actual()
    assert canvas.accessibleDescription() == "Original, 1200 by 800 pixels, at 100 %"


def test_single_keys_never_fight_with_typing(qtbot: QtBot) -> None:
    window, canvas = QWidget(), Canvas()
    qtbot.addWidget(window)
    layout, line = QVBoxLayout(window), QLineEdit()
    layout.addWidget(line)
    layout.addWidget(canvas)
    actions = CanvasActions(canvas)
    window.addActions(actions.all())
    canvas.set_before(filled(RED, 1200, 800))
    window.show()
    window.activateWindow()
    line.setFocus()
    QTest.keyClicks(line, "100-")
    assert line.text() == "100-"
    assert canvas.transform.is_fit


def test_actions_follow_the_canvas(canvas: Canvas) -> None:
    actions = CanvasActions(canvas)
    assert not actions.fit.isEnabled()
    canvas.set_before(filled(RED))
    canvas.set_after(filled(BLUE))
    assert actions.fit.isEnabled()
    actions.split.trigger()
    assert canvas.mode == "split"
    actions.side.trigger()
    assert canvas.mode == "side"
    assert not actions.split.isChecked()
    actions.side.trigger()
    assert canvas.mode == "single"


def test_the_keyboards_focus_is_seen(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.activateWindow()
    qtbot.waitUntil(canvas.isActiveWindow)
    canvas.clearFocus()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert canvas.has_ring
    assert seen(canvas, 1, 200) == QColor(theme.current().accent)
    canvas.clearFocus()
    canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not canvas.has_ring


# ---- clicks


def test_a_click_says_where_a_drag_does_not(canvas: Canvas) -> None:
    canvas.set_before(filled(RED))
    heard: list[QPointF] = []
    canvas.clicked.connect(heard.append)
    rect = canvas.picture_rect()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=(rect.topLeft() + QPointF(30, 20)).toPoint())
    assert near(heard[0], QPointF(30 / rect.width(), 20 / rect.height()), 0.01)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(canvas, QPoint(160, 100))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(160, 100))
    canvas.set_mode("lens")
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    canvas.set_mode("single")
    canvas.brush.set_on(True)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    assert len(heard) == 1
