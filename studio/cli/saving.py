"""Where results go, under which name, and in which format."""

from __future__ import annotations

import argparse
import itertools
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from studio.cli.inputs import is_folder
from studio.core.jobs import AssetKind, Outcome, Output, Request
from studio.core.provenance import Recipe, recipes_of
from studio.media import embed, encode, files, picture
from studio.media.pages import formats
from studio.media.pages.details import Details
from studio.project import exchange
from studio.project.generation_write import text_of

FORMATS: Mapping[AssetKind, Mapping[str, str]] = {
    "image": {
        ".png": "png",
        ".jpg": "jpeg",
        ".jpeg": "jpeg",
        ".webp": "webp",
        ".tif": "tiff",
        ".tiff": "tiff",
    },
    "text": {
        ".md": "markdown",
        ".txt": "text",
        ".docx": "docx",
        ".epub": "epub",
        ".html": "html",
        ".pdf": "pdf",
    },
    "audio": {".wav": "wav", ".flac": "flac", ".ogg": "ogg"},
    "score": {
        ".mid": "midi",
        ".midi": "midi",
        ".musicxml": "musicxml",
        ".wav": "wav",
        ".flac": "flac",
        ".ogg": "ogg",
        ".zip": "stems",
    },
}
"""Endings by kind, the usual one first."""
OWN: Mapping[str, str] = {
    "image/png": ".png",
    "image/apng": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/tiff": ".tif",
    "image/gif": ".gif",
}
"""Endings of results that keep the format their task encoded them in, by media type."""
_USUAL = {".jpeg": ".jpg", ".tiff": ".tif"}
"""Other ways to end such names."""
_LONGEST = 240
"""Bytes of a name we make up; file systems take 255."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file to write, or a folder to write into; neither means beside the content."""

    suffix: str
    file: Path | None = None
    folder: Path | None = None
    stem: Callable[[Output], str] = lambda output: output.name
    """How a result in a folder is called, without its ending."""

    @classmethod
    def of(cls, output: Path | None, kind: AssetKind, is_batch: bool) -> Target:
        """What ``-o`` means. Raises ArgumentTypeError for an ending that ``kind`` does not have."""
        known = FORMATS[kind]
        usual = next(iter(known))
        if output is None:
            return cls(usual)
        if is_folder(output) or (is_batch and not output.suffix):
            return cls(usual, folder=output)
        if is_batch:
            raise argparse.ArgumentTypeError(
                f"-o: several results need a folder, and {output.name} is a file"
            )
        if output.suffix.lower() not in known:
            raise argparse.ArgumentTypeError(
                f"-o: the name must end in {', '.join(known)}, not {output.name!r}"
            )
        return cls(output.suffix.lower(), file=output)

    def numbered(self, number: int) -> Target:
        """The target of one of several results: a file gets the number behind its name."""
        return replace(self, file=self.file.with_stem(f"{self.file.stem}-{number}")) if self.file else self

    def check(self, content: Path | None) -> None:
        """Make sure, before the work, that the result can be written. Raises StudioError."""
        if self.folder and not self.folder.exists():
            _make(self.folder)
        path = self.file or self.place(content) / f"result{self.suffix}"
        files.check_target(path)
        try:
            with tempfile.TemporaryFile(dir=path.parent):
                return
        except OSError as error:
            raise files.writing_problem(path, error) from error

    def paths(self, content: Path | None, outputs: tuple[Output, ...]) -> list[Path]:
        """A path for each output; only a file named by ``-o`` may be there already."""
        if self.file is None:
            return _free(self.place(content), [(self.stem(each), self.ending(each)) for each in outputs])
        if len(outputs) == 1:
            return [self.file]
        return [self.file.with_stem(f"{self.file.stem}-{number}") for number in range(1, len(outputs) + 1)]

    def ending(self, output: Output) -> str:
        """How the file of ``output`` ends: as the person named it, else as its task encoded it."""
        return self.suffix if self.file else OWN.get(output.media_type, self.suffix)

    def place(self, content: Path | None) -> Path:
        """The folder results go to where no file is named."""
        return self.folder or (content.parent if content else Path.cwd())


def save(
    target: Target,
    content: Path | None,
    request: Request,
    outcome: Outcome,
    versions: Mapping[str, str],
    progress: Callable[[float], None] | None = None,
) -> list[Path]:
    """Write every output with its recipe; the paths. Raises StudioError, and then no half file is left.

    ``progress`` hears how far it is where that takes a while, 0 to 1.
    """
    recipes = recipes_of(request, outcome, versions)
    paths = target.paths(content, outcome.outputs)
    for path, output, recipe in zip(paths, outcome.outputs, recipes, strict=True):
        files.write_atomic(path, partial(write, output, recipe, target.ending(output), progress=progress))
    return paths


def write(
    output: Output,
    recipe: Recipe,
    suffix: str,
    file: BinaryIO,
    progress: Callable[[float], None] | None = None,
) -> None:
    """Write ``output`` with its recipe into ``file``, which is to end in ``suffix``. Raises StudioError.

    A file of that format stays as the task encoded it. Not so a PNG that came as mere bytes: tasks pack
    those in haste.
    """
    is_own = OWN.get(output.media_type) == _USUAL.get(suffix, suffix)
    if output.kind == "image" and is_own and (suffix != ".png" or isinstance(output.data, Path)):
        embed.put(output.data, file, exchange.to_text(recipe), text_of(recipe, output.facts))
    elif output.kind in ("score", "audio"):
        from studio.cli.sounding import write_music

        write_music(output, FORMATS[output.kind][suffix], exchange.to_text(recipe), file, progress)
    else:
        file.write(encoded(output, recipe, suffix))


def encoded(output: Output, recipe: Recipe, suffix: str) -> bytes:
    """The bytes of a file that ends in ``suffix``, of a text or a picture. Raises StudioError."""
    name = FORMATS[output.kind][suffix]
    if output.kind == "text":
        return _document(output, recipe, cast(formats.Form, name))
    made = picture.read(output.data, keep_grey=True)
    return encode.encode(
        made,
        cast(encode.Format, name),
        bits=made.bits,
        recipe=exchange.to_text(recipe),
        parameters=text_of(recipe, output.facts),
    )


def _document(output: Output, recipe: Recipe, form: formats.Form) -> bytes:
    details = Details(output.name, recipe=exchange.to_text(recipe), created=recipe.created)
    return formats.encode(output.read().decode("utf-8", "replace"), form, details)


def shortened(name: str, room: int) -> str:
    """``name`` without characters that files cannot have, cut to ``room`` bytes between two characters."""
    clean = "".join("_" if letter in '/\\:*?"<>|' or ord(letter) < 32 else letter for letter in name)
    while len(os.fsencode(clean)) > room:
        clean = clean[:-1]
    return clean.rstrip(". ") or "result"


def _free(folder: Path, names: list[tuple[str, str]]) -> list[Path]:
    paths: list[Path] = []
    for name, suffix in names:
        stem = shortened(name, _LONGEST - len(suffix) - 6)
        marks = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
        tries = (folder / f"{stem}{mark}{suffix}" for mark in marks)
        paths.append(next(path for path in tries if path not in paths and not os.path.lexists(path)))
    return paths


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise files.writing_problem(folder, error) from error
