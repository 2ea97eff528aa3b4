"""What every exporter can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Protocol, runtime_checkable

from studio.core.errors import StudioError
from studio.core.jobs import AssetKind
from studio.project.assets import Asset
from studio.project.store import Project

Writer = Callable[[BinaryIO], None]
"""Writes into a new file that can be read and sought in."""


class Exporter(Protocol):
    """Writes assets of some kinds in one format, each with its recipe inside."""

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

    @property
    def also(self) -> tuple[AssetKind, ...]:
        """What it takes besides."""
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


@runtime_checkable
class Slow(Protocol):
    """An exporter whose work takes long enough that a project is not kept waiting for it."""

    def prepare(self, project: Project, asset: Asset, options: Mapping[str, Any]) -> Writer:
        """`Exporter.write` in two: what is returned does the long work, wherever, and needs no project."""
        ...


def number(options: Mapping[str, Any], name: str, default: int, allowed: tuple[int, ...] | range) -> int:
    """A whole number among ``options``. Raises StudioError for any that is not ``allowed``."""
    value = options.get(name, default)
    if isinstance(value, bool) or value not in allowed:
        between = " to " if isinstance(allowed, range) else " or "
        known = between.join(str(number) for number in dict.fromkeys((allowed[0], allowed[-1])))
        raise StudioError("{name} can be {known} here, not {value}.", name=name, known=known, value=value)
    return int(value)
