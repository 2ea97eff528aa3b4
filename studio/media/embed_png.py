"""A recipe into a PNG: an iTXt chunk after the header, and what other programs read of how it was made."""

from __future__ import annotations

import struct
from typing import BinaryIO

from studio.media import generation_files
from studio.media.pieces import Pieces
from studio.media.png_rows import text_chunk

KEYWORD = b"atelier"
_HEADER = 33
"""Bytes of signature and IHDR."""
_TEXTS = (b"iTXt", b"tEXt", b"zTXt")


def put(pieces: Pieces, target: BinaryIO, recipe: str, parameters: str = "") -> None:
    """As `embed.put`."""
    ours = (KEYWORD, generation_files.KEYWORD) if parameters else (KEYWORD,)
    target.write(pieces.read(_HEADER))
    target.write(text_chunk(KEYWORD, recipe))
    target.write(generation_files.png_chunk(parameters) if parameters else b"")
    while True:
        length, name = struct.unpack(">I4s", pieces.peek(8))
        if name in (b"IDAT", b"IEND"):
            break
        chunk = pieces.read(12 + length)
        if name not in _TEXTS or chunk[8:].partition(b"\0")[0] not in ours:
            target.write(chunk)
    pieces.copy_rest(target)
