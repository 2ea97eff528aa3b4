"""What cannot be done is said in a sentence."""

from __future__ import annotations

import pytest

from studio.core.arrangement import Arrangement, Strip
from studio.core.score import TICKS, Note, Score, Track, bars
from studio.media.arrangement_midi import read_arrangement
from tests.panels.music.conftest import Desk
from tests.scores import groove, tune

TROUBLE = [
    ("compose", None, {"bars": 0}, "bars goes from 1 to 256; 0 is outside"),
    ("compose", None, {"bars": 10_000}, "10,?000 is outside"),
    ("compose", None, {"chords": "C Hm"}, "Hm is no chord"),
    ("compose", None, {"tempo": 1000.0}, "1000 is outside"),
    ("continue", None, {}, "no notes to go on from"),
    ("continue", Score(length=4000), {}, "no notes to go on from"),
    ("harmonise", groove(), {}, "only drums"),
    ("harmonise", None, {}, "no melody to harmonise"),
    ("restyle", groove(), {}, "no melody to keep"),
    ("melody", None, {}, "no chords to write a melody over"),
    ("drums", None, {}, "no notes to add to"),
    ("bass", Score(), {}, "no notes to add to"),
    ("vary", None, {}, "no notes to vary"),
    ("fill", None, {}, "no track to fill"),
    ("fill", tune(4), {"first_bar": 3, "last_bar": 2}, "The gap is empty"),
    ("fill", tune(4), {"first_bar": 9}, "no bar 9; the piece has 4"),
    ("fill", tune(4), {"last_bar": 900}, "no bar 900"),
    ("fill", tune(4), {"tracks": "3"}, "no track 3; the piece has 2"),
    ("fill", tune(4), {"tracks": "one"}, "no track one"),
    ("fill", Arrangement(tune(4), (Strip(is_locked=True),) * 2), {}, "Everything here is locked"),
    ("sound", None, {}, "no words"),
    ("sound", None, {"prompt": "rain", "model": "music-small"}, "writes notes"),
    ("sound", None, {"prompt": "rain"}, "cannot be used for this"),
]


@pytest.mark.parametrize(("do", "notes", "params", "words"), TROUBLE)
def test_a_clear_sentence(desk: Desk, do: str, notes: Score | None, params: dict[str, object],
                          words: str) -> None:
    outcome = desk.run(do, notes, **params)
    assert outcome.problem is not None
    assert not outcome.problem.is_bug, outcome.problem.details
    import re

    assert re.search(words, outcome.problem.text), outcome.problem.text


def test_damaged_notes(desk: Desk) -> None:
    for text in ("%%%", "aGVsbG8="):
        outcome = desk.run("fill", notes=None, **{"notes": text} if False else {}, tracks="")
        assert outcome.problem is not None
    for data in (b"", b"M", b"MThd\0\0", b"hello" * 9):
        outcome = desk.run("continue", file=data)
        assert outcome.problem is not None
        assert not outcome.problem.is_bug, outcome.problem.details


def test_a_hundred_and_twenty_eight_tracks(desk: Desk) -> None:
    """The model hears twelve; the others stay as they are."""
    tracks = tuple(Track(tuple(Note(TICKS * beat, 30 + n % 60, TICKS) for beat in range(1 + n % 9)), n)
                   for n in range(128))
    score = Score(tracks, length=16 * TICKS)
    for do in ("continue", "fill", "harmonise", "drums", "bass", "vary", "restyle", "melody"):
        outcome = desk.run(do, score, bars=1)
        assert outcome.problem is None, outcome.problem
        made = read_arrangement(outcome.outputs[0].read())
        if do != "restyle":
            assert len(made.score.tracks) >= 128
            same = sum(now == before for now, before in zip(made.score.tracks, tracks, strict=False))
            assert same >= 116
        if do in ("continue", "fill", "drums"):
            assert outcome.notes


def test_wishes_that_a_piece_does_not_grant_are_said(desk: Desk) -> None:
    outcome = desk.run("fill", tune(4), metre="3/4")
    assert outcome.notes == ("Metre, key and tempo stay those of the piece.",)
    assert len(bars(read_arrangement(outcome.outputs[0].read()).score)) == 4
