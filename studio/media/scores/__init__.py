"""Scores as files, whatever format: `read` any, `write` MusicXML.

MIDI is read by `studio.media.midi_read`, MusicXML here, ABC by music21 in a process of its own.
"""

from __future__ import annotations

from pathlib import PurePath

from studio.core.arrangement import Arrangement
from studio.core.errors import StudioError

SUFFIXES = frozenset({".mid", ".midi", ".rmi", ".kar", ".musicxml", ".xml", ".mxl", ".abc"})
"""Endings of what `read` takes."""
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read(data: bytes, name: str = "This file") -> Arrangement:
    """The music in ``data``: MIDI (format 0 or 1), MusicXML, MXL or ABC, told by what is inside.

    Repeats are played out, transposing instruments sound as they sound, ties are one note. ABC takes
    seconds. Raises StudioError: empty, too long, damaged, something else, no notes.
    """
    from studio.media.arrangement_midi import read_arrangement

    start = data[:512].lstrip(b"".join(_BYTE_ORDER_MARKS) + b" \t\r\n")
    if data[:4] == b"PK\x03\x04":
        from studio.media.scores.mxl import unpacked

        return _of_xml(unpacked(data, name), name)
    if start.startswith((b"<", b"\0<")):
        return _of_xml(data, name)
    if PurePath(name).suffix.lower() == ".abc" or _is_abc(start):
        from studio.media.scores.abc import read_abc

        return Arrangement(read_abc(data, name))
    if data and b"MThd" not in data[:64] and PurePath(name).suffix.lower() in (".xml", ".musicxml", ".mxl"):
        raise StudioError("{name} is not a score.", "Choose a MusicXML file.", name=name)
    return read_arrangement(data, name)


def _of_xml(data: bytes, name: str) -> Arrangement:
    from studio.media.scores.xml_read import read_musicxml

    return Arrangement(read_musicxml(data, name))


def _is_abc(start: bytes) -> bool:
    return start.startswith((b"X:", b"%abc"))
