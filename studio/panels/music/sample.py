"""A few bars to begin with: the theme of Beethoven's last symphony (1824), with a plain accompaniment."""

from __future__ import annotations

from studio.core.arrangement import Arrangement, Strip
from studio.core.score import TICKS, Chord, Key, Metre, Note, Score, Tempo, Track

_TUNE = ("66 66 67 69 69 67 66 64 62 62 64 66 66. 64_ 64= "
         "66 66 67 69 69 67 66 64 62 62 64 66 64. 62_ 62=")
"""Pitches in quarter notes; with a dot half as long again, ``_`` half, ``=`` twice as long."""
_LENGTHS = {".": TICKS * 3 // 2, "_": TICKS // 2, "=": TICKS * 2}
_CHORDS = ((2, ""), (9, ""), (2, ""), (9, ""), (2, ""), (9, ""), (2, ""), (2, ""))
_BAR = 4 * TICKS


def sample() -> Arrangement:
    """Eight bars in D major for flute, piano and bass; all notes count as brought in."""
    chords = tuple(Chord(bar * _BAR, root, quality) for bar, (root, quality) in enumerate(_CHORDS))
    tracks = (Track(_tune(), 73, False, ""), Track(_comping(), 0), Track(_bass(), 32))
    score = Score(tracks, (Tempo.of(112),), (Metre(0, 4, 4),), (Key(0, 2),), chords, "Ode to Joy", 8 * _BAR)
    return Arrangement(score, (Strip(), Strip(gain=-5.0, pan=-0.2), Strip(gain=-2.0, pan=0.15)))


def _tune() -> tuple[Note, ...]:
    at, notes = 0, []
    for word in _TUNE.split():
        length = _LENGTHS.get(word[-1], TICKS)
        notes.append(Note(at, int(word[:2]) + 12, length - 40, 96 if at % _BAR == 0 else 84))
        at += length
    return tuple(notes)


def _comping() -> tuple[Note, ...]:
    return tuple(Note(bar * _BAR + beat * TICKS, 60 + (root + step) % 12, TICKS - 120, 58 + 10 * (beat == 2))
                 for bar, (root, _) in enumerate(_CHORDS) for beat in (1, 2, 3) for step in (0, 4, 7))


def _bass() -> tuple[Note, ...]:
    return tuple(Note(bar * _BAR + half * 2 * TICKS, 36 + (root + 7 * half) % 12, 2 * TICKS - 120, 88)
                 for bar, (root, _) in enumerate(_CHORDS) for half in (0, 1))
