"""Bars as they are composed, on their way to the window: a line of JSON for each."""

from __future__ import annotations

import json
from dataclasses import dataclass

from studio.core.score import Chord, Note, Track


@dataclass(frozen=True, slots=True)
class Passage:
    """A finished bar: the notes that are new in it, at their ticks in the arrangement.

    ``tracks`` are (number, track) pairs, numbered from 0; a track that is not there yet is added, and
    missing in the result if it stays without notes. ``bar`` counts from 0.
    """

    bar: int
    start: int
    length: int
    metre: str
    bpm: float
    tracks: tuple[tuple[int, Track], ...] = ()
    chords: tuple[Chord, ...] = ()


def encode(passage: Passage) -> str:
    """One line, with its end."""
    tracks = [[number, track.program, track.drums, track.name,
               [[note.start, note.pitch, note.length, note.velocity] for note in track.notes]]
              for number, track in passage.tracks]
    plain = {"bar": passage.bar, "start": passage.start, "length": passage.length, "metre": passage.metre,
             "bpm": passage.bpm, "tracks": tracks,
             "chords": [[chord.at, chord.root, chord.quality] for chord in passage.chords]}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n"


def decode(line: str) -> Passage | None:
    """What `encode` wrote; None for anything else."""
    try:
        plain = json.loads(line)
        tracks = tuple((int(number), Track(tuple(Note(*note) for note in notes), program, drums, name))
                       for number, program, drums, name, notes in plain["tracks"])
        return Passage(plain["bar"], plain["start"], plain["length"], plain["metre"], plain["bpm"], tracks,
                       tuple(Chord(*chord) for chord in plain["chords"]))
    except (ValueError, TypeError, KeyError):
        return None
