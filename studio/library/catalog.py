"""All models there are: those in the box and those people brought."""

from __future__ import annotations

import os
from pathlib import Path

from studio.core import places
from studio.core.engine import ModelSource
from studio.core.errors import StudioError
from studio.library.model import SHEET, Model, from_file, read_folder

__all__ = ["Catalog", "Model", "default", "resolve"]


class Catalog:
    """Two folders of models; looked at afresh at every call, since other windows may change them."""

    def __init__(self, starter_dir: Path, user_dir: Path) -> None:
        self._starter, self._user = starter_dir, user_dir

    def models(self) -> list[Model]:
        """All usable ones, those in the box first, each part by title."""
        mine = self._in(self._starter, is_starter=True)
        taken = {model.id for model in mine}
        return mine + [model for model in self._in(self._user, is_starter=False) if model.id not in taken]

    def find(self, name: str | Path) -> Model:
        """The model with an id, or the one in a file or folder. Raises StudioError saying what there is."""
        if model := self._by_id(str(name)):
            return model
        path = Path(name)
        if _exists(path):
            return read_folder(path, is_starter=False) if (path / SHEET).is_file() else from_file(path)
        if _looks_like_path(str(name)):
            raise StudioError("There is no file {name}.", "Was it moved or renamed?", name=path.name)
        known = ", ".join(model.id for model in self.models())
        if not known:
            raise StudioError("There is no model {name}, nor any other.", "Bring one in.", name=str(name))
        raise StudioError("There is no model {name}.", "There are: {known}.", name=str(name), known=known)

    def _by_id(self, name: str) -> Model | None:
        """Usually its folder has its name, which saves looking into all of them."""
        if name and not _looks_like_path(name) and name not in (".", ".."):
            for folder, is_starter in ((self._starter, True), (self._user, False)):
                if (model := _read(folder / name, is_starter)) and model.id == name:
                    return model
        return next((model for model in self.models() if model.id == name), None)

    def _in(self, folder: Path, *, is_starter: bool) -> list[Model]:
        try:
            found = [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
        except OSError:
            return []
        models = [model for entry in found if (model := _read(entry, is_starter))]
        return sorted(models, key=lambda model: (model.title.lower(), model.id))


def default() -> Catalog:
    """The catalogue of this installation and this person."""
    return Catalog(places.starter_models(), places.user_models())


def resolve(name_or_path: str) -> ModelSource:
    """The model an engine shall load, by id or path. Raises StudioError."""
    return default().find(name_or_path).source()


def _read(folder: Path, is_starter: bool) -> Model | None:
    """None for a folder that is no model, or a damaged one: one bad model must not hide the rest."""
    try:
        return read_folder(folder, is_starter=is_starter) if (folder / SHEET).is_file() else None
    except (StudioError, OSError, ValueError):
        return None


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _looks_like_path(name: str) -> bool:
    return os.sep in name or "/" in name or Path(name).suffix.lower() in (
        ".pth", ".pt", ".onnx", ".safetensors", ".model", ".ckpt", ".bin", ".gguf", ".sf2", ".sf3")
