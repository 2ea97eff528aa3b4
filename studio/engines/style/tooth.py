"""The tooth of the canvas: a fine unevenness under the paint.

A network that repaints has nothing to hold on to in an even sky; what it then magnifies into strokes is the
banding and the blocks of the file. A grain that it learned with gives it something better (texture out of
noise: Ulyanov et al. 2016). The grain is fixed, lies on the picture's own grid and repeats every `PERIOD`
pixels, so that tiles meet and the same picture always comes out the same.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from studio.core.engine import Floats

PERIOD = 256
_LEVEL = 1.0 / 255.0
_OCTAVES = ((0.0, 2.5), (1.2, 2.0), (3.0, 2.0))
"""(radius in pixels, strength in levels of 255) of the grains laid over each other."""
_COLOUR = 0.4
"""How far the three colours go their own ways."""


def toothed(content: Floats, strength: float, top: int = 0, left: int = 0) -> Floats:
    """``content`` (H, W, 3), whose corner lies at ``top``, ``left`` of the picture, with tooth.

    ``strength`` 1 is what the starter model learned with, 0 none.
    """
    return lay_tooth(content.copy(), strength, top, left) if strength else content


def lay_tooth(ground: Floats, strength: float, top: int = 0, left: int = 0) -> Floats:
    """`toothed`, in place."""
    if not strength:
        return ground
    height, width = ground.shape[:2]
    grain = np.float32(strength) * _grain()
    for y in range(-(top % PERIOD), height, PERIOD):
        for x in range(-(left % PERIOD), width, PERIOD):
            rows, columns = slice(max(0, y), y + PERIOD), slice(max(0, x), x + PERIOD)
            place = ground[rows, columns]
            place += grain[rows.start - y:, columns.start - x:][:place.shape[0], :place.shape[1]]
    return ground


@cache
def _grain() -> Floats:
    """(PERIOD, PERIOD, 3), float32, mean 0; in memory one channel after another, as it is mostly laid."""
    rng = np.random.default_rng(20)
    layers = [strength * _softened(rng.standard_normal((PERIOD, PERIOD, 4)), radius)
              for radius, strength in _OCTAVES]
    both = np.sum(layers, axis=0)
    mixed = (1 - _COLOUR) * both[..., 3:] + _COLOUR * both[..., :3]
    made = np.asarray(_LEVEL * (mixed - mixed.mean((0, 1))), np.float32)
    return np.ascontiguousarray(made.transpose(2, 0, 1)).transpose(1, 2, 0)


def _softened(noise: np.ndarray[tuple[int, ...], np.dtype[np.float64]], radius: float
              ) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Blurred by a Gaussian that runs around the edges, and brought back to deviation 1."""
    steps = np.fft.fftfreq(PERIOD) * 2 * np.pi * radius
    filter_ = np.exp(-0.5 * (steps[:, None] ** 2 + steps[None, :] ** 2))[..., None]
    soft = np.fft.ifft2(np.fft.fft2(noise, axes=(0, 1)) * filter_, axes=(0, 1)).real
    return np.asarray(soft / soft.std((0, 1)))
