"""Paints a picture of any size: whole where it fits, else a small whole and tiles, row after row."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
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
    """Pixels the network gets at once, at most; a tile with its margin has twice as many."""

    def rows(self, ctx: JobContext, report: Callable[[float], None], top: int = 0) -> Iterator[Pixels]:
        """The painted picture from row ``top`` on, a row of tiles after the other. Raises OutOfMemory."""
        height, width = self.source.shape[:2]
        step = self._core()
        for first in range(top // step * step, height, step):
            band = np.empty((min(step, height - first), width, 3), self.source.dtype)
            self._row(first, band, ctx, report)
            yield band[max(0, top - first):]
            del band  # two of them would be held while the next one is made

    def _row(self, top: int, band: Pixels, ctx: JobContext, report: Callable[[float], None]) -> None:
        height, width = self.source.shape[:2]
        step = self._core()
        for left in range(0, width, step):
            core = Window(top, top + band.shape[0], left, min(width, left + step))
            window = self._around(core)
            painted = self._painted(window, ctx)
            made = merged(sound(painted), window, core, self.low, (height, width))
            del painted
            band[:, core.left:core.right] = to_pixels(made, band.dtype)
            report((top + band.shape[0] * core.right / width) / height)

    def _around(self, core: Window) -> Window:
        height, width = self.source.shape[:2]
        edge = self._margin()
        return Window(max(0, core.top - edge), min(height, core.bottom + edge),
                      max(0, core.left - edge), min(width, core.right + edge))

    def _painted(self, window: Window, ctx: JobContext) -> Floats:
        """What the network makes of ``window``, put together from cells that fit the memory.

        With the statistics given, nothing beyond the painter's margin changes a pixel, so a cell that sees
        that much of its neighbours comes out as it would in the whole window.
        """
        cells = self._cells(window)
        if len(cells) == 1:
            return self._at_once(window, ctx)
        made = np.empty((3, window.bottom - window.top, window.right - window.left), np.float32)
        edge = rounded_up(self.painter.margin, self.painter.multiple)
        for cell in cells:
            seen = Window(max(window.top, cell.top - edge), min(window.bottom, cell.bottom + edge),
                          max(window.left, cell.left - edge), min(window.right, cell.right + edge))
            cell.of(made.transpose(1, 2, 0), window)[...] = cell.of(self._at_once(seen, ctx), seen)
        return made.transpose(1, 2, 0)

    def _cells(self, window: Window) -> list[Window]:
        """``window`` in parts for the network; one with statistics of its own has to see it whole."""
        if not self.statistics.size:
            return [window]
        side, grid = math.isqrt(self.area), self.painter.multiple
        down, across = (_cuts(start, stop, side, grid) for start, stop in (
            (window.top, window.bottom), (window.left, window.right)))
        return [Window(*rows, *columns) for rows in down for columns in across]

    def _at_once(self, window: Window, ctx: JobContext) -> Floats:
        ctx.cancel.check()
        part = self.source[window.top:window.bottom, window.left:window.right]
        ground = lay_tooth(planes(part, self.painter.multiple, SMALLEST), self.painter.tooth,
                           window.top, window.left)
        painted, _ = self.painter.paint(ground, self.code, ctx.cancel, self.statistics)
        return painted[:part.shape[0], :part.shape[1]]  # without what was padded

    def _margin(self) -> int:
        height, width = self.source.shape[:2]
        around = reach((self.low.shape[0], self.low.shape[1]), (height, width))
        return rounded_up(self.painter.margin + around, self.painter.multiple)

    def _core(self) -> int:
        """Side of a tile without its margin: a multiple, so that every tile begins on the network's grid."""
        grid = self.painter.multiple
        side = math.isqrt(2 * self.area) - 2 * self._margin()
        return max(rounded_up(_LEAST_CORE, grid), side // grid * grid)


def _cuts(start: int, stop: int, most: int, grid: int) -> list[tuple[int, int]]:
    """``start`` to ``stop`` in parts of about equal length, about ``most`` or less, cut on the ``grid``."""
    count = -(-(stop - start) // most)
    step = rounded_up(-(-(stop - start) // count), grid)
    return [(at, min(stop, at + step)) for at in range(start, stop, step)]


def banded(low: Floats, band: Size) -> Floats:
    """``low`` no finer than ``band``."""
    return low if low.shape[:2] == band else area_resized(low, *band)
