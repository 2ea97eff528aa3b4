"""How results leave a project. A new format is a module here and a name in the tuple."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from studio.core.errors import StudioError
from studio.core.jobs import AssetKind
from studio.media.files import writing_problem
from studio.project import naming
from studio.project.assets import Asset
from studio.project.exporters.base import Exporter, Slow, Writer
from studio.project.exporters.pictures import JPEG, PNG, TIFF, WEBP
from studio.project.exporters.scores import MIDI, MUSICXML
from studio.project.exporters.sounds import FLAC, OGG, STEMS, WAV
from studio.project.exporters.texts import DOCX, EPUB, HTML, MARKDOWN, PDF, TEXT
from studio.project.store import Project

__all__ = ["EXPORTERS", "Exporter", "export_assets", "exporter_for", "prepare_export"]

EXPORTERS: tuple[Exporter, ...] = (PNG, JPEG, WEBP, TIFF, MARKDOWN, TEXT, DOCX, EPUB, HTML, PDF,
                                   MIDI, MUSICXML, WAV, FLAC, OGG, STEMS)


def exporter_for(name: str, kind: AssetKind = "image") -> Exporter:
    """The exporter called ``name``, or ending so; the first for ``kind`` if that one takes another.

    Raises StudioError for an unknown name.
    """
    named = [item for item in EXPORTERS if name.lower() == item.id or f".{name.lower()}" in item.suffixes]
    if not named:
        raise StudioError("There is no export as {format}.", "There is {known}.", format=name,
                          known=", ".join(item.id for item in EXPORTERS))
    fitting = [item for item in (*named, *EXPORTERS) if kind in (item.kind, *item.also)]
    if not fitting:
        raise StudioError("This cannot be exported yet.", details=f"kind {kind}")
    return fitting[0]


def export_assets(project: Project, assets: Iterable[Asset], folder: Path, *, format: str = "png",  # noqa: A002
                  template: str = "{name}", options: Mapping[str, Any] | None = None,
                  first: int = 1) -> list[Path]:
    """Write each asset into ``folder``, made if missing, under a name from ``template``; the files written.

    ``first`` is the index of the first one.

    An existing file is never replaced: the next free name is taken. Raises StudioError; what was written
    before stays.
    """
    naming.fill(template, dict.fromkeys(naming.FIELDS, ""))  # a wrong one fails before anything is written
    _make(folder)
    written = []
    for index, asset in enumerate(assets, start=first):
        exporter = exporter_for(format, asset.kind)
        stem = naming.fill(template, naming.values_of(asset, project.recipe(asset.id), index))
        write = partial(exporter.write, project, asset, options or {})
        written.append(_place(folder, naming.safe(stem), exporter.suffixes[0], write))
    return written


def prepare_export(project: Project, assets: Iterable[Asset], folder: Path, *, format: str,  # noqa: A002
                   template: str = "{name}",
                   options: Mapping[str, Any] | None = None) -> Callable[[], list[Path]]:
    """`export_assets` in two, for all but pictures: what is returned does the long work, wherever, and needs
    no project.

    Raises StudioError, now or then.
    """
    naming.fill(template, dict.fromkeys(naming.FIELDS, ""))
    jobs: list[tuple[str, str, Writer]] = []
    for index, asset in enumerate(assets, start=1):
        exporter = exporter_for(format, asset.kind)
        if not isinstance(exporter, Slow):
            raise StudioError("This cannot be exported yet.", details=f"kind {asset.kind}")
        stem = naming.fill(template, naming.values_of(asset, project.recipe(asset.id), index))
        write = exporter.prepare(project, asset, options or {})
        jobs.append((naming.safe(stem), exporter.suffixes[0], write))
    return partial(_place_all, folder, jobs)


def _place_all(folder: Path, jobs: Sequence[tuple[str, str, Writer]]) -> list[Path]:
    _make(folder)
    return [_place(folder, stem, suffix, write) for stem, suffix, write in jobs]


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise StudioError("{folder} is a file, not a folder.", "Choose a folder.", folder=folder) from None
    except OSError as error:
        raise writing_problem(folder, error) from error


def _place(folder: Path, stem: str, suffix: str, write: Callable[[BinaryIO], None]) -> Path:
    """Write under a temporary name, then take the first free one."""
    part = folder / f".atelier-{secrets.token_hex(6)}.part"
    wanted = next(naming.candidates(stem, suffix))
    try:
        with part.open("x+b") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        return next(path for name in naming.candidates(stem, suffix) if _take(part, path := folder / name))
    except OSError as error:
        raise writing_problem(folder / wanted, error) from error
    finally:
        part.unlink(missing_ok=True)


def _take(part: Path, path: Path) -> bool:
    try:
        os.link(part, path)  # refuses to replace a file, as a rename would not
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if path.exists():
            return False
        part.rename(path)
    return True
