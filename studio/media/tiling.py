"""Cuts big pictures into windows that overlap, and puts the results together without seams."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_Line = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Span:
    """One axis of a tile, in pixels."""

    start: int
    stop: int
    """The core [start, stop): these pixels belong to this tile alone."""
    low: int
    high: int
    """The padded window [low, high) to read, inside the picture."""
    fade_low: int
    fade_high: int
    """How far the crossing with the neighbour reaches to either side of the core's ends; 0 at the border."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A window of a picture: read the padded one, write the core, or blend with `weights`."""

    rows: Span
    columns: Span

    @property
    def y0(self) -> int:
        """First row of the core."""
        return self.rows.start

    @property
    def y1(self) -> int:
        """Row after the core."""
        return self.rows.stop

    @property
    def x0(self) -> int:
        """First column of the core."""
        return self.columns.start

    @property
    def x1(self) -> int:
        """Column after the core."""
        return self.columns.stop

    @property
    def py0(self) -> int:
        """First row of the padded window."""
        return self.rows.low

    @property
    def py1(self) -> int:
        """Row after the padded window."""
        return self.rows.high

    @property
    def px0(self) -> int:
        """First column of the padded window."""
        return self.columns.low

    @property
    def px1(self) -> int:
        """Column after the padded window."""
        return self.columns.high

    @property
    def core(self) -> tuple[slice, slice]:
        """Where the core lies in the picture."""
        return slice(self.y0, self.y1), slice(self.x0, self.x1)

    @property
    def padded(self) -> tuple[slice, slice]:
        """Where the padded window lies in the picture."""
        return slice(self.py0, self.py1), slice(self.px0, self.px1)

    @property
    def inner(self) -> tuple[slice, slice]:
        """Where the core lies in the padded window."""
        return (slice(self.y0 - self.py0, self.y1 - self.py0), slice(self.x0 - self.px0, self.x1 - self.px0))

    def weights(self) -> NDArray[np.float32]:
        """(padded height, padded width): this tile's share of each pixel; over all tiles they sum to 1."""
        return np.outer(_ramp(self.rows), _ramp(self.columns)).astype(np.float32)


def tiles(height: int, width: int, size: int, margin: int, multiple: int = 1) -> list[Tile]:
    """Tiles of a ``height`` x ``width`` picture, row by row.

    Cores have at most ``size`` pixels a side, rounded up to ``multiple``, about equal, and cover every
    pixel exactly once. Each window reaches at least ``margin`` further where there is picture. All edges
    but the picture's own lie on multiples of ``multiple``, so that a network that halves the picture sees
    the same grid in every tile. All arguments are positive but ``margin``, which may be 0.
    """
    columns = spans(width, size, margin, multiple)
    return [Tile(row, column) for row in spans(height, size, margin, multiple) for column in columns]


class Blender:
    """Adds up overlapping results, each weighted, into one picture (float32)."""

    def __init__(self, height: int, width: int, channels: int) -> None:
        self._sum = np.zeros((height, width, channels), np.float32)

    def add(self, tile: Tile, values: NDArray[Any]) -> None:
        """Take in ``values``, (padded height, padded width, channels), for ``tile``."""
        self._sum[tile.padded] += values * tile.weights()[:, :, None]

    def result(self) -> NDArray[np.float32]:
        """The picture, (height, width, channels), once every tile was added."""
        return self._sum


def spans(length: int, size: int, margin: int, multiple: int = 1, fade: int | None = None) -> list[Span]:
    """One axis of `tiles`: cores of at most ``size``, each window ``margin`` wider where there is picture.

    With ``fade`` neighbours cross over ``fade`` pixels to either side of an edge and windows reach that much
    further than ``margin``, so that nothing nearer than ``margin`` to a window's edge counts. Without it the
    crossing is as wide as the margin.
    """
    units = -(-length // multiple)
    count = -(-units // max(1, -(-size // multiple)))
    edges = [min(length, units * i // count * multiple) for i in range(count + 1)]
    pad = -(-(margin + (fade or 0)) // multiple) * multiple
    cross = margin if fade is None else fade
    fades = [0, *(_fade(edges, i, cross) for i in range(1, count)), 0]
    return [Span(edges[i], edges[i + 1], max(0, edges[i] - pad), min(length, edges[i + 1] + pad),
                 fades[i], fades[i + 1]) for i in range(count)]


def _fade(edges: list[int], at: int, most: int) -> int:
    """Crossings never meet each other, so at most two tiles share a pixel of an axis."""
    return min(most, (edges[at] - edges[at - 1]) // 2, (edges[at + 1] - edges[at]) // 2)


def _ramp(span: Span) -> _Line:
    places = np.arange(span.low, span.high, dtype=np.float64) + 0.5
    return _rise(places - span.start, span.fade_low) * _rise(span.stop - places, span.fade_high)


def smooth(steps: int) -> NDArray[np.float32]:
    """A crossing of ``steps`` pixels from 0 to 1: smoothstep at their centres."""
    t = (np.arange(steps, dtype=np.float64) + 0.5) / max(steps, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def _rise(distance: _Line, fade: int) -> _Line:
    """0 far outside, 1 far inside, smoothstep across; rise(d) + rise(-d) = 1."""
    t = (distance / max(2 * fade, 1e-9) + 0.5).clip(0, 1)
    return np.asarray(t * t * (3 - 2 * t))
