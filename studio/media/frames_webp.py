"""Animated WebP (RFC 9649): every frame is a whole picture that takes the place of the one before."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from studio.media import riff, xmp_edit
from studio.media.extras import Extras
from studio.media.frames import Frame

_MOST = (1 << 24) - 1
_REPLACES = 2
"""Frame flag: not blended with what is there."""
_HEAD = bytes(6)
"""Left and top corner of a frame."""


class WebpFrames:
    """Frames of ``shape`` (height, width, 3 or 4) as a WebP that plays ``loop`` times, 0 for ever."""

    def __init__(self, path: Path, shape: tuple[int, int, int], loop: int, quality: int,
                 extras: Extras) -> None:
        height, width, channels = shape
        self._quality, self._extras = quality, extras
        self._packet = xmp_edit.with_recipe(extras.xmp, extras.recipe) if extras.recipe else extras.xmp
        flags = riff.ANIMATION | (riff.ALPHA if channels == 4 else 0) | riff.flags_of(extras, self._packet)
        self._file = path.open("wb")
        riff.start(self._file)
        self._file.write(riff.extended(flags, width, height))
        if extras.icc:
            self._file.write(riff.chunk(b"ICCP", extras.icc))
        self._file.write(riff.chunk(b"ANIM", bytes(4) + min(loop, 65_535).to_bytes(2, "little")))

    def add(self, frame: Frame, milliseconds: int) -> None:
        """As in `frames.Frames`."""
        made = io.BytesIO()
        with Image.fromarray(frame) as image:
            image.save(made, "WEBP", quality=self._quality, method=4, exact=True)
        picture = b"".join(riff.chunk(name, content) for name, content in riff.chunks(made.getvalue())
                           if name in riff.PICTURE)
        height, width, _ = frame.shape
        numbers = (width - 1, height - 1, min(milliseconds, _MOST))
        head = _HEAD + b"".join(number.to_bytes(3, "little") for number in numbers) + bytes([_REPLACES])
        self._file.write(riff.chunk(b"ANMF", head + picture))

    def finish(self) -> None:
        """As in `frames.Frames`."""
        if self._extras.exif:
            self._file.write(riff.chunk(b"EXIF", self._extras.exif.removeprefix(b"Exif\0\0")))
        if self._packet:
            self._file.write(riff.chunk(b"XMP ", self._packet))
        riff.end(self._file)

    def close(self) -> None:
        """As in `frames.Frames`."""
        self._file.close()
