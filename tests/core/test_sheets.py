"""Sheets: what a line means, and what lies where."""

from __future__ import annotations

from typing import Any

import pytest

from studio.core.errors import StudioError
from studio.core.sheets import Axis, Sheet, axis_settings, cell_at
from studio.panels.image.params import ImageParams

SETTINGS = ImageParams.settings()


@pytest.mark.parametrize(("line", "name", "values", "again"), [
    ("steps=5,10, 20", "steps", (5, 10, 20), "steps=5,10,20"),
    (" guidance = 1.5,2", "guidance", (1.5, 2.0), "guidance=1.5,2"),
    ("prompt=a cat|a dog, asleep", "prompt", ("a cat", "a dog, asleep"), "prompt=a cat|a dog, asleep"),
    ("prompt=a {red|green} cat|a dog", "prompt", ("a {red|green} cat", "a dog"), None),
    ("prompt=a, b|", "prompt", ("a, b",), "prompt=a, b|"), ("negative=|fog", "negative", ("", "fog"), None),
    ("transparent=on,no", "transparent", (True, False), "transparent=on,off"),
    ("seed=0,4294967295", "seed", (0, 4294967295), "seed=0,4294967295"),
    ("variation-seed=1,2", "variation_seed", (1, 2), "variation_seed=1,2"),
    ("aside=-1,-0.71,0.123456789", "aside", (-1.0, -0.71, 0.123456789), None)])
def test_lines(line: str, name: str, values: tuple[Any, ...], again: str | None) -> None:
    axis = Axis.parse(line, SETTINGS)
    assert (axis.name, axis.values) == (name, values)
    assert [type(value) for value in axis.values] == [type(value) for value in values]
    assert Axis.parse(axis.format(), SETTINGS) == axis
    assert again is None or axis.format() == again


@pytest.mark.parametrize(("x", "y", "words"), [
    ("steps", "", "one setting"), ("colour=1", "", "no sheet over 'colour'"), ("steps=", "", "cannot be ''"),
    ("steps=1,b", "", "cannot be 'b'"), ("steps=-1", "", "goes from 0"),
    ("guidance=nan", "", "needs a number"),
    ("sheet_x=1", "", "no sheet"), ("count=1,2", "", "no sheet"), ("transparent=perhaps", "", "cannot be"),
    ("steps=1,2", "steps=3", "two different"), ("seed=" + ",".join("1" * 65), "", "up to 64"),
    ("seed=" + ",".join("1" * 30), "steps=" + ",".join("1" * 30), "900 pictures"),
    ("seed=1.5", "", "cannot be")])
def test_what_is_no_sheet_is_said(x: str, y: str, words: str) -> None:
    with pytest.raises(StudioError) as caught:
        Sheet.parse(x, y, SETTINGS)
    assert words.replace("no sheet", "be no sheet") in caught.value.message


def test_cells_and_their_places() -> None:
    sheet = Sheet.parse("seed=1,2,3", "prompt=a|b", SETTINGS)
    assert sheet
    assert (sheet.columns, sheet.rows) == (3, 2)
    cells = list(sheet.cells())
    assert [(cell.column, cell.row) for cell in cells[:4]] == [(0, 0), (1, 0), (2, 0), (0, 1)]
    assert cells[-1].settings == {"seed": 3, "prompt": "b"}
    facts = {"sheet": sheet.facts() | {"left": 40, "top": 20, "cell_width": 64, "cell_height": 32}}
    assert cell_at(facts, 40 + 2 * 64, 20 + 33) == {"seed": 3, "prompt": "b"}
    assert cell_at(facts, 40, 20) == {"seed": 1, "prompt": "a"}
    beside = (39, 30), (41, 19), (40 + 3 * 64, 30), (41, 20 + 64)
    assert [cell_at(facts, *at) for at in beside] == [None] * 4


def test_one_side_is_enough() -> None:
    sheet = Sheet.parse("", "steps=1,2", SETTINGS)
    assert sheet
    assert [cell.settings for cell in sheet.cells()] == [{"steps": 1}, {"steps": 2}]
    facts = {"sheet": sheet.facts() | {"left": 0, "top": 0, "cell_width": 8, "cell_height": 8}}
    assert cell_at(facts, 3, 12) == {"steps": 2}
    assert Sheet.parse("", " ", SETTINGS) is None


@pytest.mark.parametrize("facts", [{}, {"sheet": None}, {"sheet": {"left": 0}}, {"sheet": {
    "x": "a", "xs": None, "y": "", "ys": [], "left": 0, "top": 0, "cell_width": 0, "cell_height": 1}}])
def test_unsound_facts_are_no_cell(facts: dict[str, Any]) -> None:
    assert cell_at(facts, 1, 1) is None


def test_a_sheet_goes_over_pictures_settings_only() -> None:
    known = axis_settings(SETTINGS)
    assert next(iter(known)) == "seed"
    assert not {"sheet_x", "count", "do"} & set(known)
