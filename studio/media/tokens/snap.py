"""A score as tokens can say it: on the grid of steps, every bar a whole one, no note against another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from studio.core.errors import StudioError
from studio.core.score import TICKS, Bar, Chord, Key, Metre, Note, Score, Tempo, Track, bars
from studio.media.harmony import chords, key_of, profiles
from studio.media.tokens.vocabulary import LENGTHS, METRES, STEP, TRACKS, slots, tempo_level, tempo_of

_LENGTHS: list[int] = [length * STEP for length in LENGTHS]
_HALVES = [(a + b) // 2 for a, b in pairwise(_LENGTHS)]
DRUM_LENGTH = 6 * STEP
"""Drums ring as they like; their notes are written as sixteenths."""


def snapped(score: Score, *, keeps_empty: bool = False) -> Score:
    """The score with what tokens leave out left out.

    Notes move to the nearest step and take the nearest length and velocity there is; a note ends where its
    pitch begins again in its track. One tempo, that of the start. Keys count from bars on; where there is
    none it is told from the notes. Chords are those of the score or, if it has none, told from the notes, one
    for each slot of a bar. Tracks without notes and all names go. `snapped` of a snapped score is the same.

    Raises StudioError: no notes, more than 12 tracks with notes, a metre or a cut bar that there is no token
    for.
    """
    tracks = [track for track in score.tracks if track.notes or keeps_empty]
    if not tracks:
        raise StudioError("There are no notes to go on from.", "Write a few notes first.")
    if len(tracks) > TRACKS:
        raise StudioError("There are {count} tracks; the composer can hear {most} at once.",
                          "Mute some of them.", count=len(tracks), most=TRACKS)
    found = [replace(bar, metre=_metre(bar)) for bar in bars(score)]
    end = found[-1].start + found[-1].metre.bar
    made = replace(
        score, tracks=tuple(_track(track, end) for track in tracks), metres=_changes(b.metre for b in found),
        tempos=(Tempo.of(tempo_of(tempo_level(score.tempos[0].bpm if score.tempos else 120.0))),), title="",
        length=end, keys=(), chords=())
    if all(track.drums for track in tracks):
        return made
    made = replace(made, keys=_keys(score, found, made))
    return replace(made, chords=_chords(score, found, made))


def metre_number(metre: Metre) -> int:
    """Its number among METRES. Raises ValueError if it has none."""
    return METRES.index((metre.beats, metre.unit))


def edges(found: Iterable[Bar]) -> list[int]:
    """Ticks at which chords may begin, and the end."""
    starts: list[int] = []
    end = 0
    for bar in found:
        count = slots(metre_number(bar.metre))
        starts += [bar.start + bar.metre.bar * n // count for n in range(count)]
        end = bar.start + bar.metre.bar
    return [*starts, end]


def nearest_length(ticks: int) -> int:
    """The nearest length in ticks that there is a token for."""
    number = bisect_left(_HALVES, ticks)
    return _LENGTHS[number]


def apart(notes: Iterable[Note], end: int, drums: bool) -> list[Note]:
    """Notes of one track, each ending before its pitch begins again and before ``end``, with a length that
    there is a token for; of two that begin together the longer one. Drums ring on, but not past ``end``."""
    found: list[Note] = []
    following: dict[int, int] = {}
    for note in sorted(notes, key=attrgetter("order"), reverse=True):
        if note.start >= end:
            continue
        room = following.get(note.pitch, end) - note.start
        if drums and room > 0:
            found.append(replace(note, length=min(note.length, end - note.start)))
        elif room >= note.length:
            found.append(note)
        elif room > 0:
            found.append(replace(note, length=_LENGTHS[bisect_right(_LENGTHS, room) - 1]))
        following[note.pitch] = note.start
    return found


def _metre(bar: Bar) -> Metre:
    """The metre of a bar, or another with the length that is left of it."""
    beats = (bar.metre.beats, bar.metre.unit)
    if bar.length == bar.metre.bar and beats in METRES:
        return bar.metre
    for count, unit in METRES:
        if 4 * TICKS * count == bar.length * unit:
            return Metre(bar.start, count, unit)
    raise StudioError("The composer does not know a bar of {metre} (bar {number}).",
                      "Change its metre, or leave it out.", metre=str(bar.metre), number=bar.number + 1)


def _changes(metres: Iterable[Metre]) -> tuple[Metre, ...]:
    """The first of each run of the same metre, at the start of its bar."""
    found: list[Metre] = []
    at = 0
    for metre in metres:
        if not found or (found[-1].beats, found[-1].unit) != (metre.beats, metre.unit):
            found.append(replace(metre, at=at))
        at += metre.bar
    return tuple(found)


def _track(track: Track, end: int) -> Track:
    notes = []
    for note in track.notes:
        start = min(round(note.start / STEP) * STEP, end - STEP)
        length = DRUM_LENGTH if track.drums else nearest_length(note.length)
        notes.append(Note(start, note.pitch, length, note.velocity // 8 * 8 + 4))
    return Track(tuple(apart(notes, end, track.drums)), 0 if track.drums else track.program, track.drums)


def _keys(score: Score, found: list[Bar], made: Score) -> tuple[Key, ...]:
    """Keys at the starts of bars, where they change."""
    told = key_of(profiles(made, [0, made.length])[0][0]) or Key(0, 0)
    first = score.keys[0] if score.keys else told
    kept: list[Key] = []
    for bar in found:
        now = [key for key in score.keys if key.at < bar.end]
        key = now[-1] if now else first
        if not kept or (kept[-1].tonic, kept[-1].minor) != (key.tonic, key.minor):
            kept.append(replace(key, at=bar.start))
    return tuple(kept)


def _chords(score: Score, found: list[Bar], made: Score) -> tuple[Chord, ...]:
    """The chord of each slot, where it changes."""
    places = edges(found)
    said = [_latest(score.chords, at) for at in places[:-1]] if score.chords else chords(made, places)
    kept: list[Chord] = []
    for chord in said:
        if not kept or (kept[-1].root, kept[-1].quality) != (chord.root, chord.quality):
            kept.append(chord)
    return tuple(kept)


def _latest(said: tuple[Chord, ...], at: int) -> Chord:
    found = [chord for chord in said if chord.at <= at]
    if not found or found[-1].root < 0:
        return Chord(at, -1)
    return replace(found[-1], at=at)
