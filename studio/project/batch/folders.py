"""The files of a folder and of the folders inside it, each with the place where its result belongs."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from studio.core.errors import StudioError
from studio.media.sources import reading_problem

_HALF = 600.0
"""Seconds after which a half file of a program that is not here is nobody's: it may have run elsewhere."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to work on."""

    path: Path
    inside: Path = Path()
    """Its folder as seen from where the search began: results keep it."""


@dataclass(slots=True)
class Listing:
    """What a search found."""

    files: list[Found] = field(default_factory=list)
    """By folder and name, upper and lower case alike."""
    unread: list[tuple[Path, StudioError]] = field(default_factory=list)
    """Folders that could not be read, and why."""


def walk(root: Path, suffixes: Collection[str], *, deep: bool = True, under: Path = Path(),
         without: Path | None = None) -> Listing:
    """The visible files below ``root`` whose ending is among ``suffixes`` (lower case, with the dot).

    ``deep`` looks into folders too; links to folders are not followed, so that no ring is endless.
    ``under`` goes in front of every `Found.inside`. ``without`` is a folder left out, such as the one the
    results go to. Never raises.
    """
    listing = Listing()

    def note(error: OSError) -> None:
        path = Path(error.filename or root)
        listing.unread.append((path, reading_problem(path, error)))

    for folder, folders, names in os.walk(root, onerror=note):
        here = Path(folder)
        folders[:] = sorted(_entered(here, folders, without), key=str.casefold) if deep else []
        inside = under / here.relative_to(root)
        listing.files += [Found(here / name, inside) for name in sorted(names, key=str.casefold)
                          if not name.startswith(".") and os.path.splitext(name)[1].lower() in suffixes]  # noqa: PTH122
    return listing


def holds(folder: Path, other: Path) -> bool:
    """Whether ``other`` is ``folder`` or lies in it; links are followed."""
    return Path(os.path.realpath(other)).is_relative_to(os.path.realpath(folder))


def remove_halves(folder: Path) -> None:
    """Remove what `write_atomic` left in ``folder`` when its program was killed. Never raises."""
    import psutil  # takes a while to load, and there is rarely anything to ask it

    for path in folder.glob(".atelier-*-*.part"):
        owner = path.name.split("-")[1]
        with contextlib.suppress(OSError):
            if owner.isdigit() and not psutil.pid_exists(int(owner)) and _age(path) > _HALF:
                path.unlink()


def _age(path: Path) -> float:
    return time.time() - path.stat().st_mtime


def _entered(here: Path, folders: Iterable[str], without: Path | None) -> list[str]:
    visible = [name for name in folders if not name.startswith(".")]
    if without is None:
        return visible
    left_out = os.path.realpath(without)
    return [name for name in visible if os.path.realpath(here / name) != left_out]
