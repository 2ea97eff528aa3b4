from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.media import colour


def some(seed: int, height: int = 12, width: int = 9) -> np.ndarray:
    return np.random.default_rng(seed).random((height, width, 3), np.float32)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_ycbcr_there_and_back(seed: int) -> None:
    rgb = some(seed)
    assert np.abs(colour.ycbcr_to_rgb(colour.rgb_to_ycbcr(rgb)) - rgb).max() < 1e-5


def test_ycbcr_is_that_of_jpeg() -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (20, 20, 3), dtype=np.uint8)
    theirs = np.asarray(Image.fromarray(rgb).convert("YCbCr")) / 255 - [0, 128 / 255, 128 / 255]
    assert np.abs(colour.rgb_to_ycbcr(rgb.astype(np.float32) / 255) - theirs).max() < 1.2 / 255


def test_keep_colour_takes_brightness_from_one_and_colour_from_the_other() -> None:
    content, styled = some(1) * 0.2 + 0.4, some(2) * 0.2 + 0.4
    made = colour.rgb_to_ycbcr(colour.keep_colour(content, styled))
    assert np.abs(made[..., 0] - colour.rgb_to_ycbcr(styled)[..., 0]).max() < 1e-5
    assert np.abs(made[..., 1:] - colour.rgb_to_ycbcr(content)[..., 1:]).max() < 1e-5
    assert np.abs(colour.keep_colour(content, content) - content).max() < 1e-5


def test_match_colour_gives_mean_and_deviation() -> None:
    content, style = some(1) * 0.3 + 0.1, some(2, 30, 5) * [0.2, 0.3, 0.1] + 0.35
    made = colour.match_colour(content, style.astype(np.float32))
    for mine, theirs in zip(colour.moments(made), colour.moments(style.astype(np.float32)), strict=True):
        assert np.abs(mine - theirs).max() < 0.01


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_flat_pictures(level: float) -> None:
    flat = np.full((4, 4, 3), level, np.float32)
    assert np.isfinite(colour.match_colour(flat, some(1))).all()
    assert np.abs(colour.match_colour(some(1), flat) - level).max() < 1e-6


def test_results_are_colours() -> None:
    for made in (colour.match_colour(some(1), some(2) * 5), colour.keep_colour(some(1), some(2) * 3 - 1)):
        assert made.dtype == np.float32
        assert made.min() >= 0
        assert made.max() <= 1
