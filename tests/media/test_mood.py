"""The guess of how a passage feels goes the way the studies say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from studio.core.score import TICKS, Note, Score, Track
from studio.media.mood import COLUMNS, Mood, counted, density, features, mood
from tests.scores import groove, tune

BASE = tune()


def guess(score: Score, bpm: float = 100, minor: bool = False) -> Mood:
    return mood(counted(score), bpm, minor)


def louder(by: int) -> Score:
    tracks = tuple(replace(t, notes=tuple(replace(n, velocity=n.velocity + by) for n in t.notes))
                   for t in BASE.tracks)
    return replace(BASE, tracks=tracks)


def test_what_is_counted() -> None:
    notes = (Note(0, 60, TICKS), Note(0, 61, TICKS, 100), Note(2 * TICKS, 67, TICKS), Note(4 * TICKS, 60, 1))
    table = counted(Score((Track(notes),)))
    assert dict(zip(COLUMNS, table[0].tolist(), strict=True)) == {
        "quarters": 4, "onsets": 2, "pitched": 3, "pitch": 188, "velocity": 260, "pairs": 1, "rough": 1}
    assert table[1, 1:3].tolist() == [1, 1]


def test_bars_add_up() -> None:
    table = counted(BASE)
    assert table[:, 2].sum() == BASE.notes
    assert features(table[:4], 100, False) == pytest.approx(features(table[4:], 100, False), rel=0.2)


def test_the_directions() -> None:
    plain = guess(BASE)
    assert guess(BASE, minor=True).valence < plain.valence
    assert guess(BASE, bpm=160).valence > plain.valence
    assert guess(BASE.transposed(12)).valence > plain.valence
    for more in (guess(BASE, bpm=160), guess(louder(20))):
        assert more.energy > plain.energy


def test_dissonance_darkens() -> None:
    seconds, thirds = (Score((Track(tuple(
        Note(n * TICKS, pitch, TICKS) for n in range(8) for pitch in (60, 60 + by))),)) for by in (1, 4))
    assert guess(seconds).valence < guess(thirds).valence
    assert guess(seconds).energy > guess(thirds).energy


def test_levels() -> None:
    assert Mood(-2.0, 2.0).levels == (0, 4)
    assert Mood(0.0, -0.5).levels == (2, 1)
    assert np.isfinite(features(np.zeros((0, len(COLUMNS))), 0.0, False)).all()
    assert [density(counted(score)) for score in (tune(), groove())] == [2, 4]
    assert guess(groove(), bpm=160).energy > guess(groove(), bpm=80).energy
