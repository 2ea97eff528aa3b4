"""The lists that prompts name as ``__name__``: text files, a line for each choice.

A person's own come before those in the box. "#" begins a remark; empty lines count nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from studio.core import places

_LARGEST = 2_000_000
"""Bytes read of a list."""


def folders() -> tuple[Path, ...]:
    """Where lists are, the first ones first."""
    return places.wildcards(), places.assets() / "wildcards"


def find(name: str) -> Sequence[str]:
    """The lines of the list ``name``, such as "animal" or "trees/fir"; none where it cannot be read."""
    for folder in folders():
        path = folder / f"{name}.txt"
        if path.resolve().is_relative_to(folder.resolve()) and (lines := _lines(path)):
            return lines
    return ()


def known() -> list[str]:
    """The names of all lists, in order."""
    return sorted({path.relative_to(folder).with_suffix("").as_posix()
                   for folder in folders() for path in _files(folder)})


def _files(folder: Path) -> Iterator[Path]:
    return folder.rglob("*.txt") if folder.is_dir() else iter(())


def _lines(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST).decode("utf-8-sig", "replace")
    except (OSError, ValueError):
        return []
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
