"""MXL: MusicXML in a zip file, as most programs hand it on (MusicXML 4.0, "Compressed .MXL files")."""

from __future__ import annotations

import io
import zipfile
import zlib

from studio.core.errors import StudioError
from studio.media.scores.xml_file import MOST, parsed

_CONTAINER = "META-INF/container.xml"
_MOST_CONTAINER = 1 << 16


def unpacked(data: bytes, name: str) -> bytes:
    """The score in it; never more than `MOST` bytes are unpacked. Raises StudioError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            return _member(box, _root(box, name), MOST, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, RuntimeError,
            NotImplementedError) as error:
        raise StudioError("{name} is damaged, or no score.", "Export it again as MusicXML.", name=name,
                          details=str(error)) from error


def _root(box: zipfile.ZipFile, name: str) -> str:
    """The name of the score: as the container says, else the first that ends so."""
    names = box.namelist()
    if _CONTAINER in names:
        container = parsed(_member(box, _CONTAINER, _MOST_CONTAINER, name), name)
        for root in container.iter():
            path = root.get("full-path", "")
            if path in names and "xml" in root.get("media-type", "xml"):
                return path
    scores = [n for n in names if n.lower().endswith((".xml", ".musicxml")) and not n.startswith("META-INF/")]
    if not scores:
        raise StudioError("There is no score in {name}.", "Choose a MusicXML file.", name=name)
    return scores[0]


def _member(box: zipfile.ZipFile, member: str, most: int, name: str) -> bytes:
    with box.open(member) as file:
        found = file.read(most + 1)  # what the zip says of its size is not believed
    if len(found) > most:
        raise StudioError("{name} is too large once it is unpacked.", "Cut it into shorter pieces.",
                          name=name)
    return found
