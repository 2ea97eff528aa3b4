"""One part of a MusicXML score, bar by bar, before repeats are played out (MusicXML 4.0, partwise).

Own code, as music21 10 takes several seconds to be loaded and gives all notes of a drum kit one pitch. It is
the judge in the tests.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from xml.etree.ElementTree import Element

from studio.core.score import TICKS, Chord, Key, Metre, Tempo
from studio.media.scores import xml_signs
from studio.media.scores.repeats import Signs
from studio.media.scores.xml_file import number, text, whole
from studio.media.scores.xml_instruments import Instrument, instruments_of, kit_pitch

LOUD = 80
"""Velocity where nothing is said."""
_GRACE = Fraction(TICKS, 8)
_STEPS = dict(zip("CDEFGAB", (0, 2, 4, 5, 7, 9, 11), strict=True))
_FORTE = Fraction(90, 100)
"""A dynamic of 100 is velocity 90."""
_MARKS = {"pppp": 16, "ppp": 24, "pp": 36, "p": 49, "mp": 64, "mf": 80, "f": 96, "ff": 112, "fff": 120,
          "ffff": 126, "fp": 96, "sf": 100, "sfz": 104, "fz": 100, "rf": 96, "rfz": 100}


@dataclass(frozen=True, slots=True)
class Sound:
    """A note as written, in ticks from the start of its bar; pitch as it sounds."""

    start: Fraction
    length: Fraction
    pitch: int
    velocity: int
    instrument: Instrument
    begins_tie: bool = False
    ends_tie: bool = False


Said = Tempo | Metre | Key | Chord


@dataclass(slots=True)
class Measure:
    """A bar of one part. ``said`` is at ticks from its start; ``length`` as far as anything reaches."""

    sounds: list[Sound] = field(default_factory=list)
    said: list[tuple[Fraction, Said]] = field(default_factory=list)
    length: Fraction = Fraction(0)
    signs: Signs = field(default_factory=Signs)


class PartReader:
    """What carries on from bar to bar: divisions, transposition, dynamics, the ending that is open."""

    def __init__(self, described: Element | None) -> None:
        self._instruments = instruments_of(described)
        self._divisions, self._transpose = Fraction(1), 0
        self._velocity = Fraction(LOUD)
        self._endings: frozenset[int] = frozenset()
        self._at = self._chord_at = Fraction(0)

    def measure(self, element: Element) -> Measure:
        """Take in the next bar."""
        found = Measure(signs=Signs(endings=self._endings))
        self._at = self._chord_at = Fraction(0)
        for child in element:
            take = _TAKERS.get(str(child.tag))
            if take is not None:
                take(self, child, found)
            found.length = max(found.length, self._at)
        return found

    def _ticks(self, element: Element) -> Fraction:
        said = number(element.findtext("duration"))
        return max(Fraction(0), said or Fraction(0)) * TICKS / self._divisions

    def _attributes(self, element: Element, found: Measure) -> None:
        if (divisions := number(element.findtext("divisions"))) and divisions > 0:
            self._divisions = divisions
        if (transpose := element.find("transpose")) is not None:
            octaves = whole(transpose.findtext("octave-change")) or 0
            semitones = (whole(transpose.findtext("chromatic")) or 0) + 12 * octaves
            self._transpose = semitones if abs(semitones) <= 60 else 0
        for key in element.findall("key")[:1]:
            if signature := xml_signs.key(key, self._transpose):
                found.said.append((self._at, signature))
        for time in element.findall("time")[:1]:
            if metre := xml_signs.metre(time):
                found.said.append((self._at, metre))

    def _back(self, element: Element, _: Measure) -> None:
        self._at = max(Fraction(0), self._at - self._ticks(element))

    def _forward(self, element: Element, _: Measure) -> None:
        self._at += self._ticks(element)

    def _harmony(self, element: Element, found: Measure) -> None:
        if chord := xml_signs.chord(element, self._transpose):
            found.said.append((self._at + self._offset(element), chord))

    def _direction(self, element: Element, found: Measure) -> None:
        sound = element.find("sound")
        if sound is not None:
            self._sound(sound, found, self._at + self._offset(element))
        if (sound is None or sound.get("tempo") is None) and (tempo := xml_signs.metronome(element)):
            found.said.append((self._at, tempo))
        marks = element.find("direction-type/dynamics")
        if marks is not None and len(marks) and (sound is None or sound.get("dynamics") is None):
            self._velocity = Fraction(_MARKS.get(str(marks[0].tag), round(self._velocity)))
        found.signs.segno |= element.find("direction-type/segno") is not None
        found.signs.coda |= element.find("direction-type/coda") is not None and (
            sound is None or sound.get("tocoda") is None)

    def _bare_sound(self, element: Element, found: Measure) -> None:
        self._sound(element, found, self._at)

    def _sound(self, sound: Element, found: Measure, at: Fraction) -> None:
        if tempo := xml_signs.tempo(number(sound.get("tempo"))):
            found.said.append((max(Fraction(0), at), tempo))
        if (dynamics := number(sound.get("dynamics"))) is not None:
            self._velocity = dynamics * _FORTE
        xml_signs.jumps(sound, found.signs)

    def _offset(self, element: Element) -> Fraction:
        return (number(element.findtext("offset")) or Fraction(0)) * TICKS / self._divisions

    def _barline(self, element: Element, found: Measure) -> None:
        self._endings = xml_signs.barline(element, found.signs, self._endings)

    def _note(self, element: Element, found: Measure) -> None:
        length = self._ticks(element)
        if element.find("chord") is None:
            self._chord_at = self._at
            if element.find("grace") is None:
                self._at += length
        if element.find("rest") is not None or element.find("cue") is not None:
            return
        start = self._chord_at
        if element.find("grace") is not None:
            start, length = max(Fraction(0), start - _GRACE), _GRACE
        instrument = self._instrument(element)
        pitch = self._pitch(element, instrument)
        if pitch is not None and length > 0:
            ties = {tie.get("type") for tie in element.findall("tie")}
            found.sounds.append(Sound(start, length, pitch, self._loudness(element), instrument,
                                      "start" in ties, "stop" in ties))

    def _instrument(self, element: Element) -> Instrument:
        named = element.find("instrument")
        default = next(iter(self._instruments.values()))
        found = self._instruments.get(named.get("id", "") if named is not None else "", default)
        return found.as_drums() if element.find("unpitched") is not None else found

    def _pitch(self, element: Element, instrument: Instrument) -> int | None:
        if (unpitched := element.find("unpitched")) is not None:
            return instrument.unpitched if instrument.unpitched is not None else kit_pitch(
                text(unpitched, "display-step"), text(unpitched, "display-octave"))
        pitch = element.find("pitch")
        step, octave = _STEPS.get(text(pitch, "step")), whole(text(pitch, "octave"))
        if step is None or octave is None:
            return None
        alter = number(text(pitch, "alter")) or Fraction(0)
        value = 12 * (octave + 1) + step + round(alter) + (0 if instrument.drums else self._transpose)
        return value if 0 <= value <= 127 else None

    def _loudness(self, element: Element) -> int:
        own = number(element.get("dynamics"))
        velocity = own * _FORTE if own is not None else self._velocity
        return min(127, max(1, round(velocity)))


_TAKERS = {"note": PartReader._note, "backup": PartReader._back, "forward": PartReader._forward,
           "attributes": PartReader._attributes, "direction": PartReader._direction,
           "sound": PartReader._bare_sound, "harmony": PartReader._harmony, "barline": PartReader._barline}
