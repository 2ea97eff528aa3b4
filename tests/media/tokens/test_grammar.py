"""Whatever is drawn under the grammar is music."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.score import DRUMS, bars
from studio.media.midi_read import read_midi
from studio.media.midi_write import write_midi
from studio.media.tokens import vocabulary as v
from studio.media.tokens.decode import decode, heading_in
from studio.media.tokens.encode import encode
from studio.media.tokens.grammar import Grammar, State
from studio.media.tokens.snap import snapped
from studio.media.tokens.vocabulary import KINDS, VALUES, Kind, token
from tests.scores import groove, tune


def drawn(seed: int, most: int, *, fixed: bool = False) -> list[int]:
    """Tokens drawn evenly over the kinds that may come, then over their values; a short piece."""
    rng = np.random.default_rng(seed)
    grammar = Grammar(fixed=fixed)
    found: list[int] = []
    while len(found) < most and not grammar.states[0].is_done:
        mask = grammar.allowed()[0]
        kinds = np.unique(KINDS[mask])
        kind = rng.choice(kinds)
        choices = np.flatnonzero(mask & (kind == KINDS))
        if kind == Kind.BAR and KINDS[found[-1]] in (Kind.START, Kind.AFTER):
            choices = [token(Kind.BAR, int(rng.integers(1, 5)))]
        found.append(int(rng.choice(choices)))
        grammar.advance(found[-1:])
    return found


@settings(max_examples=60)
@given(st.integers(0, 10**6))
def test_whatever_is_drawn_is_valid(seed: int) -> None:
    tokens = drawn(seed, 600)
    assert Grammar.fault(tokens) is None
    score = decode(tokens)
    played = [bar.length for bar in bars(score)]
    assert sum(played) == score.length
    assert all(length == bar.metre.bar for length, bar in zip(played, bars(score), strict=True))
    for track in score.tracks:
        ends: dict[int, int] = {}
        for note in track.notes:
            assert track.drums or ends.get(note.pitch, 0) <= note.start
            assert note.end <= score.length or track.drums
            ends[note.pitch] = note.end
    if score.notes:
        reading = read_midi(write_midi(score))
        assert (reading.stuck, reading.empty, reading.score.notes) == (0, 0, score.notes)


@settings(max_examples=30)
@given(st.integers(0, 10**6))
def test_a_whole_piece_drawn_is_encoded_as_it_was_drawn(seed: int) -> None:
    tokens = drawn(seed, 600)
    score = decode(tokens)
    heading, _ = heading_in(tokens)
    empty = any(not track.notes for track in score.tracks)
    if not empty and tokens[-1] == v.END and snapped(score) == score:
        assert decode(encode(score)) == score
    assert len(score.tracks) == len(heading.programs)


@settings(max_examples=30)
@given(st.integers(0, 10**6))
def test_metre_and_key_can_be_held(seed: int) -> None:
    score = decode(drawn(seed, 400, fixed=True))
    assert len(score.metres) <= 1
    assert len(score.keys) <= 1


@settings(max_examples=40)
@given(st.integers(0, 200), st.integers(0, v.SIZE - 1))
def test_a_wrong_token_is_found(at: int, number: int) -> None:
    tokens = encode(tune()).tolist()
    at = min(at, len(tokens))
    fault = Grammar.fault([*tokens[:at], number, *tokens[at + 1 :]])
    allowed = Grammar.fault([*tokens[:at], number]) is None
    assert fault is None or fault >= at
    assert (fault == at) == (not allowed)


def test_the_mask_says_what_the_checker_says() -> None:
    tokens = [*encode(tune(2)).tolist(), v.PAD]
    grammar = Grammar(2)
    for at, number in enumerate(tokens):
        mask = grammar.allowed()
        assert (mask[0] == mask[1]).all()
        if at % 25 == 0:
            mine = [n for n in range(v.SIZE) if Grammar.fault([*tokens[:at], n]) is None]
            assert np.flatnonzero(mask[0]).tolist() == mine
        assert mask[0, number]
        grammar.advance([number, number])


def test_something_may_always_come_next() -> None:
    for seed in range(20):
        grammar = Grammar()
        for number in drawn(seed, 300):
            assert grammar.allowed().any()
            grammar.advance([number])


def test_bars_count_down_to_the_end() -> None:
    state = State()
    for number in encode(groove(1)).tolist()[:-1]:
        state.advance(number)
    assert [span for span in state.spans() if span[0] == Kind.END] == [(Kind.END, 0, 1)]
    assert not [span for span in state.spans() if span[0] == Kind.BAR]
    state.left = 0
    assert [span[1:] for span in state.spans() if span[0] == Kind.BAR] == [(0, 1), (32, 33)]
    state.left = 7
    assert [span[1:] for span in state.spans() if span[0] == Kind.BAR] == [(6, 7)]


def test_drums_have_no_pitches_and_no_chords() -> None:
    kinds = {Kind(KINDS[n]) for n in encode(groove())}
    assert not kinds & {Kind.PITCH, Kind.LENGTH, Kind.CHORD}
    assert Kind.DRUM in kinds
    assert [int(VALUES[n]) for n in encode(groove()) if KINDS[n] == Kind.PROGRAM] == [DRUMS]


def test_a_number_that_is_no_token() -> None:
    assert Grammar.fault([v.SIZE]) == 0
    with pytest.raises(ValueError, match="token 0"):
        decode([-1])
