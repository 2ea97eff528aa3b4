"""Animated GIF (GIF89a): every frame has its own colours; Pillow quantises and packs, we frame."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.media.frames import Frame
from studio.media.frames_box import changed

_HEADER = 13
"""Bytes of signature and logical screen descriptor."""
_COLOURS = 255
"""Of a frame; one more is kept for what is transparent."""
_OPAQUE = 128
_STAY, _CLEAR = 1, 2
"""Disposal: the next frame is drawn over this one, or over nothing."""


class GifFrames:
    """Frames of ``shape`` (height, width, 3 or 4) as a GIF that repeats as ``loop`` says."""

    def __init__(self, path: Path, shape: tuple[int, int, int], loop: int | None) -> None:
        height, width, channels = shape
        self._is_opaque = channels == 3
        self._before: Frame | None = None
        self._file = path.open("wb")
        self._file.write(b"GIF89a" + struct.pack("<HHBBB", width, height, 0x70, 0, 0))
        if loop is not None:
            self._file.write(b"!\xff\x0bNETSCAPE2.0\x03\x01" + struct.pack("<H", min(loop, 65_535)) + b"\0")

    def add(self, frame: Frame, milliseconds: int) -> None:
        """As in `frames.Frames`."""
        # a pixel that turns transparent cannot be written over, so such frames are whole and get cleared
        top, left, bottom, right = changed(self._before if self._is_opaque else None, frame)
        self._before = frame.copy() if self._is_opaque else None
        table, data, bits = _packed(_indexed(frame[top:bottom, left:right]))
        flags = _STAY << 2 if self._is_opaque else _CLEAR << 2 | 1
        self._file.write(b"!\xf9\x04" + struct.pack("<BHBB", flags, min(round(milliseconds / 10), 65_535),
                                                    0 if self._is_opaque else _COLOURS, 0))
        self._file.write(b"," + struct.pack("<HHHHB", left, top, right - left, bottom - top, 0x80 | bits))
        self._file.write(table + data)

    def finish(self) -> None:
        """As in `frames.Frames`."""
        self._file.write(b";")

    def close(self) -> None:
        """As in `frames.Frames`."""
        self._file.close()


def _indexed(frame: Frame) -> Image.Image:
    """A picture of 256 colours; the last one is transparent where there is alpha. No dithering: it would
    flicker.
    """
    colours = np.ascontiguousarray(frame[:, :, :3])
    clear = frame[:, :, 3] < _OPAQUE if frame.shape[2] == 4 else None
    if clear is not None:
        colours[clear] = 0
    indices, palette = _exact(colours) or _fewer(colours)
    if clear is not None:
        indices[clear] = _COLOURS
    image = Image.fromarray(indices, "P")
    image.putpalette(palette.ljust(768, b"\0"))
    return image


def _exact(colours: Frame) -> tuple[NDArray[np.uint8], bytes] | None:
    """The colours as they are, if there are few enough."""
    codes = (colours.astype(np.uint32) << np.array([16, 8, 0], np.uint32)).sum(axis=2, dtype=np.uint32)
    if len(np.unique(codes[::7, ::7])) > _COLOURS:  # most photographs: saves sorting all of it
        return None
    found, indices = np.unique(codes, return_inverse=True)
    if len(found) > _COLOURS:
        return None
    palette = np.stack([found >> 16 & 255, found >> 8 & 255, found & 255], axis=1).astype(np.uint8)
    return indices.reshape(codes.shape).astype(np.uint8), palette.tobytes()


def _fewer(colours: Frame) -> tuple[NDArray[np.uint8], bytes]:
    made = Image.fromarray(colours).quantize(_COLOURS, dither=Image.Dither.NONE)
    return np.array(made, np.uint8), bytes(cast(list[int], made.getpalette()))


def _packed(image: Image.Image) -> tuple[bytes, bytes, int]:
    """The colour table, the LZW blocks, and the exponent of the table's size, from a GIF Pillow writes."""
    made = io.BytesIO()
    image.save(made, "GIF", interlace=0, optimize=False)
    data = made.getvalue()
    bits = data[10] & 7
    table = data[_HEADER:_HEADER + 3 * 2 ** (bits + 1)]
    at = _HEADER + len(table)
    while data[at:at + 1] == b"!":
        at += 2
        while data[at]:
            at += 1 + data[at]
        at += 1
    return table, data[at + 10:-1], bits
