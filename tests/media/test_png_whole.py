"""Whole PNG files in a hurry: any decoder gives the pixels back."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from studio.media.picture import encode_png, read
from studio.media.png_whole import encode


@given(height=st.integers(1, 9), width=st.integers(1, 9), channels=st.sampled_from([1, 2, 3, 4]),
       deep=st.booleans(), seed=st.integers(0, 99))
def test_pixels_come_back(height: int, width: int, channels: int, deep: bool, seed: int) -> None:
    kind = np.uint16 if deep else np.uint8
    rng, shape = np.random.default_rng(seed), (height, width, channels)
    pixels = rng.integers(0, np.iinfo(kind).max, shape, kind, endpoint=True)
    found = read(encode(pixels))
    colours = pixels[..., [0, 0, 0, 1][:channels + 2]] if channels < 3 else pixels
    assert found.pixels.dtype == kind
    assert np.array_equal(found.pixels, colours)


def test_a_plane_is_grey() -> None:
    plane = np.arange(60, dtype=np.uint8).reshape(6, 10)
    with Image.open(io.BytesIO(encode(plane))) as image:
        assert image.mode == "L"
        assert np.array_equal(np.asarray(image), plane)


@pytest.mark.parametrize("level", [1, 3])
def test_what_a_file_says_goes_in_at_every_level(level: int) -> None:
    data = encode_png(np.zeros((4, 5, 3), np.uint8), text={"atelier": "ä"}, level=level)
    assert read(data).text == {"atelier": "ä"}
