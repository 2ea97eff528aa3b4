from __future__ import annotations

import numpy as np
import pytest

from studio.media.checks import check_picture
from tests.media.pictures import gradient


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_pictures_pass(dtype: type) -> None:
    top = 1 if dtype is np.float32 else np.iinfo(dtype).max
    for channels in (1, 3, 4):
        assert check_picture((gradient(channels=channels) / 255 * top).astype(dtype)) is None
    assert check_picture(np.eye(4, dtype=dtype) * top) is None
    assert check_picture(np.zeros((1, 1, 3), dtype)) is None


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_not_a_number(bad: float) -> None:
    picture = gradient().astype(np.float32)
    picture[3, 4, 1] = bad
    assert check_picture(picture) == "not a number"


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_black_and_flat(dtype: type) -> None:
    assert check_picture(np.zeros((5, 5, 3), dtype)) == "all black"
    flat = np.ones((5, 5, 4), dtype) * np.array([200, 100, 50, 0]).astype(dtype)
    flat[2, 2, 3] = 1  # opacity is no colour
    assert check_picture(flat) == "flat colour"


def test_one_different_pixel_is_enough() -> None:
    picture = np.full((50, 50, 3), 9, np.uint8)
    picture[49, 1, 2] = 10
    assert check_picture(picture) is None
