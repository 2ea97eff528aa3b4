"""Enlarges a picture window by window and gives the result row after row, without seams.

Neighbours cross over a few pixels with ``old + (new - old) * share``: where both say the same, bit for bit,
so does the result, and the cut into tiles cannot be seen even in the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.core.engine import Floats
from studio.media.tiling import Span, smooth, spans
from studio.panels.upscale.plan import GRID, Size

Values = NDArray[Any]
"""Floats; or whole numbers already, where neighbours do not cross over."""
Work = Callable[[slice, slice], Values]
"""Rows and columns of the picture to the enlarged window, (scale x rows, scale x columns, channels)."""
_STRIP_BYTES = 200_000_000
"""Of one row of tiles, enlarged: so wide a picture gets flatter tiles."""
_LEAST_ROWS = 16


@dataclass(frozen=True, slots=True)
class Grid:
    """How a picture is cut."""

    rows: Sequence[Span]
    columns: Sequence[Span]
    scale: int

    @property
    def count(self) -> int:
        """Tiles in all."""
        return len(self.rows) * len(self.columns)


def make_grid(size: Size, tile: Size, margin: int, fade: int, scale: int) -> Grid:
    """The cut of a picture of ``size`` into cores of at most ``tile``, about equal.

    Each window reaches ``margin`` beyond the ``fade`` pixels its neighbour shares with it.
    """
    rows, columns = (spans(length, side, margin, GRID, fade) for length, side in zip(size, tile, strict=True))
    return Grid(rows, columns, scale)


def flat_enough(side: int, width: int, scale: int) -> Size:
    """A tile of ``side``, less high where a row of such tiles over ``width`` pixels would fill the memory."""
    most = _STRIP_BYTES // (12 * scale * scale * width)
    return max(_LEAST_ROWS, min(side, most // GRID * GRID)), side


def least_overlap(size: Size, area: int, most_rows: int, margin: int) -> Size:
    """Cores (height, width) of at most ``area`` pixels for a picture of ``size`` that see the least twice."""
    pad, found = -(-margin // GRID) * GRID, list[tuple[int, Size]]()
    for columns in range(1, -(-size[1] // _LEAST_ROWS) + 1):
        width = -(-size[1] // columns)
        height = max(_LEAST_ROWS, min(size[0] + GRID, most_rows, area // width) // GRID * GRID)
        rows = -(-size[0] // height)
        seen = (size[0] + 2 * pad * (rows - 1)) * (size[1] + 2 * pad * (columns - 1))
        found.append((seen, (height, width)))
        if rows == 1 and width * height <= area:
            break  # more columns only see more twice
    return min((one for one in found if one[1][0] * one[1][1] <= area), default=found[-1])[1]


def strips(grid: Grid, work: Work, start: int = 0) -> Iterator[tuple[int, Values]]:
    """(first row, rows) of the enlarged picture, top to bottom without a gap: (rows, W, channels).

    With ``start``, a row of the picture, tiles are left out that only rows above it need; what comes above
    ``start`` then is not to be used.
    """
    above: Values | None = None
    for span in grid.rows:
        if span.stop + span.fade_high <= start:
            continue
        strip = _strip(grid, span, work)
        if above is not None:
            _cross(above, strip, span.fade_low * 2 * grid.scale)
        kept = 2 * span.fade_high * grid.scale
        above = strip[strip.shape[0] - kept:].copy() if kept else None
        yield (span.start - span.fade_low) * grid.scale, strip[:strip.shape[0] - kept]
        del strip  # two of them would not fit while the next one is made


def planes(height: int, width: int, channels: int) -> Floats:
    """Room for (height, width, channels) that lies in memory as networks give it: one channel after another.

    Copying between the two orders takes longer than anything else that is done here.
    """
    return np.empty((channels, height, width), np.float32).transpose(1, 2, 0)


def _strip(grid: Grid, row: Span, work: Work) -> Values:
    """One row of tiles with what it shares with the rows above and below."""
    strip: Values | None = None
    top, bottom = row.start - row.fade_low, row.stop + row.fade_high
    for column in grid.columns:
        tile = work(slice(row.low, row.high), slice(column.low, column.high))
        left, right = column.start - column.fade_low, column.stop + column.fade_high
        tile = tile[(top - row.low) * grid.scale:(bottom - row.low) * grid.scale,
                    (left - column.low) * grid.scale:(right - column.low) * grid.scale]
        if len(grid.columns) == 1:
            return tile
        if strip is None:
            strip = _room(tile, grid.columns[-1].high * grid.scale)
        _place(strip[:, left * grid.scale:right * grid.scale], tile, 2 * column.fade_low * grid.scale)
    if strip is None:
        raise ValueError("a picture without columns")
    return strip


def _room(tile: Values, width: int) -> Values:
    """For a row of such tiles, in the order of numbers that they have."""
    height, _, channels = tile.shape
    if tile.dtype == np.float32:
        return planes(height, width, channels)
    return np.empty((height, width, channels), tile.dtype)


def _place(there: Values, tile: Values, shared: int) -> None:
    """Put ``tile`` down; its first ``shared`` columns cross over from what is there."""
    there[:, shared:] = tile[:, shared:]
    if shared:
        there[:, :shared] += (tile[:, :shared] - there[:, :shared]) * smooth(shared)[:, np.newaxis]


def _cross(above: Values, strip: Values, shared: int) -> None:
    """Let the first ``shared`` rows of ``strip`` cross over from ``above``."""
    share = smooth(shared)[:, np.newaxis, np.newaxis]
    strip[:shared] = above + (strip[:shared] - above) * share
