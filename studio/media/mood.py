"""How a passage feels, guessed from its notes: valence (dark to bright) and energy (calm to excited).

The directions are those on which the studies agree (Gabrielsson and Lindström 2010; Livingstone et al. 2010;
Eerola, Friberg and Bresin 2013, whose factorial experiment gives the order of the weights): major, fast and
high are brighter, dissonant is darker; fast, dense, loud and dissonant are more excited. The weights are
those of the literature, fitted (`studio.training.mood_fit`) to 741 scores and 895 chord progressions that say
in a word how they feel; features are in units of their spread, and both sums have a spread of one over all
music here. On works left out of the fit the rank correlation with the words was 0.41 for valence and 0.58 for
energy. It is a guess from notes on paper: no listener was asked, and playing, words and sound do as much.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.core.score import TICKS, Score, bars

Reals = NDArray[np.float64]
COLUMNS = ("quarters", "onsets", "pitched", "pitch", "velocity", "pairs", "rough")
"""What is counted of each bar: length, moments at which something begins, notes with a pitch, sums of their
pitches and of all velocities (over all notes), pairs of notes that begin together or into each other, and the
dissonant ones (seconds, sevenths, tritones) among them."""
FEATURES = ("minor", "tempo", "onsets", "register", "loudness", "roughness")
"""Minor 1, major 0; doublings of the tempo; doublings of onsets a second; mean pitch; mean velocity; share of
dissonant pairs."""
MEAN = (0.24, 6.82, 1.63, 63.0, 83.3, 0.14)
SPREAD = (0.42, 0.5, 1.23, 7.09, 17.8, 0.08)
"""Of eight bars, over all training scores, with the same weight for each style."""
VALENCE = (-0.74, 0.39, 0.16, 0.23, 0.01, -0.25)
ENERGY = (0.11, 0.58, 0.42, -0.03, 0.53, 0.04)
_EDGES = (-0.84, -0.25, 0.25, 0.84)
"""Fifths of a normal distribution."""
_ROUGH = np.isin(np.arange(12), (1, 2, 6, 10, 11))


@dataclass(frozen=True, slots=True)
class Mood:
    """Each about 0 on average, and within -2 and 2 nearly always."""

    valence: float
    energy: float

    @property
    def levels(self) -> tuple[int, int]:
        """Valence and energy as 0 (lowest fifth of all music here) to 4."""
        first, second = (int(np.searchsorted(_EDGES, value)) for value in (self.valence, self.energy))
        return first, second


def counted(score: Score) -> Reals:
    """(bars, COLUMNS) of a piece."""
    found = bars(score)
    table = np.zeros((len(found), len(COLUMNS)))
    table[:, 0] = [bar.length / TICKS for bar in found]
    edges = np.array([bar.start for bar in found])
    starts = np.array(sorted({note.start for track in score.tracks for note in track.notes}), np.int64)
    np.add.at(table[:, 1], np.searchsorted(edges, starts, "right") - 1, 1)
    notes = np.array([(n.start, n.end, n.pitch, n.velocity, t.drums) for t in score.tracks for n in t.notes],
                     np.int64).reshape(-1, 5)
    notes = notes[np.argsort(notes[:, 0], kind="stable")]
    at = np.searchsorted(edges, notes[:, 0], "right") - 1
    pitched = notes[:, 4] == 0
    for column, values in ((2, pitched), (3, notes[:, 2] * pitched), (4, notes[:, 3] * pitched)):
        np.add.at(table[:, column], at, values)
    if not pitched.any():  # of drums alone, how hard they are hit still tells
        np.add.at(table[:, 4], at, notes[:, 3])
    _count_pairs(table, notes[pitched], at[pitched])
    return table


def _count_pairs(table: Reals, notes: NDArray[np.int64], at: NDArray[np.int64]) -> None:
    """Each note with up to four before it that still sound."""
    for back in range(1, 5):
        later, earlier = notes[back:], notes[:-back]
        together = earlier[:, 1] > later[:, 0]
        rough = _ROUGH[np.abs(later[:, 2] - earlier[:, 2]) % 12] & together
        np.add.at(table[:, 5], at[back:], together)
        np.add.at(table[:, 6], at[back:], rough)


def features(table: Reals, bpm: float, minor: bool) -> Reals:
    """(FEATURES,) of some bars as `counted` counts them."""
    quarters, onsets, pitched, pitch, velocity, pairs, rough = table.sum(0)
    rate = onsets / max(quarters, 1e-9) * bpm / 60.0
    notes = pitched if pitched else onsets
    return np.array([
        float(minor), np.log2(max(bpm, 1.0)), np.log2(max(rate, 0.05)),
        pitch / pitched if pitched else MEAN[3], velocity / notes if notes else MEAN[4],
        rough / pairs if pairs else MEAN[5]])


def mood(table: Reals, bpm: float, minor: bool) -> Mood:
    """Of some bars as `counted` counts them."""
    units = (features(table, bpm, minor) - MEAN) / SPREAD
    return Mood(float(units @ VALENCE), float(units @ ENERGY))


def density(table: Reals) -> int:
    """Level 0 to 7 of moments at which something begins, by quarter note: up to 0.5, 0.8, 1.1, 1.5, 2, 2.7,
    3.6, and more."""
    rate = table[:, 1].sum() / max(table[:, 0].sum(), 1e-9)
    return int(np.searchsorted((0.5, 0.8, 1.1, 1.5, 2.0, 2.7, 3.6), rate))
