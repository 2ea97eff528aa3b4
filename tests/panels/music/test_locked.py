"""Infilling keeps every locked note exactly."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.core.arrangement import Arrangement, Strip
from studio.core.score import Note, Score, Track, bars
from studio.panels.music.merge import beside, in_a_row
from tests.panels.music.conftest import Desk
from tests.panels.music.test_task import check
from tests.scores import scores


@st.composite
def pages(draw: st.DrawFn) -> Arrangement:
    """Any piece, on or off the grid, with some notes and perhaps a track locked."""
    score = draw(scores().filter(lambda score: bool(score.length)))
    locked = tuple(frozenset(draw(st.sets(st.sampled_from(track.notes)))) for track in score.tracks)
    strips = tuple(Strip(is_locked=draw(st.integers(0, 4)) == 0) for _ in score.tracks)
    return Arrangement(score, strips, locked=locked)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pages(), st.data())
def test_every_locked_note_stays_exactly(dice: Desk, page: Arrangement, data: st.DataObject) -> None:
    lines = bars(page.score)
    first = data.draw(st.integers(1, len(lines)))
    last = data.draw(st.integers(first, min(len(lines), first + 3)))
    outcome = dice.run("fill", page, data.draw(st.integers(0, 99)), first_bar=first, last_bar=last)
    if all(strip.is_locked for strip in page.strips):
        assert outcome.problem is not None
        assert "locked" in outcome.problem.text
        return
    if outcome.problem is not None:  # a tiny model may have nothing to say
        assert "no notes" in outcome.problem.text, outcome.problem.details
        return
    from studio.media.arrangement_midi import read_arrangement

    made = read_arrangement(outcome.outputs[0].read())
    start, end = lines[first - 1].start, lines[last - 1].end
    assert made.score.metres == page.score.metres
    assert (made.score.tempos, made.score.keys) == (page.score.tempos, page.score.keys)
    for number, (before, after) in enumerate(zip(page.score.tracks, made.score.tracks, strict=True)):
        stays = [n for n in before.notes if page.stays(number, n) or not start <= n.start < end]
        new = list(after.notes)
        for note in stays:  # as often as it was there
            new.remove(note)
        if page.strips[number].is_locked:
            assert not new
        for note in new:
            assert start <= note.start < note.end <= end
            assert before.drums or not any(kept.pitch == note.pitch and kept.start < note.end
                                           and note.start < kept.end for kept in stays)
    assert made.locked == page.locked


def test_locked_notes_of_a_chord_stay_together(desk: Desk) -> None:
    notes = tuple(Note(960 * n + 13, pitch, 700 + n) for n in range(8) for pitch in (48, 55, 64))
    page = Arrangement(Score((Track(notes, 0),)), locked=(frozenset(notes[6:18]),))
    for seed in range(4):
        made = desk.made("fill", page, seed)
        check(made)
        assert frozenset(notes[6:18]) <= set(made.score.tracks[0].notes)


def test_new_notes_make_room_for_those_that_stay() -> None:
    kept = [Note(1000, 60, 500), Note(4000, 62, 100)]
    new = [Note(0, 60, 960), Note(500, 60, 900), Note(1200, 60, 50), Note(1500, 60, 50), Note(995, 60, 40),
           Note(3900, 62, 400), Note(4900, 62, 400)]
    assert beside(kept, new, 5000) == [
        Note(0, 60, 500), Note(500, 60, 495), Note(1500, 60, 50), Note(3900, 62, 100), Note(4900, 62, 100)]


def test_one_voice_stays_one_voice() -> None:
    assert in_a_row([Note(0, 60, 900), Note(500, 62, 900)], [Note(700, 64, 10)]) == [
        Note(0, 60, 500), Note(500, 62, 200)]
