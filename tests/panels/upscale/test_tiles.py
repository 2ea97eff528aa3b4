"""Cuts into windows and puts together again: the same bits for every cut."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.engine import Floats
from studio.panels.upscale.tiles import Work, flat_enough, least_overlap, make_grid, strips
from tests.panels.upscale.lightbox import softened

cuts = st.tuples(st.integers(1, 90), st.integers(1, 90), st.integers(8, 48), st.integers(8, 48),
                 st.integers(1, 9), st.integers(0, 12), st.integers(1, 3))


def picture(height: int, width: int) -> Floats:
    return np.random.default_rng(height * 1000 + width).random((height, width, 3), np.float32)


def soft(source: Floats, scale: int) -> Work:
    """A network that sees one pixel around a place."""
    return lambda rows, columns: softened(source[rows, columns]).repeat(scale, 0).repeat(scale, 1)


@settings(max_examples=60, deadline=None)
@given(cuts)
def test_every_cut_gives_the_whole_bit_for_bit(cut: tuple[int, int, int, int, int, int, int]) -> None:
    height, width, rows, columns, margin, fade, scale = cut
    source = picture(height, width)
    grid = make_grid((height, width), (rows, columns), margin, fade, scale)
    found = np.concatenate([part for _, part in strips(grid, soft(source, scale))])
    assert (found == softened(source).repeat(scale, 0).repeat(scale, 1)).all()


@settings(max_examples=60, deadline=None)
@given(cuts, st.data())
def test_it_can_begin_in_the_middle(cut: tuple[int, int, int, int, int, int, int],
                                    data: st.DataObject) -> None:
    height, width, rows, columns, margin, fade, scale = cut
    source, asked = picture(height, width), []
    grid = make_grid((height, width), (rows, columns), margin, fade, scale)
    edges = [span.stop + span.fade_high for span in grid.rows[:-1]]
    start = data.draw(st.sampled_from([0, height - 1, *edges]) | st.integers(0, height - 1))

    def uneven(rows: slice, columns: slice) -> Floats:
        """Windows that do not agree, so that the crossings show."""
        asked.append(rows)
        return (source[rows, columns] + np.float32(rows.start)).repeat(scale, 0).repeat(scale, 1)

    whole = np.concatenate([part for _, part in strips(grid, uneven)])
    asked.clear()
    parts = list(strips(grid, uneven, start))
    assert (np.concatenate([part for _, part in parts])[start * scale - parts[0][0]:]
            == whole[start * scale:]).all()
    needed = [span for span in grid.rows if span.stop + span.fade_high > start]
    assert len(asked) == len(needed) * len(grid.columns), "what only rows above need is not made"


def test_rows_follow_on_each_other_and_crossings_are_smooth() -> None:
    grid = make_grid((64, 64), (16, 16), 4, 6, 2)
    parts = list(strips(grid, lambda rows, columns: np.full(
        ((rows.stop - rows.start) * 2, (columns.stop - columns.start) * 2, 3), rows.start + columns.start,
        np.float32)))
    tops = [top for top, _ in parts]
    assert tops == [0, *np.cumsum([len(part) for _, part in parts])[:-1].tolist()]
    found = np.concatenate([part for _, part in parts])
    assert found.shape == (128, 128, 3)
    steps = max(float(abs(np.diff(found[..., 0], axis=axis)).max()) for axis in (0, 1))
    assert steps < 16 / 6, "windows 16 apart cross over some ten rows of the result"
    assert all(span.low == 0 or span.start - span.fade_low - span.low >= 4 for span in grid.rows)
    assert all(a.stop == b.start for a, b in pairwise(grid.rows))


@pytest.mark.parametrize(("width", "rows"), [(100, 512), (4000, 256), (16_000, 64), (1_000_000, 16)])
def test_wide_pictures_get_flat_tiles(width: int, rows: int) -> None:
    assert flat_enough(512, width, 4) == (rows, 512)
    assert rows * 16 * width * 12 <= 200_000_000 or rows == 16


@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(64 * 64, 10**6), st.integers(16, 4000),
       st.integers(0, 40))
def test_tiles_are_shaped_so_that_little_is_seen_twice(height: int, width: int, area: int, rows: int,
                                                       margin: int) -> None:
    tile = least_overlap((height, width), area, rows, margin)
    assert 16 <= tile[0] <= max(16, rows)
    assert tile[0] * tile[1] <= max(area, 16 * 16)
    square = min(int(area ** 0.5), rows) // 8 * 8

    def seen(size: tuple[int, int]) -> int:
        grid = make_grid((height, width), size, margin, 0, 1)
        return sum(row.high - row.low for row in grid.rows) * sum(one.high - one.low for one in grid.columns)

    if square >= 16 and rows >= square:
        assert seen(tile) <= 1.1 * seen((square, square)) + 40 * (height + width)


def test_a_wide_picture_is_cut_across_only() -> None:
    assert least_overlap((1024, 1024), 768 * 768, 5000, 10) == (576, 1024)
    assert least_overlap((300, 400), 512 * 512, 5000, 10) == (304, 400)
