"""From finished rows to an encoded result: small pictures in memory, big ones row by row into a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from studio.core.jobs import JobContext
from studio.media.checks import check_picture
from studio.media.picture import encode_png
from studio.media.resize import fit
from studio.media.stream import open_writer
from studio.media.thinned import Thinned
from studio.media.thumbs import of_picture
from studio.media.values import Picture, Pixels
from studio.panels.style.sheet import Sheet

WHOLE_BYTES = 40_000_000
"""Of pixels that are held and encoded whole, which is faster; more of them go to the disk as they come."""
_PNG_LEVEL = 1
"""The project keeps results as they are; more would cost more time than the space is worth."""
_LOOKED_AT = 256
"""Rows and columns looked at, at most, when a result is checked."""
_SHOWN = 1024


@dataclass(frozen=True, slots=True)
class Result:
    """An encoded picture."""

    data: bytes | Path
    """A PNG, or a file of one in the context's scratch folder."""
    thumbnail: bytes
    """b"" where the picture is small enough to make one later."""
    is_flat: bool
    """Whether it is one flat colour."""


def encoded(rows: Iterator[Pixels], sheet: Sheet, ctx: JobContext) -> Result:
    """``rows`` (n, W, 3 or 4) of a picture of the sheet's size as a PNG of its depth.

    Raises what making the rows raises, and StudioError where the disk is full; then no file remains.
    """
    if sheet.pixels.nbytes <= WHOLE_BYTES:
        return _whole(rows, sheet, ctx)
    height, width = sheet.pixels.shape[:2]
    channels, bits = 3 + (sheet.alpha is not None), 8 * sheet.pixels.dtype.itemsize
    seen = Thinned(np.zeros((*fit(height, width, _SHOWN), channels), np.uint8), (height, width))
    path = ctx.scratch() / "painted.png"
    with open_writer(path, "png", height=height, width=width, channels=channels, bits=bits) as writer:
        for part in rows:
            ctx.cancel.check()
            writer.write(part)
            seen.add(part)
        ctx.progress(0.96, "Saving")
    return Result(path, of_picture(Picture(seen.pixels)), is_flat(seen.pixels))


def is_flat(pixels: Pixels) -> bool:
    """Whether ``pixels`` (H, W, 3 or 4) are one flat colour, as far as some rows and columns tell."""
    down, right = (-(-side // _LOOKED_AT) for side in pixels.shape[:2])
    return check_picture(pixels[::down, ::right, :3]) is not None


def _whole(rows: Iterator[Pixels], sheet: Sheet, ctx: JobContext) -> Result:
    height, width, colours = sheet.pixels.shape
    pixels: Pixels = np.empty((height, width, colours + (sheet.alpha is not None)), sheet.pixels.dtype)
    top = 0
    for part in rows:
        pixels[top:top + len(part)] = part
        top += len(part)
    ctx.progress(0.96, "Saving")
    ctx.cancel.check()
    return Result(encode_png(pixels, level=_PNG_LEVEL), b"", is_flat(pixels))
