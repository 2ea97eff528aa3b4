"""Transparent pictures: colours for what cannot be seen, and an opacity that never rings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.core.engine import Floats
from studio.media.values import Pixels

REACH = 2
"""Pixels around a place whose opacity bounds its own."""


def bled(colours: Pixels, alpha: Pixels, check: Callable[[], None] = lambda: None) -> Pixels:
    """``colours`` (H, W, channels) with those that nobody sees replaced by ones from nearby.

    Editors leave anything under full transparency, mostly black or white, and a network would draw it into
    the edge as a fringe. Pull-push (Gortler et al. 1996): visible colours, weighted by ``alpha`` (H, W), are
    averaged into ever smaller pictures, and the gaps are filled from there. ``check`` is called now and then
    and may raise, to stop.
    """
    hidden = alpha == 0
    if not hidden.any() or hidden.all():
        return colours
    result = colours.copy()
    check()
    weight = _halved(alpha[..., np.newaxis])
    planes = (_halved(colours[..., at:at + 1], alpha[..., np.newaxis]) for at in range(colours.shape[2]))
    sums = np.concatenate(list(planes), axis=2)
    check()
    wide = _filled(sums, weight, check)
    for at in range(colours.shape[2]):
        check()
        result[..., at][hidden] = np.rint(_doubled(wide[..., at:at + 1], *alpha.shape)[hidden][:, 0])
    return result


def bounded(opacity: Floats, source: Floats, scale: int) -> Floats:
    """``opacity`` (scale x H, scale x W) kept between the least and the most of ``source`` (H, W) nearby.

    So what is all opaque or all transparent stays so to the last bit.
    """
    low, high = (np.repeat(np.repeat(_extreme(source, pick), scale, 0), scale, 1)
                 for pick in (np.minimum, np.maximum))
    return cast(Floats, np.clip(opacity, low, high))


def _filled(colours: Floats, weight: Floats, check: Callable[[], None]) -> Floats:
    """Means of ``colours`` (sums, with their ``weight``), and where there is none, of a wider surrounding."""
    seen = weight > 0
    mean = np.divide(colours, weight, out=np.zeros_like(colours), where=seen)
    if seen.all():
        return mean
    check()
    wide = _filled(_halved(colours), _halved(weight), check)
    return np.where(seen, mean, _doubled(wide, *mean.shape[:2]))


def _halved(values: NDArray[Any], weight: NDArray[Any] | None = None) -> Floats:
    """Sums of 2 x 2 of ``values`` (H, W, channels), times ``weight``; never all of them as floats at once."""
    height, width = values.shape[:2]
    total = np.zeros(((height + 1) // 2, (width + 1) // 2, values.shape[2]), np.float32)
    for y in (0, 1):
        for x in (0, 1):
            part = values[y::2, x::2].astype(np.float32)
            total[:part.shape[0], :part.shape[1]] += part if weight is None else part * weight[y::2, x::2]
    return total


def _doubled(values: Floats, height: int, width: int) -> Floats:
    box = (0, 0, width / 2, height / 2)
    planes = [Image.fromarray(np.ascontiguousarray(values[..., channel])).resize(
        (width, height), Image.Resampling.BILINEAR, box) for channel in range(values.shape[2])]
    return np.stack([np.asarray(plane) for plane in planes], axis=2)


def _extreme(values: Floats, pick: np.ufunc) -> Floats:
    """The least or the most within `REACH`, one axis after the other."""
    for axis in (0, 1):
        length = values.shape[axis]
        ends = [(REACH, REACH) if at == axis else (0, 0) for at in (0, 1)]
        wide = np.pad(values, ends, mode="edge")
        values = pick.reduce([np.take(wide, range(step, step + length), axis)
                              for step in range(2 * REACH + 1)])
    return values
