"""A recipe into a WebP: among the properties of its XMP chunk, the last one."""

from __future__ import annotations

import struct
from typing import BinaryIO

from studio.media import riff, xmp_edit
from studio.media.pieces import Pieces


def put(pieces: Pieces, target: BinaryIO, recipe: str) -> None:
    """As `embed.put`."""
    size = 8 + int(struct.unpack("<4xI", pieces.read(12)[:8])[0])
    riff.start(target)
    target.write(_header(pieces))
    packet = None
    while pieces.position + 8 <= size and len(pieces.peek(8)) == 8:
        name, length = struct.unpack("<4sI", pieces.peek(8))
        if name == b"XMP ":
            packet = pieces.read(8 + length)[8:]
            pieces.read(min(length % 2, len(pieces.peek(1))))
        else:
            pieces.copy(8 + length + length % 2, target)
    target.write(riff.chunk(b"XMP ", xmp_edit.with_recipe(packet, recipe)))
    riff.end(target)


def _header(pieces: Pieces) -> bytes:
    """The VP8X chunk that says that XMP follows: the file's own, or one for a bare picture."""
    name = pieces.peek(4)
    if name == b"VP8X":
        head = bytearray(pieces.read(18))
        head[8] |= riff.XMP
        return bytes(head)
    start = pieces.peek(18)
    if name == b"VP8L":  # RFC 9649, 3.4: 14 bits each of width and height less one, then whether it has alpha
        bits = int.from_bytes(start[9:13], "little")
        flags = riff.ALPHA if bits >> 28 & 1 else 0
        return riff.extended(riff.XMP | flags, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if name != b"VP8 ":
        raise ValueError(f"chunk {name!r}")
    width, height = struct.unpack("<HH", start[14:18])  # RFC 6386, 9.1
    return riff.extended(riff.XMP, width & 0x3FFF, height & 0x3FFF)
