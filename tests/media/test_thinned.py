"""A look at a picture while its rows come."""

from __future__ import annotations

import numpy as np
import pytest

from studio.media.thinned import Thinned, places, sampled


@pytest.mark.parametrize("step", [1, 7, 100])
def test_rows_land_where_the_whole_would_put_them(step: int) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (100, 60, 3)).astype(np.uint8)
    seen = Thinned(np.zeros((30, 20, 3), np.uint8), (100, 60))
    for top in range(0, 100, step):
        seen.add(picture[top:top + step])
    assert (seen.pixels == sampled(picture, places(30, 100), places(20, 60))).all()


def test_what_did_not_come_yet_shows_what_was_there() -> None:
    seen = Thinned(np.full((10, 10, 3), 9, np.uint8), (20, 20))
    seen.add(np.zeros((10, 20, 3), np.uint8))
    assert (seen.pixels[:5] == 0).all()
    assert (seen.pixels[5:] == 9).all()


def test_grey_and_16_bits_come_as_bytes_and_colours() -> None:
    seen = Thinned(np.zeros((2, 2, 4), np.uint8), (4, 4))
    grey = np.full((4, 4, 2), 65535, np.uint16)
    grey[..., 0] = 0x8000
    seen.add(grey)
    assert (seen.pixels == [128, 128, 128, 255]).all()
