"""Recipes inside exported files: how they get in, and how a dropped file gives its settings back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any

from studio.core.errors import StudioError
from studio.core.provenance import Recipe

if TYPE_CHECKING:
    from studio.project.generation_read import Borrowed

_FENCE = "---\n"
_KEY = "atelier: "
_LONGEST = 1 << 20
"""Characters of a front matter worth reading."""


def to_text(recipe: Recipe) -> str:
    """The recipe as one line of JSON, as it may be seen by anybody: without this machine's folders."""
    return json.dumps(public(recipe.to_json()), ensure_ascii=False, separators=(",", ":"))


def public(value: Any) -> Any:
    """``value`` with every absolute path in it, such as that of a model, cut to its file's name."""
    if isinstance(value, Mapping):
        return {key: public(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [public(item) for item in value]
    is_path = isinstance(value, str) and (PurePosixPath(value).is_absolute()
                                          or PureWindowsPath(value).is_absolute())
    return PureWindowsPath(value).name if is_path else value


def read_recipe(path: Path) -> Recipe | None:
    """The recipe that something exported carries; None if there is none, or none that can be read.

    Raises StudioError only where the file itself cannot be read.
    """
    from studio.media.encode import read_recipe as of_picture
    from studio.media.pages.recipes import read_recipe as of_document

    data = _of_music(path) or of_document(path) or of_picture(path) or _of_markdown(path)
    try:
        return Recipe.from_json(data) if data else None
    except StudioError:
        return None


def settings_in(source: Path | bytes) -> Recipe | Borrowed | None:
    """The recipe that something exported carries, else what another program left in a picture, else None.

    Raises StudioError only where the file itself cannot be read.
    """
    from studio.project.generation_read import read_file

    if not source:
        return None
    recipe = read_recipe(source) if isinstance(source, Path) else _recipe_of_picture(source)
    return recipe or read_file(source)


def _recipe_of_picture(data: bytes) -> Recipe | None:
    from studio.media.encode import read_recipe as of_picture

    try:
        return Recipe.from_json(found) if (found := of_picture(data)) else None
    except StudioError:
        return None


def with_front_matter(text: str, recipe: Recipe | None) -> str:
    """A Markdown document with the recipe above it; JSON is YAML, so other programs can read it too."""
    if recipe is None:
        return text
    return f"{_FENCE}{_KEY}{to_text(recipe)}\n{_FENCE}\n{text}"


def _of_music(path: Path) -> dict[str, Any] | None:
    """Of a score or a sound; neither is opened but by its first bytes."""
    from studio.media.scores.recipes import read_recipe as of_score

    if found := of_score(path):
        return found
    try:
        with path.open("rb") as file:
            start = file.read(12)
    except OSError:
        return None
    if start[:4] not in (b"fLaC", b"OggS") and (start[:4], start[8:]) != (b"RIFF", b"WAVE"):
        return None
    from studio.media.sound.files import read_recipe as of_sound

    return of_sound(path)


def _of_markdown(path: Path) -> dict[str, Any] | None:
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            if file.read(len(_FENCE)) != _FENCE:
                return None
            line = file.readline(_LONGEST)
        found = json.loads(line.removeprefix(_KEY)) if line.startswith(_KEY) else None
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
