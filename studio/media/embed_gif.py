"""A recipe into a GIF: an XMP application extension at the end (XMP specification part 3, 1.1.2)."""

from __future__ import annotations

from typing import BinaryIO

from studio.media import xmp
from studio.media.pieces import Pieces

_START = b"!\xff\x0bXMP DataXMP"
_END = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
"""Lets a reader that follows block lengths land at the end, wherever in the packet it started to."""


def put(pieces: Pieces, target: BinaryIO, recipe: str) -> None:
    """As `embed.put`."""
    pieces.copy_rest(target)
    end = target.tell()
    target.seek(end - 1)
    if target.read(1) != b";":
        raise ValueError("no trailer")
    target.seek(end - 1)
    target.write(_START + xmp.packet(recipe) + _END + b";")


def recipe(data: bytes) -> str | None:
    """The recipe's JSON text in a GIF, or None."""
    at = data.rfind(_START)
    end = data.find(_END, at)
    return xmp.recipe(data[at + len(_START):end]) if 0 <= at < end else None
