"""Animated PNG (third edition, 11.3.6): what changed from frame to frame is written, no more."""

from __future__ import annotations

import struct
from pathlib import Path

from studio.media.extras import Extras
from studio.media.frames import Frame
from studio.media.frames_box import changed
from studio.media.png_rows import SIGNATURE, RowPacker, ancillary, chunk

_COLOURS = {3: 2, 4: 6}
_PLACE = len(SIGNATURE) + 25
"""Where the count of frames stands: after the signature and IHDR."""
_MOST = 65_535


class PngFrames:
    """Frames of ``shape`` (height, width, 3 or 4) as an APNG that plays ``loop`` times, 0 for ever."""

    def __init__(self, path: Path, shape: tuple[int, int, int], loop: int, extras: Extras) -> None:
        height, width, channels = shape
        self._loop, self._channels = loop, channels
        self._count = self._sequence = 0
        self._before: Frame | None = None
        self._file = path.open("wb")
        header = struct.pack(">IIBBBBB", width, height, 8, _COLOURS[channels], 0, 0, 0)
        self._file.write(SIGNATURE + chunk(b"IHDR", header) + self._control() + ancillary(extras))

    def add(self, frame: Frame, milliseconds: int) -> None:
        """As in `frames.Frames`."""
        top, left, bottom, right = changed(self._before, frame)
        self._before = frame.copy()
        self._write(b"fcTL", struct.pack(">IIIIHHBB", right - left, bottom - top, left, top,
                                         min(milliseconds, _MOST), 1000, 0, 0))
        packer = RowPacker(right - left, self._channels, 8)
        data = packer.add(frame[top:bottom, left:right]) + packer.finish()
        if self._count:
            self._write(b"fdAT", data)
        else:
            self._file.write(chunk(b"IDAT", data))
        self._count += 1

    def finish(self) -> None:
        """As in `frames.Frames`."""
        self._file.write(chunk(b"IEND", b""))
        self._file.seek(_PLACE)
        self._file.write(self._control())

    def close(self) -> None:
        """As in `frames.Frames`."""
        self._file.close()

    def _control(self) -> bytes:
        return chunk(b"acTL", struct.pack(">II", self._count, self._loop))

    def _write(self, name: bytes, content: bytes) -> None:
        """A chunk with the next number before its content."""
        self._file.write(chunk(name, struct.pack(">I", self._sequence) + content))
        self._sequence += 1
