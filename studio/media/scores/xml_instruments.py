"""The instruments of a part of MusicXML, and where on the staff a drum kit has its notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from studio.media.scores.xml_file import text, whole

_DRUM_CHANNEL = 10


@dataclass(frozen=True, slots=True)
class Instrument:
    """``program`` 0 to 127; ``unpitched`` is the key of a drum, where it is said."""

    program: int = 0
    drums: bool = False
    unpitched: int | None = None

    def as_drums(self) -> Instrument:
        """The same as a drum."""
        return self if self.drums else replace(self, drums=True, program=0)


_KIT = {"F4": 36, "E4": 35, "C5": 38, "D4": 44, "G5": 42, "F5": 51, "A5": 49, "B5": 57, "E5": 48, "D5": 47,
        "A4": 43, "G4": 41, "B4": 45, "C6": 55}
"""Where a kit is usually written (Weinberg, Guide to Standardized Drumset Notation), as General MIDI keys."""
_PLACES = {key: place for place, key in _KIT.items()} | {
    40: "C5", 46: "G5", 59: "F5", 53: "F5", 50: "E5", 45: "B4", 37: "C5", 39: "C5", 52: "B5", 55: "C6"}
_SNARE = 38


def kit_pitch(step: str, octave: str) -> int:
    """The drum that is usually written there; a snare where none is."""
    return _KIT.get(f"{step}{octave}", _SNARE)


def kit_place(pitch: int) -> tuple[str, str]:
    """Step and octave at which a drum is written; the middle of the staff for unusual ones."""
    place = _PLACES.get(pitch, "B4")
    return place[0], place[1]


def instruments_of(described: Element | None) -> Mapping[str, Instrument]:
    """Of a ``score-part``, by id, in order; a piano where nothing is said."""
    found: dict[str, Instrument] = {}
    for element in () if described is None else described.findall("midi-instrument"):
        program = (whole(text(element, "midi-program")) or 1) - 1
        unpitched = whole(text(element, "midi-unpitched"))
        drums = whole(text(element, "midi-channel")) == _DRUM_CHANNEL
        key = unpitched - 1 if unpitched and 1 <= unpitched <= 128 else None
        found[element.get("id", "")] = Instrument(program if 0 <= program <= 127 else 0, drums, key)
    return found or {"": Instrument()}
