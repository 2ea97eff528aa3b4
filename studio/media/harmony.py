"""Keys and chords told from the notes.

Chords: pitch classes by how long they sound, compared with templates (Fujishima 1999); the bass speaks for
the root. Keys: correlation with the profiles of Krumhansl and Kessler (1982), as revised by Temperley (1999).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from studio.core.score import QUALITIES, Chord, Key, Score

Reals = NDArray[np.float64]
_MAJOR = (5.0, 2.0, 3.5, 2.0, 4.5, 4.0, 2.0, 4.5, 2.0, 3.5, 1.5, 4.0)
_MINOR = (5.0, 2.0, 3.5, 4.5, 2.0, 4.0, 2.0, 4.5, 3.5, 2.0, 1.5, 4.0)
_TONES = ((0, 4, 7), (0, 3, 7), (0, 3, 6), (0, 4, 8), (0, 4, 7, 10), (0, 4, 7, 11), (0, 3, 7, 10),
          (0, 3, 6, 10), (0, 3, 6, 9), (0, 5, 7))
_WEIGHTS = (1.15, 1.0, 0.9, 0.65)
_HANDICAP = (0.0, 0.0, 0.03, 0.06, 0.0, 0.04, 0.03, 0.04, 0.04, 0.05)
"""Rarer kinds must fit better."""
_BASS = 0.12


def profiles(score: Score, edges: Sequence[int]) -> tuple[Reals, NDArray[np.int64]]:
    """Between neighbouring ticks of ``edges``: ticks that each pitch class sounds (spans, 12), and the lowest
    pitch, 128 where nothing sounds. Drums have no pitch."""
    notes = np.array([(n.start, n.end, n.pitch) for t in score.tracks if not t.drums for n in t.notes],
                     np.int64).reshape(-1, 3)
    found, lowest = np.zeros((len(edges) - 1, 12)), np.full(len(edges) - 1, 128)
    places = np.asarray(edges)
    span = np.maximum(np.searchsorted(places, notes[:, 0], "right") - 1, 0)
    while len(notes):  # one span further each time, for the notes that still sound there
        begin, end = np.maximum(notes[:, 0], places[span]), np.minimum(notes[:, 1], places[span + 1])
        np.add.at(found, (span, notes[:, 2] % 12), np.maximum(end - begin, 0))
        np.minimum.at(lowest, span, notes[:, 2])
        goes_on = (notes[:, 1] > places[span + 1]) & (span + 2 < len(places))
        notes, span = notes[goes_on], span[goes_on] + 1
    return found, lowest


def chords(score: Score, edges: Sequence[int]) -> list[Chord]:
    """The chord of each span between ``edges``; where nothing sounds the one before goes on."""
    found, lowest = profiles(score, edges)
    fits = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9) @ _templates().T
    fits -= np.tile(_HANDICAP, 12)
    roots = np.repeat(np.arange(12), len(QUALITIES))
    fits += _BASS * (roots[None] == lowest[:, None] % 12)
    answer: list[Chord] = []
    for at, row, ticks in zip(edges, fits.argmax(1).tolist(), found.sum(1).tolist(), strict=False):
        before = answer[-1] if answer else Chord(at, -1)
        root, quality = divmod(row, len(QUALITIES))
        answer.append(Chord(at, root, QUALITIES[quality]) if ticks else replace(before, at=at))
    return answer


def key_of(profile: Reals) -> Key | None:
    """The key that pitch classes (12,), weighted by how long they sound, fit best; None for silence, and
    where all sound for as long."""
    if not np.ptp(profile):
        return None
    fits = [np.corrcoef(np.roll(_centred(shape), tonic), _centred(profile))[0, 1]
            for shape in (_MAJOR, _MINOR) for tonic in range(12)]
    best = int(np.argmax(np.nan_to_num(fits)))
    return Key(0, best % 12, best >= 12)


def _templates() -> Reals:
    """(12 roots x qualities, 12), each of length one."""
    made = np.zeros((12, len(QUALITIES), 12))
    for number, tones in enumerate(_TONES):
        for weight, tone in zip(_WEIGHTS, tones, strict=False):
            made[np.arange(12), number, (np.arange(12) + tone) % 12] = weight
    flat: Reals = made.reshape(-1, 12)
    lengths: Reals = np.linalg.norm(flat, axis=1, keepdims=True)
    unit: Reals = flat / lengths
    return unit


def _centred(values: Sequence[float] | Reals) -> Reals:
    row = np.asarray(values, np.float64)
    centred: Reals = row - row.mean()
    return centred


def tones(chord: Chord) -> frozenset[int]:
    """Pitch classes of a chord; none where there is none."""
    if chord.root < 0:
        return frozenset()
    return frozenset((chord.root + tone) % 12 for tone in _TONES[QUALITIES.index(chord.quality)])
