"""Keys and chords told from the notes."""

from __future__ import annotations

import numpy as np
import pytest

from studio.core.score import QUALITIES, TICKS, Note, Score, Track
from studio.media.harmony import _TONES, chords, key_of, profiles
from tests.scores import groove, tune


def block(*pitches: int) -> Score:
    return Score((Track(tuple(Note(0, pitch, TICKS) for pitch in sorted(set(pitches)))),))


@pytest.mark.parametrize("root", [0, 3, 7, 11])
@pytest.mark.parametrize("number", range(len(QUALITIES)))
def test_every_chord_is_told(root: int, number: int) -> None:
    tones = [root + tone for tone in _TONES[number]]
    found = chords(block(36 + root, *(60 + tone for tone in tones)), [0, TICKS])[0]
    assert str(found) == str(chords(block(*(48 + tone for tone in tones)), [0, TICKS])[0])
    assert (found.root, found.quality) == (root, QUALITIES[number])


def test_where_nothing_sounds_the_chord_goes_on() -> None:
    score = Score((Track((Note(TICKS, 60, TICKS), Note(TICKS, 64, TICKS), Note(TICKS, 67, TICKS))),))
    found = chords(score, [0, TICKS, 2 * TICKS, 3 * TICKS])
    assert [str(chord) for chord in found] == ["N.C.", "C", "C"]
    assert [chord.at for chord in found] == [0, TICKS, 2 * TICKS]


def test_notes_count_as_long_as_they_sound() -> None:
    score = Score((Track((Note(100, 60, 300), Note(350, 62, 200))),))
    found, lowest = profiles(score, [0, 200, 400, 600])
    assert found[:, 0].tolist() == [100, 200, 0]
    assert found[:, 2].tolist() == [0, 50, 150]
    assert lowest.tolist() == [60, 60, 62]
    assert not profiles(groove(), [0, TICKS])[0].any()


@pytest.mark.parametrize("by", [0, 1, 5, 8])
def test_the_key_is_told(by: int) -> None:
    score = tune().transposed(by)
    major = profiles(score, [0, score.length])[0][0]
    key = key_of(major)
    assert key is not None
    assert (key.tonic, key.minor) == (by, False)
    harmonic = np.roll([4, 0, 2, 3, 0, 2, 0, 3, 2, 0, 0, 2], by).astype(float)
    minor = key_of(harmonic)
    assert minor is not None
    assert (minor.tonic, minor.minor) == (by, True)
    assert key_of(np.zeros(12)) is None
