"""PNG, JPEG, WebP and TIFF with the recipe inside."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.core.errors import StudioError
from studio.core.jobs import AssetKind
from studio.media.encode import KEYWORD, MAX_RECIPE, Format, encode
from studio.media.files import write_atomic
from studio.media.picture import read
from studio.project.assets import Asset
from studio.project.exchange import to_text
from studio.project.store import Project

_PNG_HEADER = 33
"""Bytes before a PNG's second chunk: signature and IHDR."""
_PNG_DEPTH = 24
"""Where IHDR says how many bits a sample has."""


@dataclass(frozen=True, slots=True)
class PictureExporter:
    """One picture format.

    Options: ``bits`` 8 (the default) or 16, ``quality`` 1 to 100 (default 92). Where the asset is of that
    format and depth already, its own bytes leave the project: unchanged if it was brought in, with only
    the recipe put in if it is a PNG made here.
    """

    id: Format
    title: str
    suffixes: tuple[str, ...]
    depths: tuple[int, ...] = (8,)
    """Bits per channel the format can hold."""
    kind: AssetKind = "image"

    def encode(self, project: Project, asset: Asset, options: Mapping[str, Any]) -> bytes:
        """The picture as a file of this format."""
        bits = _number(options, "bits", 8, self.depths)
        quality = _number(options, "quality", 92, range(1, 101))
        recipe = project.recipe(asset.id)
        text = None if recipe is None else to_text(recipe)
        data = project.content(asset.id)
        if asset.media_type == f"image/{self.id}" and _has_depth(data, self.id, bits):
            if text is None:
                return data
            if self.id == "png" and len(text.encode()) <= MAX_RECIPE:
                return _with_text(data, text)
        return encode(read(data), self.id, bits=bits, quality=quality, recipe=text)

    def export(self, project: Project, asset: Asset, path: Path, options: Mapping[str, Any]) -> None:
        """Write to ``path``, whole or not at all."""
        write_atomic(path, self.encode(project, asset, options))


def _number(options: Mapping[str, Any], name: str, default: int, allowed: tuple[int, ...] | range) -> int:
    value = options.get(name, default)
    if value not in allowed:
        between = " to " if isinstance(allowed, range) else " or "
        known = between.join(str(number) for number in dict.fromkeys((allowed[0], allowed[-1])))
        raise StudioError("{name} can be {known} here, not {value}.", name=name, known=known, value=value)
    return int(value)


def _has_depth(data: bytes, name: Format, bits: int) -> bool:
    """Whether the file's own depth is what was asked for, 1 to 8 bits counting as 8."""
    if name == "png":
        return (data[_PNG_DEPTH] == 16) == (bits == 16)
    if name == "tiff":
        return read(data).bits == bits
    return True


def _with_text(data: bytes, text: str) -> bytes:
    """A PNG with an iTXt chunk (PNG third edition, 11.3.3.4) after its header, all else as it was."""
    body = b"iTXt" + KEYWORD.encode() + b"\0\0\0\0\0" + text.encode()
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[:_PNG_HEADER] + chunk + data[_PNG_HEADER:]


PNG = PictureExporter("png", "PNG", (".png",), (8, 16))
JPEG = PictureExporter("jpeg", "JPEG", (".jpg", ".jpeg"))
WEBP = PictureExporter("webp", "WebP", (".webp",))
TIFF = PictureExporter("tiff", "TIFF", (".tiff", ".tif"), (8, 16))
