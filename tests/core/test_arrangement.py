"""What an arrangement keeps of its marks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.core.arrangement import Arrangement, Strip
from studio.core.score import Note, Score, Track

FIRST, SECOND, OTHER = Note(0, 60, 960), Note(960, 62, 960), Note(0, 99, 1)


def arrangement() -> Arrangement:
    tracks = (Track((FIRST, SECOND)), Track((FIRST,), drums=True))
    return Arrangement(Score(tracks), own=(frozenset({FIRST, OTHER}),), locked=(frozenset({SECOND}),))


def test_every_track_has_a_strip_and_marks_of_its_own_notes_only() -> None:
    found = arrangement()
    assert found.strips == (Strip(), Strip())
    assert found.own == (frozenset({FIRST}), frozenset())


def test_marks_go_with_their_notes() -> None:
    found = arrangement()
    found = replace(found, score=replace(found.score, tracks=(Track((FIRST,)), *found.score.tracks[1:])))
    assert found.locked[0] == frozenset()
    assert found.own[0] == {FIRST}


def test_what_stays() -> None:
    found = arrangement()
    assert found.stays(0, SECOND)
    assert not found.stays(0, FIRST)
    assert Arrangement(found.score, (Strip(is_locked=True),)).stays(0, FIRST)


def test_who_is_heard() -> None:
    score = arrangement().score
    assert [Arrangement(score, (Strip(is_muted=True),)).is_heard(n) for n in (0, 1)] == [False, True]
    assert [Arrangement(score, (Strip(is_solo=True),)).is_heard(n) for n in (0, 1)] == [True, False]
    assert not Arrangement(score, (Strip(is_solo=True, is_muted=True),)).is_heard(0)


def test_a_strip_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match="out of range"):
        Strip(gain=13.0)
