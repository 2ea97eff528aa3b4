"""What is wanted of a piece is what comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.score import DRUMS, Score, bars
from studio.media.tokens.decode import decode, heading_in
from studio.media.tokens.encode import Wishes, sheet_of
from studio.media.tokens.grammar import Grammar
from studio.media.tokens.guide import PieceGuide
from studio.media.tokens.sheet import Sheet, tokens_of
from studio.media.tokens.snap import snapped
from studio.media.tokens.vocabulary import KINDS, Kind, token
from tests.scores import tune

ASKED: Mapping[Kind, int] = {Kind.STYLE: 4, Kind.METRE: 3, Kind.TEMPO: 16, Kind.KEY: 14}


def followed(guide: PieceGuide, seed: int = 0, most: int = 3000) -> list[int]:
    """Tokens drawn at random, cells soon ended."""
    rng = np.random.default_rng(seed)
    found: list[int] = []
    while not guide.is_done and len(found) < most:
        number = guide.forced()
        if number is None:
            choices = np.flatnonzero(guide.allowed())
            kinds = np.unique(KINDS[choices])
            ends = [kind for kind in kinds if kind in (Kind.BAR, Kind.END, Kind.START)]
            kind = ends[0] if ends and rng.random() < 0.4 else rng.choice(kinds)
            number = int(rng.choice(choices[KINDS[choices] == kind]))
        guide.advance(number)
        found.append(number)
    return found


def spots(score: Score, track: int, first: int, last: int) -> list[tuple[int, int, int]]:
    """Notes of a track that begin in some bars."""
    found = bars(score)
    return [(n.start, n.pitch, n.velocity) for n in score.tracks[track].notes
            if found[first].start <= n.start < found[last].start + found[last].length]


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(1, 40),
       st.lists(st.sampled_from([0, 24, 40, DRUMS]), min_size=1, max_size=4))
def test_as_many_bars_as_asked(seed: int, count: int, programs: Sequence[int]) -> None:
    tokens = followed(PieceGuide(bars=count, asked=ASKED, programs=programs), seed, 20_000)
    heading, _ = heading_in(tokens)
    assert Grammar.fault(tokens) is None
    assert (heading.style, heading.metre, heading.tempo, heading.key) == (4, 3, 16, 14)
    assert heading.programs == tuple(programs)
    score = decode(tokens)
    assert [str(bar.metre) for bar in bars(score)] == ["4/4"] * count
    assert [str(key) for key in score.keys] == ["D minor"]


def test_no_chord_is_beyond_a_player() -> None:
    """Drawn so that pitches creep upwards without end, as a network does that has lost its way."""
    programs = [0, 24, 42, DRUMS]
    guide, rng = PieceGuide(bars=6, asked=ASKED, programs=programs), np.random.default_rng(0)
    tokens: list[int] = []
    while not guide.is_done:
        choices = np.flatnonzero(guide.allowed())
        notes = choices[np.isin(KINDS[choices], (Kind.PITCH, Kind.DRUM))]
        tokens.append(int(notes[0]) if len(notes) else int(rng.choice(choices)))
        guide.advance(tokens[-1])
    score = decode(tokens)
    sizes = [max(Counter(note.start for note in track.notes).values()) for track in score.tracks]
    assert sizes == [10, 6, 4, 5]


def test_what_is_not_asked_for_is_drawn() -> None:
    headings = [heading_in(followed(PieceGuide(bars=1), seed))[0] for seed in range(12)]
    assert len({heading.style for heading in headings}) > 3
    assert len({len(heading.programs) for heading in headings}) > 1


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.sets(st.tuples(st.integers(0, 5), st.integers(0, 1))), st.integers(1, 4))
def test_locked_notes_stay(seed: int, locked: set[tuple[int, int]], gap: int) -> None:
    """A gap in the middle, some cells of which are locked; all others are made anew."""
    score = snapped(tune(10))
    whole = sheet_of(score, Wishes())
    end = 3 + gap
    given_cells = {bar: {track: whole.bars[bar].cells.get(track, ()) for b, track in locked if b == bar}
                   for bar, _ in locked if 3 <= bar < end}
    before = tokens_of(Sheet(whole.heading, whole.bars[:3], after=whole.bars[end:]), left=end).tolist()
    guide = PieceGuide(before, bars=end, given=given_cells)
    tokens = followed(guide, seed)
    assert guide.is_done
    assert tokens[: len(before)] == before
    assert Grammar.fault(tokens) is None
    made = decode(tokens)
    assert len(bars(made)) == end
    for track in (0, 1):
        assert spots(made, track, 0, 2) == spots(score, track, 0, 2)
    for bar, cells in given_cells.items():
        for track in cells:
            assert spots(made, track, bar, bar) == spots(score, track, bar, bar)


def test_a_melody_is_kept_and_a_silent_bar_stays_silent() -> None:
    score = snapped(tune(4))
    whole = sheet_of(score, Wishes())
    kept = {n: {0: bar.cells[0]} for n, bar in enumerate(whole.bars[:3])} | {3: {0: ()}}
    chords = {n: bar.chords for n, bar in enumerate(whole.bars)}
    asked = {Kind.METRE: whole.heading.metre}
    for seed in range(5):
        tokens = followed(PieceGuide(bars=4, asked=asked, programs=[73, 48], given=kept, chords=chords), seed)
        made = decode(tokens)
        assert spots(made, 0, 0, 2) == spots(score, 0, 0, 2)
        assert spots(made, 0, 3, 3) == []
        assert made.chords == score.chords


def test_a_long_piece_is_shortened_to_its_last_bars() -> None:
    whole = sheet_of(snapped(tune(30)), Wishes())
    guide = PieceGuide(bars=30)
    tokens = tokens_of(Sheet(whole.heading, whole.bars[:25]), left=30).tolist()
    short = guide.shortened(tokens, 200)
    assert len(short) <= 200
    assert Grammar.fault(short) is None
    assert short[-100:] == tokens[-100:]
    assert heading_in(short)[0] == whole.heading
    gap = tokens_of(Sheet(whole.heading, whole.bars[:25], after=whole.bars[25:27]), left=30).tolist()
    assert Kind.AFTER in KINDS[guide.shortened(gap, 400)]
    assert Kind.AFTER not in KINDS[guide.shortened(gap, 100)]
    assert Grammar.fault(guide.shortened(gap, 100)) is None


def test_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="0 bars"):
        PieceGuide(bars=0)
    with pytest.raises(ValueError, match="may not come"):
        PieceGuide(bars=1, asked=ASKED).advance(token(Kind.STYLE, 0))
