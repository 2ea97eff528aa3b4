"""A model that lies in a folder of its own: weights, model.json and, for those in the box, a card."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studio.core.engine import ModelSource
from studio.core.errors import StudioError
from studio.library.digests import Stamp, digest_of, stamp
from studio.library.folders import files_of
from studio.library.inspect import examine, title_of
from studio.media.sources import reading_problem

SHEET = "model.json"
CARD = "README.md"
_MOST_SHEET = 4_000_000
Progress = Callable[[int, int], None]
"""Called with bytes done and bytes in all."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model in the library."""

    id: str
    """Its name on the command line and in recipes."""
    title: str
    task: str
    """What it is for, such as "style"."""
    engine: str
    """Id of the engine that loads it."""
    path: Path
    """Its folder, or the file itself if it lies outside the library."""
    files: Mapping[str, str]
    """File name to SHA-256; a folder of diffusers has files like "unet/config.json"."""
    size: int
    """Bytes of all files."""
    licence: str = ""
    source_url: str = ""
    """Where it came from."""
    is_starter: bool = False
    """It came in the box and cannot be removed."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the engine wants to know."""
    card: Path | None = None
    """Its description, Markdown."""

    def source(self) -> ModelSource:
        """As an engine wants it."""
        return ModelSource(self.id, self.engine, self.path, self.files, self.facts)


def read_folder(folder: Path, *, is_starter: bool) -> Model:
    """The model in ``folder``. Raises StudioError if its model.json is missing or damaged."""
    try:
        data = json.loads(_text(folder / SHEET))
        files = {_plain(item["name"]): str(item["sha256"]) for item in data["files"]}
        size = sum(int(item["size"]) for item in data["files"])
        name, engine = str(data["id"]), str(data["engine"])
        # numbers may stand at the top, in "input" or in "facts"; ours have words for people in "input"
        beside = {key: value for key, value in data.items() if isinstance(value, int | float)}
        facts = {**dict(data.get("input") or {}), **beside, **dict(data.get("facts") or {})}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StudioError("The model in {folder} is damaged: its model.json cannot be read.",
                          "Remove it and bring it in again.", folder=folder.name,
                          details=repr(error)) from error
    card = folder / CARD
    return Model(name, str(data.get("title") or name), str(data.get("task") or engine.partition(".")[0]),
                 engine, folder, files, size, str(data.get("licence") or ""), str(data.get("source") or ""),
                 is_starter, facts, card if card.is_file() else None)


def from_file(path: Path) -> Model:
    """A model file or folder that lies anywhere, as it is. Raises StudioError if nothing can use it.

    What a file is is remembered for as long as it stays as it is: every job asks for its model, and to look
    into one with a large vocabulary takes as long as to write a line.
    """
    if not path.is_file():
        return _looked_into(path)
    key = (str(path), stamp(path))
    if key not in _models:
        _models[key] = _looked_into(path)
    return _models[key]


def _looked_into(path: Path) -> Model:
    network = examine(path)
    files = parts_of(path)
    return Model(str(path), title_of(path), network.engine.partition(".")[0], network.engine, path.absolute(),
                 {name: digest_of(file) for name, file in files.items()},
                 sum(file.stat().st_size for file in files.values()), str(network.facts.get("licence", "")),
                 str(network.facts.get("source", "")), facts=network.facts)


def parts_of(path: Path) -> dict[str, Path]:
    """Name to file of all that belongs to the model in ``path``: itself, or what a folder holds of it."""
    return {name: path / name for name in files_of(path)} if path.is_dir() else {path.name: path}


def sheet(model: Model, sizes: Mapping[str, int]) -> dict[str, Any]:
    """What model.json holds for a model somebody brought; ``sizes`` by file name."""
    files = [{"name": name, "sha256": digest, "size": sizes[name]} for name, digest in model.files.items()]
    return {"id": model.id, "title": model.title, "task": model.task, "engine": model.engine, "version": "1",
            "files": files, "licence": model.licence, "source": model.source_url, "facts": dict(model.facts)}


_models: dict[tuple[str, Stamp], Model] = {}


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_SHEET).decode("utf-8")
    except OSError as error:
        raise reading_problem(path, error) from error


def _plain(name: str) -> str:
    """A file's name inside the model's folder, or in a folder in it; never a way out of it."""
    parts = name.split("/")
    if len(parts) > 2 or any(part in ("", ".", "..") or set(part) & set("\\:\0") for part in parts):
        raise ValueError(f"file name {name!r}")
    return name
