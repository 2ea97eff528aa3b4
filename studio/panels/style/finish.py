"""The last touches, a band of rows at a time: strength, the photo's colours, the mask, whole numbers."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from studio.core.engine import Floats
from studio.engines.style.arrays import resized, to_floats, to_pixels
from studio.media.colour import keep_colour
from studio.media.rows import Rows
from studio.media.values import Pixels
from studio.panels.style.sheet import Sheet

_BAND = 1_000_000
"""Pixels resized at once."""
_STRIP = 50_000
"""Pixels handled at once where nothing is resized: so few stay near the processor from step to step."""


@dataclass(frozen=True, slots=True)
class Finish:
    """How a painting is laid over its photograph."""

    blend: float
    """Share of the painting, 0 to 1; the rest is the photograph, pixel by pixel."""
    keep_colour: bool

    def run(self, sheet: Sheet, painted: Floats | Pixels) -> Pixels:
        """All of `rows`: (H, W, 3 or 4) of the sheet's size and type."""
        height, width, colours = sheet.pixels.shape
        result = np.empty((height, width, colours + (sheet.alpha is not None)), sheet.pixels.dtype)
        top = 0
        for rows in self.rows(sheet, painted):
            result[top:top + len(rows)] = rows
            top += len(rows)
        return result

    def rows(self, sheet: Sheet, painted: Floats | Pixels | Iterable[Pixels]) -> Generator[Pixels]:
        """(n, W, 3 or 4), top to bottom, of the sheet's type.

        painted: floats or whole numbers of any size; or rows of the sheet's size as they are made. Pixels
        the mask leaves out, and all where ``blend`` is 0, are the sheet's own, bit for bit.
        """
        for top, bottom, part in _parts(painted, (sheet.pixels.shape[0], sheet.pixels.shape[1])):
            made = self._band(sheet, part, slice(top, bottom))
            if sheet.alpha is None:
                yield made
            else:
                yield cast(Pixels, np.dstack([made, sheet.alpha[top:bottom]]))

    def _band(self, sheet: Sheet, painted: Floats, rows: slice) -> Pixels:
        own = sheet.pixels[rows]
        mask = None if sheet.mask is None else sheet.mask[rows]
        if mask is None and self.blend == 1.0 and not self.keep_colour:
            return to_pixels(painted, own.dtype)
        content = to_floats(own)
        if self.keep_colour:
            painted = keep_colour(content, np.clip(painted, 0.0, 1.0))
        share: NDArray[np.float32] | np.float32 = np.float32(self.blend)
        if mask is not None:
            share = share * to_floats(mask)[..., np.newaxis]
        mixed = to_pixels(content + (painted - content) * share, own.dtype)
        return cast(Pixels, np.where(share > 0, mixed, own))


def _parts(painted: Floats | Pixels | Iterable[Pixels],
           size: tuple[int, int]) -> Iterator[tuple[int, int, Floats]]:
    """(top, bottom, rows of ``painted``) in floats and ``size``; the cut is the same however it comes."""
    if isinstance(painted, np.ndarray):
        most = _STRIP if painted.shape[:2] == size else _BAND
        yield from ((top, bottom, _rows(painted, top, bottom, size)) for top, bottom in _bands(*size, most))
        return
    cuts, waiting = _bands(*size, _STRIP), Rows(0)
    top, bottom = next(cuts)
    for rows in painted:
        waiting.add(waiting.end, rows)
        while bottom <= waiting.end and top < size[0]:
            yield top, bottom, to_floats(waiting.take(top, bottom))
            top, bottom = next(cuts, (size[0], size[0]))
        waiting.forget(top)


def _bands(height: int, width: int, most: int) -> Iterator[tuple[int, int]]:
    rows = max(1, most // width)
    return ((top, min(height, top + rows)) for top in range(0, height, rows))


def _rows(painted: Floats | Pixels, top: int, bottom: int, size: tuple[int, ...]) -> Floats:
    """Rows of ``painted`` as floats, brought to ``size`` if it has another."""
    if painted.shape[:2] == size[:2]:
        part = painted[top:bottom]
        return cast(Floats, part) if part.dtype == np.float32 else to_floats(part)
    ratio = painted.shape[0] / size[0]
    first, last = max(0, int(top * ratio) - 8), min(painted.shape[0], int(np.ceil(bottom * ratio)) + 8)
    part = painted[first:last]
    floats = cast(Floats, part) if part.dtype == np.float32 else to_floats(part)
    end = min(bottom * ratio - first, float(last - first))
    return resized(floats, bottom - top, size[1], (top * ratio - first, 0.0, end, float(painted.shape[1])))
