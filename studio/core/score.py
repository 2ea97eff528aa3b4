"""A piece of music as a frozen value: tracks of notes, and what holds for all of them.

Time is counted in ticks from the start, `TICKS` to a quarter note, whatever the metre. 960 divides by all
that scores and sequencers usually write (triplets, quintuplets, hundred-and-twenty-eighths).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

TICKS = 960
"""Ticks to a quarter note."""
DRUMS = 128
"""Stands for the drum kit where programs are numbered; General MIDI ends at 127."""
QUALITIES = ("", "m", "dim", "aug", "7", "maj7", "m7", "m7b5", "dim7", "sus4")
"""Kinds of chords, by the sign that is written behind the root."""
_ORDER = attrgetter("order")
_SHARP = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_FIFTHS = {"major": 0, "minor": 9}


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """Sounds from ``start`` for ``length`` ticks (1 at least); pitch 0 to 127 (60 is middle C), velocity 1 to
    127."""

    start: int
    pitch: int
    length: int
    velocity: int = 80

    def __post_init__(self) -> None:
        if not (self.start >= 0 < self.length and 0 <= self.pitch <= 127 and 0 < self.velocity <= 127):
            raise ValueError(f"a note is out of range: {self}")

    @property
    def order(self) -> tuple[int, int, int, int]:
        """What notes are sorted by; much faster than comparing the notes themselves."""
        return self.start, self.pitch, self.length, self.velocity

    @property
    def end(self) -> int:
        """The first tick at which it is silent."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Track:
    """Notes of one instrument, in order of start, then pitch. ``program``: General MIDI, 0 to 127."""

    notes: tuple[Note, ...] = ()
    program: int = 0
    drums: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        _check("program", self.program, 0, 127)
        object.__setattr__(self, "notes", tuple(sorted(self.notes, key=_ORDER)))

    @property
    def end(self) -> int:
        """Tick at which its last note has ended; 0 without notes."""
        return max((note.end for note in self.notes), default=0)


@dataclass(frozen=True, slots=True, order=True)
class Tempo:
    """From ``at`` on a quarter note lasts ``micros`` microseconds (1 to 16,777,215, as in MIDI)."""

    at: int
    micros: int

    def __post_init__(self) -> None:
        _check("at", self.at, 0, None)
        _check("micros", self.micros, 1, 0xFFFFFF)

    @property
    def bpm(self) -> float:
        """Quarter notes a minute."""
        return 60e6 / self.micros

    @classmethod
    def of(cls, bpm: float, at: int = 0) -> Tempo:
        """The nearest that MIDI can say."""
        return cls(at, min(0xFFFFFF, max(1, round(60e6 / bpm))))


@dataclass(frozen=True, slots=True, order=True)
class Metre:
    """From ``at`` on bars have ``beats`` beats (1 to 255) of a 1/``unit`` note (1, 2, 4 .. 64)."""

    at: int
    beats: int
    unit: int

    def __post_init__(self) -> None:
        _check("at", self.at, 0, None)
        _check("beats", self.beats, 1, 255)
        if self.unit not in (1, 2, 4, 8, 16, 32, 64):
            raise ValueError(f"unit {self.unit} of a metre is not a power of two up to 64")

    @property
    def bar(self) -> int:
        """Ticks of a bar."""
        return 4 * TICKS * self.beats // self.unit

    def __str__(self) -> str:
        return f"{self.beats}/{self.unit}"


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """From ``at`` on the music is in the key of ``tonic`` (0 is C, 11 is B)."""

    at: int
    tonic: int
    minor: bool = False

    def __post_init__(self) -> None:
        _check("at", self.at, 0, None)
        _check("tonic", self.tonic, 0, 11)

    @property
    def fifths(self) -> int:
        """Sharps (above 0) or flats (below) of its signature, -5 to 6."""
        major = self.tonic + 3 * self.minor
        return (major * 7 + 5) % 12 - 5

    @classmethod
    def of(cls, fifths: int, minor: bool, at: int = 0) -> Key:
        """The key with a signature of ``fifths`` sharps or, below 0, flats."""
        return cls(at, (fifths * 7 + _FIFTHS["minor" if minor else "major"]) % 12, minor)

    def __str__(self) -> str:
        return f"{_SHARP[self.tonic]} {'minor' if self.minor else 'major'}"


