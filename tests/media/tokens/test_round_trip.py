"""From a score to tokens and back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.errors import StudioError
from studio.core.score import DRUMS, TICKS, Metre, Note, Score, Track
from studio.media.tokens import vocabulary as v
from studio.media.tokens.decode import decode, heading_in
from studio.media.tokens.encode import Wishes, encode, sheet_of
from studio.media.tokens.grammar import Grammar
from studio.media.tokens.sheet import Sheet, tokens_of
from studio.media.tokens.snap import apart, snapped
from studio.media.tokens.vocabulary import KINDS, SIZE, Kind, token
from tests.scores import groove, scores, tune


def sayable(score: Score) -> Score | None:
    """The score with its metres at places where bars begin, or None if it can't be said."""
    try:
        return snapped(score)
    except StudioError:
        return None


@settings(max_examples=40)
@given(scores())
def test_there_and_back(score: Score) -> None:
    made = sayable(replace(score, metres=tuple(metre for metre in score.metres if not metre.at)))
    if made is None:
        return
    assert snapped(made) == made
    tokens = encode(made)
    assert Grammar.fault(tokens.tolist()) is None
    assert decode(tokens) == made


@settings(max_examples=40)
@given(scores())
def test_metres_may_change(score: Score) -> None:
    made = sayable(score)
    if made is not None:
        assert decode(encode(made)) == snapped(made) == made


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(range(len(v.METRES))), st.integers(1, 3)), min_size=1, max_size=5))
def test_every_metre(runs: list[tuple[int, int]]) -> None:
    metres, at = [], 0
    for number, count in runs:
        metres.append(Metre(at, *v.METRES[number]))
        at += count * metres[-1].bar
    notes = tuple(Note(start, 60, 120, 84) for start in range(0, at, 600))
    made = snapped(Score((Track(notes),), metres=tuple(metres), length=at))
    assert decode(encode(made)) == made
    assert made.length == at


def test_what_is_on_the_grid_stays() -> None:
    for score in (tune(), groove()):
        made = snapped(score)
        assert [[(n.start, n.pitch) for n in t.notes] for t in made.tracks] == [
            [(n.start, n.pitch) for n in t.notes] for t in score.tracks]
    assert [n.length for n in snapped(tune()).tracks[1].notes] == [4 * TICKS] * 8
    assert [str(key) for key in snapped(tune()).keys] == ["C major"]


def test_what_is_off_the_grid_moves_by_half_a_step_at_most() -> None:
    notes = tuple(Note(n * 487, 40 + n, 333, 99) for n in range(40))
    made = snapped(Score((Track(notes),)))
    moved = [abs(a.start - b.start) for a, b in zip(notes, made.tracks[0].notes, strict=True)]
    assert max(moved) <= v.STEP // 2
    assert {note.velocity for note in made.tracks[0].notes} == {100}


def test_drums_at_the_very_end_make_no_new_bar() -> None:
    """A drum has no length, but what is written for it must not reach into a bar that is not there."""
    made = snapped(Score((Track((Note(4 * TICKS - v.STEP, 42, v.STEP, 84),), drums=True),), length=4 * TICKS))
    assert decode(encode(made)) == made
    assert made.length == 4 * TICKS
    assert decode(encode(groove(2))).length == 8 * TICKS


def test_two_tracks_of_one_program_stay_two() -> None:
    score = tune()
    violins = replace(score, tracks=tuple(replace(t, program=40, name="") for t in score.tracks))
    found = decode(encode(violins))
    assert [track.program for track in found.tracks] == [40, 40]
    assert [len(track.notes) for track in found.tracks] == [32, 8]


def test_the_heading_says_what_is_wished() -> None:
    heading, _ = heading_in(encode(tune(), Wishes(style=3, valence=4, energy=0, density=7)).tolist())
    assert (heading.style, heading.valence, heading.energy, heading.density) == (3, 4, 0, 7)
    assert v.METRES[heading.metre] == (4, 4)
    assert (v.tempo_of(heading.tempo), heading.key, heading.programs) == (100, 0, (73, 32))
    assert heading_in(encode(groove()).tolist())[0].programs == (DRUMS,)


def test_bars_behind_a_gap_come_first() -> None:
    whole = sheet_of(snapped(tune(8)), Wishes())
    gap = Sheet(whole.heading, whole.bars[:6], after=whole.bars[6:])
    tokens = tokens_of(gap)
    assert Grammar.fault(tokens.tolist()) is None
    bars = [int(v.VALUES[n]) for n in tokens if KINDS[n] == Kind.BAR]
    assert bars == [2, 1, 6, 5, 4, 3, 2, 1]
    assert decode(tokens).tracks[0].notes == snapped(tune(8)).tracks[0].notes[:24]
    assert tokens[-1] == v.END
    cut = tokens_of(Sheet(whole.heading, whole.bars[:3]), left=40)
    assert [int(v.VALUES[n]) for n in cut if KINDS[n] == Kind.BAR] == [0, 0, 0]
    assert cut[-1] != v.END


@pytest.mark.parametrize("cut", range(25, 60, 3))
def test_tokens_may_stop_anywhere(cut: int) -> None:
    found = decode(encode(tune())[:cut])
    whole = {(n.start, n.pitch) for t in snapped(tune()).tracks for n in t.notes}
    assert {(n.start, n.pitch) for t in found.tracks for n in t.notes} <= whole
    assert all(note.end <= found.length for track in found.tracks for note in track.notes)


def test_what_cannot_be_said() -> None:
    with pytest.raises(StudioError, match="There are no notes"):
        snapped(Score((Track(),)))
    with pytest.raises(StudioError, match="There are 13 tracks"):
        snapped(Score(tuple(Track((Note(0, 60, 1),)) for _ in range(13))))
    with pytest.raises(StudioError, match=r"bar of 13/4 \(bar 1\)"):
        snapped(replace(tune(), metres=(Metre(0, 13, 4),)))
    with pytest.raises(ValueError, match="token 1 may not"):
        decode([token(Kind.STYLE, 0), token(Kind.STYLE, 0)])
    with pytest.raises(ValueError, match="heading is not complete"):
        decode([token(Kind.STYLE, 0)])


def test_numbers_of_tokens() -> None:
    assert len(KINDS) == len(v.VALUES) == SIZE < 2**10
    pairs = zip(KINDS.tolist(), v.VALUES.tolist(), strict=True)
    assert [token(Kind(kind), value) for kind, value in pairs] == list(range(SIZE))
    with pytest.raises(ValueError, match="PITCH has no value 128"):
        token(Kind.PITCH, 128)


def test_transposed_tokens_are_the_tokens_of_what_is_transposed() -> None:
    score = snapped(tune())
    tokens, table = encode(score), v.transpositions()
    for by in (-6, 0, 5):
        moved = encode(snapped(score.transposed(by)), Wishes(*[int(v.VALUES[n]) for n in tokens[:4]]))
        assert np.array_equal(table[12 + by][tokens], moved)
    drums = encode(groove())
    assert np.array_equal(table[19][drums], drums)
    keys = v.FIRST[Kind.KEY] + np.arange(24)
    assert np.array_equal(table[12 + 4][table[12 - 4][keys]], keys)


def test_notes_behind_the_end_are_left_out() -> None:
    late = [Note(240, 36, 40), Note(280, 36, 40)]  # two of one pitch: the second is no room for the first
    for drums in (False, True):
        assert apart(late, 200, drums) == []
