"""Puts a recipe into a picture file of any size as it goes by: the pixels stay as they were encoded."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import BinaryIO

from studio.core.errors import StudioError
from studio.media import embed_gif, embed_jpeg, embed_png, embed_tiff, embed_webp, sniff
from studio.media.encode import check_recipe, encodable
from studio.media.pieces import Pieces

_PIECE = 1 << 20
_WRITERS: dict[str, Callable[[Pieces, BinaryIO, str], None]] = {
    "PNG": embed_png.put, "JPEG": embed_jpeg.put, "WEBP": embed_webp.put, "TIFF": embed_tiff.put,
    "GIF": embed_gif.put}
KINDS = frozenset(_WRITERS)
"""Names of the formats, as `sniff.kind` gives them."""


def put(source: bytes | Path | Iterable[bytes], target: BinaryIO, recipe: str, parameters: str = "") -> None:
    """Copy the picture ``source`` to ``target``, with ``recipe``, JSON text, in place of one that was there.

    ``parameters``, see `studio.media.generation`, goes into a PNG; other formats keep what they have of it.

    ``target`` is new and can be read and sought in; a megabyte or so is in memory at a time. Animations
    and all other metadata stay. Raises StudioError for what is none of `KINDS`, a damaged file, or a recipe
    that is too big; OSError.
    """
    check_recipe(recipe)
    pieces = Pieces(_pieces(source))
    head = pieces.peek(4096)
    kind = sniff.kind(head)
    if kind not in KINDS:
        raise StudioError("A {kind} picture cannot carry a recipe.", "Save it as PNG.", kind=kind)
    try:
        writer = partial(embed_png.put, parameters=parameters) if kind == "PNG" else _WRITERS[kind]
        writer(pieces, target, encodable(recipe) or "")
    except (struct.error, IndexError, ValueError, EOFError) as error:
        raise StudioError("This {kind} picture is damaged and cannot be copied.", kind=kind,
                          details=repr(error)) from error


def _pieces(source: bytes | Path | Iterable[bytes]) -> Iterable[bytes]:
    if isinstance(source, bytes):
        return [source]
    return _read(source) if isinstance(source, Path) else source


def _read(path: Path) -> Iterable[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
