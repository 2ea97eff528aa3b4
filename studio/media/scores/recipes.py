"""The recipe inside a score that was exported from here: a text event in MIDI, a field in MusicXML."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from pathlib import Path
from typing import Any

from studio.core.errors import StudioError
from studio.media.encode import MAX_RECIPE, encodable, parsed
from studio.media.scores import xml_file

FIELD = "atelier-recipe"
"""Name of the field in MusicXML, and what the text in MIDI begins with."""
MEMBER = "atelier-recipe.json"
"""What it is called in a zip of stems."""
_MARK = f"{FIELD}:"


def midi_text(recipe: str) -> str:
    """What the text event says of ``recipe``, JSON text."""
    return _MARK + (encodable(recipe) or "")


def read_recipe(path: Path) -> dict[str, Any] | None:
    """What a score, or a zip of stems, carries; None if there is nothing, or nothing that can be read."""
    with contextlib.suppress(StudioError, OSError):
        with path.open("rb") as file:
            start = file.read(64)
            if b"MThd" in start:
                return _of_midi(start + file.read(xml_file.MOST))
            if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
                return _of_xml(start + file.read(xml_file.MOST), path.name)
        if start.startswith(b"PK\x03\x04"):
            return _of_zip(path)
    return None


def _of_zip(path: Path) -> dict[str, Any] | None:
    if path.suffix.lower() == ".mxl":
        from studio.media.scores.mxl import unpacked

        return _of_xml(unpacked(path.read_bytes(), path.name), path.name)
    if path.suffix.lower() != ".zip":
        return None
    with contextlib.suppress(zipfile.BadZipFile, zlib.error, KeyError, ValueError, RuntimeError,
                             NotImplementedError, EOFError), zipfile.ZipFile(path) as box:
        return parsed(box.open(MEMBER).read(MAX_RECIPE).decode("utf-8", "replace"))
    return None


def _of_midi(data: bytes) -> dict[str, Any] | None:
    from studio.media.arrangement_midi import texts_of

    found = next((text for text in texts_of(data) if text.startswith(_MARK)), None)
    return parsed(found.removeprefix(_MARK)) if found else None


def _of_xml(data: bytes, name: str) -> dict[str, Any] | None:
    if FIELD.encode() not in data:
        return None
    for field in xml_file.parsed(data, name).iter("miscellaneous-field"):
        if field.get("name") == FIELD:
            return parsed(field.text or "")
    return None
