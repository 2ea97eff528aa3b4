"""Markdown with the recipe as front matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from studio.core.jobs import AssetKind
from studio.media.files import write_atomic
from studio.project.assets import Asset
from studio.project.exchange import with_front_matter
from studio.project.store import Project


@dataclass(frozen=True, slots=True)
class MarkdownExporter:
    """Text as it is, in UTF-8. It has no options."""

    id: str = "markdown"
    title: str = "Markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown")
    kind: AssetKind = "text"

    def encode(self, project: Project, asset: Asset, options: Mapping[str, Any]) -> bytes:
        """The text, below its recipe if it was made here; else its bytes as they came."""
        data, recipe = project.content(asset.id), project.recipe(asset.id)
        if recipe is None:
            return data
        return with_front_matter(data.decode("utf-8", "replace"), recipe).encode()

    def write(self, project: Project, asset: Asset, options: Mapping[str, Any], file: BinaryIO) -> None:
        """The same into ``file``."""
        file.write(self.encode(project, asset, options))

    def export(self, project: Project, asset: Asset, path: Path, options: Mapping[str, Any]) -> None:
        """Write to ``path``, whole or not at all."""
        write_atomic(path, self.encode(project, asset, options))


MARKDOWN = MarkdownExporter()
