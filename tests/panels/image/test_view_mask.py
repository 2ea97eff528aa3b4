"""The brush of the Image panel, and the edge of what it marks."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.panels.image.view_mask import MaskBox, MaskTint, edged
from studio.ui.widgets.canvas import Canvas

LEFT = Qt.MouseButton.LeftButton
SECONDS = 60_000
"""Milliseconds that anything may take on a busy machine."""
GREY = QColor("#808080")


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(648, 448)
    image = QImage(600, 400, QImage.Format.Format_RGB888)
    image.fill(GREY)
    canvas.set_before(image)
    canvas.show()
    return canvas


@pytest.fixture
def box(qtbot: QtBot, canvas: Canvas) -> MaskBox:
    box = MaskBox(canvas)
    qtbot.addWidget(box)
    box.show()
    MaskTint(canvas, box)
    return box


def stroke(canvas: Canvas) -> None:
    canvas.brush.set_options(diameter=40, hardness=1.0)
    QTest.mousePress(canvas, LEFT, pos=QPoint(200, 224))
    QTest.mouseMove(canvas, QPoint(300, 224))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(300, 224))
    canvas.brush.leave()


def is_tinted(canvas: Canvas, x: int, y: int) -> bool:
    color = canvas.grab().toImage().pixelColor(x, y)
    return color.red() > color.green() + 10


def test_the_edge_is_set_once_there_is_one(canvas: Canvas, box: MaskBox) -> None:
    assert not box.fields["grow"].isVisible()
    assert box.button.text() == "Paint anew only a part…"
    QTest.mouseClick(box.button, LEFT)
    assert canvas.brush.is_on
    assert box.fields["grow"].isVisible()
    stroke(canvas)
    QTest.mouseClick(box.button, LEFT)
    assert box.fields["grow"].isVisible()
    assert box.button.text() == "Anew only where marked"
    canvas.brush.undo()
    assert not box.fields["grow"].isVisible()


def test_settings_go_in_and_out(qtbot: QtBot, box: MaskBox) -> None:
    box.set_values({"grow": -12, "feather": 300, "invert": True, "steps": 9})
    assert box.values() == {"grow": -12, "feather": 300, "invert": True}
    with qtbot.waitSignal(box.changed):
        box.fields["grow"].changed.emit()


def test_the_canvas_shows_what_will_be_painted_not_only_what_was_marked(qtbot: QtBot, canvas: Canvas,
                                                                        box: MaskBox) -> None:
    QTest.mouseClick(box.button, LEFT)
    stroke(canvas)
    assert is_tinted(canvas, 250, 224)
    assert not is_tinted(canvas, 250, 264)
    box.set_values({"grow": 40})
    box.changed.emit()
    qtbot.waitUntil(lambda: is_tinted(canvas, 250, 264), timeout=SECONDS)  # scipy is imported first
    box.set_values({"grow": 0, "invert": True})
    box.changed.emit()
    qtbot.waitUntil(lambda: is_tinted(canvas, 250, 380) and not is_tinted(canvas, 250, 224), timeout=SECONDS)
    box.set_values({"invert": False})
    box.changed.emit()
    qtbot.waitUntil(lambda: is_tinted(canvas, 250, 224) and not is_tinted(canvas, 250, 380), timeout=SECONDS)


def test_settings_count_in_pixels_of_the_picture() -> None:
    mask = np.zeros((200, 300), np.uint8)
    mask[90:110, 100:200] = 255
    found = edged(mask, 0.5, {"grow": 40, "feather": 0, "invert": False})  # half its pixels: 20 rows here
    assert found[75, 150] > 200
    assert found[60, 150] == 0
    soft = edged(mask, 0.5, {"grow": 0, "feather": 40, "invert": False})
    assert 20 < soft[80, 150] < 235
    assert edged(mask, 1.0, {"grow": 0, "feather": 0, "invert": True})[100, 150] == 0
