"""The mask by itself: dabs, erasing, undo. No Qt."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.ui.widgets.mask import LONGEST, Brush, Mask

points = st.tuples(st.floats(-40, 140), st.floats(-40, 140))


def stroke(mask: Mask, *path: tuple[float, float], brush: Brush) -> bool:
    mask.begin()
    for start, end in zip(path, path[1:] or path, strict=False):
        mask.line(start, end, brush)
    return mask.end()


def test_it_keeps_the_shape_of_the_picture() -> None:
    assert Mask(6000, 4000).values.shape == (1365, LONGEST)
    assert Mask(1, 1).values.shape == (1, 1)
    assert Mask(30000, 1).values.shape == (1, LONGEST)


def test_a_hard_dab_is_a_disc() -> None:
    mask = Mask(100, 100)
    assert stroke(mask, (50, 50), (50, 50), brush=Brush(20, 1.0))
    area = (mask.values > 127).sum()
    assert area == pytest.approx(np.pi * 20**2, rel=0.05)
    assert mask.values[50, 50] == 255
    assert mask.values[50, 75] == 0


def test_a_soft_dab_falls_smoothly() -> None:
    mask = Mask(100, 100)
    stroke(mask, (50, 50), (50, 50), brush=Brush(30, 0.0))
    row = mask.values[50, 50:85].astype(int)
    assert (np.diff(row) <= 0).all()
    assert len(set(row)) > 15


def test_a_stroke_has_no_gaps() -> None:
    mask = Mask(200, 50)
    stroke(mask, (10, 25), (190, 25), brush=Brush(3, 1.0))
    assert (mask.values[25, 10:190] == 255).all()


def test_painting_twice_is_painting_once() -> None:
    mask = Mask(100, 100)
    stroke(mask, (20, 20), (80, 80), brush=Brush(10, 0.2))
    once = mask.values.copy()
    stroke(mask, (20, 20), (80, 80), brush=Brush(10, 0.2))
    assert (mask.values == once).all()


def test_erasing_and_inverting() -> None:
    mask = Mask(100, 100)
    mask.invert()
    assert mask.values.min() == 255
    stroke(mask, (50, 50), (50, 50), brush=Brush(10, 1.0, is_eraser=True))
    assert mask.values[50, 50] == 0
    assert mask.values[0, 0] == 255
    mask.clear()
    assert mask.is_empty


def test_outside_the_picture_nothing_happens() -> None:
    mask = Mask(50, 50)
    assert not stroke(mask, (-100, -100), (-90, -90), brush=Brush(5))
    assert mask.is_empty
    assert not mask.can_undo


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(points, points, st.floats(0.5, 60), st.floats(0, 1), st.booleans()), max_size=6))
def test_undo_takes_back_exactly_what_was_done(strokes: list[tuple[tuple[float, float], tuple[float, float],
                                                                   float, float, bool]]) -> None:
    mask = Mask(100, 80)
    states = [mask.values.copy()]
    for start, end, radius, hardness, is_eraser in strokes:
        if stroke(mask, start, end, brush=Brush(radius, hardness, is_eraser)):
            states.append(mask.values.copy())
    for expected in reversed(states[:-1]):
        assert mask.undo() is not None
        assert (mask.values == expected).all()
    assert mask.undo() is None


def test_loading_skips_the_padding_of_rows() -> None:
    mask = Mask(3, 2)
    mask.load(bytes([1, 2, 3, 99, 4, 5, 6, 99]), 4)
    assert mask.values.tolist() == [[1, 2, 3], [4, 5, 6]]
