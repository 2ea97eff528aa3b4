"""A recipe into a PNG: an iTXt chunk after the header."""

from __future__ import annotations

import struct
from typing import BinaryIO

from studio.media.pieces import Pieces
from studio.media.png_rows import text_chunk

KEYWORD = b"atelier"
_HEADER = 33
"""Bytes of signature and IHDR."""
_TEXTS = (b"iTXt", b"tEXt", b"zTXt")


def put(pieces: Pieces, target: BinaryIO, recipe: str) -> None:
    """As `embed.put`."""
    target.write(pieces.read(_HEADER))
    target.write(text_chunk(KEYWORD, recipe))
    while True:
        length, name = struct.unpack(">I4s", pieces.peek(8))
        if name in (b"IDAT", b"IEND"):
            break
        chunk = pieces.read(12 + length)
        if name not in _TEXTS or not chunk[8:].startswith(KEYWORD + b"\0"):
            target.write(chunk)
    pieces.copy_rest(target)
