"""From the network's rows to the result's: bands of the size asked for, a few rows at a time.

Bands lie on a fixed grid and look at a fixed window of the network's rows, so that neither tiles nor a
restart can change a bit of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np
from PIL import Image

from studio.media.rows import Rows, Values
from studio.panels.upscale.plan import LOBES, Plan

BAND = 64
"""Rows of the result made at once."""


def bands(plan: Plan, strips: Iterable[tuple[int, Values]], top: int) -> Iterator[tuple[int, Values]]:
    """(row, band) of the result from row ``top`` on, (rows, width of the part, channels) of the strips' type.

    ``strips`` are the network's rows, counted from the top of the plan's cut, from `first_row` on. Values
    may leave 0..1.
    """
    kept = Rows(native_rows(plan, top, top)[0])
    for first, rows in strips:
        kept.add(first, rows)
        del rows
        while top < plan.part.bottom:
            bottom = min(plan.part.bottom, (top // BAND + 1) * BAND)
            low, high = native_rows(plan, top, bottom)
            if high > kept.end:
                break
            yield top, _band(plan, kept.take(low, high), low, (top, bottom))
            top = bottom
        kept.forget(native_rows(plan, top, top)[0])


def first_row(plan: Plan, top: int) -> int:
    """The row of the plan's cut, in pixels of the picture, that row ``top`` of the result begins to need."""
    return native_rows(plan, top, top)[0] // plan.scale


def native_rows(plan: Plan, top: int, bottom: int) -> tuple[int, int]:
    """The network's rows, counted in the cut, that rows ``top`` to ``bottom`` of the result look at."""
    ratio, shift = plan.ratio[0], plan.cut.top * plan.scale
    if plan.is_exact:
        return top - shift, bottom - shift
    reach = math.ceil(LOBES * max(1.0, ratio)) + 1
    low = max(0, math.floor(top * ratio) - reach - shift)
    return low, min(plan.cut.height * plan.scale, math.ceil(bottom * ratio) + reach - shift)


def _band(plan: Plan, native: Values, low: int, rows: tuple[int, int]) -> Values:
    """Rows ``rows`` of the result from the network's rows ``native``, the first of them number ``low``."""
    left = plan.cut.left * plan.scale
    if plan.is_exact:
        return native[:, plan.part.left - left:plan.part.right - left]
    down, across = plan.ratio
    start = low + plan.cut.top * plan.scale
    box = (max(0.0, plan.part.left * across - left), max(0.0, rows[0] * down - start),
           min(float(native.shape[1]), plan.part.right * across - left),
           min(float(native.shape[0]), rows[1] * down - start))
    size = plan.part.width, rows[1] - rows[0]
    planes = [Image.fromarray(np.ascontiguousarray(native[..., channel])).resize(
        size, Image.Resampling.LANCZOS, box) for channel in range(native.shape[2])]
    return np.stack([np.asarray(plane) for plane in planes], axis=2)
