"""Pictures as arrays for networks: layout, padding, sizes. Pure functions on float32 (H, W, 3), 0 to 1."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import DTypeLike, NDArray
from PIL import Image

from studio.core.engine import Floats
from studio.media.values import Pixels

SMALLEST = 64
"""A trunk with four halvings needs some pixels on both sides."""


def to_nchw(picture: Floats) -> Floats:
    """(H, W, 3) to contiguous (1, 3, H, W); what `planes` made is not copied."""
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
    return max(SMALLEST, round(height * scale)), max(SMALLEST, round(width * scale))


def rounded_up(number: int, multiple: int, least: int = 1) -> int:
    """The next multiple of ``multiple``, at least ``least`` itself."""
    return -(-max(number, least) // multiple) * multiple


def padded(picture: Floats, multiple: int, least: int = SMALLEST) -> Floats:
    """``picture`` with its last row and column repeated up to a ``multiple``, at least ``least``."""
    height, width = picture.shape[:2]
    down, right = (rounded_up(side, multiple, least) - side for side in (height, width))
    return np.pad(picture, ((0, down), (0, right), (0, 0)), mode="edge") if down or right else picture


def to_floats(pixels: NDArray[np.generic]) -> Floats:
    """Whole numbers to 0..1."""
    unit = np.float32(1.0 / highest(pixels.dtype))
    return cast(Floats, np.multiply(pixels, unit, dtype=np.float32, casting="unsafe"))


def planes(pixels: NDArray[np.generic], multiple: int = 1, least: int = 1) -> Floats:
    """`padded` of `to_floats` of (H, W, 3), in memory as networks take it: one channel after another."""
    height, width = pixels.shape[:2]
    made = np.empty((3, rounded_up(height, multiple, least), rounded_up(width, multiple, least)), np.float32)
    unit = np.float32(1.0 / highest(pixels.dtype))
    for channel in range(3):
        np.multiply(pixels[..., channel], unit, out=made[channel, :height, :width], casting="unsafe")
    made[:, :height, width:] = made[:, :height, width - 1:width]
    made[:, height:] = made[:, height - 1:height]
    return made.transpose(1, 2, 0)


def to_pixels(picture: Floats, dtype: DTypeLike) -> Pixels:
    """(H, W, channels) in 0..1 to rounded whole numbers; what lies outside is clipped."""
    top = np.float32(highest(dtype))
    made = np.empty(picture.shape, dtype)
    for channel in range(picture.shape[2]):  # as networks give them; all at once takes thrice as long
        scaled = np.clip(picture[..., channel], 0.0, 1.0)
        np.multiply(scaled, top, out=scaled)
        np.add(scaled, np.float32(0.5), out=scaled)
        made[..., channel] = scaled
    return cast(Pixels, made)


def highest(dtype: DTypeLike) -> int:
    """White: 255 or 65,535."""
    return (1 << 8 * int(np.dtype(dtype).itemsize)) - 1
