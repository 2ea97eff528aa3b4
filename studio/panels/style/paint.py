"""From a sheet and styles to a painting: which model and code, at which sizes, within the memory there is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

import numpy as np
from numpy.typing import NDArray

from studio.core.engine import STYLE_OPTIMISER, STYLE_PAINTER, Floats, StylePainter
from studio.core.errors import OutOfMemory, StudioError
from studio.core.jobs import Input, JobContext
from studio.engines.kept_rows import Kept
from studio.engines.style.arrays import style_size, to_floats, to_pixels
from studio.engines.style.large import TilePass, banded, paint_whole
from studio.engines.style.plan import SMALLEST_AREA, WORKING_AREA, make_plan
from studio.media.resize import fit, resize
from studio.media.values import Pixels
from studio.panels.style.finish import Finish
from studio.panels.style.params import StyleParams
from studio.panels.style.sheet import Decoded, Sheet, opaque
from studio.panels.style.variation import seeded_part

QUICK_MODEL, FINE_MODEL = "style-quick", "style-trunk"
FINE_LOOK = 640
"""Longer side at which Fine improves a picture; beyond that, brushwork comes from Quick's tiles."""
_FULL = 0.25
"""Above this strength the painting covers the photo; below, it fades into it, so that 0 is the photo."""
_PREVIEW_EVERY = 0.3
_GIANT, _MODERATE = 32_000_000, 4096
"""Pixels from which a style, or a photo that takes part in it, is looked at smaller; the longer side then."""
_PIECE = 4_000_000
"""Bytes of finished rows that are handed on and kept at once."""


