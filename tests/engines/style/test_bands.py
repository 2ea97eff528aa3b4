"""Two bands in one picture: the small painting's look, the tile's detail, and no seam."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engines.style.arrays import area_resized
from studio.engines.style.bands import Window, merged, reach

RNG = np.random.default_rng(3)


def test_scaled_down_it_is_the_small_painting_again() -> None:
    y, x = np.mgrid[0:30, 0:40] / 6
    low = np.stack([np.sin(x), np.cos(y), np.sin(x + y)], 2).astype(np.float32)
    tile = RNG.random((180, 240, 3)).astype(np.float32)
    whole = Window(0, 180, 0, 240)
    result = merged(tile, whole, whole, low, (180, 240))
    far = np.abs(area_resized(tile, 30, 40) - low).mean()
    assert np.abs(area_resized(result, 30, 40) - low).mean() < 0.05 * far


def test_detail_comes_from_the_tile() -> None:
    y, x = np.mgrid[0:160, 0:160]
    checks = np.repeat((((y // 2 + x // 2) % 2) * 0.2)[..., None], 3, 2).astype(np.float32)
    whole = Window(0, 160, 0, 160)
    result = merged(checks + 0.7, whole, whole, np.full((20, 20, 3), 0.3, np.float32), (160, 160))
    assert abs(result.mean() - 0.3) < 1e-3
    assert np.abs((result - 0.3) - (checks - checks.mean())).max() < 1e-3


@settings(max_examples=40, deadline=None)
@given(st.integers(60, 200), st.integers(60, 200), st.integers(10, 40), st.integers(1, 59),
       st.integers(1, 59))
def test_tiles_with_their_reach_equal_the_whole(height: int, width: int, small: int, row: int,
                                                column: int) -> None:
    size = (height, width)
    low = RNG.random((small, max(1, small * width // height), 3)).astype(np.float32)
    picture = RNG.random((*size, 3)).astype(np.float32)
    everything = Window(0, height, 0, width)
    wanted = merged(picture, everything, everything, low, size)
    edge = reach((low.shape[0], low.shape[1]), size)
    core = Window(row, min(height, row + 40), column, min(width, column + 40))
    window = Window(max(0, core.top - edge), min(height, core.bottom + edge),
                    max(0, core.left - edge), min(width, core.right + edge))
    found = merged(window.of(picture), window, core, low, size)
    assert np.abs(found - core.of(wanted)).max() < 2e-5
