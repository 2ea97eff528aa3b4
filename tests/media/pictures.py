"""Small pictures of every odd kind, made here."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def gradient(height: int = 24, width: int = 32, channels: int = 3, dtype: Any = np.uint8) -> NDArray[Any]:
    """(height, width, channels): every corner and channel differs."""
    top = np.iinfo(dtype).max
    y = np.linspace(0, 1, height)[:, None, None]
    x = np.linspace(0, 1, width)[None, :, None]
    slope = np.linspace(0.2, 1, channels)[None, None, :]
    return ((0.6 * x * slope + 0.4 * y * (1.2 - slope)) * top).round().astype(dtype)


def noise(height: int = 64, width: int = 64, channels: int = 3) -> NDArray[np.uint8]:
    """Does not compress, so that cutting a file really removes pixels."""
    return np.random.default_rng(7).integers(0, 256, (height, width, channels), dtype=np.uint8)


def saved(pixels: NDArray[Any] | Image.Image, kind: str, **more: Any) -> bytes:
    """Encoded by Pillow."""
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    made = io.BytesIO()
    image.save(made, kind, **more)
    return made.getvalue()
