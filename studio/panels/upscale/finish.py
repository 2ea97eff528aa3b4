"""The last touches on a band of rows: grain, and whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import DTypeLike, NDArray

from studio.core.engine import Floats
from studio.media.values import Pixels
from studio.panels.upscale.grain import add_grain


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
    top = np.float32(highest(dtype))
    np.multiply(values, top, out=values)
    np.add(values, np.float32(0.5), out=values)
    np.clip(values, np.float32(0.0), top, out=values)
    pixels = np.empty(values.shape, dtype)
    for channel in range(values.shape[2]):  # twice as fast as all at once where channels lie apart
        pixels[..., channel] = values[..., channel]
    return cast(Pixels, pixels)


def highest(dtype: DTypeLike) -> int:
    """White: 255 or 65,535."""
    return (1 << 8 * int(np.dtype(dtype).itemsize)) - 1
