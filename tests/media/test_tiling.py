from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.media.tiling import Blender, Tile, tiles

sides = st.integers(1, 150)
cuts = st.tuples(sides, sides, st.integers(8, 64), st.integers(0, 40), st.sampled_from([1, 2, 4, 8]))


@settings(max_examples=60, deadline=None)
@given(cuts)
def test_cores_partition_the_picture(cut: tuple[int, int, int, int, int]) -> None:
    height, width, *_ = cut
    count = np.zeros((height, width), int)
    for tile in tiles(*cut):
        count[tile.core] += 1
    assert (count == 1).all()


@settings(max_examples=60, deadline=None)
@given(cuts)
def test_windows_stay_inside_and_reach_far_enough(cut: tuple[int, int, int, int, int]) -> None:
    height, width, size, margin, multiple = cut
    for tile in tiles(*cut):
        for low, start, stop, high, length in ((tile.py0, tile.y0, tile.y1, tile.py1, height),
                                               (tile.px0, tile.x0, tile.x1, tile.px1, width)):
            assert 0 <= low <= start < stop <= high <= length
            assert stop - start <= -(-size // multiple) * multiple
            assert start - low >= min(margin, start)
            assert high - stop >= min(margin, length - stop)
            assert all(edge % multiple == 0 or edge == length for edge in (low, start, stop, high))


@settings(max_examples=60, deadline=None)
@given(cuts)
def test_weights_sum_to_one(cut: tuple[int, int, int, int, int]) -> None:
    height, width, *_ = cut
    total = np.zeros((height, width))
    for tile in tiles(*cut):
        weights = tile.weights()
        assert weights.shape == (tile.py1 - tile.py0, tile.px1 - tile.px0)
        assert weights.min() >= 0
        total[tile.padded] += weights
    assert np.abs(total - 1).max() < 1e-5


@settings(max_examples=40, deadline=None)
@given(cuts)
def test_blending_what_was_cut_gives_it_back(cut: tuple[int, int, int, int, int]) -> None:
    height, width, *_ = cut
    picture = np.random.default_rng(0).random((height, width, 3), np.float32)
    blender = Blender(height, width, 3)
    copied = np.zeros_like(picture)
    for tile in tiles(*cut):
        blender.add(tile, picture[tile.padded])
        copied[tile.core] = picture[tile.padded][tile.inner]
    assert np.abs(blender.result() - picture).max() < 1e-5
    assert np.array_equal(copied, picture)


def test_a_step_between_tiles_becomes_a_slope() -> None:
    blender = Blender(8, 200, 1)
    for tile, level in zip(tiles(8, 200, 100, 30), (0.0, 1.0), strict=True):
        blender.add(tile, np.full((8, tile.px1 - tile.px0, 1), level, np.float32))
    row = blender.result()[0, :, 0]
    assert (np.diff(row) >= -1e-6).all()
    assert np.diff(row).max() < 0.03
    assert row[65] == 0
    assert row[135] == 1


@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 30_000), (30_000, 1), (4000, 6000)])
def test_extreme_shapes(height: int, width: int) -> None:
    made = tiles(height, width, 1024, 64, 4)
    assert all(isinstance(tile, Tile) for tile in made)
    assert len(made) == -(-height // 1024) * -(-width // 1024)
    assert sum((tile.y1 - tile.y0) * (tile.x1 - tile.x0) for tile in made) == height * width
