"""Painting beyond the edges: numbers, and handles on the canvas."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.panels.image.view_extend import MOST, NONE, ExtendBox, read
from studio.panels.image.view_extend_handles import ExtendHandles, around
from studio.ui.widgets.canvas import Canvas

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def box(qtbot: QtBot) -> ExtendBox:
    box = ExtendBox()
    qtbot.addWidget(box)
    box.set_picture(QSize(400, 300))
    box.show()
    return box


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(848, 648)
    canvas.set_before(picture())
    canvas.show()
    return canvas


@pytest.fixture
def handles(canvas: Canvas, box: ExtendBox) -> ExtendHandles:
    made = ExtendHandles(canvas, box)
    box.button.click()
    return made


def picture() -> QImage:
    image = QImage(400, 300, QImage.Format.Format_RGB888)
    image.fill(QColor("#808080"))
    return image


def drag(handle: object, by: QPoint) -> None:
    from studio.panels.image.view_extend_handles import EdgeHandle

    assert isinstance(handle, EdgeHandle)
    middle = handle.rect().center()
    QTest.mousePress(handle, LEFT, pos=middle)
    QTest.mouseMove(handle, middle + by)
    QTest.mouseRelease(handle, LEFT, pos=middle)


@pytest.mark.parametrize(("text", "edges"), [
    ("8,16,24,32", (8, 16, 24, 32)), (" 8 , 0,0,0", (8, 0, 0, 0)), ("", NONE), ("1,2,3", NONE),
    ("a,b,c,d", NONE), ("-8,0,0,0", NONE), ("99999,0,0,0", (MOST, 0, 0, 0)), ("1e9,0,0,0", NONE)])
def test_a_setting_is_read_or_is_none(text: str, edges: tuple[int, int, int, int]) -> None:
    assert read(text) == edges


def test_without_a_picture_nothing_goes_on(qtbot: QtBot) -> None:
    box = ExtendBox()
    qtbot.addWidget(box)
    box.set_value("8,0,0,0")
    assert not box.button.isEnabled()
    assert box.value() == ""
    box.set_picture(QSize(10, 10))
    assert box.value() == "8,0,0,0"  # the numbers of a draft wait for their picture


def test_numbers_say_how_large_it_will_be(qtbot: QtBot, box: ExtendBox) -> None:
    with qtbot.waitSignal(box.changed):
        box.numbers[2].setValue(128)
    assert box.value() == "0,0,128,0"
    assert "528 × 300" in box.result.text()


def test_handles_are_there_only_while_they_are_wanted(canvas: Canvas, handles: ExtendHandles,
                                                      box: ExtendBox) -> None:
    assert all(handle.isVisible() for handle in handles.handles)
    canvas.set_after(picture())
    assert not any(handle.isVisible() for handle in handles.handles)
    canvas.set_after(None)
    box.button.click()
    assert not handles.frame.isVisible()


@pytest.mark.parametrize(("side", "by", "grows"), [
    (0, QPoint(-40, 0), True), (1, QPoint(0, -40), True), (2, QPoint(40, 0), True), (3, QPoint(0, 40), True),
    (0, QPoint(40, 0), False), (3, QPoint(0, -40), False)])
def test_edges_are_pulled_outwards(handles: ExtendHandles, box: ExtendBox, side: int, by: QPoint,
                                   grows: bool) -> None:
    drag(handles.handles[side], by)
    wanted = round(40 / handles.frame.scale() / 8) * 8 if grows else 0
    assert box.edges == tuple(wanted if at == side else 0 for at in range(4))
    assert not grows or wanted > 0


@pytest.mark.parametrize(("side", "out", "back"), [
    (0, Qt.Key.Key_Left, Qt.Key.Key_Right), (1, Qt.Key.Key_Up, Qt.Key.Key_Down),
    (2, Qt.Key.Key_Right, Qt.Key.Key_Left), (3, Qt.Key.Key_Down, Qt.Key.Key_Up)])
def test_arrow_keys_move_an_edge_where_they_point(handles: ExtendHandles, box: ExtendBox, side: int,
                                                  out: Qt.Key, back: Qt.Key) -> None:
    for key in (out, out, back):
        QTest.keyClick(handles.handles[side], key)
    assert box.edges[side] == 8


def test_a_handle_lies_on_its_edge_and_there_is_room_to_pull(canvas: Canvas, handles: ExtendHandles,
                                                             box: ExtendBox) -> None:
    box.drag((0, 0, 300, 0))
    handles.make_room()
    outer = handles.frame.outer()
    assert canvas.rect().toRectF().contains(outer)
    assert abs(handles.handles[2].geometry().center().x() - outer.right()) <= 1
    assert abs(outer.width() / canvas.picture_rect().width() - 1.75) < 0.01


def test_what_will_be_painted_is_tinted_and_the_picture_is_not(canvas: Canvas, handles: ExtendHandles,
                                                               box: ExtendBox) -> None:
    box.drag((0, 0, 200, 0))
    shot = canvas.grab().toImage()
    inner = canvas.picture_rect()
    assert shot.pixelColor(inner.center().toPoint()) == QColor("#808080")
    beyond = shot.pixelColor(round(inner.right()) + 40, round(inner.top()) + 30)
    assert beyond.red() > beyond.blue() + 15


def test_the_room_around_is_covered_once() -> None:
    parts = around(QRectF(10, 10, 20, 20), QRectF(0, 5, 50, 40))
    assert sum(part.width() * part.height() for part in parts) == 50 * 40 - 20 * 20
