"""MusicXML as a `Score`: repeats played out, ties joined, every part at the pitch at which it sounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import zip_longest
from typing import TypeVar

from studio.core.errors import StudioError
from studio.core.score import TICKS, Chord, Key, Metre, Note, Score, Tempo, Track
from studio.media.midi_read import LONGEST
from studio.media.scores.repeats import Signs, played
from studio.media.scores.xml_file import parsed, partwise, text
from studio.media.scores.xml_measure import Measure, PartReader, Sound

_MOST_NOTES = 1_000_000
_UNITS = (4, 8, 16, 32, 64)
_S = TypeVar("_S", Tempo, Key, Chord)


def read_musicxml(data: bytes, name: str = "This file") -> Score:
    """The score. Parts become tracks, one for each sound in them; 128 bars are as good as one.

    Raises StudioError: too large, damaged, no score, no notes, too long.
    """
    root = partwise(parsed(data, name), name)
    described = {part.get("id", ""): part for part in root.findall("part-list/score-part")}
    parts = []
    for part in root.findall("part"):
        about = described.get(part.get("id", ""))
        reader = PartReader(about)
        bars = [reader.measure(measure) for measure in part.findall("measure")]
        parts.append(_Part(text(about, "part-name"), bars))
    title = text(root, "work/work-title") or text(root, "movement-title")
    return _Layout(parts, name).score(title)


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    bars: Sequence[Measure]


class _Layout:
    """Where each bar that is played stands."""

    def __init__(self, parts: Sequence[_Part], name: str) -> None:
        self._parts, self._name = parts, name
        self._columns = list(zip_longest(*(part.bars for part in parts)))
        self._order = played([_signs(column) for column in self._columns])
        self._written = _metres_of(self._columns)
        self._starts = self._placed()

    def score(self, title: str) -> Score:
        """All of it."""
        self._check()
        tracks = tuple(track for part in self._parts for track in self._tracks(part))
        return Score(tracks, self._said(Tempo), self._metres(), self._said(Key), self._said(Chord), title,
                     self._starts[-1])

    def _placed(self) -> list[int]:
        """The first tick of each bar played, and the end of the last."""
        at, found = Fraction(0), [0]
        for number in self._order:
            at += self._length(number)
            if at > LONGEST * TICKS:
                raise StudioError("{name} is too long: it has more than {most:,} beats.",
                                  "Cut it into shorter pieces.", name=self._name, most=LONGEST)
            found.append(round(at))
        return found

    def _length(self, number: int) -> Fraction:
        """As long as what is in it; as its metre says where nothing is."""
        reached = max((bar.length for bar in self._columns[number] if bar), default=Fraction(0))
        return reached or Fraction(self._written[number].bar)

    def _check(self) -> None:
        count = sum(len(bar.sounds) for number in self._order for bar in self._columns[number] if bar)
        if not count:
            raise StudioError("{name} has no notes.", "Choose another file.", name=self._name)
        if count > _MOST_NOTES:
            raise StudioError("{name} has too much in it.", "Cut it into shorter pieces.", name=self._name)

    def _tracks(self, part: _Part) -> Iterable[Track]:
        notes: dict[tuple[int, bool], list[Note]] = defaultdict(list)
        joined = _Ties()
        for number, start in zip(self._order, self._starts, strict=False):
            for sound in part.bars[number].sounds if number < len(part.bars) else ():
                joined.take(sound, start)
        for sound, note in joined.notes:
            notes[sound.instrument.program, sound.instrument.drums].append(note)
        return (Track(tuple(found), program, drums, part.name) for (program, drums), found in notes.items())

    def _said(self, kind: type[_S]) -> tuple[_S, ...]:
        """Of the first part that says such things; tempos of all."""
        for part in self._parts:
            found = tuple(self._said_by(part, kind))
            if found and kind is not Tempo:
                return found
        return tuple(said for part in self._parts for said in self._said_by(part, kind))

    def _said_by(self, part: _Part, kind: type[_S]) -> Iterable[_S]:
        last: _S | None = None
        for number, start in zip(self._order, self._starts, strict=False):
            for at, said in part.bars[number].said if number < len(part.bars) else ():
                if isinstance(said, kind) and (last is None or said != replace(last, at=said.at)):
                    last = replace(said, at=max(0, start + round(at)))
                    yield last

    def _metres(self) -> tuple[Metre, ...]:
        """Where a bar is longer or shorter than its metre, one of its own; as in MIDI."""
        found: list[Metre] = []
        for place, number in enumerate(self._order):
            start, end = self._starts[place], self._starts[place + 1]
            metre = self._written[number]
            is_last = place == len(self._order) - 1
            if end - start != metre.bar and not (is_last and end - start < metre.bar):
                metre = _of_length(end - start) or metre
            if not found or (found[-1].beats, found[-1].unit) != (metre.beats, metre.unit):
                found.append(replace(metre, at=start))
        return tuple(found)


class _Ties:
    """Joins what is tied into one note."""

    def __init__(self) -> None:
        self.notes: list[tuple[Sound, Note]] = []
        self._open: dict[int, int] = {}

    def take(self, sound: Sound, bar: int) -> None:
        """The next note of the part, in a bar that begins at ``bar``."""
        start = bar + round(sound.start)
        end = max(start + 1, bar + round(sound.start + sound.length))
        place = self._open.pop(sound.pitch, None) if sound.ends_tie else None
        if place is not None and abs(self.notes[place][1].end - start) <= 1:
            first, note = self.notes[place]
            self.notes[place] = first, replace(note, length=end - note.start)
        else:
            place = len(self.notes)
            self.notes.append((sound, Note(start, sound.pitch, end - start, sound.velocity)))
        if sound.begins_tie:
            self._open[sound.pitch] = place


def _signs(column: Sequence[Measure | None]) -> Signs:
    """Of all parts together: many programs write repeats into the first only."""
    all_signs = [bar.signs for bar in column if bar]
    return Signs(*(max((getattr(s, name) for s in all_signs), key=_weight) for name in Signs.__slots__))


def _weight(value: int | frozenset[int]) -> int:
    return len(value) if isinstance(value, frozenset) else value


def _metres_of(columns: Sequence[Sequence[Measure | None]]) -> list[Metre]:
    """The metre as written in each bar."""
    found, now = [], Metre(0, 4, 4)
    for column in columns:
        said = [said for bar in column if bar for _, said in bar.said if isinstance(said, Metre)]
        now = said[0] if said else now
        found.append(now)
    return found


def _of_length(ticks: int) -> Metre | None:
    """A metre whose bar is that long."""
    for unit in _UNITS:
        beats, rest = divmod(ticks * unit, 4 * TICKS)
        if not rest and 1 <= beats <= 255:
            return Metre(0, beats, unit)
    return None
