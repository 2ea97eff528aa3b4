"""Making sheets, and taking the settings of a cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.core.jobs import Request
from studio.core.sheets import Sheet
from studio.panels.image.params import TASK, VERSION, ImageParams
from studio.panels.image.view_sheet import GRID, SheetMaker, suggested, time_of, told
from studio.panels.image.view_sheet_pick import SheetPicker, Table
from studio.ui.widgets.canvas import Canvas

LEFT = Qt.MouseButton.LeftButton
SHEET: dict[str, Any] = {
    "x": "steps", "xs": [5, 10, 20], "y": "guidance", "ys": [1.0, 3.5], "left": 40, "top": 30,
    "cell_width": 100, "cell_height": 100}
FACTS: dict[str, Any] = {"width": 340, "height": 230, "sheet": SHEET}


def request(**params: Any) -> Request:
    return Request(TASK, VERSION, {**ImageParams().to_json(), **params}, seed=7)


def choices(name: str) -> Sequence[str]:
    return ("image-small", "mine") if name == "model" else ()


@pytest.fixture
def maker(qtbot: QtBot) -> SheetMaker:
    maker = SheetMaker(lambda: request(prompt="a cat"), lambda asked: 2.0 * (asked.params["steps"] or 10),
                       choices)
    qtbot.addWidget(maker)
    maker.show()
    return maker


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(748, 548)
    canvas.show()
    image = QImage(340, 230, QImage.Format.Format_RGB888)
    image.fill(QColor("#808080"))
    canvas.set_after(image)
    return canvas


@pytest.fixture
def picker(canvas: Canvas) -> SheetPicker:
    picker = SheetPicker(canvas)
    picker.show_facts(FACTS)
    return picker


def choose(maker: SheetMaker, name: str, side: str = "across") -> None:
    row = getattr(maker, side)
    row.combo.setCurrentIndex(row.combo.findData(name))
    row.combo.activated.emit(row.combo.currentIndex())


# ---- making


def test_an_empty_maker_says_what_to_do(maker: SheetMaker) -> None:
    assert maker.texts() == ("", "")
    assert not maker.button.isEnabled()
    assert "Choose a setting" in maker.told.text()
    assert not maker.across.values.isVisible()


def test_a_setting_brings_values_and_says_how_many_and_how_long(qtbot: QtBot, maker: SheetMaker) -> None:
    choose(maker, "steps")
    choose(maker, "guidance", "down")
    assert maker.texts() == ("steps=6,12,24,48", "guidance=1,3,5,8")
    assert maker.told.text() == "4 × 4  ·  16 pictures  ·  about 12 min"  # (6+12+24+48)*2*4 = 720 s
    with qtbot.waitSignal(maker.wanted) as heard:
        QTest.mouseClick(maker.button, LEFT)
    assert heard.args == ["steps=6,12,24,48", "guidance=1,3,5,8"]


def test_what_is_wrong_is_said_in_words(maker: SheetMaker) -> None:
    choose(maker, "steps")
    maker.across.values.setText("5,many")
    maker.refresh()
    assert "'many'" in maker.told.text()
    assert not maker.button.isEnabled()
    choose(maker, "steps", "down")
    assert not maker.button.isEnabled()
    maker.across.values.setText("5")
    maker.refresh()
    assert "two different settings" in maker.told.text()


def test_nothing_can_be_asked_while_something_is_made_or_missing(qtbot: QtBot, maker: SheetMaker) -> None:
    choose(maker, "seed")
    assert maker.button.isEnabled()
    maker.set_working(True)
    assert not maker.button.isEnabled()
    empty = SheetMaker(lambda: None, lambda _: None, choices)
    qtbot.addWidget(empty)
    empty.set_texts("steps=1,2", "")
    assert empty.told.text() == "2 × 1  ·  2 pictures"
    assert not empty.button.isEnabled()


def test_a_sheet_comes_back_from_its_texts(maker: SheetMaker) -> None:
    maker.set_texts("prompt=a cat, asleep|a dog", "feather=0,8")
    assert maker.texts() == ("prompt=a cat, asleep|a dog", "feather=0,8")
    maker.set_texts("nonsense=1", "")
    assert maker.texts() == ("", "")


@pytest.mark.parametrize(("name", "values"), [
    ("", ""), ("seed", "7,8,9,10"), ("model", "image-small,mine"), ("prompt", "a cat|"), ("negative", ""),
    ("seamless", "on,off"), ("aside", "-1,-0.71,-0.43,-0.14,0.14,0.43,0.71,1")])
def test_values_to_begin_with(name: str, values: str) -> None:
    assert suggested(name, request(prompt="a cat"), choices(name)) == values
    if values and name != "prompt":
        Sheet.parse(f"{name}={values}", "", ImageParams.settings())  # they are sound


def test_a_time_that_is_not_known_is_not_guessed() -> None:
    sheet = Sheet.parse("steps=5,10", "seed=1,2", ImageParams.settings())
    assert sheet is not None
    asked: list[Request] = []

    def estimate(one: Request) -> float | None:
        asked.append(one)
        return 3.0 if one.params["steps"] == 5 else None

    assert time_of(sheet, request(), estimate) is None
    assert time_of(sheet, request(), lambda one: float(one.params["steps"])) == 30.0
    assert len(asked) == 2  # two seeds take the same time
    assert all("seed" not in one.params for one in asked)


def test_the_grid_is_even_and_ends_at_one() -> None:
    assert len(GRID) == 8
    assert (GRID[0], GRID[-1]) == (-1.0, 1.0)


# ---- taking


@pytest.mark.parametrize("facts", [{}, {"width": 3, "height": 3}, {"width": 3, "height": 3, "sheet": {}},
                                   {"width": 3, "height": 3, "sheet": {"xs": 3, "left": "a"}},
                                   {**FACTS, "width": 0}, {**FACTS, "sheet": {**SHEET, "cell_width": 0}}])
def test_other_pictures_and_unsound_facts_are_no_sheet(facts: dict[str, Any]) -> None:
    assert Table.read(facts) is None


def at(canvas: Canvas, x: float, y: float) -> QPoint:
    """Where a pixel of the sheet lies on the canvas."""
    return canvas.to_point(QPointF(x / 340, y / 230)).toPoint()


def test_a_click_takes_the_settings_of_a_cell(qtbot: QtBot, canvas: Canvas, picker: SheetPicker) -> None:
    heard: list[dict[str, Any]] = []
    picker.taken.connect(heard.append)
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 290, 80))
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 60, 180))
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 20, 80))  # the captions
    assert heard == [{"steps": 20, "guidance": 1.0}, {"steps": 5, "guidance": 3.5}]
    picker.show_facts(None)
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 290, 80))
    assert len(heard) == 2


def test_the_cell_under_the_pointer_lights_up(canvas: Canvas, picker: SheetPicker) -> None:
    QTest.mouseMove(canvas, at(canvas, 20, 20))
    plain = canvas.grab().toImage()
    QTest.mouseMove(canvas, at(canvas, 190, 80))
    lit = canvas.grab().toImage()
    edge = at(canvas, 140, 60)
    assert plain.pixelColor(edge) != lit.pixelColor(edge)
    assert plain.pixelColor(at(canvas, 90, 80)) == lit.pixelColor(at(canvas, 90, 80))


def test_arrows_go_from_cell_to_cell_and_enter_takes(canvas: Canvas, picker: SheetPicker) -> None:
    heard: list[dict[str, Any]] = []
    picker.taken.connect(heard.append)
    canvas.activateWindow()
    picker.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
        QTest.keyClick(picker, key)
    assert picker.accessibleDescription() == "Steps 10  ·  Guidance 3.5"
    QTest.keyClick(picker, Qt.Key.Key_Return)
    assert heard == [{"steps": 10, "guidance": 3.5}]


def test_a_sheet_with_one_side_only(canvas: Canvas, picker: SheetPicker) -> None:
    facts = {**FACTS, "sheet": {**SHEET, "y": "", "ys": []}}
    table = Table.read(facts)
    assert table is not None
    assert (table.columns, table.rows) == (3, 1)
    assert table.settings(2, 0) == {"steps": 20}


def test_settings_are_told_as_a_person_says_them() -> None:
    assert told({"seed": 3, "seamless": True}) == "Seed 3  ·  Seamless tile on"
