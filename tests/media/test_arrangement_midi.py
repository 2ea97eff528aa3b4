"""Arrangements as bytes: everything comes back, other programs read the notes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import symusic
from hypothesis import given
from hypothesis import strategies as st

from studio.core.arrangement import Arrangement, Strip
from studio.core.errors import StudioError
from studio.core.score import TICKS, Note, Score, Track
from studio.media.arrangement_midi import read_arrangement, texts_of, write_arrangement
from studio.media.midi_read import read_midi
from studio.media.midi_write import write_midi
from tests.scores import groove, scores, tune

_STRIPS = st.builds(Strip, st.floats(-60, 12), st.floats(-1, 1), st.booleans(), st.booleans(), st.booleans())
_NOTE = st.builds(Note, st.integers(0, 9), st.integers(60, 62), st.integers(1, 9), st.integers(1, 127))
_TRACK = st.builds(Track, st.lists(_NOTE, max_size=8).map(tuple), st.integers(0, 127), st.booleans(),
                   st.text(max_size=5))


@st.composite
def arrangements(draw: st.DrawFn) -> Arrangement:
    """Any, with tracks without notes, and notes that lie over each other."""
    score = draw(scores())
    extra = draw(st.lists(_TRACK, max_size=2))
    score = replace(score, tracks=(*score.tracks, *extra), title=draw(st.text(max_size=5)))
    some = st.tuples(*(st.frozensets(st.sampled_from(t.notes)) if t.notes else st.just(frozenset[Note]())
                       for t in score.tracks))
    return Arrangement(score, tuple(draw(st.lists(_STRIPS, max_size=6))), draw(some), draw(some),
                       draw(st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=2)))


@given(arrangements())
def test_there_and_back(arrangement: Arrangement) -> None:
    data = write_arrangement(arrangement, ["a recipe"])
    assert read_arrangement(data) == arrangement
    assert write_arrangement(read_arrangement(data), ["a recipe"]) == data
    assert texts_of(data) == ("a recipe",)


@given(arrangements())
def test_any_program_reads_the_notes(arrangement: Arrangement) -> None:
    theirs = symusic.Score.from_midi(write_arrangement(arrangement))
    mine = sorted((t.program, t.drums, n.start, n.pitch) for t in arrangement.score.tracks for n in t.notes)
    assert mine == sorted((t.program, t.is_drum, n.start, n.pitch) for t in theirs.tracks for n in t.notes)


def test_equal_ones_are_the_same_bytes() -> None:
    first, again = Arrangement(tune(), (Strip(-6, 0),)), Arrangement(tune(), (Strip(-6.0, -0.0),))
    assert first == again
    assert write_arrangement(first) == write_arrangement(again)


def test_nothing_at_all() -> None:
    for empty in (Arrangement(Score()), Arrangement(Score((Track(name="Piano"),), length=4 * TICKS))):
        assert read_arrangement(write_arrangement(empty)) == empty


def test_volume_and_pan_are_controllers() -> None:
    mixed = Arrangement(tune(), (Strip(-12, -1), Strip(12, 1, is_muted=True)))
    assert [(place.volume, place.pan) for place in read_midi(write_arrangement(mixed)).places] == [
        (50, 1), (127, 127)]
    plain = [(place.volume, place.pan) for place in read_midi(write_arrangement(Arrangement(tune()))).places]
    assert plain == [(100, 64), (100, 64)]


def test_another_program_s_file() -> None:
    controls = (((7, 50), (10, 0)), ((7, 0), (10, 127)), ())
    score = Score((*tune().tracks, *groove().tracks))
    found = read_arrangement(write_midi(score, (), controls))
    assert [(strip.gain, strip.pan) for strip in found.strips] == [(-12.04, -1.0), (-60.0, 1.0), (0.0, 0.0)]
    assert found.score.tracks == score.tracks
    assert not any(found.own)


def test_another_program_changed_the_notes() -> None:
    """The marks are about notes that are no longer there."""
    first = Arrangement(tune(), (Strip(-3),), own=(frozenset(tune().tracks[0].notes),))
    text = f"atelier:{_said(write_arrangement(first))}"
    changed = replace(tune(), tracks=(Track((Note(0, 50, 960),), name="Other"),))
    found = read_arrangement(write_midi(changed, [text]))
    assert found == Arrangement(replace(changed, length=found.score.length))


@pytest.mark.parametrize("text", [f"atelier:{said}" for said in ("", "[]", "{}", "[" * 9999, "1")],
                         ids=range(5))
def test_a_text_that_only_begins_as_ours(text: str) -> None:
    assert read_arrangement(write_midi(tune(), [text])).score == tune()


@pytest.mark.parametrize("key", ["title", "facts", "strips", "tracks", "own", "locked", "crossed"])
@pytest.mark.parametrize("value", [None, [[[]]], {"9": [[1, 2, 3, 4]]}, [[99]], 7, missing := ...])
def test_a_text_that_is_wrong(key: str, value: object) -> None:
    """Somebody wrote it by hand: the notes are read all the same."""
    data = write_arrangement(Arrangement(tune()))
    said = json.loads(_said(data))
    if value is missing:
        del said[key]
    else:
        said[key] = value
    controls = (((7, 100), (10, 64)),) * 2
    found = read_arrangement(write_midi(tune(), [f"atelier:{json.dumps(said)}"], controls))
    assert found.score.tracks == tune().tracks


def test_foreign_files_without_notes_are_refused() -> None:
    with pytest.raises(StudioError, match="has no notes"):
        read_arrangement(write_midi(Score((Track(),))))
    with pytest.raises(StudioError, match="empty"):
        read_arrangement(b"")


def _said(data: bytes) -> str:
    start = data.index(b"atelier:") + 8
    return json.dumps(json.JSONDecoder().raw_decode(data[start:].decode("latin-1"))[0])
