"""Looks whether a result is a picture at all."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_LEAST = {"u1": 0, "u2": 64}
_GLANCE = 16
"""Rows and columns looked at first."""
_LEAST_FLOAT = 1e-3
"""A difference smaller than this is none to the eye: a quarter of an 8-bit step, or less."""


def check_picture(pixels: NDArray[Any]) -> str | None:
    """What is wrong with ``pixels``, (H, W) or (H, W, channels), or None.

    "not a number" for NaN and infinity, "all black", "flat colour". Opacity (a fourth channel) is left out
    of the last two, and a single pixel is never flat.
    """
    if pixels.dtype.kind == "f" and not np.isfinite(pixels).all():
        return "not a number"
    colours = pixels[:, :, :3] if pixels.ndim == 3 else pixels[:, :, None]
    if colours.shape[0] * colours.shape[1] < 2:
        return None
    least = _LEAST.get(pixels.dtype.kind + str(pixels.dtype.itemsize), _LEAST_FLOAT)
    down, right = (-(-side // _GLANCE) for side in colours.shape[:2])
    for part in (colours[::down, ::right], colours):  # few pixels show of nearly every picture that it is one
        low, high = part.min(axis=(0, 1)), part.max(axis=(0, 1))
        if (high - low > least).any():
            return None
    return "all black" if (high <= least).all() else "flat colour"
