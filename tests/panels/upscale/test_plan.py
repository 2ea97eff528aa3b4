"""How big, by which factor, which part."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.errors import StudioError
from studio.panels.upscale.params import UpscaleParams
from studio.panels.upscale.plan import (
    GRID,
    Box,
    crop_box,
    make_plan,
    native_scale,
    target_size,
)


@pytest.mark.parametrize(("params", "size"), [
    ({}, (400, 800)), ({"scale": 2.5}, (250, 500)), ({"scale": 1.0}, (100, 200)),
    ({"by": "pixels", "width": 333}, (166, 333)), ({"by": "pixels", "height": 333}, (333, 666)),
    ({"by": "pixels", "width": 300, "height": 300}, (300, 300)),
    ({"by": "pixels", "width": 50}, (25, 50)),
    ({"by": "print", "print_width": 20.0}, (1181, 2362)),
    ({"by": "print", "print_height": 2.54, "dpi": 600}, (600, 1200)),
    ({"by": "print", "print_width": 29.7, "print_height": 21.0}, (2480, 3508))])
def test_sizes_are_what_was_asked_for(params: dict[str, Any], size: tuple[int, int]) -> None:
    assert target_size(UpscaleParams(**params), 100, 200) == size


def test_no_side_is_ever_below_one_pixel() -> None:
    assert target_size(UpscaleParams(by="pixels", width=3), 1, 3000) == (1, 3)


@pytest.mark.parametrize(("params", "words"), [
    ({"by": "pixels"}, "no size"), ({"by": "print"}, "no size"), ({"scale": 16.0}, "megapixels")])
def test_sizes_that_cannot_be_are_said_in_words(params: dict[str, Any], words: str) -> None:
    with pytest.raises(StudioError, match=words):
        target_size(UpscaleParams(**params), 10_000, 9_000)


@pytest.mark.parametrize(("scales", "factor", "scale"), [
    ((2, 4), 2.0, 2), ((2, 4), 2.01, 2), ((2, 4), 2.1, 4), ((2, 4), 4.0, 4), ((2, 4), 16.0, 4),
    ((2, 4), 0.3, 2), ((1,), 4.0, 1), ((1, 2), 1.0, 1), ((3,), 2.0, 3)])
def test_the_network_reaches_the_factor_or_comes_nearest(scales: tuple[int, ...], factor: float,
                                                         scale: int) -> None:
    assert native_scale(scales, factor) == scale


@pytest.mark.parametrize("text", ["", "1,2,3", "a,b,c,d", "1,2,3,4,5", "0,0,0,5", "300,0,10,10",
                                  "-20,0,10,10"])
def test_a_part_that_is_none_is_said_in_words(text: str) -> None:
    with pytest.raises(StudioError, match=r"part|Part"):
        crop_box(text, 100, 200)


def test_a_part_is_cut_off_at_the_edges() -> None:
    assert crop_box("-5, 90, 20, 50", 100, 200) == Box(90, 0, 100, 15)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 300), st.integers(1, 300), st.floats(1, 8), st.data())
def test_a_part_takes_all_of_the_picture_that_decides_it(height: int, width: int, scale: float,
                                                         data: st.DataObject) -> None:
    left, top = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    params = UpscaleParams(scale=scale, crop=f"{left},{top},40,30")
    plan, margin = make_plan(params, height, width, (2, 4), 5), 5
    for start, stop, low, high, length, size in (
            (plan.part.top, plan.part.bottom, plan.cut.top, plan.cut.bottom, height, plan.target[0]),
            (plan.part.left, plan.part.right, plan.cut.left, plan.cut.right, width, plan.target[1])):
        assert 0 <= low < high <= length
        assert 0 <= start < stop <= size
        assert low % GRID == 0
        ratio = length / size
        assert low <= max(0, start * ratio - margin)
        assert high >= min(length, stop * ratio + margin)
