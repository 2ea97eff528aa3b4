"""Files named on the command line, as inputs of requests."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.cli.failures import named
from studio.core.errors import StudioError
from studio.core.jobs import AssetKind, Input
from studio.media import picture, sources
from studio.project.batch import report
from studio.project.facts import TEXTS

SUFFIXES: Mapping[AssetKind, frozenset[str]] = {
    "image": frozenset(
        (
            ".png",
            ".jpg",
            ".jpeg",
            ".jpe",
            ".jfif",
            ".webp",
            ".tif",
            ".tiff",
            ".gif",
            ".bmp",
            ".avif",
            ".heic",
            ".heif",
            ".jp2",
            ".jxl",
            ".ppm",
            ".pgm",
            ".pnm",
            ".ico",
            ".psd",
            ".exr",
        )
    ),
    "audio": frozenset((".wav", ".flac", ".ogg", ".mp3")),
    "score": frozenset((".mid", ".midi", ".musicxml", ".xml", ".mxl", ".abc")),
    "text": TEXTS,
}
"""What is taken from a folder; a file named one by one may be called anything."""


@dataclass(frozen=True, slots=True)
class Files:
    """Inputs of one request, and where their bytes are."""

    inputs: tuple[Input, ...]
    paths: Mapping[str, Path]
    """By SHA-256."""


def is_folder(path: Path) -> bool:
    """Whether ``path`` is a folder; False for names no file can have."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def gather(files: Mapping[str, Sequence[Path]], weights: Mapping[str, Sequence[float]]) -> Files:
    """Inputs for ``files`` by role, in order. Raises StudioError for what cannot be read."""
    inputs: list[Input] = []
    paths: dict[str, Path] = {}
    for role, given in files.items():
        for path, weight in zip(given, weights.get(role) or [1.0] * len(given), strict=True):
            readable_file = as_text(path)
            digest = sha256(readable_file)
            paths[digest] = readable_file
            inputs.append(Input(role, digest, readable(path.name), weight))
    return Files(tuple(inputs), paths)


def as_text(path: Path) -> Path:
    """``path``, or a copy in the cache: of a Word document as Markdown, of our own Markdown without recipe.

    Raises StudioError if it is damaged.
    """
    if path.suffix.lower() not in (".docx", ".md"):
        return path
    from studio.core import places
    from studio.media.files import write_atomic
    from studio.project.texts import taken_in

    text, _ = taken_in(path, readable(path.name))
    if isinstance(text, Path):
        return path
    folder = places.cache() / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / f"{hashlib.sha256(text).hexdigest()}.md"
    if not copy.exists():
        write_atomic(copy, text)
    return copy


def sha256(path: Path) -> str:
    """The digest of a file. Raises StudioError that says what is wrong with it."""
    check(path)
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise sources.reading_problem(path, error) from error


def check(path: Path) -> None:
    """Raise StudioError if ``path`` is no file that can be worked on."""
    try:
        sources.size_of(path)
    except StudioError as error:
        raise named(error, readable(path.name)) from error


def blamed(error: StudioError, files: Files) -> StudioError:
    """``error``, with the name of the input that causes it where that can be told."""
    return named(error, _culprit(error, files))


def _culprit(error: StudioError, files: Files) -> str:
    for item in files.inputs:
        try:
            picture.read(files.paths[item.sha256])
        except StudioError as problem:
            if problem.template == error.template:
                return item.name
    return ""


def readable(name: str) -> str:
    """``name`` without the lone surrogates Python puts for bytes that are no UTF-8."""
    return report.readable(name)
