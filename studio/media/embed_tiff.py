"""A recipe into a TIFF of one page: among the properties of its XMP tag."""

from __future__ import annotations

from typing import BinaryIO

from studio.media import tiff_tags, xmp_edit
from studio.media.pieces import Pieces


def put(pieces: Pieces, target: BinaryIO, recipe: str) -> None:
    """As `embed.put`; little-endian files only, as `tiff_rows` writes them."""
    pieces.copy_rest(target)
    old = tiff_tags.bytes_of(target, tiff_tags.XMP)
    tiff_tags.replace_bytes(target, tiff_tags.XMP, xmp_edit.with_recipe(old, recipe))
