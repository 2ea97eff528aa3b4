"""Transparent pictures: colours for what cannot be seen, and an opacity that never rings."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.core.engine import Floats
from studio.media.values import Pixels

REACH = 2
"""Pixels around a place whose opacity bounds its own."""


def bled(colours: Pixels, alpha: Pixels) -> Pixels:
    """``colours`` (H, W, channels) with those that nobody sees replaced by ones from nearby.

    Editors leave anything under full transparency, mostly black or white, and a network would draw it into
    the edge as a fringe. Pull-push (Gortler et al. 1996): visible colours, weighted by ``alpha`` (H, W), are
    averaged into ever smaller pictures, and the gaps are filled from there.
    """
    hidden = alpha == 0
    if not hidden.any() or hidden.all():
        return colours
    weight = alpha.astype(np.float32)[..., np.newaxis]
    filled = _filled(colours * weight, weight)
    result = colours.copy()
    result[hidden] = np.rint(filled[hidden]).astype(colours.dtype)
    return result


def bounded(opacity: Floats, source: Floats, scale: int) -> Floats:
    """``opacity`` (scale x H, scale x W) kept between the least and the most of ``source`` (H, W) nearby.

    So what is all opaque or all transparent stays so to the last bit.
    """
    low, high = (np.repeat(np.repeat(_extreme(source, pick), scale, 0), scale, 1)
                 for pick in (np.minimum, np.maximum))
    return cast(Floats, np.clip(opacity, low, high))


def _filled(colours: NDArray[np.float32], weight: NDArray[np.float32]) -> NDArray[np.float32]:
    """Means of ``colours`` (sums, with their ``weight``), and where there is none, of a wider surrounding."""
    seen = weight > 0
    mean = np.divide(colours, weight, out=np.zeros_like(colours), where=seen)
    if seen.all():
        return mean
    wide = _filled(_halved(colours), _halved(weight))
    return np.where(seen, mean, _doubled(wide, *mean.shape[:2]))


def _halved(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sums of 2 x 2."""
    height, width = values.shape[:2]
    even = np.pad(values, ((0, height % 2), (0, width % 2), (0, 0)))
    rows = even[0::2] + even[1::2]
    return cast(NDArray[np.float32], rows[:, 0::2] + rows[:, 1::2])


def _doubled(values: NDArray[np.float32], height: int, width: int) -> NDArray[np.float32]:
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
