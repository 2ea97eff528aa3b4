"""Which chords go with a melody, so that a model may choose among them.

As in MySong (Simon, Morris and Basu 2008) a chord is judged by how long the notes of its span sound that are
in it, and by its place in the key; the choice among those that go is not a table's here but the model's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from studio.core.score import Chord, Score
from studio.media.harmony import profiles, tones
from studio.media.tokens.encode import chord_number
from studio.media.tokens.sheet import BarTokens
from studio.media.tokens.vocabulary import NO_KEY, STEP, bar_steps, slots

_MAJOR = ((0, ""), (2, "m"), (4, "m"), (5, ""), (7, ""), (9, "m"), (7, "7"), (2, "m7"))
_MINOR = ((0, "m"), (3, ""), (5, "m"), (7, ""), (8, ""), (10, ""), (7, "7"), (2, "dim"))
"""Steps above the tonic and kinds of the chords that harmonise a tune in a key (with the leading note in
minor)."""
_KEPT = 0.15
"""How much shorter, of the span, the notes in a chord may sound than those in the best one."""


def fitting(piece: Score, gap: Sequence[BarTokens], start: int) -> list[tuple[frozenset[int], ...]]:
    """For each bar from the tick ``start`` on and each of its chords, the numbers of those that go with the
    notes of ``piece``; an empty set where nothing sounds."""
    edges, keys, counts = [start], [], []
    for bar in gap:
        count, length = slots(bar.metre), bar_steps(bar.metre) * STEP
        line = edges[-1]
        edges += [line + length * n // count for n in range(1, count + 1)]
        keys += [bar.key] * count
        counts.append(count)
    tracks = tuple(replace(track, notes=tuple(note for note in track.notes if start < note.end
                                              and note.start < edges[-1])) for track in piece.tracks)
    sounding, _ = profiles(replace(piece, tracks=tracks), edges)
    found = iter([_going(row, key) for row, key in zip(sounding, keys, strict=True)])
    return [tuple(next(found) for _ in range(count)) for count in counts]


def _going(profile: NDArray[np.float64], key: int) -> frozenset[int]:
    total = profile.sum()
    if not total:
        return frozenset()
    shares = {chord: sum(profile[tone] for tone in tones(chord)) / total for chord in in_key(key)}
    best = max(shares.values())
    return frozenset(chord_number(chord) for chord, share in shares.items() if share >= best - _KEPT)


@cache
def in_key(key: int) -> tuple[Chord, ...]:
    """The chords of a key by number (0 is C major, 12 C minor)."""
    tonic, steps = key % 12, _MINOR if 12 <= key < NO_KEY else _MAJOR
    return tuple(Chord(0, (tonic + step) % 12, quality) for step, quality in steps)
