"""The tokens of music, in the manner of REMI (Huang and Yang 2020): bars, positions, pitches, lengths.

A piece is a heading (style, mood, density, metre, tempo, key, one line for each track), then bars. A bar says
how many are left with it, its chords, and then each track that begins a note in it, one after the other: a
*cell*. In a cell come positions with their notes, a note being its pitch and length; velocity is said where
it changes. Cells know nothing of each other, so that any may be kept, moved or left out. Four things differ
from REMI:

- Time is counted in 24 steps to a quarter note, which holds 1/32 and triplets exactly and the push and drag
  of a drummer to 20 ms.
- Tracks are numbered and their programs said once, so that two violins stay two.
- A bar token counts down to the end, so that a piece of any length can end well.
- To fill a gap, the bars behind it come first, after the token AFTER, then those before it, then the gap
  itself (fill in the middle, Bavarian et al. 2022, in the order suffix, prefix, middle); the bars count down
  to the end of the gap.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from studio.core.score import DRUMS, QUALITIES, TICKS

Tokens = NDArray[np.uint16]
STEPS = 24
"""Steps to a quarter note."""
STEP = TICKS // STEPS
"""Ticks to a step."""
STYLES = ("irish", "hymn", "song", "quartet", "piano", "guitar", "march", "rock", "drums", "other")
"""Irish dance, hymn or chorale, art song, string quartet, piano, guitar, ragtime or march, rock or game, drum
groove; and whatever else there is to learn from, which is not offered."""
METRES = (
    (1, 4), (2, 4), (3, 4), (4, 4), (5, 4), (6, 4), (7, 4), (8, 4), (1, 2), (2, 2), (3, 2), (4, 2), (1, 1),
    (2, 1), (1, 8), (2, 8), (3, 8), (4, 8), (5, 8), (6, 8), (7, 8), (8, 8), (9, 8), (10, 8), (11, 8), (12, 8),
    (15, 8), (1, 16), (2, 16), (3, 16), (4, 16), (6, 16), (9, 16), (12, 16), (5, 16), (7, 16),
)  # fmt: skip
LENGTHS = (
    *range(1, 25), 27, 28, 30, 32, 33, 36, 40, 42, 44, 45, 48, 54, 56, 60, 64, 66, 69, 72, 78, 80, 84, 90, 96,
    108, 120, 132, 144, 168, 192, 216, 240, 288, 336, 384,
)  # fmt: skip
"""Lengths of notes in steps: everything up to a quarter note, then what is written with dots and ties."""
TRACKS = 12
"""Tracks of a piece at most."""
LEFT = 32
"""Bars that are counted down; before that a bar says 0."""
LEVELS, DENSITIES, TEMPOS, VELOCITIES, POSITIONS = 5, 8, 32, 16, 192
NO_KEY = 24
OPENING, MIDWAY = 0, 1
"""Whether the first bar is that of the piece."""
_SLOW = 24.0


class Kind(IntEnum):
    """What a token says."""

    PAD = 0
    STYLE = 1
    VALENCE = 2
    ENERGY = 3
    DENSITY = 4
    METRE = 5
    TEMPO = 6
    KEY = 7
    TRACK = 8
    PROGRAM = 9
    AFTER = 10
    START = 11
    BAR = 12
    CHORD = 13
    POSITION = 14
    VELOCITY = 15
    PITCH = 16
    DRUM = 17
    LENGTH = 18
    END = 19


COUNTS = {
    Kind.PAD: 1, Kind.STYLE: len(STYLES), Kind.VALENCE: LEVELS, Kind.ENERGY: LEVELS, Kind.DENSITY: DENSITIES,
    Kind.METRE: len(METRES), Kind.TEMPO: TEMPOS, Kind.KEY: NO_KEY + 1, Kind.TRACK: TRACKS,
    Kind.PROGRAM: DRUMS + 1, Kind.AFTER: 1, Kind.START: 2, Kind.BAR: LEFT + 1,
    Kind.CHORD: 12 * len(QUALITIES) + 1, Kind.POSITION: POSITIONS, Kind.VELOCITY: VELOCITIES, Kind.PITCH: 128,
    Kind.DRUM: 128, Kind.LENGTH: len(LENGTHS), Kind.END: 1,
}  # fmt: skip
"""How many values each kind has."""
SIZE = sum(COUNTS.values())
"""How many tokens there are."""
FIRST = {kind: sum(COUNTS[Kind(k)] for k in range(kind)) for kind in Kind}
"""The first token of each kind; the others follow by value."""
KINDS: NDArray[np.uint8] = np.repeat(np.arange(len(Kind), dtype=np.uint8), list(COUNTS.values()))
"""(SIZE,) the kind of each token."""
VALUES: NDArray[np.int16] = np.concatenate([np.arange(n, dtype=np.int16) for n in COUNTS.values()])
"""(SIZE,) the value of each token within its kind."""
PAD, AFTER, END = (FIRST[kind] for kind in (Kind.PAD, Kind.AFTER, Kind.END))


def token(kind: Kind, value: int = 0) -> int:
    """The token of a value. Raises ValueError for one that the kind does not have."""
    if not 0 <= value < COUNTS[kind]:
        raise ValueError(f"{kind.name} has no value {value}")
    return FIRST[kind] + value


def bar_steps(metre: int) -> int:
    """Steps of a bar in the metre of a number."""
    beats, unit = METRES[metre]
    return 4 * STEPS * beats // unit


def slots(metre: int) -> int:
    """Chords of a bar: one, or two where it has four quarter notes or more."""
    return 2 if bar_steps(metre) >= 4 * STEPS else 1


def tempo_level(bpm: float) -> int:
    """The level, eight to a doubling, from 24 quarter notes a minute on."""
    return int(np.clip(np.floor(8 * np.log2(max(bpm, 1.0) / _SLOW)), 0, TEMPOS - 1))


def tempo_of(level: int) -> float:
    """Quarter notes a minute in the middle of a level."""
    return float(round(_SLOW * 2 ** ((level + 0.5) / 8)))


def transpositions() -> NDArray[np.uint16]:
    """(24, SIZE): each token 12 semitones lower, 11 lower, .. 11 higher. Pitches stay in their octave where
    they would leave the range; drums and all that is no pitch stay."""
    rows = np.tile(np.arange(SIZE, dtype=np.uint16), (24, 1))
    for row, by in zip(rows, range(-12, 12), strict=True):
        for value in range(128):
            moved = value + by
            moved += 12 * (moved < 0) - 12 * (moved > 127)
            row[FIRST[Kind.PITCH] + value] = token(Kind.PITCH, moved)
        for value in range(NO_KEY):
            row[FIRST[Kind.KEY] + value] = token(Kind.KEY, value // 12 * 12 + (value + by) % 12)
        for value in range(1, COUNTS[Kind.CHORD]):
            root, kind = divmod(value - 1, len(QUALITIES))
            moved = 1 + (root + by) % 12 * len(QUALITIES) + kind
            row[FIRST[Kind.CHORD] + value] = token(Kind.CHORD, moved)
    return rows
