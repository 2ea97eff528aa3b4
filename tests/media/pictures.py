"""Small pictures of every odd kind, made here."""

from __future__ import annotations

import io
import struct
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


def grey_profile(gamma: float = 1.8) -> bytes:
    """A profile (ICC.1:2001) of one grey channel: its head, its white and its curve."""
    white = struct.pack(">3i", *(round(part * 65536) for part in (0.9642, 1.0, 0.8249)))
    name = b"Grey of the tests\0"
    tags = {b"desc": b"desc" + struct.pack(">2I", 0, len(name)) + name + bytes(78),
            b"cprt": b"text\0\0\0\0none\0",
            b"wtpt": b"XYZ \0\0\0\0" + white,
            b"kTRC": b"curv" + struct.pack(">2IH", 0, 1, round(gamma * 256))}
    body, table = b"", b""
    for tag, data in tags.items():
        table += tag + struct.pack(">2I", 132 + 12 * len(tags) + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    size = 132 + len(table) + len(body)
    head = struct.pack(">I4sI12s6H4s", size, b"lcms", 0x02400000, b"mntrGRAYXYZ ", 2020, 1, 1, 0, 0, 0,
                       b"acsp")
    return head + bytes(28) + white + bytes(48) + struct.pack(">I", len(tags)) + table + body
