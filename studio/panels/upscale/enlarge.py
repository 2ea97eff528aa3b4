"""One picture, enlarged from top to bottom: on from where it stopped, within the memory there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import cast

import numpy as np

from studio.core.engine import Upscaler
from studio.core.errors import OutOfMemory
from studio.core.jobs import JobContext
from studio.engines.kept_rows import Kept
from studio.media.values import Pixels
from studio.panels.upscale.bands import bands, first_row
from studio.panels.upscale.finish import Finish, to_pixels
from studio.panels.upscale.gauge import Gauge
from studio.panels.upscale.pace import LEAST, UNBOUNDED, USUAL, Pace, cut_for
from studio.panels.upscale.params import UpscaleParams
from studio.panels.upscale.plan import GRID, Plan
from studio.panels.upscale.source import Original
from studio.panels.upscale.tiles import Grid, Values, flat_enough, least_overlap, make_grid, strips
from studio.panels.upscale.windows import Windows

_PIECE = 4_000_000
"""Bytes of finished rows that are handed on and kept at once."""
_TILE = "tile"
"""Part that keeps the size of the tiles, so that a job that goes on is cut as it was."""


@dataclass(frozen=True, slots=True)
class Enlargement:
    """One enlargement in progress."""

    original: Original
    plan: Plan
    upscaler: Upscaler
    params: UpscaleParams
    seed: int
    bits: int
    ctx: JobContext
    pace: Pace
    name: str = ""
    """Tells the kept rows of one picture of an animation from those of the others."""
    share: tuple[float, float] = (0.02, 0.95)
    """The part of the whole progress that this is: from, to."""
    gauge: Gauge = field(default_factory=Gauge)

    def rows(self) -> Iterator[Pixels]:
        """The rows of the plan's part, (n, W, channels), top to bottom.

        Where memory runs short the tiles get smaller, then the CPU is used. Raises OutOfMemory when that
        does not help, Cancelled and StudioError.
        """
        top = self.plan.part.top
        with Kept(self.ctx, f"{self.name} {self.upscaler.precision}") as kept:
            while (piece := self._recalled(kept, top)) is not None:
                yield piece
                top += piece.shape[0]
            side = self._side() if top < self.plan.part.bottom else 0
            while top < self.plan.part.bottom:
                try:
                    for piece in self._made(top, side):
                        if not self._is_short(side):
                            kept.keep(top, piece)
                        top += piece.shape[0]
                        yield piece
                except (OutOfMemory, MemoryError):
                    side = self._smaller(side)

    def _recalled(self, kept: Kept, top: int) -> Pixels | None:
        piece = kept.recall(top) if top < self.plan.part.bottom else None
        shape = self.plan.part.width, self.original.channels
        fits = piece is not None and piece.shape[1:] == shape and piece.dtype == self._dtype
        return piece if fits else None

    def _is_short(self, side: int) -> bool:
        """Whether nothing is worth keeping: a still made in one go."""
        return not self.name and self._grid(side).count == 1

    def _made(self, top: int, side: int) -> Iterator[Pixels]:
        """Pieces from row ``top`` on."""
        plan, grid = self.plan, self._grid(side)
        start = first_row(plan, top)
        counter = _Counter(self.ctx, grid, start, self.share, self.gauge)
        windows = replace(self._windows(), report=counter.count)
        finish = Finish(self._dtype, int(self.original.colours.shape[2]), self.params.grain, self.seed,
                        plan.part.left, plan.target[1])
        waiting: list[Pixels] = []
        is_done = self._is_done_at_once(side)

        def window(rows: slice, columns: slice) -> Values:
            made = windows.run(rows, columns)
            return to_pixels(made, self._dtype) if is_done else made

        for row, band in bands(plan, strips(grid, window, start), top):
            waiting.append(cast(Pixels, band) if is_done else finish.run(band, row))
            if sum(part.nbytes for part in waiting) >= _PIECE or row + len(band) == plan.part.bottom:
                yield cast(Pixels, np.concatenate(waiting))
                waiting.clear()

    def _is_done_at_once(self, side: int) -> bool:
        """Whether a window's numbers are the result's: rounded there, they take a quarter of the room."""
        return self.plan.is_exact and not self.params.grain and not cut_for(self.upscaler, side).fade

    def _grid(self, side: int) -> Grid:
        size, cut = (self.plan.cut.height, self.plan.cut.width), cut_for(self.upscaler, side)
        rows, width = flat_enough(cut.tile[1], size[1], self.plan.scale)
        tile = min(cut.tile[0], rows), width
        if self.upscaler.is_local and not self.params.tile and not max(self.upscaler.tile):
            most, _ = flat_enough(size[0] + GRID, size[1], self.plan.scale)
            tile = least_overlap(size, side * side, most, cut.margin)
        return make_grid(size, tile, cut.margin, cut.fade, self.plan.scale)

    def _windows(self) -> Windows:
        return Windows(self.original, self.plan.cut, self.upscaler, self.plan.scale, self.params.clean,
                       self.ctx.cancel)

    def _side(self) -> int:
        """Of the tiles: the one asked for, else the one this job began with, else found by trying."""
        if self.params.tile:
            return self.params.tile
        kept = self.ctx.part(_TILE)
        if kept is not None and kept.isdigit():
            return int(kept)
        size = self.plan.cut.height, self.plan.cut.width
        side = self.pace.side(self.params.model, self.upscaler, size, self.plan.scale, self._try)
        if self._grid(side).count > 1:
            self.ctx.finish_part(_TILE, str(side).encode())
        return side

    def _try(self, side: int) -> None:
        """One window from the middle, with a core of ``side``."""
        self.ctx.progress(self.share[0], "Looking for the best tile")
        rows, columns = (_middle(length, side + 2 * self.upscaler.margin)
                         for length in (self.plan.cut.height, self.plan.cut.width))
        self._windows().run(rows, columns)

    def _smaller(self, side: int) -> int:
        """A side to go on with when memory ran out. Raises OutOfMemory when there is none."""
        if side > LEAST and not max(self.upscaler.tile):
            self.ctx.note("Memory ran short, so smaller tiles were used.")
            return max(LEAST, min(side, max(self.plan.cut.height, self.plan.cut.width)) // 2)
        if self.upscaler.to_cpu():
            self.ctx.note("The graphics memory ran out, so the CPU was used.")
            return USUAL if self.upscaler.is_local else UNBOUNDED
        raise OutOfMemory("There was not enough memory to enlarge this.",
                          "Close other programs, or choose a smaller model.")

    @property
    def _dtype(self) -> type[np.uint8 | np.uint16]:
        return np.uint16 if self.bits == 16 else np.uint8


class _Counter:
    """Says how many tiles are done, those of an earlier run included."""

    def __init__(self, ctx: JobContext, grid: Grid, start: int, share: tuple[float, float],
                 gauge: Gauge) -> None:
        self._ctx, self._count, self._share, self._gauge = ctx, grid.count, share, gauge
        above = sum(span.stop + span.fade_high <= start for span in grid.rows)
        self._done = above * len(grid.columns)

    def count(self) -> None:
        """One more is done."""
        self._done += 1
        self._gauge.look()
        low, high = self._share
        self._ctx.progress(low + (high - low) * self._done / self._count, "Tile {done} of {count}",
                           done=self._done, count=self._count)


def _middle(length: int, wanted: int) -> slice:
    start = max(0, (length - wanted) // 2)
    return slice(start, min(length, start + wanted))
