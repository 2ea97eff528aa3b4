"""Pictures as arrays for networks: layout, padding, sizes. Pure functions on float32 (H, W, 3), 0 to 1."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import DTypeLike, NDArray
from PIL import Image

from studio.core.engine import Floats
from studio.media.values import Pixels

_SMALLEST = 64
"""A trunk with four halvings needs some pixels on both sides."""


def to_nchw(picture: Floats) -> Floats:
    """(H, W, 3) to contiguous (1, 3, H, W)."""
    return cast(Floats, np.ascontiguousarray(picture.transpose(2, 0, 1)[np.newaxis]))


def from_nchw(batch: NDArray[np.float32]) -> Floats:
    """(1, 3, H, W) to a (H, W, 3) view."""
    return cast(Floats, batch[0].transpose(1, 2, 0))


def resized(picture: Floats, height: int, width: int, box: tuple[float, float, float, float] | None = None,
            method: Image.Resampling = Image.Resampling.BICUBIC) -> Floats:
    """``picture``, or its part ``box`` (y0, x0, y1, x1, may be fractions), at another size.

    Filters reach outside the box where there is picture, so neighbouring boxes fit without a seam.
    """
    if box is None and picture.shape[:2] == (height, width):
        return picture
    corner = None if box is None else (box[1], box[0], box[3], box[2])
    planes = [Image.fromarray(np.ascontiguousarray(picture[..., c])).resize((width, height), method, corner)
              for c in range(picture.shape[2])]
    return np.stack([np.asarray(plane) for plane in planes], axis=2)


def area_resized(picture: Floats, height: int, width: int,
                 box: tuple[float, float, float, float] | None = None) -> Floats:
    """As `resized`, every new pixel the mean of the ones it covers."""
    return resized(picture, height, width, box, Image.Resampling.BOX)


def style_size(picture: NDArray[np.generic], side: int) -> tuple[int, int]:
    """Height and width at which a style is encoded: longer side at most ``side``, none below 64."""
    height, width = picture.shape[:2]
    scale = min(1.0, side / max(height, width))
    return max(_SMALLEST, round(height * scale)), max(_SMALLEST, round(width * scale))


def padded(picture: Floats, multiple: int, least: int = _SMALLEST) -> Floats:
    """``picture`` with its last row and column repeated up to a ``multiple``, at least ``least``."""
    height, width = picture.shape[:2]
    down, right = (max(-(-n // multiple) * multiple, -(-least // multiple) * multiple) - n
                   for n in (height, width))
    return np.pad(picture, ((0, down), (0, right), (0, 0)), mode="edge") if down or right else picture


def to_floats(pixels: NDArray[np.generic]) -> Floats:
    """Whole numbers to 0..1."""
    unit = np.float32(1.0 / highest(pixels.dtype))
    return cast(Floats, np.multiply(pixels, unit, dtype=np.float32, casting="unsafe"))


def to_pixels(picture: Floats, dtype: DTypeLike) -> Pixels:
    """0..1 to rounded whole numbers; what lies outside is clipped."""
    top = np.float32(highest(dtype))
    scaled = np.clip(picture, 0.0, 1.0)
    np.multiply(scaled, top, out=scaled)
    np.add(scaled, np.float32(0.5), out=scaled)
    return cast(Pixels, scaled.astype(dtype))


def highest(dtype: DTypeLike) -> int:
    """White: 255 or 65,535."""
    return (1 << 8 * int(np.dtype(dtype).itemsize)) - 1
