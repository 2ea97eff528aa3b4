"""A recipe into a JPEG: among the properties of its XMP, behind EXIF."""

from __future__ import annotations

import struct
from typing import BinaryIO

from studio.media import xmp, xmp_edit
from studio.media.pieces import Pieces

_APP0, _APP1, _SCAN = 0xE0, 0xE1, 0xDA
_EXIF = b"Exif\0\0"


def put(pieces: Pieces, target: BinaryIO, recipe: str) -> None:
    """As `embed.put`."""
    start, segments = pieces.read(2), _segments(pieces)
    packets = [("APP1", content) for marker, content in segments if marker == _APP1 and xmp.is_xmp(content)]
    main, more = xmp.split(xmp_edit.with_recipe(xmp_edit.whole(packets), recipe))
    kept = [(marker, content) for marker, content in segments
            if not (marker == _APP1 and xmp.is_xmp(content))]
    place = next((at for at, item in enumerate(kept) if not _goes_first(*item)), len(kept))
    target.write(start)
    target.write(b"".join(_segment(*item) for item in kept[:place]))
    target.write(_segment(_APP1, xmp.MAIN_HEADER + main) + more)
    target.write(b"".join(_segment(*item) for item in kept[place:]))
    pieces.copy_rest(target)


def _goes_first(marker: int, content: bytes) -> bool:
    """JFIF and EXIF each want to be first (JFIF 1.02, EXIF 2.32)."""
    return marker == _APP0 or (marker == _APP1 and content.startswith(_EXIF))


def _segments(pieces: Pieces) -> list[tuple[int, bytes]]:
    """(marker, content) of what lies before the first scan, which is left to be read."""
    found: list[tuple[int, bytes]] = []
    while True:
        head = pieces.peek(4)
        if head[0] != 0xFF or len(head) < 4:
            raise ValueError(f"no marker at {pieces.position}")
        if head[1] == 0xFF:  # a filling byte
            pieces.read(1)
            continue
        if head[1] == _SCAN:
            return found
        length = int(struct.unpack(">H", head[2:])[0])
        found.append((head[1], pieces.read(2 + length)[4:]))


def _segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content
