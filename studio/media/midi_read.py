"""A MIDI file (format 0 or 1) as a `Score`, whatever state it is in."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from studio.core.errors import StudioError
from studio.core.score import TICKS, Chord, Key, Metre, Note, Score, Tempo, Track
from studio.media.midi_events import END, META, Chunks, Event, chunks, events

LONGEST = 100_000
"""Quarter notes: some fourteen hours."""
_SHORT = TICKS // 32
_DRUM_CHANNEL = 9
_VOLUME, _PAN = 7, 10
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a track stood in the file: the number of its chunk, and the ``volume`` and ``pan`` that its
    channel is given first, 0 to 127; the usual ones where nothing is said."""

    number: int
    volume: int = 100
    pan: int = 64


@dataclass(frozen=True, slots=True)
class Reading:
    """A score, and what had to be mended: the file was ``cut`` off, ``stuck`` notes never ended (they were
    given a bar at most), ``empty`` ones had no length (they were given a 1/128). ``places`` has one for each
    track."""

    score: Score
    cut: bool
    stuck: int
    empty: int
    places: tuple[Place, ...] = ()


def read_midi(data: bytes, name: str = "This file", *, may_be_empty: bool = False) -> Reading:
    """The score in ``data``.

    Each channel and program of a track becomes a track; channel 10 is the drums. Times are rounded to
    `TICKS`. Tempos, metres and keys that MIDI can't mean are passed over. Markers that `Chord.parse`
    understands are chords. Raises StudioError: empty, too long, no MIDI, SMPTE time, format 2, damaged
    beyond the point where notes can be told, no notes unless it ``may_be_empty``.
    """
    found = chunks(data, name)
    reader = _Reader(found, name)
    for number, track in enumerate(found.tracks):
        reader.track(number, events(track, name))
    return reader.reading(may_be_empty=may_be_empty)


@dataclass
class _Part:
    """What becomes a track: notes as (start, end, pitch, velocity) in ticks of the file."""

    program: int
    drums: bool
    name: str
    notes: list[tuple[int, int, int, int]] = field(default_factory=list)


class _Reader:
    """Gathers the events of all tracks."""

    def __init__(self, found: Chunks, name: str) -> None:
        self.found, self.name = found, name
        self.parts: dict[tuple[int, int, int], _Part] = {}
        self.programs: dict[int, int] = {}
        self.controls: dict[tuple[int, int], int] = {}
        self.score_events: dict[int, list[tuple[int, bytes]]] = defaultdict(list)
        self.title, self.end, self.stuck, self.empty = "", 0, 0, 0

    def track(self, number: int, stream: Iterable[Event]) -> None:
        """Take in one track."""
        programs: dict[int, int] = {}
        sounding: dict[tuple[int, int], deque[tuple[int, int, _Part]]] = defaultdict(deque)
        name, tick = "", 0
        for tick, status, data in stream:
            kind, channel = status >> 4, status & 15
            if status == META:
                name = self._meta(tick, data, number, name)
            elif kind == 0xC:
                programs[channel] = data[0]
                self.programs.setdefault(channel, data[0])
            elif kind == 0xB:
                self.controls.setdefault((channel, data[0]), data[1])
            elif kind == 9 and data[1]:
                part = self._part(number, channel, programs, name)
                sounding[channel, data[0]].append((tick, data[1], part))
            elif kind in (8, 9) and sounding[channel, data[0]]:
                start, velocity, part = sounding[channel, data[0]].popleft()
                part.notes.append((start, tick, data[0], velocity))
        self.end = max(self.end, tick)
        self._end_stuck(sounding, tick)

    def _end_stuck(self, sounding: dict[tuple[int, int], deque[tuple[int, int, _Part]]], tick: int) -> None:
        bar = 4 * self.found.division
        for (_, pitch), waiting in sounding.items():
            for start, velocity, part in waiting:
                self.stuck += 1
                part.notes.append((start, min(max(tick, start + 1), start + bar), pitch, velocity))

    def _part(self, number: int, channel: int, programs: dict[int, int], name: str) -> _Part:
        program = programs.get(channel, self.programs.get(channel, 0))
        key = (number, channel, program)
        if key not in self.parts:
            self.parts[key] = _Part(program, channel == _DRUM_CHANNEL, name)
        return self.parts[key]

    def _meta(self, tick: int, data: bytes, number: int, name: str) -> str:
        """Keep what a meta event says; the name of the track so far."""
        kind, body = data[:1], data[1:]
        if kind == b"\x03":
            name = name or _text(body)
            self.title = self.title or (name if number == 0 else "")
        elif kind != END:
            self.score_events[kind[0]].append((tick, body))
        return name

    def reading(self, *, may_be_empty: bool) -> Reading:
        """All of it as a score."""
        if not may_be_empty and not any(part.notes for part in self.parts.values()):
            raise StudioError("{name} has no notes.", "Choose another file.", name=self.name)
        if self.end > LONGEST * self.found.division:
            raise StudioError("{name} is too long: it has more than {most:,} beats.",
                              "Cut it into shorter pieces.", name=self.name, most=LONGEST)
        keys = sorted(self.parts)
        tracks = tuple(self._track(self.parts[key]) for key in keys)
        score = Score(
            tracks, self._said(0x51, _tempo), self._said(0x58, _metre), self._said(0x59, _key),
            self._said(0x06, _chord), self.title, self._scaled(self.end))
        return Reading(score, self.found.cut, self.stuck, self.empty, tuple(map(self._place, keys)))

    def _place(self, key: tuple[int, int, int]) -> Place:
        number, channel, _ = key
        usual = Place(number)
        return Place(number, self.controls.get((channel, _VOLUME), usual.volume),
                     self.controls.get((channel, _PAN), usual.pan))

    def _track(self, part: _Part) -> Track:
        return Track(tuple(self._note(*note) for note in part.notes), part.program, part.drums, part.name)

    def _note(self, start: int, end: int, pitch: int, velocity: int) -> Note:
        self.empty += start == end
        first = self._scaled(start)
        return Note(first, pitch, max(1, self._scaled(end) - first) if end > start else _SHORT, velocity)

    def _scaled(self, tick: int) -> int:
        return (2 * tick * TICKS + self.found.division) // (2 * self.found.division)

    def _said(self, kind: int, made: Callable[[int, bytes], _T | None]) -> tuple[_T, ...]:
        found = (made(self._scaled(tick), body) for tick, body in self.score_events[kind])
        return tuple(entry for entry in found if entry is not None)


def _tempo(at: int, body: bytes) -> Tempo | None:
    micros = int.from_bytes(body[:3], "big")
    return Tempo(at, micros) if len(body) >= 3 and micros else None


def _metre(at: int, body: bytes) -> Metre | None:
    return Metre(at, body[0], 1 << body[1]) if len(body) >= 2 and body[0] and body[1] <= 6 else None


def _key(at: int, body: bytes) -> Key | None:
    fifths = int.from_bytes(body[:1], "big", signed=True)
    return Key.of(fifths, bool(body[1]), at) if len(body) >= 2 and abs(fifths) <= 7 and body[1] < 2 else None


def _chord(at: int, body: bytes) -> Chord | None:
    return Chord.parse(_text(body), at)


def _text(body: bytes) -> str:
    """Names are UTF-8 or, in old files, Latin-1."""
    try:
        text = body[:400].decode("utf-8")
    except UnicodeDecodeError:
        text = body[:400].decode("latin-1")
    return "".join(sign for sign in text if sign.isprintable()).strip()[:200]
