"""Names for exported files: from a template, safe on every system, never that of an existing file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime

from studio.core.errors import StudioError
from studio.core.provenance import Recipe
from studio.project.assets import Asset

FIELDS = ("name", "date", "seed", "model", "panel", "width", "height", "index")
"""What may stand in braces. Numbers take a width, as in {index:03}."""
_FIELD = re.compile(r"\{(\w+)(?::(0?[1-9][0-9]?))?\}")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)
_LONGEST = 250
"""Bytes of a whole file name in UTF-8; every system allows 255."""


def fill(template: str, values: Mapping[str, str | int]) -> str:
    """``template`` with its fields filled in. Raises StudioError for a field that does not exist."""
    def value(match: re.Match[str]) -> str:
        name, width = match.groups()
        if name not in values:
            raise StudioError("A name cannot hold {field}.", "It can hold {known}.", field="{" + name + "}",
                              known=" ".join("{" + field + "}" for field in FIELDS))
        found = values[name]
        return f"{found:{width}d}" if width and isinstance(found, int) else str(found)

    return _FIELD.sub(value, template)


def values_of(asset: Asset, recipe: Recipe | None, index: int) -> dict[str, str | int]:
    """What the fields of a template stand for; empty where an asset has no such thing."""
    return {"name": asset.name, "date": _day(asset.created), "index": index, "model": _model(recipe),
            "seed": asset.seed if asset.origin == "made" else "", "panel": asset.panel,
            "width": asset.facts.get("width", ""), "height": asset.facts.get("height", "")}


def safe(name: str) -> str:
    """``name`` as every file system takes it: composed letters, no reserved characters or device names."""
    text = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode("utf-8"))
    text = _FORBIDDEN.sub("_", text).strip(" .")
    if _RESERVED.fullmatch(text):
        text = f"_{text}"
    return text or "Untitled"


def candidates(stem: str, suffix: str) -> Iterator[str]:
    """File names to try in turn: "a.png", "a 2.png", "a 3.png" and so on, each at most 250 bytes."""
    yield _fitting(stem, suffix)
    number = 2
    while True:
        yield _fitting(stem, f" {number}{suffix}")
        number += 1


def _fitting(stem: str, end: str) -> str:
    room = _LONGEST - len(end.encode())
    cut = stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .\u200d")
    return cut + end


def _day(created: str) -> str:
    try:
        return datetime.fromisoformat(created).astimezone().date().isoformat()
    except ValueError:  # a damaged date is no reason to keep a picture from leaving
        return ""


def _model(recipe: Recipe | None) -> str:
    if recipe is None:
        return ""
    return recipe.models[0].id if recipe.models else str(recipe.request.params.get("model", ""))