@dataclass(frozen=True, slots=True)
class Painting:
    """One restyling in progress."""

    sheet: Sheet
    content: Input
    styles: Sequence[tuple[Input, float]]
    params: StyleParams
    seed: int
    decoded: Decoded
    ctx: JobContext

    def run(self, painter: StylePainter) -> Floats | Pixels | Iterator[Pixels]:
        """The painting of any size, or of the sheet's own size in rows as they are made.

        Smaller pieces and then the CPU are tried where memory runs out.
        """
        area = WORKING_AREA
        while True:
            try:
                return self._paint(painter, area)
            except (OutOfMemory, MemoryError):
                area = self._smaller(painter, area)

    def painter(self) -> StylePainter:
        """The model that paints. Raises StudioError when it needs a style and there is none."""
        model = QUICK_MODEL if self.params.method == "fine" else self.params.model or QUICK_MODEL
        painter = self.ctx.engine(STYLE_PAINTER, model)
        if painter.takes_style and not self.styles:
            raise StudioError("There is no style to paint in.", "Drop a painting on a style well.")
        if painter.remark:
            self.ctx.note(painter.remark)
        return painter

    def finish(self, painter: StylePainter) -> Finish:
        """How the painting is laid over the photograph."""
        full = _FULL if painter.takes_style else 1.0
        return Finish(min(1.0, self.params.strength / full), self.params.keep_colour)

    def _smaller(self, painter: StylePainter, area: int) -> int:
        """The area to go on with when memory ran out; where there is none, the error that told of it."""
        if area > SMALLEST_AREA:
            self.ctx.note("Memory ran short, so this was painted in smaller pieces.")
            return area // 4
        if not painter.to_cpu():
            raise
        self.ctx.note("The graphics memory ran out, so the CPU was used.")
        return WORKING_AREA

    def _paint(self, painter: StylePainter, area: int) -> Floats | Pixels | Iterator[Pixels]:
        height, width = self.sheet.pixels.shape[:2]
        is_fine = self.params.method == "fine"
        look = {"look": FINE_LOOK} if is_fine else {}
        plan = make_plan(height, width, 1.0 if is_fine else self.params.brush, area=area, **look)
        code = self._code(painter)
        self.ctx.progress(0.02, "Painting")
        content = cast(Pixels, resize(self.sheet.pixels, *plan.whole))
        whole, statistics = paint_whole(content, painter, code, self.ctx)
        if is_fine:
            whole = self._improved(to_floats(content), whole, self.finish(painter))
        if plan.native is None:
            return whole
        self.ctx.preview(cast(NDArray[np.uint8], to_pixels(whole, np.uint8)))
        source = cast(Pixels, resize(self.sheet.pixels, *plan.native))
        low = banded(whole, plan.band).copy()  # an answer itself holds on to all the memory of its run
        tiles = TilePass(source, low, painter, code, statistics.copy(), area)
        rows = self._tiles(tiles)
        return rows if plan.native == (height, width) else cast(Pixels, np.concatenate(list(rows)))

    def _tiles(self, tiles: TilePass) -> Iterator[Pixels]:
        """The rows of ``tiles``; finished ones are kept with the job and not made twice."""
        done, shape = 0.85 if self.params.method == "fine" else 0.1, tiles.source.shape
        top = 0
        with Kept(self.ctx, f"painted {shape[1]} x {shape[0]}, low {tiles.low.shape[0]}") as kept:
            while top < shape[0] and (found := kept.recall(top)) is not None and _fits(found, tiles.source):
                yield found
                top += len(found)
            while top < shape[0]:
                try:
                    for band in tiles.rows(self.ctx, partial(self._report, done), top):
                        for piece in _pieces(band):
                            kept.keep(top, piece)
                            yield piece
                            top += len(piece)
                except (OutOfMemory, MemoryError):
                    tiles = replace(tiles, area=self._smaller(tiles.painter, tiles.area))

    def _report(self, done: float, part: float) -> None:
        self.ctx.progress(done + (0.95 - done) * part, "Painting the details")

    def _code(self, painter: StylePainter) -> Floats:
        """The styles' codes, mixed by their shares, and with the photo's own below full strength."""
        if not painter.takes_style:
            return np.zeros(0, np.float32)
        self.ctx.progress(0.0, "Looking at the styles")
        mixed = sum((share * painter.code(self._name(item, place), partial(self._style, item, place),
                                          self.ctx.cancel)
                     for place, (item, share) in enumerate(self.styles)), np.float32(0.0))
        strength = np.float32(self.params.strength)
        if strength == 1.0:
            return np.asarray(mixed, np.float32)
        own = painter.code(self.content.sha256, self._photo, self.ctx.cancel)
        return np.asarray(own + (mixed - own) * strength, np.float32)

    def _photo(self) -> Floats:
        return to_floats(opaque(_moderate(self.decoded.pixels(self.content, self.ctx))))

    def _name(self, item: Input, place: int) -> str:
        """What a style's code is kept under: with variation, each seed sees another part of it."""
        varied = f" {self.params.variation:g} {self.seed} {place}" if self.params.variation else ""
        return item.sha256 + varied

    def _style(self, item: Input, place: int) -> Floats:
        return to_floats(self._part(item, place))

    def _part(self, item: Input, place: int) -> Pixels:
        picture = opaque(_moderate(self.decoded.pixels(item, self.ctx)))
        return seeded_part(picture, self.params.variation, self.seed, place)

    def _improved(self, content: Floats, start: Floats, finish: Finish) -> Floats:
        """Fine: improved step by step, showing itself, until done or the person says "enough"."""
        optimiser = self.ctx.engine(STYLE_OPTIMISER, self.params.model or FINE_MODEL)
        longer = max(content.shape[:2]) * self.params.brush
        styles = [(self._sized_style(item, place, longer), share)
                  for place, (item, share) in enumerate(self.styles)]
        shown = _Shown(self.ctx, finish, self._small_sheet(content))
        return optimiser.optimise(content, styles, start, steps=self.params.steps,
                                  strength=self.params.strength, seed=self.seed,
                                  cancel=self.ctx.cancel, on_step=shown.step)

    def _sized_style(self, item: Input, place: int, longer: float) -> Floats:
        picture = self._part(item, place)
        size = style_size(picture, round(longer))
        return to_floats(resize(picture, *size))

    def _small_sheet(self, content: Floats) -> Sheet:
        mask = self.sheet.mask
        small = None if mask is None else cast(Pixels, resize(mask, *content.shape[:2]))
        return Sheet("", to_pixels(content, np.uint8), None, small)


def _moderate(picture: Pixels) -> Pixels:
    """A giant in a size that may be turned into floats: its style is looked at far smaller anyway."""
    height, width = picture.shape[:2]
    if height * width <= _GIANT:
        return picture
    return cast(Pixels, resize(picture, *fit(height, width, _MODERATE)))


def _fits(rows: Pixels, source: Pixels) -> bool:
    return rows.shape[1:] == source.shape[1:] and rows.dtype == source.dtype


def _pieces(band: Pixels) -> Iterator[Pixels]:
    """``band`` in parts that can be written and kept one by one."""
    step = max(1, _PIECE * len(band) // max(1, band.nbytes))
    return (band[top:top + step] for top in range(0, len(band), step))


class _Shown:
    """Tells the person how Fine gets on, about three times a second."""

    def __init__(self, ctx: JobContext, finish: Finish, sheet: Sheet) -> None:
        self._ctx, self._finish, self._sheet = ctx, finish, sheet
        self._last = time.monotonic()

    def step(self, fraction: float, picture: Callable[[], Floats]) -> bool:
        """One step is done; False ends the improving early."""
        self._ctx.cancel.check()
        self._ctx.progress(0.05 + 0.8 * fraction, "Improving the picture")
        if time.monotonic() - self._last >= _PREVIEW_EVERY:
            self._last = time.monotonic()
            self._ctx.preview(cast(NDArray[np.uint8], self._finish.run(self._sheet, picture())))
        return not self._ctx.wants_finish
