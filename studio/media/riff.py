"""WebP's container (RFC 9649): chunks with names and lengths, those of a picture and those beside it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

from studio.media.extras import Extras

ICC, ALPHA, EXIF, XMP, ANIMATION = 0x20, 0x10, 0x08, 0x04, 0x02
"""Flags of VP8X."""
PICTURE = frozenset({b"VP8 ", b"VP8L", b"ALPH"})


def chunk(name: bytes, content: bytes) -> bytes:
    """A chunk, padded to an even length."""
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(name, content) of all in a whole file. Raises struct.error for damaged ones."""
    at, end = 12, min(len(data), 8 + int(struct.unpack_from("<I", data, 4)[0]))
    while at + 8 <= end:
        name, size = struct.unpack_from("<4sI", data, at)
        yield name, data[at + 8:at + 8 + size]
        at += 8 + size + size % 2


def extended(flags: int, width: int, height: int) -> bytes:
    """The VP8X chunk."""
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return chunk(b"VP8X", struct.pack("<I", flags) + sides)


def flags_of(extras: Extras, packet: bytes | None) -> int:
    """What VP8X says of ``extras``, whose XMP is ``packet``."""
    return (ICC if extras.icc else 0) | (EXIF if extras.exif else 0) | (XMP if packet else 0)


def start(file: BinaryIO) -> None:
    """Leave room for the length, which `end` fills in."""
    file.write(b"RIFF\0\0\0\0WEBP")


def end(file: BinaryIO) -> None:
    """Fill in the length. Raises OverflowError above 4 GB."""
    size = file.tell() - 8
    if size >= 1 << 32:
        raise OverflowError("WebP ends at 4 GB")
    file.seek(4)
    file.write(struct.pack("<I", size))
