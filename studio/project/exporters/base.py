"""What every exporter can do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from studio.core.jobs import AssetKind
from studio.project.assets import Asset
from studio.project.store import Project


class Exporter(Protocol):
    """Writes assets of one kind in one format, each with its recipe inside."""

    @property
    def id(self) -> str:
        """As on the command line."""
        ...

    @property
    def title(self) -> str:
        """As in the window."""
        ...

    @property
    def suffixes(self) -> tuple[str, ...]:
        """With the dot, the usual one first."""
        ...

    @property
    def kind(self) -> AssetKind:
        """What it takes."""
        ...

    def encode(self, project: Project, asset: Asset, options: Mapping[str, Any]) -> bytes:
        """The file's bytes. Raises StudioError for options it cannot honour."""
        ...

    def write(self, project: Project, asset: Asset, options: Mapping[str, Any], file: BinaryIO) -> None:
        """The same into a new file that can be read and sought in; of big ones a piece at a time."""
        ...

    def export(self, project: Project, asset: Asset, path: Path, options: Mapping[str, Any]) -> None:
        """Write to exactly ``path``, whole or not at all. Raises StudioError."""
        ...
