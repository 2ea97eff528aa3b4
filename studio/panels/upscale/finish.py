"""The last touches on a band of rows: grain, and whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import DTypeLike, NDArray

from studio.core.engine import Floats
from studio.media.values import Pixels
from studio.panels.upscale.grain import add_grain

_AT_ONCE = 50_000
"""Numbers rounded at once."""


@dataclass(frozen=True, slots=True)
class Finish:
    """How bands become pixels."""

    dtype: DTypeLike
    """uint8 or uint16."""
    colours: int
    """Channels that are colour, 1 or 3; one more is opacity."""
    grain: float
    seed: int
    left: int
    """First column of what is made, in the whole result."""
    width: int
    """Of the whole result."""

    def run(self, band: Floats, top: int) -> Pixels:
        """Rows (n, W, channels) from row ``top`` of the whole result on, as pixels; ``band`` may change."""
        if self.grain:
            band[..., :self.colours] = add_grain(band[..., :self.colours], self.grain, self.seed, top,
                                                 self.left, self.width)
        return to_pixels(band, self.dtype)


def to_floats(pixels: NDArray[np.generic]) -> Floats:
    """Whole numbers to 0..1."""
    return cast(Floats, np.multiply(pixels, np.float32(1.0 / highest(pixels.dtype)), dtype=np.float32,
                                    casting="unsafe"))


def to_pixels(values: Floats, dtype: DTypeLike) -> Pixels:
    """0..1, (H, W, channels), to rounded whole numbers, clipped; ``values`` is used up."""
    top, pixels = np.float32(highest(dtype)), np.empty(values.shape, dtype)
    step = max(1, _AT_ONCE // max(1, values.shape[1]))
    for row in range(0, values.shape[0], step):
        for channel in range(values.shape[2]):  # channels lie apart, and so few numbers stay in the cache
            part = values[row:row + step, :, channel]
            np.multiply(part, top, out=part)
            np.add(part, np.float32(0.5), out=part)
            np.clip(part, np.float32(0.0), top, out=part)
            pixels[row:row + step, :, channel] = part
    return cast(Pixels, pixels)


def highest(dtype: DTypeLike) -> int:
    """White: 255 or 65,535."""
    return (1 << 8 * int(np.dtype(dtype).itemsize)) - 1
