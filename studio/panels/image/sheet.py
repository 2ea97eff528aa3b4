"""A sheet: a picture for each cell, one after the other, on one page; finished cells are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from studio.core.jobs import JobContext, Request
from studio.core.sheets import SEED, Cell, Sheet
from studio.media.picture import encode_png, read
from studio.media.resize import fit, resize
from studio.media.values import Pixels
from studio.panels.image.artists import artist
from studio.panels.image.ground import ground, opaque
from studio.panels.image.made import Made
from studio.panels.image.page import page
from studio.panels.image.params import ImageParams
from studio.panels.image.wish import wish

_MOST_PIXELS = 64_000_000
"""Of all pictures of a sheet; those of many are made smaller."""
_SHOWN = 1024
_PNG_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Cells:
    """A sheet to be, and what its cells start from."""

    sheet: Sheet
    params: ImageParams
    request: Request
    ctx: JobContext

    def paint(self, cell: Cell, ctx: JobContext) -> tuple[Pixels, bool]:
        """(height, width, 3), uint8, and whether it is finished; from memory where it was painted before."""
        own = dict(cell.settings)
        seed = int(own.pop(SEED, self.request.seed))
        asked = wish(replace(self.params, sheet_x="", sheet_y="", **own), seed)
        painter = artist(asked.params.model, ctx)  # asked for first: what is kept is found by its models
        key = f"cell {cell.column},{cell.row}"
        if (kept := ctx.part(key)) is not None:
            return read(kept).pixels, True
        made = painter.paint(asked, ground(self.request.inputs, asked, ctx))
        pixels, is_finished = self._small(made.pixels), not made.facts.get("unfinished")
        if is_finished and ctx.keeps_parts:
            ctx.finish_part(key, encode_png(pixels, level=_PNG_LEVEL))
        return pixels, is_finished

    def _small(self, pixels: Pixels) -> Pixels:
        """On white, and so small that all fit on the page."""
        bytes_ = pixels if pixels.dtype == np.uint8 else np.asarray(pixels >> 8, np.uint8)
        most = int((_MOST_PIXELS / (self.sheet.columns * self.sheet.rows)) ** 0.5)
        flat = opaque(bytes_)
        height, width = flat.shape[:2]
        return flat if max(height, width) <= most else cast(Pixels, resize(flat, *fit(height, width, most)))


def drawn(cells: Cells) -> Made:
    """The whole page, (height, width, 3), and facts of where its cells lie.

    Where the person has had enough, the cells that are there. Raises what a cell raises.
    """
    sheet, shown, pictures = cells.sheet, _Shown(cells.sheet), dict[tuple[int, int], Pixels]()
    is_finished = True
    for cell, ctx in _shares(cells, shown):
        if pictures and cells.ctx.wants_finish:
            is_finished = False
            break
        pixels, is_whole = cells.paint(cell, ctx)
        is_finished &= is_whole
        pictures[cell.column, cell.row] = pixels
        cells.ctx.preview(shown.put(cell, pixels))
    cells.ctx.progress(0.97, "Saving")
    pixels, places = page(sheet, pictures, ImageParams.settings())
    facts: dict[str, Any] = {"sheet": sheet.facts() | places}
    return Made(pixels, facts if is_finished else facts | {"unfinished": True})


def _shares(cells: Cells, shown: _Shown) -> Iterator[tuple[Cell, JobContext]]:
    every = list(cells.sheet.cells())
    for number, cell in enumerate(every):
        yield cell, cast(JobContext, _Share(cells.ctx, number, len(every), shown, cell))


class _Share:
    """What one cell sees of the job: its progress is a part of the whole, its previews go into its place."""

    def __init__(self, ctx: JobContext, number: int, count: int, shown: _Shown, cell: Cell) -> None:
        self._ctx, self._number, self._count = ctx, number, count
        self._shown, self._cell = shown, cell

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ctx, name)

    def progress(self, fraction: float | None, text: str = "", **values: object) -> None:
        """How far the sheet is."""
        done = (self._number + (fraction or 0.0)) / self._count
        self._ctx.progress(0.97 * done, "Picture {number} of {count}", number=self._number + 1,
                           count=self._count)

    def preview(self, picture: NDArray[np.uint8]) -> None:
        """The page with the cell as it is."""
        self._ctx.preview(self._shown.put(self._cell, cast(Pixels, picture)))


class _Shown:
    """The page as it is shown while it is made: small, without words."""

    def __init__(self, sheet: Sheet) -> None:
        self._side = max(1, min(256, _SHOWN // max(sheet.columns, sheet.rows)))
        self._page = np.full((sheet.rows * self._side, sheet.columns * self._side, 3), 255, np.uint8)

    def put(self, cell: Cell, picture: Pixels) -> NDArray[np.uint8]:
        """The page (height, width, 3) with ``picture`` in its place."""
        size = fit(picture.shape[0], picture.shape[1], self._side)
        small = np.asarray(resize(opaque(picture), *size), np.uint8)
        top, left = cell.row * self._side, cell.column * self._side
        self._page[top:top + size[0], left:left + size[1]] = small
        return self._page.copy()
