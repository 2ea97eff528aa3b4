"""Notes and rests of a bar as MusicXML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from studio.core.score import TICKS
from studio.media.scores.spelling import spelled
from studio.media.scores.values import Value
from studio.media.scores.xml_instruments import kit_place

DIVISIONS = 48
"""To a quarter note: sixty-fourths and sixteenth triplets."""
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CROSSES = frozenset({42, 44, 46, 49, 51, 52, 53, 55, 57, 59})
"""Cymbals and hi-hats."""


@dataclass(frozen=True, slots=True)
class Line:
    """Where something is written: part, voice, staff ("" where there is one), signature, whether on a kit."""

    part: str
    voice: str
    staff: str
    fifths: int
    drums: bool


def child(parent: Element, tag: str, text: str = "", /, **attributes: str) -> Element:
    """A new element at the end of ``parent``, without what XML cannot hold."""
    element = SubElement(parent, tag, attributes)
    if text:
        element.text = _ILLEGAL.sub("", text)
    return element


def duration(ticks: int) -> str:
    """A length in divisions."""
    return str(ticks * DIVISIONS // TICKS)


def add_rest(bar: Element, line: Line, value: Value | None, length: int,
             ends: tuple[bool, bool] = (False, False)) -> None:
    """A rest; without a ``value`` one of the whole bar. ``ends``: first and last of a triplet."""
    note = child(bar, "note")
    rest = child(note, "rest")
    if value is None:
        rest.set("measure", "yes")
    child(note, "duration", duration(length))
    child(note, "voice", line.voice)
    _shape(note, value)
    _place(note, line)
    _triplet(note, None, ends)


def add_note(bar: Element, line: Line, value: Value, notes: Sequence[tuple[int, int]],
             ties: tuple[bool, bool], ends: tuple[bool, bool]) -> None:
    """A chord of (pitch, velocity). ``ties``: from what was before, to what follows."""
    for number, (pitch, velocity) in enumerate(notes):
        note = child(bar, "note", dynamics=f"{velocity / 0.9:.2f}")
        if number:
            child(note, "chord")
        _pitch(note, line, pitch)
        child(note, "duration", duration(value.length))
        kinds = [kind for kind, is_so in zip(("stop", "start"), ties, strict=True) if is_so]
        for kind in kinds:
            child(note, "tie", type=kind)
        if line.drums:
            child(note, "instrument", id=f"{line.part}-I{pitch + 1}")
        child(note, "voice", line.voice)
        _shape(note, value)
        if line.drums and pitch in _CROSSES:
            child(note, "notehead", "x")
        _place(note, line)
        _triplet(note, kinds, ends if number == 0 else (False, False))


def _pitch(note: Element, line: Line, pitch: int) -> None:
    if line.drums:
        step, octave = kit_place(pitch)
        place = child(note, "unpitched")
        child(place, "display-step", step)
        child(place, "display-octave", octave)
        return
    step, alter, height = spelled(pitch, line.fifths)
    place = child(note, "pitch")
    child(place, "step", step)
    if alter:
        child(place, "alter", str(alter))
    child(place, "octave", str(height))


def _shape(note: Element, value: Value | None) -> None:
    if value is None:
        return
    child(note, "type", value.name)
    for _ in range(value.dots):
        child(note, "dot")
    if value.beat >= 0:
        change = child(note, "time-modification")
        child(change, "actual-notes", "3")
        child(change, "normal-notes", "2")


def _place(note: Element, line: Line) -> None:
    if line.staff:
        child(note, "staff", line.staff)


def _triplet(note: Element, ties: Sequence[str] | None, ends: tuple[bool, bool]) -> None:
    if not ties and not any(ends):
        return
    notations = child(note, "notations")
    for kind in ties or ():
        child(notations, "tied", type=kind)
    for kind, is_so in zip(("start", "stop"), ends, strict=True):
        if is_so:
            child(notations, "tuplet", type=kind, bracket="yes")