@dataclass(frozen=True, slots=True, order=True)
class Chord:
    """From ``at`` on the harmony is a chord on ``root`` (0 is C); ``quality`` is one of `QUALITIES`, or
    ``root`` is -1 where there is no chord."""

    at: int
    root: int
    quality: str = ""

    def __post_init__(self) -> None:
        _check("at", self.at, 0, None)
        _check("root", self.root, -1, 11)
        if self.quality not in QUALITIES:
            raise ValueError(f"{self.quality!r} is no kind of chord")

    def __str__(self) -> str:
        return "N.C." if self.root < 0 else _SHARP[self.root] + self.quality

    @classmethod
    def parse(cls, text: str, at: int = 0) -> Chord | None:
        """The chord that `str` writes as ``text``; None where it is something else."""
        if text == "N.C.":
            return cls(at, -1)
        name = next((n for n in sorted(_SHARP, key=len, reverse=True) if text.startswith(n)), "")
        quality = text.removeprefix(name)
        return cls(at, _SHARP.index(name), quality) if name and quality in QUALITIES else None


@dataclass(frozen=True, slots=True)
class Score:
    """A piece. Tempo, metre, key and chords hold from their tick to the next of their kind.

    Each list is in order, with one entry a tick at most. Where nothing is said from the start on, 120 quarter
    notes a minute and 4/4 hold, as in MIDI. ``length`` reaches to the last note or entry at least.
    """

    tracks: tuple[Track, ...] = ()
    tempos: tuple[Tempo, ...] = ()
    metres: tuple[Metre, ...] = ()
    keys: tuple[Key, ...] = ()
    chords: tuple[Chord, ...] = ()
    title: str = ""
    length: int = 0

    def __post_init__(self) -> None:
        said = [self.length]
        for name in ("tempos", "metres", "keys", "chords"):
            by_tick = {entry.at: entry for entry in getattr(self, name)}  # the last one said holds
            object.__setattr__(self, name, tuple(by_tick[at] for at in sorted(by_tick)))
            said.append(max(by_tick, default=0))
        object.__setattr__(self, "length", max([*said, *(track.end for track in self.tracks)]))

    @property
    def notes(self) -> int:
        """How many there are."""
        return sum(len(track.notes) for track in self.tracks)

    def transposed(self, by: int) -> Score:
        """``by`` semitones higher; drums stay. Notes that would leave 0 to 127 go to the nearest octave."""
        tracks = tuple(t if t.drums else replace(t, notes=tuple(_moved(n, by) for n in t.notes))
                       for t in self.tracks)
        keys = tuple(replace(key, tonic=(key.tonic + by) % 12) for key in self.keys)
        chords = tuple(c if c.root < 0 else replace(c, root=(c.root + by) % 12) for c in self.chords)
        return replace(self, tracks=tracks, keys=keys, chords=chords)

    def seconds(self, tick: int) -> float:
        """When a tick comes, in seconds from the start."""
        total, micros, since = 0, 500_000, 0
        for tempo in self.tempos:
            if tempo.at >= tick:
                break
            total, micros, since = total + (tempo.at - since) * micros, tempo.micros, tempo.at
        return (total + (tick - since) * micros) / TICKS / 1e6


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its number from 0, first tick, metre, and ticks (fewer where a new metre cuts it short)."""

    number: int
    start: int
    metre: Metre
    length: int

    @property
    def end(self) -> int:
        """The first tick of the next bar."""
        return self.start + self.length


def bars(score: Score) -> tuple[Bar, ...]:
    """All bars up to the end of the piece; every tick of it is in exactly one."""
    return tuple(_bars(metres(score), score.length))


def metres(score: Score) -> tuple[Metre, ...]:
    """The metres of a piece with 4/4 before them where nothing is said."""
    said = score.metres
    return said if said and said[0].at == 0 else (Metre(0, 4, 4), *said)


def _bars(said: Sequence[Metre], length: int) -> Iterator[Bar]:
    numbers = itertools.count()
    for metre, after in itertools.zip_longest(said, said[1:]):
        until = after.at if after else length
        for start in range(metre.at, until, metre.bar):
            if start >= length:
                return
            yield Bar(next(numbers), start, metre, min(metre.bar, after.at - start) if after else metre.bar)


def _moved(note: Note, by: int) -> Note:
    pitch = note.pitch + by
    while pitch < 0:
        pitch += 12
    while pitch > 127:
        pitch -= 12
    return replace(note, pitch=pitch)


def _check(name: str, value: int, least: int, most: int | None) -> None:
    if value < least or (most is not None and value > most):
        raise ValueError(f"{name} {value} is out of range")
