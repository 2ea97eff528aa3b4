"""Tokens as a score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from studio.core.score import DRUMS, QUALITIES, Chord, Key, Metre, Note, Score, Tempo, Track
from studio.media.tokens.grammar import Grammar
from studio.media.tokens.sheet import Heading
from studio.media.tokens.snap import DRUM_LENGTH, apart
from studio.media.tokens.vocabulary import (
    KINDS,
    LENGTHS,
    METRES,
    NO_KEY,
    STEP,
    VALUES,
    Kind,
    bar_steps,
    slots,
    tempo_of,
)

_HEADING = (Kind.STYLE, Kind.VALENCE, Kind.ENERGY, Kind.DENSITY, Kind.METRE, Kind.TEMPO, Kind.KEY)


def decode(tokens: Iterable[int]) -> Score:
    """The score that tokens say: the bars before a gap and in it, not those behind it.

    They may stop anywhere after the heading; a note half said is left out. Notes end where their pitch
    begins again and at the end of the last bar. Raises ValueError where a token may not stand.
    """
    row = [int(number) for number in tokens]
    if (at := Grammar.fault(row)) is not None:
        raise ValueError(f"token {at} may not stand where it stands")
    heading, begin = heading_in(row)
    writer = Writer(heading)
    begin = next((n for n in range(begin, len(row)) if KINDS[row[n]] == Kind.START), len(row))
    for number in row[begin + 1 :]:
        writer.take(Kind(KINDS[number]), int(VALUES[number]))
    return writer.score()


def heading_in(tokens: Sequence[int]) -> tuple[Heading, int]:
    """The heading that tokens begin with, and the place after it. Raises ValueError if it is not complete."""
    values: list[int] = []
    programs: list[int] = []
    for at, number in enumerate(tokens):
        kind = Kind(KINDS[number])
        if kind in (Kind.AFTER, Kind.START):
            style, valence, energy, density, metre, tempo, key = values
            return Heading(style, valence, energy, density, metre, tempo, key, tuple(programs)), at
        if kind in _HEADING:
            values.append(int(VALUES[number]))
        elif kind == Kind.PROGRAM:
            programs.append(int(VALUES[number]))
    raise ValueError("the heading is not complete")


@dataclass
class Writer:
    """Takes tokens from the first bar on; ``notes`` by number of the track, as they are said, and ``chords``
    grow with every token. It knows where the next note goes."""

    heading: Heading
    start: int = 0
    end: int = 0
    metre: int = -1
    key: int = -1
    slot: int = 0
    track: int = 0
    position: int = 0
    velocity: int = 0
    pitch: int = 0
    notes: dict[int, list[Note]] = field(default_factory=dict)
    metres: list[Metre] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    chords: list[Chord] = field(default_factory=list)

    def take(self, kind: Kind, value: int) -> None:
        """One token from the first bar on."""
        if kind == Kind.BAR:
            self._bar(self.metre if self.metre >= 0 else self.heading.metre)
        elif kind == Kind.METRE:
            self._bar(value, again=True)
        elif kind == Kind.KEY:
            self._key(value)
        elif kind == Kind.CHORD:
            self._chord(value)
        elif kind == Kind.DRUM:
            self._note(value, DRUM_LENGTH)
        elif kind == Kind.LENGTH:
            self._note(self.pitch, LENGTHS[value] * STEP)
        elif kind in (Kind.TRACK, Kind.POSITION, Kind.VELOCITY, Kind.PITCH):
            setattr(self, kind.name.lower(), value)

    def _bar(self, metre: int, again: bool = False) -> None:
        if not again:
            self.start, self.slot = self.end, 0
        if metre != self.metre:
            self.metres = [said for said in self.metres if said.at < self.start]
            self.metres.append(Metre(self.start, *METRES[metre]))
        self.metre, self.end = metre, self.start + bar_steps(metre) * STEP
        if self.key < 0:
            self._key(self.heading.key)

    def _key(self, value: int) -> None:
        self.key = value
        self.keys = [said for said in self.keys if said.at < self.start]
        if value != NO_KEY:
            self.keys.append(Key(self.start, value % 12, value >= 12))

    def _chord(self, value: int) -> None:
        at = self.start + bar_steps(self.metre) * STEP * self.slot // slots(self.metre)
        self.slot += 1
        root, quality = divmod(value - 1, len(QUALITIES))
        chord = Chord(at, root, QUALITIES[quality]) if value else Chord(at, -1)
        if not self.chords or replace(self.chords[-1], at=at) != chord:
            self.chords.append(chord)

    def _note(self, pitch: int, length: int) -> None:
        note = Note(self.start + self.position * STEP, pitch, length, 8 * self.velocity + 4)
        self.notes.setdefault(self.track, []).append(note)

    def score(self) -> Score:
        """All of it. Metres and keys that change back before their bar is out are one."""
        tracks = tuple(
            Track(tuple(apart(self.notes.get(number, []), self.end, program == DRUMS)), program % DRUMS,
                  program == DRUMS)
            for number, program in enumerate(self.heading.programs))
        return Score(tracks, (Tempo.of(tempo_of(self.heading.tempo)),), tuple(self.metres), tuple(self.keys),
                     tuple(self.chords), length=self.end)
