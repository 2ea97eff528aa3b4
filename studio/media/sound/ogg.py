"""Makes an Ogg file's bytes depend on its content alone: encoders number each stream at random."""

from __future__ import annotations

import os
import struct
import zlib
from typing import BinaryIO

_SERIAL = 0x41544C52
_REVERSED = bytes(int(f"{value:08b}"[::-1], 2) for value in range(256))
_HEADER = 27


def settle(file: BinaryIO) -> None:
    """Give all pages (RFC 3533, section 6) of the one stream in ``file`` the same serial number always.

    ``file`` is left at its end. Raises ValueError for what is no Ogg.
    """
    at = file.seek(0)
    while head := file.read(_HEADER):
        if len(head) < _HEADER or head[:4] != b"OggS":
            raise ValueError("no page where one must be")
        sizes = file.read(head[26])
        page = bytearray(head + sizes + file.read(sum(sizes)))
        page[14:18] = struct.pack("<I", _SERIAL)
        page[22:26] = bytes(4)
        page[22:26] = struct.pack("<I", checksum(bytes(page)))
        file.seek(at)
        file.write(page)
        at += len(page)
    file.seek(0, os.SEEK_END)


def checksum(page: bytes) -> int:
    """Ogg's CRC-32: zlib's polynomial with the bits the other way round, starting from 0."""
    mirrored = zlib.crc32(page.translate(_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int.from_bytes(mirrored.to_bytes(4, "big").translate(_REVERSED), "little")
