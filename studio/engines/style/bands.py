"""Two bands of one picture: the look of a small whole painting, the brushwork of tiles at full size.

A two-band Laplacian merge (Burt and Adelson 1983): what the small painting can show comes from it, what
only the full size can show comes from the tile. Scaled down, the result is the small painting again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image

from studio.core.engine import Floats
from studio.engines.style.arrays import resized

_REACH = 3
"""Small pixels around a core that bicubic enlarging looks at. Making those looks two further."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a picture: rows ``top`` to ``bottom``, columns ``left`` to ``right``, ends excluded."""

    top: int
    bottom: int
    left: int
    right: int

    def of(self, picture: Floats, inside: Window | None = None) -> Floats:
        """This part of ``picture``; ``inside`` tells which window of the whole ``picture`` is."""
        y, x = (inside.top, inside.left) if inside else (0, 0)
        return picture[self.top - y:self.bottom - y, self.left - x:self.right - x]


def reach(low: tuple[int, int], size: tuple[int, int]) -> int:
    """Pixels around a tile's core that `merged` needs, for a low band of shape ``low`` in ``size``."""
    return math.ceil((_REACH + 2) * max(size[0] / low[0], size[1] / low[1]))


def merged(tile: Floats, window: Window, core: Window, low: Floats, size: tuple[int, int]) -> Floats:
    """The core of ``tile`` with its low band replaced by ``low``.

    tile: painted pixels of ``window`` in a picture of ``size`` (height, width); window: core and at least
    `reach` around it, or up to the picture's edge (and beyond: padding is ignored). low: (h, w, 3), the
    whole picture, smaller. Result: float32 of the core's shape, not clipped.
    """
    ratio = size[0] / low.shape[0], size[1] / low.shape[1]
    small = _covering(core, ratio, (low.shape[0], low.shape[1]))
    box = (small.top * ratio[0] - window.top, small.left * ratio[1] - window.left,
           small.bottom * ratio[0] - window.top, small.right * ratio[1] - window.left)
    # A triangle: a box filter puts a pixel on one side or the other by a rounding error.
    shrunk = resized(tile, small.bottom - small.top, small.right - small.left, _within(box, tile),
                     Image.Resampling.BILINEAR)
    difference = small.of(low) - shrunk
    box = (core.top / ratio[0] - small.top, core.left / ratio[1] - small.left,
           core.bottom / ratio[0] - small.top, core.right / ratio[1] - small.left)
    height, width = core.bottom - core.top, core.right - core.left
    grown = resized(difference, height, width, _within(box, difference))
    return np.add(grown, core.of(tile, window), out=grown)


def _covering(core: Window, ratio: tuple[float, float], shape: tuple[int, int]) -> Window:
    return Window(max(0, math.floor(core.top / ratio[0]) - _REACH),
                  min(shape[0], math.ceil(core.bottom / ratio[0]) + _REACH),
                  max(0, math.floor(core.left / ratio[1]) - _REACH),
                  min(shape[1], math.ceil(core.right / ratio[1]) + _REACH))


def _within(box: tuple[float, float, float, float], picture: Floats) -> tuple[float, float, float, float]:
    """``box`` without the rounding error that would put it a hair outside ``picture``."""
    height, width = picture.shape[:2]
    return max(0.0, box[0]), max(0.0, box[1]), min(float(height), box[2]), min(float(width), box[3])
