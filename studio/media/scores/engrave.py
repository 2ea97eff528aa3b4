"""Notes as they can be written down: on a grid of beats, in bars, staves and voices.

What a written score cannot keep: times between sixty-fourths and sixteenth triplets, more than four voices on
a staff, a pitch that begins again while it sounds, how long a drum rings. Pitches and velocities stay.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from studio.core.errors import StudioError
from studio.core.score import TICKS, Bar, Metre, Note, Score, Track, bars

VOICES = 4
"""On a staff; notation programs take no more."""
MIDDLE = 60
"""Where the staves of a piano part."""
_FINE, _USUAL, TRIPLET = TICKS // 16, TICKS // 8, TICKS // 6
_MOST_BARS = 50_000
_TWO_STAVES = (*range(8), *range(16, 24), 46)
"""Programs of instruments for two hands: pianos, organs, the harp."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A bar as written: ``start`` and ``length`` on the grid, ``beat`` by which notes are held together."""

    source: Bar
    start: int
    length: int
    beat: int
    unit: int


@dataclass(slots=True)
class Chord:
    """Notes that begin and end together, from tick ``start`` to ``end``."""

    start: int
    end: int
    notes: list[tuple[int, int]]
    """Pitch, velocity."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Up to `VOICES` lines of chords, none overlapping in a line."""

    voices: tuple[tuple[Chord, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A track as written. ``triplets``: bars and beats that are counted in threes."""

    track: Track
    staves: tuple[Staff, ...]
    triplets: frozenset[tuple[int, int]] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Engraving:
    """A whole score as written."""

    bars: tuple[Sheet, ...]
    parts: tuple[Part, ...]

    def tick(self, source: int) -> int:
        """Where a tick of the score stands on the paper, to the nearest sixty-fourth."""
        return _Grid(self.bars, frozenset()).snap(source)


def engraved(score: Score) -> Engraving:
    """``score`` as it is written down. Raises StudioError: no notes, too many bars."""
    if not score.notes:
        raise StudioError("There are no notes to write down.", "Write some first.")
    found = bars(replace(score, length=max(score.length, 1)))
    if len(found) * len(score.tracks) > _MOST_BARS:
        raise StudioError("This piece has too many bars for a written score.", "Cut it into shorter pieces.")
    sheets = tuple(_sheets(found))
    return Engraving(sheets, tuple(_part(track, sheets) for track in score.tracks))


def written(engraving: Engraving) -> tuple[tuple[Note, ...], ...]:
    """The notes of each part as they stand on the paper, in order."""
    return tuple(tuple(sorted(Note(chord.start, pitch, chord.end - chord.start, velocity)
                              for staff in part.staves for voice in staff.voices for chord in voice
                              for pitch, velocity in chord.notes)) for part in engraving.parts)


def _sheets(found: Sequence[Bar]) -> Iterator[Sheet]:
    at = 0
    for bar in found:
        length = max(_FINE, round(bar.length / _FINE) * _FINE)
        yield Sheet(bar, at, length, _beat(bar.metre), _FINE if length % _USUAL else _USUAL)
        at += length


def _beat(metre: Metre) -> int:
    """Dotted quarters in 6/8 and its like; else quarters, or eighths where those don't fit."""
    if metre.unit >= 8 and metre.beats % 3 == 0:
        return 3 * 4 * TICKS // metre.unit
    return TICKS if metre.unit <= 4 or metre.bar % TICKS == 0 else TICKS // 2


class _Grid:
    """Moves times to where they can be written."""

    def __init__(self, sheets: Sequence[Sheet], triplets: frozenset[tuple[int, int]]) -> None:
        self._sheets, self.triplets = sheets, triplets
        self._starts = [sheet.source.start for sheet in sheets]

    def place(self, tick: int) -> tuple[int, int, int]:
        """Bar, beat in it, tick in the beat."""
        number = max(0, bisect_right(self._starts, tick) - 1)
        sheet = self._sheets[number]
        return number, *divmod(min(tick - sheet.source.start, sheet.length), sheet.beat)

    def step(self, bar: int, beat: int) -> int:
        """How fine it is there."""
        return TRIPLET if (bar, beat) in self.triplets else self._sheets[bar].unit

    def snap(self, tick: int) -> int:
        """The nearest place."""
        bar, beat, rest = self.place(tick)
        sheet, step = self._sheets[bar], self.step(bar, beat)
        inside = min(round(rest / step) * step, sheet.beat)
        return sheet.start + min(beat * sheet.beat + inside, sheet.length)

    def after(self, tick: int) -> int:
        """The end of the shortest note that begins at ``tick`` of the score."""
        bar, beat, rest = self.place(tick)
        sheet, step = self._sheets[bar], self.step(bar, beat)
        inside = min((round(rest / step) + 1) * step, sheet.beat)
        end = sheet.start + min(beat * sheet.beat + inside, sheet.length)
        return end if end > self.snap(tick) else end + self.step(min(bar + 1, len(self._sheets) - 1), 0)

    @property
    def end(self) -> int:
        """Where the last bar ends."""
        return self._sheets[-1].start + self._sheets[-1].length

    def begin(self, tick: int) -> int:
        """Where a note that begins at ``tick`` does: as `snap`, but before the end."""
        last = self._sheets[-1]
        step = self.step(len(self._sheets) - 1, (last.length - 1) // last.beat)
        return min(self.snap(tick), self.end - step)


def _part(track: Track, sheets: Sequence[Sheet]) -> Part:
    grid = _Grid(sheets, frozenset())
    grid.triplets = frozenset(_triplets(track, sheets, grid))
    notes = _drummed(track, sheets, grid) if track.drums else _apart(_snapped(track, grid))
    has_two = not track.drums and track.program in _TWO_STAVES and _is_wide(notes)
    hands = ([n for n in notes if n.pitch >= MIDDLE], [n for n in notes if n.pitch < MIDDLE]) if has_two \
        else (notes,)
    return Part(track, tuple(Staff(_voices(hand)) for hand in hands), grid.triplets)


def _triplets(track: Track, sheets: Sequence[Sheet], grid: _Grid) -> Iterator[tuple[int, int]]:
    """Beats of a quarter whose notes begin nearer to a third than to an eighth of it."""
    begins: dict[tuple[int, int], list[int]] = defaultdict(list)
    for note in track.notes:
        bar, beat, rest = grid.place(note.start)
        if sheets[bar].beat == TICKS and (beat + 1) * TICKS <= sheets[bar].length:
            begins[bar, beat].append(rest)
    for place, rests in begins.items():
        if _error(rests, TRIPLET) < 0.5 * _error(rests, _USUAL):
            yield place


def _error(rests: Iterable[int], step: int) -> int:
    return sum(abs(rest - round(rest / step) * step) for rest in rests)


def _snapped(track: Track, grid: _Grid) -> Iterator[Note]:
    for note in track.notes:
        start, end = grid.begin(note.start), max(grid.snap(note.end), grid.after(note.start))
        yield replace(note, start=start, length=min(end, grid.end) - start)


def _drummed(track: Track, sheets: Sequence[Sheet], grid: _Grid) -> list[Note]:
    """Each stroke reaches to the next or to the next beat, whichever comes first."""
    following = dict(pairwise(sorted({grid.begin(note.start) for note in track.notes})))
    ends = [sheet.start for sheet in sheets]
    found: dict[tuple[int, int], Note] = {}
    for note in track.notes:
        start = grid.begin(note.start)
        number = bisect_right(ends, start) - 1
        sheet = sheets[number]
        beat_end = min(sheet.start + ((start - sheet.start) // sheet.beat + 1) * sheet.beat,
                       sheet.start + sheet.length)
        end = min(following.get(start, beat_end), beat_end)
        louder = found.get((start, note.pitch))
        if louder is None or louder.velocity < note.velocity:
            found[start, note.pitch] = replace(note, start=start, length=end - start)
    return sorted(found.values())


def _apart(notes: Iterable[Note]) -> list[Note]:
    """One note of a pitch at a time: it ends where the next one begins; of two together the longer stays."""
    found: dict[int, list[Note]] = defaultdict(list)
    for note in sorted(notes):
        line = found[note.pitch]
        if line and line[-1].start == note.start:
            line[-1] = max(line[-1], note, key=lambda n: n.length)
            continue
        if line and line[-1].end > note.start:
            line[-1] = replace(line[-1], length=note.start - line[-1].start)
        line.append(note)
    return sorted(note for line in found.values() for note in line)


def _is_wide(notes: Sequence[Note]) -> bool:
    pitches = [note.pitch for note in notes]
    return min(pitches, default=MIDDLE) < MIDDLE - 5 and max(pitches, default=MIDDLE) > MIDDLE + 4


def _voices(notes: Sequence[Note]) -> tuple[tuple[Chord, ...], ...]:
    found: list[list[Chord]] = []
    for chord in _chords(notes):
        free = next((line for line in found if line[-1].end <= chord.start), None)
        if free is not None:
            free.append(chord)
        elif len(found) < VOICES:
            found.append([chord])
        else:
            _squeeze(found, chord)
    return tuple(tuple(line) for line in found)


def _chords(notes: Sequence[Note]) -> Iterable[Chord]:
    """Longer ones first where several begin together."""
    found: dict[tuple[int, int], Chord] = {}
    for note in notes:
        chord = found.setdefault((note.start, -note.end), Chord(note.start, note.end, []))
        chord.notes.append((note.pitch, note.velocity))
    return (found[key] for key in sorted(found))


def _squeeze(found: list[list[Chord]], chord: Chord) -> None:
    """Make room where all voices sound: join a chord that begins now, or end the one that sounds longest."""
    together = [line[-1] for line in found if line[-1].start == chord.start]
    if together:
        together[-1].notes = sorted([*together[-1].notes, *chord.notes])
        return
    line = min(found, key=lambda line: line[-1].start)
    line[-1].end = chord.start
    line.append(chord)
