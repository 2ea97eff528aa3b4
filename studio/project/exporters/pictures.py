"""PNG, JPEG, WebP and TIFF with the recipe inside."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from studio.core.jobs import AssetKind
from studio.media import embed
from studio.media.deep import bits_of_tiff
from studio.media.encode import Format, encode
from studio.media.files import write_atomic
from studio.media.picture import read
from studio.project.assets import Asset
from studio.project.exchange import to_text
from studio.project.exporters.base import number
from studio.project.generation_write import text_of
from studio.project.store import Project

_PNG_DEPTH = 24
"""Where IHDR says how many bits a sample has."""


@dataclass(frozen=True, slots=True)
class PictureExporter:
    """One picture format.

    Options: ``bits`` 8 or 16 (default: the asset's own, where the format has them), ``quality`` 1 to 100
    (default 92). Where the asset is of that format and depth already, its own bytes leave the project:
    unchanged if it was brought in, with only the recipe put in if it was made here.
    """

    id: Format
    title: str
    suffixes: tuple[str, ...]
    depths: tuple[int, ...] = (8,)
    """Bits per channel the format can hold."""
    kind: AssetKind = "image"
    also: tuple[AssetKind, ...] = ()

    def encode(self, project: Project, asset: Asset, options: Mapping[str, Any]) -> bytes:
        """The picture as a file of this format."""
        made = io.BytesIO()
        self.write(project, asset, options, made)
        return made.getvalue()

    def write(self, project: Project, asset: Asset, options: Mapping[str, Any], file: BinaryIO) -> None:
        """The same into ``file``; a picture that is of this format already goes a piece at a time."""
        bits, quality = self._bits(project, asset, options), number(options, "quality", 92, range(1, 101))
        recipe = project.recipe(asset.id)
        text = None if recipe is None else to_text(recipe)
        told = "" if recipe is None else text_of(recipe, asset.facts)
        if not self._is_own(asset) or own_bits(project, asset) != bits:
            picture = read(project.content(asset.id), keep_grey=True)
            file.write(encode(picture, self.id, bits=bits, quality=quality, recipe=text,
                              parameters=told))
        elif text is None:
            file.writelines(project.pieces(asset.sha256))
        else:
            embed.put(project.pieces(asset.sha256), file, text, told)

    def export(self, project: Project, asset: Asset, path: Path, options: Mapping[str, Any]) -> None:
        """Write to ``path``, whole or not at all."""
        write_atomic(path, partial(self.write, project, asset, options))

    def _is_own(self, asset: Asset) -> bool:
        return asset.media_type in (f"image/{self.id}", "image/apng" if self.id == "png" else "")

    def _bits(self, project: Project, asset: Asset, options: Mapping[str, Any]) -> int:
        if "bits" in options:
            return number(options, "bits", 8, self.depths)
        return min(own_bits(project, asset), self.depths[-1])


def own_bits(project: Project, asset: Asset) -> int:
    """8 or 16: the depth of the asset's own file, from its header."""
    if asset.media_type == "image/png":
        start = next(project.pieces(asset.sha256))
        return 16 if start[_PNG_DEPTH:_PNG_DEPTH + 1] == b"\x10" else 8
    if asset.media_type == "image/tiff":
        return bits_of_tiff(project.content_file(asset.sha256))
    return 8


PNG = PictureExporter("png", "PNG", (".png",), (8, 16))
JPEG = PictureExporter("jpeg", "JPEG", (".jpg", ".jpeg"))
WEBP = PictureExporter("webp", "WebP", (".webp",))
TIFF = PictureExporter("tiff", "TIFF", (".tiff", ".tif"), (8, 16))
