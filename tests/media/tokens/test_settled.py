"""What is settled of a bar before it is made comes as it is settled."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.score import DRUMS, Metre, Note, Score, Track, bars
from studio.media.tokens.decode import decode, heading_in
from studio.media.tokens.grammar import Grammar
from studio.media.tokens.guide import PieceGuide
from studio.media.tokens.heading_guide import HeadingGuide
from studio.media.tokens.sayable import cut, sayable
from studio.media.tokens.settled import Settled, spots
from studio.media.tokens.sheet import Heading
from studio.media.tokens.snap import snapped
from studio.media.tokens.vocabulary import KINDS, LENGTHS, STEP, Kind, token
from tests.media.tokens.test_guide import ASKED, followed
from tests.scores import scores, tune

_SPOTS = st.dictionaries(st.tuples(st.integers(0, 95), st.integers(0, 127)),
                         st.integers(0, len(LENGTHS) - 1), max_size=6)


@settings(max_examples=25)
@given(st.integers(0, 10**6), _SPOTS, st.booleans())
def test_held_notes_come_among_others(seed: int, chosen: dict[tuple[int, int], int], single: bool) -> None:
    """Each of them once, with its length; with anything else between, or one at a time."""
    held = [(at, pitch, length) for (at, pitch), length in sorted(chosen.items())]
    drums = [(at, pitch, -1) for at, pitch, _ in held]
    guide = PieceGuide(bars=3, asked=ASKED, programs=[24, DRUMS], single=[0] if single else [],
                       settled={1: Settled(held={0: held, 1: drums})})
    tokens = followed(guide, seed, 20_000)
    assert Grammar.fault(tokens) is None
    bar = _bar(tokens, 1)
    assert [spot for spot in _cell(bar, 0) if spot[:2] in chosen] == held
    assert set(drums) <= set(_cell(bar, 1))
    if single:
        others = [spot[0] for spot in _cell(bar, 0) if spot[:2] not in chosen]
        assert not set(others) & {at for at, _, _ in held}
        assert len(set(others)) == len(others)


def test_metre_key_and_chords_of_bars() -> None:
    settled = {0: Settled(chords=(1, 11)), 1: Settled(metre=2, key=5, chords=(21,)), 2: Settled(metre=3)}
    tokens = followed(PieceGuide(bars=3, asked=ASKED, programs=[0], settled=settled), 4)
    made = decode(tokens)
    assert [str(bar.metre) for bar in bars(made)] == ["4/4", "3/4", "4/4"]
    assert [str(key) for key in made.keys] == ["D minor", "F major"]
    assert [str(chord) for chord in made.chords][:3] == ["C", "C#", "D"]


def test_chords_are_among_those_that_fit() -> None:
    fits = (frozenset({1, 41}), frozenset({71}))
    for seed in range(8):
        tokens = followed(PieceGuide(bars=1, asked=ASKED, programs=[0],
                                     settled={0: Settled(fitting=fits)}), seed)
        chords = [number - token(Kind.CHORD) for number in tokens if KINDS[number] == Kind.CHORD]
        assert chords[0] in fits[0]
        assert chords[1] == 71


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.integers(0, 60), st.integers(0, 40))
def test_pitches_stay_in_their_range(seed: int, low: int, width: int) -> None:
    guide = PieceGuide(bars=2, asked=ASKED, programs=[0, 40], ranges={1: (low, low + width)})
    made = decode(followed(guide, seed, 20_000))
    assert all(low <= note.pitch <= low + width for note in made.tracks[1].notes)


def test_a_bar_ends_at_last() -> None:
    """Whatever draws, a piece is finished: here always another note, where there can be one."""
    guide = PieceGuide(bars=1, asked=ASKED, programs=[0] * 12)
    count = 0
    while not guide.is_done:
        allowed = np.flatnonzero(guide.allowed())
        notes = allowed[np.isin(KINDS[allowed], (Kind.PITCH, Kind.LENGTH))]
        guide.advance(int(notes[0] if len(notes) else allowed[0]))
        count += 1
        assert count < 4000


def test_the_model_chooses_what_is_left_open_of_a_heading() -> None:
    for seed in range(20):
        heading = _heading(HeadingGuide({Kind.KEY: 7}, [52], least=3, most=4, may_drum=False), seed)
        assert (heading.key, heading.programs[0]) == (7, 52)
        assert 3 <= len(heading.programs) <= 4
        assert DRUMS not in heading.programs
        assert heading.style != 9
        assert _heading(HeadingGuide({}, [0]), seed).key != 24


@settings(max_examples=25)
@given(scores())
def test_any_piece_has_bars_that_can_be_said(score: Score) -> None:
    """The notes stay where they are; bars move by no more than half a sixteenth."""
    view = sayable(score)
    assert view.tracks == score.tracks
    lines = bars(view)
    if not lines:
        return
    for bar in bars(score):
        assert min(abs(line.start - bar.start) for line in lines) <= 120
    assert bars(snapped(view))[-1].end == lines[-1].end
    assert len(bars(snapped(view))) == len(lines)
    assert sayable(view) == view


def test_a_bar_that_is_cut_short_keeps_its_line() -> None:
    score = Score((Track((Note(0, 60, 241),)),), metres=(Metre(240, 3, 1),))
    assert [bar.start for bar in bars(sayable(score))][:2] == [0, 240]


def test_bars_that_cannot_be_said_are_split() -> None:
    score = Score((Track((Note(0, 60, 960),)),), metres=(Metre(0, 13, 8),), length=2 * 6240)
    assert [str(bar.metre) for bar in bars(sayable(score))] == ["7/8", "3/4", "7/8", "3/4"]
    for sixteenths in range(1, 70):
        long = Score(length=240 * sixteenths, metres=(Metre(0, 255, 1), Metre(240 * sixteenths - 1, 4, 4)))
        assert all(bar.length == bar.metre.bar for bar in bars(sayable(long)))


def test_a_part_of_a_piece() -> None:
    part = cut(tune(6), 2 * 3840, 4 * 3840)
    assert len(bars(part)) == 2
    assert [note.start for note in part.tracks[1].notes] == [0, 3840]
    assert part.tempos == tune(6).tempos


def _heading(guide: HeadingGuide, seed: int) -> Heading:
    return heading_in(followed(guide, seed))[0]  # type: ignore[arg-type]


def _bar(tokens: list[int], number: int) -> list[int]:
    starts = [at for at, each in enumerate(tokens) if KINDS[each] == Kind.BAR] + [len(tokens)]
    return tokens[starts[number] : starts[number + 1]]


def _cell(bar: list[int], track: int) -> list[tuple[int, int, int]]:
    """The notes of a track in a bar."""
    groups = itertools.groupby(bar, key=lambda number: KINDS[number] == Kind.TRACK)
    found, now = [], -1
    for is_track, group in groups:
        part = list(group)
        if is_track:
            now = part[-1] - token(Kind.TRACK)
        elif now == track:
            found = spots(part)
    assert STEP == 40
    return found
