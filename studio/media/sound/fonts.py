"""The SoundFonts there are on this machine."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from studio.core import places
from studio.core.errors import StudioError

SUFFIXES = (".sf2", ".sf3")
ENGINE = "sound.font"
"""What the library calls a SoundFont."""
FACT = "font"
"""Where an arrangement says in its facts by which font, named by its id, it is to be played."""
_BOX = "TimGM6mb.sf2"
_SYSTEM = ("sounds/sf2", "sounds/sf3", "soundfonts")
"""Where distributions put them, in their folders of shared data."""


@dataclass(frozen=True, slots=True)
class Font:
    """A SoundFont."""

    path: Path
    name: str
    """For people."""
    id: str
    """What a setting or a recipe calls it: a model's id in the library, or the file's name."""


def fonts() -> tuple[Font, ...]:
    """All there are: the one in the box, those the person brought, the system's. Nothing is opened but the
    sheets of the person's own."""
    found: dict[str, Font] = {}
    for font in (*_boxed(), *_own(), *_of_system()):
        found.setdefault(font.id, font)
    return tuple(found.values())


def default_font() -> Font:
    """The one in the box, so that a recipe sounds the same everywhere; else any. Raises StudioError."""
    if found := next(iter(fonts()), None):
        return found
    raise StudioError("There is no SoundFont on this machine.", "Drop a .sf2 or .sf3 file on the window.")


def find(name: str) -> Font:
    """The font with an id, or the one in a file; "" is `default_font`. Raises StudioError."""
    if not name:
        return default_font()
    if found := next((font for font in fonts() if font.id == name), None):
        return found
    path = Path(name)
    if path.suffix.lower() in SUFFIXES and path.is_file():
        return Font(path, path.stem, name)
    raise StudioError("There is no SoundFont {name}.", "There are: {known}.", name=name,
                      known=", ".join(font.id for font in fonts()) or "-")


def of_piece(facts: Mapping[str, str]) -> Path:
    """The font that an arrangement's facts name under `FACT`; the default where that is not here any more.
    Raises StudioError where there is none at all."""
    try:
        return find(facts.get(FACT, "")).path
    except StudioError:
        return default_font().path


def check(path: Path) -> None:
    """Raise StudioError for a file that is no SoundFont, is cut off, damaged, or holds nothing."""
    from studio.media.sound import hydra

    hydra.read(path)


def _boxed() -> Iterator[Font]:
    """The small General MIDI font by Tim Brechbill (GPL-2) that pretty_midi brings; nothing is imported."""
    bundle = getattr(sys, "_MEIPASS", "")
    found = None if bundle else importlib.util.find_spec("pretty_midi")
    folder = Path(bundle) / "pretty_midi" if bundle else Path(found.origin or "").parent if found else None
    if folder is not None and (folder / _BOX).is_file():
        yield Font(folder / _BOX, "TimGM", "timgm6mb")


def _own() -> Iterator[Font]:
    for sheet in sorted(places.user_models().glob("*/model.json")):
        try:
            data = json.loads(sheet.read_bytes())
            if data.get("engine") != ENGINE:
                continue
            path = sheet.parent / Path(str(data["files"][0]["name"])).name
            yield Font(path, str(data.get("title") or data["id"]), str(data["id"]))
        except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
            continue  # the library says what is wrong with a damaged one


def _of_system() -> Iterator[Font]:
    folders = [folder for name in _SYSTEM for folder in places.system_data(name)]
    for folder in [*folders, Path.home() / "Library" / "Audio" / "Sounds" / "Banks"]:
        try:
            found = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
        except OSError:
            continue
        for path in found:
            yield Font(path, path.stem.replace("_", " "), path.name)
