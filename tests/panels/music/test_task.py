"""The Music task: whatever a model of random weights writes, what comes out is what was asked for."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from studio.core.arrangement import Arrangement, Strip
from studio.core.jobs import JobState
from studio.core.score import TICKS, Chord, Key, Metre, Note, Score, Tempo, Track, bars
from studio.media.arrangement_midi import read_arrangement, write_arrangement
from tests.panels.music.conftest import Desk, passages
from tests.scores import groove, tune

BAR = 4 * TICKS


def check(made: Arrangement) -> None:
    """No note is stuck, out of the piece, or against another of its pitch."""
    end = bars(made.score)[-1].end
    for track in made.score.tracks:
        sounding: dict[int, int] = {}
        for note in track.notes:
            assert note.end <= end
            if not track.drums:
                assert sounding.get(note.pitch, 0) <= note.start
            sounding[note.pitch] = note.end


def within(score: Score, track: int, first: int, last: int) -> list[Note]:
    """Notes that begin in some bars of four quarters."""
    return [note for note in score.tracks[track].notes if first * BAR <= note.start < last * BAR]


def test_a_piece_from_nothing_is_as_asked(desk: Desk) -> None:
    outcome = desk.run("compose", seed=5, bars=6, metre="3/4", key="Dm", tempo=97.0, style="hymn",
                       valence="-1", energy="2", density=4)
    output, = outcome.outputs
    made = read_arrangement(output.read())
    check(made)
    assert [str(bar.metre) for bar in bars(made.score)] == ["3/4"] * 6
    assert [str(key) for key in made.score.keys] == ["D minor"]
    assert made.score.tempos[0].bpm == pytest.approx(97, abs=0.01)
    assert output.facts["do"] == "compose"
    assert output.facts["style"] == made.facts["style"] == "hymn"
    assert (output.facts["asked_valence"], output.facts["asked_energy"]) == (-1, 2)
    assert output.facts["notes"] == made.score.notes > 0
    assert output.facts["seconds"] == pytest.approx(18 * 60 / 97, abs=0.01)
    assert (output.kind, output.media_type, output.name) == ("score", "audio/midi",
                                                             "Hymn or chorale in D minor")
    assert outcome.models[0].id == "music-tiny"
    assert not any(made.own)


def test_a_dance_tune_is_one_line(desk: Desk) -> None:
    for seed in range(3):
        tune = desk.made("compose", style="irish", seed=seed, bars=3).score.tracks[0].notes
        assert len({note.start for note in tune}) == len(tune)


def test_the_same_seed_gives_the_same_bytes(desk: Desk) -> None:
    first, other, again = (desk.run("compose", seed=seed).outputs[0].read() for seed in (1, 2, 1))
    assert first == again != other


def test_what_it_asks_for_is_all_there_is(desk: Desk) -> None:
    """The chords of a new piece are those that were asked for, again and again."""
    made = desk.made("compose", bars=4, chords="Dm | G C", metre="4/4")
    assert [(chord.at, str(chord)) for chord in made.score.chords] == [
        (0, "Dm"), (BAR, "G"), (BAR + BAR // 2, "C"), (2 * BAR, "Dm"), (3 * BAR, "G"),
        (3 * BAR + BAR // 2, "C")]
    check(made)


def test_continue_keeps_what_is_there(desk: Desk) -> None:
    score = tune(6)
    made = desk.made("continue", Arrangement(score, own=(frozenset(score.tracks[0].notes),)), bars=5)
    check(made)
    assert len(bars(made.score)) == 11
    for before, after in zip(score.tracks, made.score.tracks, strict=True):
        assert (after.name, after.program) == (before.name, before.program)
        assert tuple(note for note in after.notes if note.start < 6 * BAR) == before.notes
    assert made.own[0] == frozenset(score.tracks[0].notes)
    assert made.score.notes > score.notes


def test_continue_in_another_metre_key_and_tempo(desk: Desk) -> None:
    made = desk.made("continue", tune(3), bars=2, metre="6/8", key="Am", tempo=80.0)
    assert [str(bar.metre) for bar in bars(made.score)] == ["4/4"] * 3 + ["6/8"] * 2
    assert made.score.keys[-1] == Key(3 * BAR, 9, minor=True)
    assert made.score.tempos[-1] == Tempo.of(80, 3 * BAR)


def test_a_file_is_continued_and_gives_its_name(desk: Desk) -> None:
    outcome = desk.run("compose", file=write_arrangement(Arrangement(tune(4))), name="My song.mid", bars=2)
    assert (outcome.outputs[0].name, outcome.outputs[0].facts["do"]) == ("My song", "continue")
    assert outcome.outputs[0].facts["bars"] == 6


def test_a_gap_is_filled_and_nothing_else_touched(desk: Desk) -> None:
    score = tune(8)
    made = desk.made("fill", score, first_bar=3, last_bar=5)
    check(made)
    assert made.score.length == score.length
    for number in (0, 1):
        assert within(made.score, number, 0, 2) == within(score, number, 0, 2)
        assert within(made.score, number, 5, 8) == within(score, number, 5, 8)
    assert within(made.score, 0, 2, 5) != within(score, 0, 2, 5)


def test_only_the_tracks_that_are_named(desk: Desk) -> None:
    score = tune(6)
    made = desk.made("fill", score, tracks="2", first_bar=2, last_bar=6)
    assert made.score.tracks[0] == score.tracks[0]
    assert within(made.score, 1, 1, 6) != within(score, 1, 1, 6)
    check(made)


def test_a_blank_page_with_tracks_is_filled(desk: Desk) -> None:
    made = desk.made("fill", Score((Track((), 40, name="Violin"), Track((), drums=True))), bars=3, tempo=70.0)
    assert len(bars(made.score)) == 3
    assert [(track.name, track.drums) for track in made.score.tracks] == [("Violin", False), ("", True)]
    assert made.score.notes
    check(made)


def test_a_gap_may_reach_beyond_the_end(desk: Desk) -> None:
    made = desk.made("fill", tune(4), first_bar=5, last_bar=6)
    assert len(bars(made.score)) == 6
    assert within(made.score, 0, 0, 4) == list(tune(4).tracks[0].notes)


def test_chords_written_ahead_are_followed(desk: Desk) -> None:
    score = replace(tune(4), chords=(Chord(0, 0), Chord(4 * BAR, 5), Chord(5 * BAR, 7)), length=6 * BAR)
    made = desk.made("continue", score, bars=3)
    assert made.score.chords == score.chords
    assert len(bars(made.score)) == 7


def test_a_melody_is_harmonised_with_chords_that_go_with_it(desk: Desk) -> None:
    score = replace(tune(4), tracks=tune(4).tracks[:1])
    made = desk.made("harmonise", score)
    check(made)
    assert made.score.tracks[0] == score.tracks[0]
    assert len(made.score.tracks) > 1
    assert all(not track.drums for track in made.score.tracks)
    assert {str(chord) for chord in made.score.chords} <= {"C", "Dm", "Em", "F", "G", "Am", "G7", "Dm7"}
    assert made.score.chords[0].at == 0


def test_a_melody_over_chords(desk: Desk) -> None:
    made = desk.made("melody", chords="C Am F G", bars=8, style="song", metre="4/4")
    assert [str(chord) for chord in made.score.chords] == ["C", "Am", "F", "G"] * 2
    assert len(bars(made.score)) == 8
    assert made.score.tracks[0].program == 52
    assert all(57 <= note.pitch <= 86 for note in made.score.tracks[0].notes)
    check(made)


def test_a_melody_over_the_chords_of_an_accompaniment(desk: Desk) -> None:
    score = tune(4)
    made = desk.made("melody", score)
    assert made.score.tracks[:2] == score.tracks
    assert made.score.tracks[2].notes
    lane = replace(Score(length=4 * BAR), chords=(Chord(0, 0), Chord(2 * BAR, 7)))
    over = desk.made("melody", lane)
    assert over.score.chords == lane.chords
    assert over.score.tracks[0].notes


def test_drums_and_bass_are_added(desk: Desk) -> None:
    score = tune(4)
    drums = desk.made("drums", score)
    assert drums.score.tracks[:2] == score.tracks
    assert drums.score.tracks[2].drums
    assert drums.score.tracks[2].notes
    bass = desk.made("bass", score)
    assert all(28 <= note.pitch <= 52 for note in bass.score.tracks[2].notes)
    assert desk.made("bass", groove()).score.tracks[0] == groove().tracks[0]
    check(drums)
    check(bass)


def test_vary_keeps_as_much_as_it_is_told(desk: Desk) -> None:
    score = tune(8)
    assert desk.made("vary", score, amount=0.0).score.tracks == score.tracks
    for amount in (0.3, 0.6, 1.0):
        made = desk.made("vary", score, amount=amount)
        check(made)
        assert made.score.tracks != score.tracks
    firsts = {note for note in score.tracks[0].notes if note.start % BAR == 0}
    assert firsts <= set(desk.made("vary", score, amount=0.8).score.tracks[0].notes)


def test_another_style_keeps_the_melody(desk: Desk) -> None:
    score = tune(6)
    made = desk.made("restyle", score, style="guitar")
    check(made)
    assert (made.score.tracks[0].notes, made.score.tracks[0].program) == (score.tracks[0].notes, 24)
    assert made.facts["style"] == "guitar"
    assert len(made.score.tracks) > 1
    feel = desk.made("restyle", score, style="irish", metre="6/8")
    check(feel)
    assert {str(bar.metre) for bar in bars(feel.score)} == {"6/8"}
    assert len(bars(feel.score)) == 6
    assert [n.pitch for n in feel.score.tracks[0].notes] == [n.pitch for n in score.tracks[0].notes]


def test_a_tune_alone_gets_chords_that_go_with_it(desk: Desk) -> None:
    made = desk.made("restyle", replace(tune(4), tracks=tune(4).tracks[:1]), style="hymn")
    assert {str(chord) for chord in made.score.chords} <= {"C", "Dm", "Em", "F", "G", "Am", "G7", "Dm7"}
    assert made.score.chords


def test_locked_notes_stay_in_another_style(desk: Desk) -> None:
    score = tune(4)
    locked = frozenset(score.tracks[1].notes[:2])
    outcome = desk.run("restyle", Arrangement(score, locked=(frozenset(), locked)), metre="3/4")
    made = read_arrangement(outcome.outputs[0].read())
    assert any(locked <= set(track.notes) for track in made.score.tracks)
    assert outcome.notes == ("The metre stays, since some notes are locked.",)


def test_bars_are_told_as_they_come(desk: Desk) -> None:
    outcome = desk.run("continue", tune(3), seed=4, bars=3)
    told = passages(desk.told)
    assert [(passage.bar, passage.start, passage.metre) for passage in told] == [
        (3, 3 * BAR, "4/4"), (4, 4 * BAR, "4/4"), (5, 5 * BAR, "4/4")]
    made = read_arrangement(outcome.outputs[0].read())
    for passage in told:
        for number, track in passage.tracks:
            starts = {(note.start, note.pitch) for note in made.score.tracks[number].notes}
            assert {(note.start, note.pitch) for note in track.notes} <= starts
    assert sum(len(track.notes) for passage in told for _, track in passage.tracks) \
        == made.score.notes - tune(3).notes


def test_enough_keeps_the_bars_that_are_finished(desk: Desk) -> None:
    finish = threading.Event()
    outcome = desk.run("compose", bars=30, finish=finish, seed=2,
                       emit=lambda ctx, message: finish.set() if '"bar":5' in desk.told else None)
    assert outcome.state is JobState.DONE
    assert "Stopped early" in outcome.notes[0]
    made = read_arrangement(outcome.outputs[0].read())
    assert len(bars(made.score)) == 30
    assert made.score.notes
    assert made.score.tracks[0].end < made.score.length


def test_cancel(desk: Desk) -> None:
    outcome = desk.run("compose", bars=50, emit=lambda ctx, message: ctx.cancel.cancel())
    assert outcome.state is JobState.CANCELLED


def test_a_piece_longer_than_the_model_can_see(desk: Desk, tmp_path: Path) -> None:
    made = desk.made("continue", tune(200), bars=3)
    assert len(bars(made.score)) == 203
    check(made)


def test_marks_and_mixer_stay(desk: Desk) -> None:
    score = tune(4)
    page = Arrangement(score, (Strip(-3.0, 0.25), Strip(is_muted=True)), (frozenset(score.tracks[0].notes),))
    made = desk.made("bass", page)
    assert made.strips == (*page.strips, Strip())
    assert made.own == (page.own[0], frozenset(), frozenset())


@pytest.mark.parametrize("metre", [Metre(0, 13, 8), Metre(0, 5, 32), Metre(0, 17, 16), Metre(0, 21, 1)])
def test_metres_that_tokens_cannot_say(desk: Desk, metre: Metre) -> None:
    """The notes that are there stay as they are; the model sees bars that it can say."""
    notes = tuple(Note(n * 500 + 7, 60 + n % 5, 430) for n in range(24))
    score = Score((Track(notes, 40),), metres=(metre, Metre(metre.bar, 4, 4), Metre(metre.bar + 1000, 3, 4)),
                  length=metre.bar + 16000)
    filled = desk.made("fill", score, first_bar=1, last_bar=2)
    start = [note for note in notes if note.start >= bars(score)[1].end]
    assert set(start) <= set(filled.score.tracks[0].notes)
    assert filled.score.metres == score.metres
    check(filled)
    drums = desk.made("drums", score)
    assert drums.score.tracks[0] == score.tracks[0]
    longer = replace(score, metres=(metre,), length=metre.bar, tracks=(Track(notes[:1], 40),))
    outcome = desk.run("continue", longer, bars=2)
    made = read_arrangement(outcome.outputs[0].read())
    assert made.score.tracks[0].notes[0] == notes[0]
    assert len(bars(made.score)) == 3
    assert "cannot count" in outcome.notes[0]
