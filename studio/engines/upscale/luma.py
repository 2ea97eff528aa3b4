"""Brightness apart from colour, for networks that enlarge brightness alone (ITU-R BT.601, full range)."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.core.engine import Floats

_SHARES = np.array([0.299, 0.587, 0.114], np.float32)


def in_channels(picture: Floats, channels: int, upscale: Callable[[Floats], Floats]) -> Floats:
    """(H, W, 3) through ``upscale``, which takes ``channels``: 3, or 1 for brightness with colour beside."""
    if channels == 3:
        return upscale(picture)
    return coloured(upscale(brightness(picture)), picture)


def brightness(picture: Floats) -> Floats:
    """(H, W, 3) in 0..1 -> (H, W, 1) in 0..1."""
    return cast(Floats, (picture @ _SHARES)[..., np.newaxis])


def coloured(bright: Floats, picture: Floats) -> Floats:
    """``bright`` (sH, sW, 1) with the colours of ``picture`` (H, W, 3), enlarged beside it (Lanczos)."""
    shade = picture - brightness(picture)
    height, width = bright.shape[:2]
    planes = [_plane(shade[..., channel], height, width) for channel in range(3)]
    return cast(Floats, np.stack(planes, axis=2) + bright)


def _plane(plane: NDArray[np.float32], height: int, width: int) -> NDArray[np.float32]:
    image = Image.fromarray(np.ascontiguousarray(plane)).resize((width, height), Image.Resampling.LANCZOS)
    return np.asarray(image)
