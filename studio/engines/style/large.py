"""Paints a picture of any size: whole where it fits, else a small whole and tiles, row after row."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from studio.core.engine import Floats, StylePainter
from studio.core.errors import StudioError
from studio.core.jobs import JobContext
from studio.engines.style.arrays import SMALLEST, area_resized, planes, rounded_up, to_pixels
from studio.engines.style.bands import Window, merged, reach
from studio.engines.style.plan import Size
from studio.engines.style.tooth import lay_tooth
from studio.media.values import Pixels

_LEAST_CORE = 64


def paint_whole(content: Pixels, painter: StylePainter, code: Floats,
                ctx: JobContext) -> tuple[Floats, Floats]:
    """``content`` (H, W, 3) painted in one go, and its statistics. Raises OutOfMemory."""
    ground = lay_tooth(planes(content, painter.multiple, SMALLEST), painter.tooth)
    painted, statistics = painter.paint(ground, code, ctx.cancel)
    return sound(painted[:content.shape[0], :content.shape[1]]), statistics


def sound(painted: Floats) -> Floats:
    """``painted``, if it holds numbers only. Raises BrokenPicture."""
    if not math.isfinite(float(painted.sum())):
        raise BrokenPicture("The model painted something that is no picture.", "Try another model or style.")
    return painted


class BrokenPicture(StudioError):
    """The network's numbers overflowed; a wider number format may help."""


@dataclass(frozen=True, slots=True)
class TilePass:
    """A picture painted in tiles with the statistics and the low band of its small whole painting."""

    source: Pixels
    """(H, W, 3), at the size it is painted."""
    low: Floats
    """The small whole painting, (h, w, 3)."""
    painter: StylePainter
    code: Floats
    statistics: Floats
    area: int
    """Pixels of one tile with its margin, at most."""

    def run(self, ctx: JobContext, report: Callable[[float], None]) -> Pixels:
        """The painted picture. Finished rows are kept with ``ctx.finish_part`` and not made twice.

        Raises OutOfMemory; a second run with a smaller ``area`` begins anew.
        """
        height = self.source.shape[0]
        row = self._core()
        result = np.empty_like(self.source)
        for top in range(0, height, row):
            band = result[top:top + row]
            key = f"rows {top}+{row} of {height}, low {self.low.shape[0]}"
            if not _recall(ctx.part(key), band):
                self._row(top, band, ctx, report)
                ctx.finish_part(key, zlib.compress(band.tobytes(), 1))
            report(min(1.0, (top + row) / height))
        return result

    def _row(self, top: int, band: Pixels, ctx: JobContext, report: Callable[[float], None]) -> None:
        height, width = self.source.shape[:2]
        step = self._core()
        for left in range(0, width, step):
            ctx.cancel.check()
            core = Window(top, top + band.shape[0], left, min(width, left + step))
            band[:, core.left:core.right] = to_pixels(self._tile(core, ctx), band.dtype)
            report((top + band.shape[0] * core.right / width) / height)

    def _tile(self, core: Window, ctx: JobContext) -> Floats:
        height, width = self.source.shape[:2]
        edge = self._margin()
        window = Window(max(0, core.top - edge), min(height, core.bottom + edge),
                        max(0, core.left - edge), min(width, core.right + edge))
        part = self.source[window.top:window.bottom, window.left:window.right]
        ground = lay_tooth(planes(part, self.painter.multiple, SMALLEST), self.painter.tooth,
                           window.top, window.left)
        painted, _ = self.painter.paint(ground, self.code, ctx.cancel, self.statistics)
        inside = painted[:part.shape[0], :part.shape[1]]  # without what was padded
        return merged(sound(inside), window, core, self.low, (height, width))

    def _margin(self) -> int:
        height, width = self.source.shape[:2]
        around = reach((self.low.shape[0], self.low.shape[1]), (height, width))
        return rounded_up(self.painter.margin + around, self.painter.multiple)

    def _core(self) -> int:
        """Side of a tile without its margin: a multiple, so that every tile begins on the network's grid."""
        grid = self.painter.multiple
        side = math.isqrt(self.area) - 2 * self._margin()
        return max(rounded_up(_LEAST_CORE, grid), side // grid * grid)


def banded(low: Floats, band: Size) -> Floats:
    """``low`` no finer than ``band``."""
    return low if low.shape[:2] == band else area_resized(low, *band)


def _recall(kept: bytes | None, band: Pixels) -> bool:
    """Fill ``band`` from an earlier run; False where there is nothing, or something else."""
    if kept is None:
        return False
    data = zlib.decompress(kept)
    if len(data) != band.nbytes:
        return False
    band[...] = np.frombuffer(data, band.dtype).reshape(band.shape)
    return True
