"""Masks: their edges, and that what they leave out stays to the bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.media.masking import Margins, box, covered, extended, laid_over, of_picture, shaped, sized

SPOT = np.zeros((21, 31), np.float32)
SPOT[10, 15] = 1


def test_a_picture_as_mask_counts_lightness_times_opacity() -> None:
    pixels = np.array([[[255, 255, 255, 255], [255, 255, 255, 51], [0, 0, 0, 255]]], np.uint8)
    assert of_picture(pixels) == pytest.approx(np.array([[1, 0.2, 0]]))
    deep = np.full((2, 2, 3), 65535, np.uint16)
    assert (of_picture(deep) == 1).all()


def test_nothing_wanted_leaves_greys() -> None:
    grey = np.linspace(0, 1, 12, dtype=np.float32).reshape(3, 4)
    assert (shaped(grey) == grey).all()
    assert shaped(grey, invert=True) == pytest.approx(1 - grey)


def test_growing_is_round_and_shrinking_takes_it_back() -> None:
    grown = shaped(SPOT, grow=5)
    y, x = np.mgrid[:21, :31]
    assert ((grown == 1) == (np.hypot(y - 10, x - 15) <= 5)).all()
    assert set(np.unique(grown)) == {0, 1}
    assert shaped(grown, grow=-4).sum() < grown.sum() / 4
    assert not shaped(SPOT, grow=-3).any()


def test_the_edge_of_the_picture_is_no_edge_of_a_mask() -> None:
    left = np.zeros((9, 20), np.float32)
    left[:, :10] = 1
    assert (shaped(left, grow=-3)[:, :7] == 1).all()
    assert not shaped(left, grow=-3)[:, 7:].any()


def test_feathering_falls_outwards_only() -> None:
    soft = shaped(SPOT, grow=2, feather=4)
    line = soft[10, 15:]
    assert (line[:3] == 1).all()
    assert (np.diff(line[2:8]) < 0).all()
    assert not line[7:].any()
    assert (shaped(np.ones((4, 4), np.float32), feather=9) == 1).all()
    assert not shaped(np.zeros((4, 4), np.float32), feather=9).any()


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [3, 4])
def test_outside_the_mask_every_bit_stays(dtype: type, channels: int) -> None:
    chance = np.random.default_rng(0)
    pixels = chance.integers(0, np.iinfo(dtype).max, (21, 31, channels), dtype)
    painted = chance.integers(0, 255, (21, 31, 4), np.uint8)
    painted[..., 3] = 255
    mask = shaped(SPOT, grow=2, feather=3)
    made = laid_over(pixels, painted, mask)
    assert made.dtype == dtype
    assert made.shape == pixels.shape
    assert (made[mask == 0] == pixels[mask == 0]).all()
    full = np.iinfo(dtype).max // 255
    assert (made[mask == 1] == (painted[mask == 1].astype(int) * full)[..., :channels]).all()
    assert (laid_over(pixels, painted, np.zeros_like(mask)) == pixels).all()


def test_transparent_paint_goes_on_white_where_there_is_no_opacity() -> None:
    clear = np.zeros((2, 2, 4), np.uint8)
    ones = np.ones((2, 2), np.float32)
    assert (laid_over(np.zeros((2, 2, 3), np.uint8), clear, ones) == 255).all()
    assert (laid_over(np.full((2, 2, 4), 9, np.uint8), clear, ones)[..., 3] == 0).all()


def test_room_around_a_picture_is_masked_and_coloured_like_its_edges() -> None:
    pixels = np.full((6, 8, 3), (200, 10, 10), np.uint8)
    wide, mask = extended(pixels, None, Margins(4, 0, 2, 3))
    assert wide.shape == (9, 14, 3)
    assert (wide[:6, 4:12] == pixels).all()
    assert not mask[:6, 4:12].any()
    assert mask.sum() == 9 * 14 - 6 * 8
    assert np.abs(wide.astype(int) - (200, 10, 10)).max() < 12
    clear, _ = extended(np.full((3, 3, 4), 255, np.uint8), None, Margins(right=2))
    assert not clear[:, 3:, 3].any()
    both = extended(pixels, np.ones((6, 8), np.float32), Margins(top=1))[1]
    assert (both == 1).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 20), st.integers(0, 30))
def test_a_scaled_mask_covers_all_of_it(height: int, width: int, y: int, x: int) -> None:
    spot = np.zeros((21, 31), np.float32)
    spot[y, x] = 0.01
    found = covered(spot, height, width)
    assert found.shape == (height, width)
    assert found[(2 * y + 1) * height // 42, (2 * x + 1) * width // 62]
    assert not covered(np.zeros((4, 4), np.float32), height, width).any()


def test_boxes_and_sizes() -> None:
    assert box(SPOT) == (slice(10, 11), slice(15, 16))
    assert box(np.zeros((4, 4), np.float32)) == (slice(0, 0), slice(0, 0))
    assert sized(SPOT, 42, 62).shape == (42, 62)
    assert not Margins()
    assert Margins(bottom=1)
