"""A piece as a value."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.score import QUALITIES, TICKS, Chord, Key, Metre, Note, Score, Tempo, Track, bars
from tests.scores import scores, tune


@given(scores())
def test_every_tick_is_in_one_bar(score: Score) -> None:
    found = bars(score)
    assert [bar.number for bar in found] == list(range(len(found)))
    assert all(a.end == b.start for a, b in itertools.pairwise(found))
    assert found[0].start == 0
    assert found[-1].start < score.length <= found[-1].end
    assert all(1 <= bar.length <= bar.metre.bar for bar in found)


def test_a_new_metre_cuts_a_bar_short() -> None:
    score = Score((), metres=(Metre(0, 4, 4), Metre(5 * TICKS, 3, 8)), length=8 * TICKS)
    assert [bar.length / TICKS for bar in bars(score)] == [4, 1, 1.5, 1.5]


def test_without_a_metre_it_is_four_four() -> None:
    score = Score((), metres=(Metre(8 * TICKS, 3, 4),), length=11 * TICKS)
    assert [str(bar.metre) for bar in bars(score)] == ["4/4", "4/4", "3/4"]
    assert bars(Score()) == ()


def test_what_is_said_last_of_a_tick_holds() -> None:
    score = Score(tempos=(Tempo.of(90, 960), Tempo.of(60), Tempo.of(70)))
    assert [(tempo.at, round(tempo.bpm)) for tempo in score.tempos] == [(0, 70), (960, 90)]


@given(st.integers(-7, 7), st.booleans())
def test_signatures(fifths: int, minor: bool) -> None:
    key = Key.of(fifths, minor)
    assert (key.fifths - fifths) % 12 == 0
    assert Key.of(key.fifths, minor) == key


def test_keys_and_chords_by_name() -> None:
    names = [str(Key.of(*sign)) for sign in ((0, False), (0, True), (-3, False), (2, True), (6, False))]
    assert names == ["C major", "A minor", "Eb major", "B minor", "F# major"]
    for root in range(12):
        for quality in QUALITIES:
            assert Chord.parse(str(Chord(7, root, quality)), 7) == Chord(7, root, quality)
    assert str(Chord(0, 1, "m7")) == "C#m7"
    assert Chord.parse("N.C.") == Chord(0, -1)
    assert Chord.parse("verse") is Chord.parse("") is Chord.parse("Cx") is None


def test_transposed_there_and_back() -> None:
    score = tune()
    up = score.transposed(5)
    assert {b.pitch - a.pitch for a, b in zip(score.tracks[0].notes, up.tracks[0].notes, strict=True)} == {5}
    assert str(up.keys[0]) == "F major"
    assert up.transposed(-5) == score
    high = Score((Track((Note(0, 126, 1),)), Track((Note(0, 38, 1),), drums=True))).transposed(3)
    assert [track.notes[0].pitch for track in high.tracks] == [117, 38]


def test_seconds_follow_the_tempos() -> None:
    score = Score(tempos=(Tempo.of(60), Tempo.of(120, 2 * TICKS)))
    assert [score.seconds(n * TICKS) for n in (0, 1, 2, 4)] == pytest.approx([0, 1, 2, 3])
    assert Score().seconds(TICKS) == 0.5
    assert Tempo.of(1e-9).micros == 0xFFFFFF


@pytest.mark.parametrize("made", [
    lambda: Note(-1, 60, 1), lambda: Note(0, 128, 1), lambda: Note(0, 60, 0), lambda: Note(0, 60, 1, 0),
    lambda: Metre(0, 0, 4), lambda: Metre(0, 4, 3), lambda: Tempo(0, 0), lambda: Key(0, 12),
    lambda: Chord(0, 0, "blue"), lambda: Track((), 128)])
def test_what_cannot_be_is_refused(made: object) -> None:
    with pytest.raises(ValueError, match=r"range|metre|chord"):
        made()  # type: ignore[operator]
