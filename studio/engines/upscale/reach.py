"""How far around a place a network looks, found by cutting a picture and seeing how far that is felt."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from studio.core.engine import Floats

STRIP = (32, 160)
"""Height and width of the picture it is tried on; multiples of most networks' grids."""
_CUT = 32
"""Columns taken away, where the grid of most networks lies too."""
_ROUNDING = 0.002 / 255
"""Changes below are those of sums in another order."""
_FELT = 0.2 / 255
"""A change beyond which two tiles could be told apart, once blended."""
UNKNOWN = 32


def measured(upscale: Callable[[Floats], Floats], *, pads: bool) -> tuple[int, bool]:
    """(margin in pixels of the source, whether nothing beyond it counts), of a network on a noisy picture.

    ``upscale`` is (H, W, 3) -> (s H, s W, 3). ``pads`` says that it wants some sizes only: then a tile is
    never quite the same, since it is padded otherwise than the whole. Where the cut fades but never ends,
    the margin goes to where it cannot be told any more; where it is felt everywhere, it is `UNKNOWN`.
    """
    picture = trial(*STRIP)
    whole, rest = upscale(picture), upscale(np.ascontiguousarray(picture[:, _CUT:]))
    scale = whole.shape[0] // STRIP[0]
    off = np.abs(whole[:, _CUT * scale:] - rest).max(axis=(0, 2))
    for least, is_local in ((_ROUNDING, not pads), (_FELT, False)):
        felt = np.flatnonzero(off > least)
        reach = int(felt[-1]) // scale + 1 if felt.size else 0
        if reach <= (STRIP[1] - _CUT) * 3 // 4:
            return reach + max(2, reach // 8), is_local
    return UNKNOWN, False


def trial(height: int, width: int) -> Floats:
    """(height, width, 3) in 0..1: slow colours with edges and noise, the same at every call."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    noise = np.random.default_rng(7).random((height, width, 3), np.float32)
    waves = np.stack([np.sin(x / 5 + c) * np.cos(y / 7 - c) for c in range(3)], axis=2)
    steps = (((x // 11 + y // 9) % 2) * 0.2)[..., np.newaxis]
    return np.asarray(0.4 + 0.25 * waves + steps + 0.3 * (noise - 0.5), np.float32).clip(0.02, 0.98)
