"""What a person's hands do to an arrangement. Every function answers a new one; what was touched is "own"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from studio.core.arrangement import Arrangement, Strip
from studio.core.score import Chord, Key, Metre, Note, Tempo, Track
from studio.panels.music.grid import pulled

T = TypeVar("T")
Change = Callable[[Note], Note]
MOST_TRACKS = 64


def put(arrangement: Arrangement, track: int, old: Iterable[Note], new: Sequence[Note],
        locked: Iterable[Note] = ()) -> Arrangement:
    """``new`` notes in place of ``old`` ones in a track; ``locked`` are those of the new that must stay."""
    gone = frozenset(old)
    rest = [note for note in arrangement.score.tracks[track].notes if note not in gone]
    marks, stay = list(arrangement.own), list(arrangement.locked)
    own = marks[track] - gone | frozenset(new)
    kept = stay[track] - gone | frozenset(locked)
    marks[track], stay[track] = own, kept
    tracks = list(arrangement.score.tracks)
    tracks[track] = replace(tracks[track], notes=(*rest, *new))
    score = replace(arrangement.score, tracks=tuple(tracks))
    return replace(arrangement, score=score, own=tuple(marks), locked=tuple(stay))


def change(arrangement: Arrangement, track: int, notes: Collection[Note],
           do: Change) -> tuple[Arrangement, frozenset[Note]]:
    """Each of ``notes`` as ``do`` makes it; locks go with them. Also answers the notes as they are now."""
    pairs = [(note, do(note)) for note in notes]
    pairs = [(note, now) for note, now in pairs if note != now]
    locked = [now for note, now in pairs if note in arrangement.locked[track]]
    stayed = frozenset(notes) - {note for note, _ in pairs}
    new = [now for _, now in pairs]
    return put(arrangement, track, [note for note, _ in pairs], new, locked), stayed | frozenset(new)


def mover(notes: Collection[Note], ticks: int, semitones: int) -> Change:
    """Moves all of ``notes`` together, as far as none of them leaves the keyboard or the start."""
    if not notes:
        return lambda note: note
    ticks = max(ticks, -min(note.start for note in notes))
    semitones = max(-min(note.pitch for note in notes), min(127 - max(n.pitch for n in notes), semitones))
    return partial(_moved, ticks, semitones)


def stretcher(ticks: int, *, at_start: bool = False, least: int = 1) -> Change:
    """Makes notes longer by ``ticks``, at their end or, earlier, at their start; not below ``least``."""
    return partial(_from_start if at_start else _from_end, ticks, least)


def quantiser(step: int, strength: float = 1.0) -> Change:
    """Brings starts to the grid; lengths stay."""
    return lambda note: replace(note, start=pulled(note.start, step, strength))


def louder(by: int) -> Change:
    """Adds to the velocity, within 1 to 127."""
    return lambda note: replace(note, velocity=max(1, min(127, note.velocity + by)))


def set_locked(arrangement: Arrangement, track: int, notes: Iterable[Note],
               is_locked: bool) -> Arrangement:
    """``notes`` must stay, or may be changed again."""
    locked, some = list(arrangement.locked), frozenset(notes)
    locked[track] = locked[track] | some if is_locked else locked[track] - some
    return replace(arrangement, locked=tuple(locked))


# ---- tracks

def add_track(arrangement: Arrangement, track: Track) -> Arrangement:
    """``track`` as the last one, its notes the person's own."""
    score = replace(arrangement.score, tracks=(*arrangement.score.tracks, track))
    return replace(arrangement, score=score, own=(*arrangement.own, frozenset(track.notes)))


def remove_track(arrangement: Arrangement, at: int) -> Arrangement:
    """Without track number ``at``; the piece stays as long as it was."""
    score = arrangement.score
    cut = replace(score, tracks=_without(score.tracks, at))
    return replace(arrangement, score=cut, strips=_without(arrangement.strips, at),
                   own=_without(arrangement.own, at), locked=_without(arrangement.locked, at))


def set_track(arrangement: Arrangement, at: int, track: Track) -> Arrangement:
    """Another name or instrument, or other notes."""
    tracks = list(arrangement.score.tracks)
    tracks[at] = track
    return replace(arrangement, score=replace(arrangement.score, tracks=tuple(tracks)))


def set_strip(arrangement: Arrangement, at: int, strip: Strip) -> Arrangement:
    """Another setting of the mixer."""
    strips = list(arrangement.strips)
    strips[at] = strip
    return replace(arrangement, strips=tuple(strips))


# ---- what holds for all tracks

def set_tempo(arrangement: Arrangement, bpm: float) -> Arrangement:
    """``bpm`` quarter notes a minute at the start; later changes keep their proportion."""
    score = arrangement.score
    first = score.tempos[0].bpm if score.tempos and score.tempos[0].at == 0 else 120.0
    later = [Tempo.of(tempo.bpm * bpm / first, tempo.at) for tempo in score.tempos if tempo.at]
    return replace(arrangement, score=replace(score, tempos=(Tempo.of(bpm), *later)))


def set_metre(arrangement: Arrangement, beats: int, unit: int) -> Arrangement:
    """From the start on, in place of all other metres."""
    return replace(arrangement, score=replace(arrangement.score, metres=(Metre(0, beats, unit),)))


def set_key(arrangement: Arrangement, key: Key | None) -> Arrangement:
    """From the start on, in place of all other keys; notes stay."""
    return replace(arrangement, score=replace(arrangement.score, keys=(key,) if key else ()))


def set_chord(arrangement: Arrangement, at: int, chord: Chord | None) -> Arrangement:
    """From tick ``at`` on; None takes the chord there away."""
    rest = [entry for entry in arrangement.score.chords if entry.at != at]
    chords = (*rest, replace(chord, at=at)) if chord else tuple(rest)
    return replace(arrangement, score=replace(arrangement.score, chords=chords))


def _moved(ticks: int, semitones: int, note: Note) -> Note:
    return Note(max(0, note.start + ticks), note.pitch + semitones, note.length, note.velocity)


def _from_end(ticks: int, least: int, note: Note) -> Note:
    return replace(note, length=max(min(least, note.length), note.length + ticks))


def _from_start(ticks: int, least: int, note: Note) -> Note:
    start = max(0, min(note.start - ticks, note.end - min(least, note.length)))
    return replace(note, start=start, length=note.end - start)


def _without(items: Sequence[T], at: int) -> tuple[T, ...]:
    return (*items[:at], *items[at + 1:])
