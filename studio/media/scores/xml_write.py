"""An arrangement as MusicXML 4.0 (partwise): the same arrangement, the same bytes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from studio.core.arrangement import Arrangement
from studio.core.score import Chord as Symbol
from studio.core.score import Key, Metre, Score, Tempo
from studio.media.scores import xml_part
from studio.media.scores.engrave import Chord, Engraving, Part, Sheet, engraved
from studio.media.scores.values import Value, values
from studio.media.scores.xml_note import Line, add_note, add_rest, child

RECIPE = "atelier-recipe"
"""Name of the field that has the recipe."""
_HEAD = ('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE score-partwise PUBLIC '
         '"-//Recordare//DTD MusicXML 4.0 Partwise//EN" "http://www.musicxml.org/dtds/partwise.dtd">\n')


def write_musicxml(arrangement: Arrangement, recipe: str = "") -> bytes:
    """The file, with ``recipe`` in a field of its own. What a score can't keep: see `engrave`; also solo,
    mute and locks, and whose a note is.

    Raises StudioError: no notes, too many bars.
    """
    score = arrangement.score
    page = engraved(score)
    root = Element("score-partwise", version="4.0")
    if score.title:
        child(child(root, "work"), "work-title", score.title)
    about = child(root, "identification")
    child(child(about, "encoding"), "software", "Atelier")
    if recipe:
        child(child(about, "miscellaneous"), "miscellaneous-field", recipe, name=RECIPE)
    parts = child(root, "part-list")
    for number, (part, strip) in enumerate(zip(page.parts, arrangement.strips, strict=True), start=1):
        xml_part.describe(parts, number, part.track, strip)
    for number, part in enumerate(page.parts, start=1):
        element = SubElement(root, "part", id=f"P{number}")
        _Writer(element, score, page, part, number).write()
    indent(root, " ")
    return (_HEAD + tostring(root, encoding="unicode") + "\n").encode()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a chord that is in one bar."""

    chord: Chord
    start: int
    end: int
    """In ticks from the start of the bar."""
    comes: bool
    goes: bool
    """Whether it is tied to what was before, to what follows."""


class _Writer:
    """Writes one part, bar by bar."""

    def __init__(self, element: Element, score: Score, page: Engraving, part: Part, number: int) -> None:
        self._element, self._score, self._page, self._part = element, score, page, part
        self._id, self._is_first = f"P{number}", number == 1
        self._triplets: dict[int, set[int]] = defaultdict(set)
        for bar, beat in part.triplets:
            self._triplets[bar].add(beat)
        self._metre: Metre | None = None
        self._key: Key | None = None
        self._said = _by_bar(page, score) if self._is_first else {}

    def write(self) -> None:
        """All bars."""
        lines = [[_cut(voice, self._page.bars) for voice in staff.voices] for staff in self._part.staves]
        for number, sheet in enumerate(self._page.bars):
            bar = child(self._element, "measure", number=str(number + 1))
            self._attributes(bar, number, sheet)
            for offset, said in self._said.get(number, ()):
                xml_part.say(bar, offset, said, self._key.fifths if self._key else 0)
            self._fill(bar, number, sheet, lines)

    def _attributes(self, bar: Element, number: int, sheet: Sheet) -> None:
        key, metre = _key_at(self._score, sheet), xml_part.metre_of(sheet)
        is_new = number == 0, key != self._key, metre != self._metre
        if not any(is_new):
            return
        element = child(bar, "attributes")
        if number == 0:
            child(element, "divisions", str(xml_part.DIVISIONS))
        if is_new[0] or is_new[1]:
            xml_part.add_key(element, key)
        if is_new[2]:
            xml_part.add_time(element, metre, is_shown=metre == sheet.source.metre)
        if number == 0:
            xml_part.add_clefs(element, self._part)
        self._key, self._metre = key, metre

    def _fill(self, bar: Element, number: int, sheet: Sheet,
              lines: Sequence[Sequence[dict[int, list[_Piece]]]]) -> None:
        is_begun = False
        for staff, voices in enumerate(lines, start=1):
            sounding = [(place, voice[number]) for place, voice in enumerate(voices, start=1)
                        if number in voice]
            for place, pieces in sounding or [(1, [])]:
                if is_begun:
                    child(child(bar, "backup"), "duration", xml_part.duration(sheet.length))
                is_begun = True
                line = Line(self._id, str(4 * (staff - 1) + place), str(staff) if len(lines) > 1 else "",
                            self._key.fifths if self._key else 0, self._part.track.drums)
                self._voice(bar, line, sheet, frozenset(self._triplets[number]), pieces)

    def _voice(self, bar: Element, line: Line, sheet: Sheet, triplets: frozenset[int],
               pieces: Sequence[_Piece]) -> None:
        if not pieces:
            add_rest(bar, line, None, sheet.length)
            return
        signs = list(_signs(pieces, sheet, triplets))
        for number, (value, piece) in enumerate(signs):
            before = signs[number - 1][0].beat if number else -1
            after = signs[number + 1][0].beat if number + 1 < len(signs) else -1
            ends = (value.beat != before, value.beat != after) if value.beat >= 0 else (False, False)
            if piece is None:
                add_rest(bar, line, value, value.length, ends)
            else:
                comes = piece.comes or value.start > piece.start
                goes = piece.goes or value.start + value.length < piece.end
                add_note(bar, line, value, piece.chord.notes, (comes, goes), ends)


def _signs(pieces: Sequence[_Piece], sheet: Sheet,
           triplets: frozenset[int]) -> Iterator[tuple[Value, _Piece | None]]:
    """All signs of a voice in a bar; None is a rest."""
    at = 0
    for piece in pieces:
        yield from ((value, None) for value in values(at, piece.start, sheet, triplets))
        yield from ((value, piece) for value in values(piece.start, piece.end, sheet, triplets))
        at = piece.end
    yield from ((value, None) for value in values(at, sheet.length, sheet, triplets))


def _cut(voice: Sequence[Chord], sheets: Sequence[Sheet]) -> dict[int, list[_Piece]]:
    """A voice by bars."""
    found: dict[int, list[_Piece]] = defaultdict(list)
    number = 0
    for chord in voice:
        while sheets[number].start + sheets[number].length <= chord.start:
            number += 1
        last = number
        while last < len(sheets) and sheets[last].start < chord.end:
            sheet = sheets[last]
            begin, end = max(0, chord.start - sheet.start), min(sheet.length, chord.end - sheet.start)
            goes = chord.end - sheet.start > sheet.length
            found[last].append(_Piece(chord, begin, end, last > number, goes))
            last += 1
    return dict(found)


def _key_at(score: Score, sheet: Sheet) -> Key:
    middle = sheet.source.start + sheet.source.length // 2
    said = [key for key in score.keys if key.at <= middle]
    found = said[-1] if said else Key(0, 0)
    return Key(0, found.tonic, found.minor)


def _by_bar(page: Engraving, score: Score) -> dict[int, list[tuple[int, Tempo | Symbol]]]:
    """Tempos and chords, by bar, at ticks from its start."""
    found: dict[int, list[tuple[int, Tempo | Symbol]]] = defaultdict(list)
    number = 0
    everything: list[Tempo | Symbol] = [*score.tempos, *score.chords]
    for said in sorted(everything, key=lambda said: said.at):
        at = page.tick(said.at)
        while number + 1 < len(page.bars) and page.bars[number + 1].start <= at:
            number += 1
        found[number].append((at - page.bars[number].start, said))
    return found

