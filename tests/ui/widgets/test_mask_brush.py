"""Painting a mask with the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.ui.widgets.canvas import Canvas
from studio.ui.widgets.mask_bar import MaskBar
from studio.ui.widgets.mask_brush import mask_png

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(648, 448)
    image = QImage(600, 400, QImage.Format.Format_RGB888)
    image.fill(QColor("#808080"))
    canvas.set_before(image)
    canvas.show()
    canvas.brush.set_on(True)
    return canvas


def paint(canvas: Canvas, *path: QPoint, button: Qt.MouseButton = LEFT,
          keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mousePress(canvas, button, keys, path[0])
    for point in path[1:]:
        QTest.mouseMove(canvas, point)
    QTest.mouseRelease(canvas, button, keys, path[-1])


def value(canvas: Canvas, x: int, y: int) -> int:
    """The mask under a point of the canvas, 0 to 255."""
    mask = canvas.brush.mask
    assert mask is not None
    share = canvas.to_share(QPoint(x, y).toPointF())
    height, width = mask.values.shape
    return int(mask.values[int(share.y() * height), int(share.x() * width)])


def test_a_drag_paints_a_stroke(qtbot: QtBot, canvas: Canvas) -> None:
    with qtbot.waitSignal(canvas.brush.painted):
        paint(canvas, QPoint(200, 200), QPoint(300, 200), QPoint(400, 220))
    assert value(canvas, 250, 200) == 255
    assert value(canvas, 250, 300) == 0


def test_what_is_painted_is_tinted(canvas: Canvas) -> None:
    paint(canvas, QPoint(200, 200), QPoint(300, 200))
    canvas.brush.leave()
    shot = canvas.grab().toImage()
    painted, plain = shot.pixelColor(250, 200), shot.pixelColor(250, 330)
    assert painted.red() > painted.green() + 40
    assert plain == QColor("#808080")
    canvas.brush.set_options(is_shown=False)
    assert canvas.grab().toImage().pixelColor(250, 200) == QColor("#808080")


@pytest.mark.parametrize(("button", "keys"), [(RIGHT, Qt.KeyboardModifier.NoModifier),
                                              (LEFT, Qt.KeyboardModifier.AltModifier)])
def test_the_right_button_and_alt_erase(canvas: Canvas, button: Qt.MouseButton,
                                        keys: Qt.KeyboardModifier) -> None:
    canvas.brush.clear()
    canvas.brush.invert()
    paint(canvas, QPoint(200, 200), QPoint(300, 200), button=button, keys=keys)
    assert value(canvas, 250, 200) == 0
    assert value(canvas, 250, 330) == 255


def test_the_brush_keeps_its_size_on_the_screen(canvas: Canvas) -> None:
    canvas.brush.set_options(diameter=40, hardness=1.0)
    for point in (QPoint(324, 224),):
        canvas.transform.zoom_to(2.0)
        canvas._refresh()
        paint(canvas, point)
        assert value(canvas, 324 + 18, 224) == 255
        assert value(canvas, 324 + 24, 224) == 0


def test_keys_change_the_brush(canvas: Canvas) -> None:
    canvas.setFocus()
    before = canvas.brush.diameter
    QTest.keyClick(canvas, Qt.Key.Key_BracketRight)
    assert canvas.brush.diameter > before
    QTest.keyClick(canvas, Qt.Key.Key_BracketLeft)
    assert canvas.brush.diameter == pytest.approx(before)
    QTest.keyClick(canvas, Qt.Key.Key_E)
    assert canvas.brush.is_erasing
    QTest.keyClick(canvas, Qt.Key.Key_I)
    assert value(canvas, 300, 200) == 255
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert not canvas.brush.is_painted


def test_undo_of_strokes(canvas: Canvas) -> None:
    paint(canvas, QPoint(200, 200), QPoint(300, 200))
    paint(canvas, QPoint(200, 300), QPoint(300, 300))
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert value(canvas, 250, 300) == 0
    assert value(canvas, 250, 200) == 255


def test_space_pans_instead_of_painting(canvas: Canvas) -> None:
    canvas.actual()
    canvas.setFocus()
    before = canvas.picture_rect().x()
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    paint(canvas, QPoint(300, 200), QPoint(350, 200))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.picture_rect().x() == pytest.approx(before + 50)
    assert not canvas.brush.is_painted


def test_the_mask_is_a_grey_png_of_the_pictures_size(canvas: Canvas) -> None:
    paint(canvas, QPoint(324, 224), QPoint(330, 224))
    data = mask_png(canvas.brush.image(), QSize(1200, 800))
    image = QImage.fromData(data)
    assert (image.width(), image.height()) == (1200, 800)
    assert image.isGrayscale()
    assert image.depth() == 8
    assert image.pixelColor(600, 400).red() == 255
    assert image.pixelColor(5, 5).red() == 0


def test_a_mask_goes_round_through_its_png(canvas: Canvas) -> None:
    paint(canvas, QPoint(200, 200), QPoint(300, 250))
    before = canvas.brush.image()
    data = mask_png(before, QSize(600, 400))
    canvas.brush.clear()
    canvas.brush.load(QImage.fromData(data))
    assert canvas.brush.image() == before


def test_another_picture_starts_without_a_mask(canvas: Canvas) -> None:
    paint(canvas, QPoint(200, 200), QPoint(300, 200))
    other = QImage(300, 300, QImage.Format.Format_RGB888)
    other.fill(0)
    canvas.set_before(other)
    assert not canvas.brush.is_painted


def test_the_bar_follows_and_leads(qtbot: QtBot, canvas: Canvas) -> None:
    bar = MaskBar(canvas.brush)
    qtbot.addWidget(bar)
    bar.show()
    QTest.mouseClick(bar.erase_button, LEFT)
    assert canvas.brush.is_erasing
    assert not bar.paint_button.isChecked()
    canvas.brush.set_options(is_erasing=False)
    assert bar.paint_button.isChecked()
    assert not bar.undo.isEnabled()
    paint(canvas, QPoint(200, 200), QPoint(300, 200))
    assert bar.undo.isEnabled()
    QTest.mouseClick(bar.clear, LEFT)
    assert not canvas.brush.is_painted
