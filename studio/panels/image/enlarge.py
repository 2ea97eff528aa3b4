"""Stickers enlarged by the drawing upscaler: colours bled under transparency, opacity as its own pass."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.core.engine import UPSCALER, Floats, Upscaler
from studio.core.errors import OutOfMemory
from studio.core.jobs import JobContext
from studio.media.opacity import bled, bounded
from studio.media.resize import resize
from studio.media.tiling import tiles
from studio.media.values import Pixels

MODEL = "upscale-drawing"
_WHOLE = 256
"""Pixels of a side that go through the network at once."""
_TILES = (256, 128, 64)
"""Cores of tiles where that is too much."""
_ENOUGH = 1024
"""The network draws so many pixels a side at most; more are interpolated."""
_REST = 2
"""So far interpolation goes behind a pass of the network: it looks the same, in a tenth of the time."""


def enlarged(picture: Pixels, side: int, ctx: JobContext) -> Pixels:
    """A square (s, s, 4), uint8, as (side, side, 4). Raises OutOfMemory, Cancelled, StudioError."""
    if picture.shape[0] < side:
        network = _Network(ctx.engine(UPSCALER, MODEL), ctx)
        ctx.progress(0.9, "Enlarging")
        picture = network.larger(picture)
        while picture.shape[0] * _REST < side and picture.shape[0] < _ENOUGH:
            picture = network.larger(picture)
    return _scaled(picture, side, ctx)


def _scaled(picture: Pixels, side: int, ctx: JobContext) -> Pixels:
    """Colours and opacity apart: mixed by opacity, as is usual, they would ring along the edges."""
    if picture.shape[0] == side:
        return picture
    colours = np.ascontiguousarray(bled(picture[..., :3], picture[..., 3], ctx.cancel.check))
    opacity = np.ascontiguousarray(picture[..., 3])
    return np.dstack((resize(colours, side, side), resize(opacity, side, side))).astype(np.uint8)


@dataclass(slots=True)
class _Network:
    """The upscaler, and where memory ran short the size of its tiles."""

    upscaler: Upscaler
    ctx: JobContext
    tile: int = _WHOLE

    def larger(self, picture: Pixels) -> Pixels:
        """(H, W, 4) through the network once."""
        scale = max(self.upscaler.scales)
        colours = self._values(bled(picture[..., :3], picture[..., 3], self.ctx.cancel.check), scale)
        alpha = np.asarray(picture[..., 3] / np.float32(255), np.float32)
        opacity = self._values(np.repeat(picture[..., 3:], 3, 2), scale).mean(2, dtype=np.float32)
        opacity = bounded(np.asarray(opacity, np.float32), alpha, scale)
        both = np.concatenate((colours, opacity[..., None]), 2)
        return np.asarray((both * 255).round().clip(0, 255), np.uint8)

    def _values(self, pixels: Pixels, scale: int) -> Floats:
        values = pixels.astype(np.float32) / np.float32(255)
        if (values == values[:1, :1]).all():
            return np.broadcast_to(values[:1, :1], (values.shape[0] * scale, values.shape[1] * scale, 3))
        while True:
            try:
                return self._tiled(values, scale)
            except (OutOfMemory, MemoryError):
                self.tile = self._smaller()

    def _tiled(self, values: Floats, scale: int) -> Floats:
        height, width = values.shape[:2]
        made = np.empty((height * scale, width * scale, 3), np.float32)
        for tile in tiles(height, width, self.tile, self.upscaler.margin):
            part = self.upscaler.upscale(np.ascontiguousarray(values[tile.padded]), scale=scale, clean=0.0,
                                         cancel=self.ctx.cancel)
            made[_times(tile.core, scale)] = part[_times(tile.inner, scale)]
        return made

    def _smaller(self) -> int:
        """Tiles to go on with when memory ran out; where there are none, the error that told of it."""
        smaller = [size for size in _TILES if size < self.tile]
        if smaller:
            self.ctx.note("Memory ran short, so this was enlarged in smaller pieces.")
            return smaller[0]
        if not self.upscaler.to_cpu():
            raise
        self.ctx.note("The graphics memory ran out, so the CPU enlarged this.")
        return _WHOLE


def _times(place: tuple[slice, slice], scale: int) -> tuple[slice, slice]:
    rows, columns = (slice(part.start * scale, part.stop * scale) for part in place)
    return rows, columns
