"""Layout, padding, sizes, and whole numbers to floats and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engines.style import arrays


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_every_level_survives_the_way_to_floats_and_back(dtype: type) -> None:
    levels = np.arange(np.iinfo(dtype).max + 1, dtype=dtype).reshape(-1, 1, 1)
    assert (arrays.to_pixels(arrays.to_floats(levels), dtype) == levels).all()


def test_what_is_outside_is_clipped() -> None:
    picture = np.array([[[-1.0, 0.5, 7.0]]], np.float32)
    assert arrays.to_pixels(picture, np.uint8).tolist() == [[[0, 128, 255]]]


def test_layout_goes_both_ways() -> None:
    picture = np.random.default_rng(0).random((5, 7, 3), np.float32)
    assert arrays.to_nchw(picture).shape == (1, 3, 5, 7)
    assert (arrays.from_nchw(arrays.to_nchw(picture)) == picture).all()


@given(st.integers(1, 200), st.integers(1, 200), st.sampled_from([1, 4, 8, 16]))
def test_padding_reaches_the_multiple_and_keeps_the_picture(height: int, width: int, multiple: int) -> None:
    picture = np.ones((height, width, 3), np.float32)
    wide = arrays.padded(picture, multiple)
    assert all(side % multiple == 0 and side >= 64 for side in wide.shape[:2])
    assert (wide == 1).all()


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from([1, 8]),
       st.sampled_from([np.uint8, np.uint16]))
def test_planes_are_padded_floats_and_lie_as_networks_take_them(height: int, width: int, multiple: int,
                                                                dtype: type) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (height, width, 3)).astype(dtype)
    made = arrays.planes(pixels, multiple, 16)
    assert np.array_equal(made, arrays.padded(arrays.to_floats(pixels), multiple, 16))
    assert np.shares_memory(arrays.to_nchw(made), made)


@given(st.integers(1, 30000), st.integers(1, 30000), st.integers(64, 1024))
def test_styles_are_seen_at_a_size_a_trunk_can_bear(height: int, width: int, side: int) -> None:
    small = arrays.style_size(np.broadcast_to(np.zeros(1, np.uint8), (height, width, 3)), side)
    assert min(small) >= 64
    assert max(small) <= max(side, 64)


def test_neighbouring_boxes_fit_without_a_seam() -> None:
    picture = np.random.default_rng(1).random((40, 40, 3), np.float32)
    whole = arrays.resized(picture, 160, 160)
    halves = [arrays.resized(picture, 80, 160, (top, 0, top + 20, 40)) for top in (0, 20)]
    assert np.abs(np.concatenate(halves) - whole).max() < 1e-6
