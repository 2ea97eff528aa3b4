"""Finds results that are there already, by the recipe inside them.

The recipe decides, not the name: a file somebody else put there is never mistaken for a result, results of
other settings are made beside, and a batch that is begun again goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from studio.core.errors import StudioError
from studio.core.jobs import Request
from studio.project import exchange

ENDINGS = frozenset((".png", ".apng", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".gif", ".md", ".wav",
                     ".flac", ".ogg", ".mid"))
"""Of files that may carry a recipe."""


def fingerprint(request: Request, *, with_seed: bool = True) -> str:
    """64 hexadecimal digits: equal for requests that ask for the same result of files of the same name.

    ``with_seed`` False leaves the seed open, for those who did not choose one. Folders of this machine and
    the project a request came from do not count.
    """
    data = exchange.public(request.to_json())
    for item in data["inputs"]:
        del item["asset"]
    if not with_seed:
        del data["seed"]
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(slots=True)
class _Folder:
    unread: set[str]
    known: dict[str, list[Path]] = field(default_factory=dict)
    """Fingerprint to files."""


class Finished:
    """Reads every result once. What was found or `take`n belongs to one input and is not found again."""

    def __init__(self, *, with_seed: bool = True) -> None:
        self._with_seed = with_seed
        self._folders: dict[Path, _Folder] = {}
        self._taken: set[Path] = set()

    def find(self, folder: Path, request: Request, stem: str = "", *,
             only_named_so: bool = False) -> Path | None:
        """The result of ``request`` in ``folder``, or None.

        Names that begin with ``stem`` are read first, or alone if ``only_named_so``.
        """
        wanted = fingerprint(request, with_seed=self._with_seed)
        place = self._folders.setdefault(folder, _Folder(_names(folder)))
        likely = sorted(name for name in place.unread if name.startswith(stem))
        others = [] if only_named_so else sorted(place.unread - set(likely))
        for names in (likely, others):
            self._read(folder, place, names)
            for path in place.known.get(wanted, ()):
                if path not in self._taken and path.is_file():
                    self._taken.add(path)
                    return path
        return None

    def take(self, path: Path) -> None:
        """``path`` was made now, for an input of its own."""
        self._taken.add(path)

    def _read(self, folder: Path, place: _Folder, names: list[str]) -> None:
        for name in names:
            place.unread.discard(name)
            if request := request_in(folder / name):
                key = fingerprint(request, with_seed=self._with_seed)
                place.known.setdefault(key, []).append(folder / name)


def request_in(path: Path) -> Request | None:
    """What a file says it was made from; None if it does not say."""
    try:
        recipe = exchange.read_recipe(path)
    except StudioError:
        return None
    return recipe.request if recipe else None


def _names(folder: Path) -> set[str]:
    try:
        return {name for name in os.listdir(folder)  # noqa: PTH208 - names alone
                if not name.startswith(".") and os.path.splitext(name)[1].lower() in ENDINGS}  # noqa: PTH122
    except OSError:
        return set()
