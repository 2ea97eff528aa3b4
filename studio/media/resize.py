"""Scales pictures as Pillow does: on the values as stored, with a filter as wide as the reduction."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_REDUCING_GAP = 3.0
"""Above this multiple of the target an area mean goes first: as good to the eye and much faster."""
_BAND = 4_000_000
"""Pixels averaged at once."""


def fit(height: int, width: int, longest: int) -> tuple[int, int]:
    """(height, width) in the same proportion with the longer side ``longest`` pixels, no side below 1."""
    scale = longest / max(height, width)
    return max(1, round(height * scale)), max(1, round(width * scale))


def resize(array: NDArray[np.generic], height: int, width: int) -> NDArray[np.generic]:
    """``array`` (H, W) or (H, W, 1 to 4), uint8, uint16 or float32, as (height, width) of the same type.

    Lanczos, antialiased when it shrinks; four channels are weighted by the fourth, opacity. Results stay
    inside the range the array had, so that ringing makes no values the picture never held.
    """
    if array.shape[:2] == (height, width):
        return array
    if array.dtype == np.uint8 and (array.ndim == 2 or array.shape[2] in (3, 4)):
        return np.asarray(_scaled(array, height, width))
    low, high = float(array.min()), float(array.max())
    values = _float(array, height, width).clip(low, high)
    return values if array.dtype == np.float32 else values.round().astype(array.dtype)


def _scaled(array: NDArray[np.generic], height: int, width: int) -> Image.Image:
    """As Pillow's ``reducing_gap`` does, but the means are made of a band after the other.

    Pillow's own copy of a picture takes four bytes for each pixel of it.
    """
    across, down = (max(1, int(side / wanted / _REDUCING_GAP)) for side, wanted in (
        (array.shape[1], width), (array.shape[0], height)))
    if across == down == 1 or array.shape[2:] == (4,):
        return Image.fromarray(_pillows(array)).resize((width, height), Image.Resampling.LANCZOS)
    step = max(1, _BAND // (array.shape[1] * down)) * down
    bands = [np.asarray(Image.fromarray(_pillows(array[top:top + step])).reduce((across, down)))
             for top in range(0, array.shape[0], step)]
    box = 0.0, 0.0, array.shape[1] / across, array.shape[0] / down
    return Image.fromarray(np.concatenate(bands)).resize((width, height), Image.Resampling.LANCZOS, box)


def _pillows(band: NDArray[np.generic]) -> NDArray[np.uint8 | np.float32]:
    """Bytes as they are, other numbers as floats."""
    return cast(NDArray[np.uint8 | np.float32], np.ascontiguousarray(
        band if band.dtype == np.uint8 else band.astype(np.float32, copy=False)))


def _float(array: NDArray[np.generic], height: int, width: int) -> NDArray[np.float32]:
    if array.ndim == 2:
        return _plane(array, height, width)
    if array.shape[2] != 4:
        return np.stack([_plane(array[:, :, i], height, width) for i in range(array.shape[2])], axis=2)
    values = array.astype(np.float32, copy=False)
    opacity = values[:, :, 3:]
    small = np.stack([_plane(values[:, :, i] * opacity[:, :, 0], height, width) for i in range(3)], axis=2)
    weight = _plane(opacity[:, :, 0], height, width)[:, :, None]
    colour = np.divide(small, weight, out=np.zeros_like(small), where=weight > 0)
    return np.concatenate([colour, weight], axis=2)


def _plane(plane: NDArray[np.generic], height: int, width: int) -> NDArray[np.float32]:
    exact = plane.astype(np.float32) if plane.dtype == np.uint8 else plane  # bytes would be rounded twice
    return cast(NDArray[np.float32], np.asarray(_scaled(exact, height, width)))
