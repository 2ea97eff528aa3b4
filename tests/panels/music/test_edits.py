"""Edits of an arrangement, the grid, and finding notes: without a window."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as some

from studio.core.arrangement import Arrangement, Strip
from studio.core.score import TICKS, Chord, Key, Metre, Note, Score, Tempo, Track
from studio.panels.music import clip, edits, grid
from studio.panels.music.feelings import read
from studio.panels.music.sample import sample
from studio.panels.music.sights import NoteIndex
from studio.panels.music.steps import MOST, Steps

notes = some.builds(Note, some.integers(0, 5000), some.integers(0, 127), some.integers(1, 3000),
                    some.integers(1, 127))
crowds = some.lists(notes, min_size=1, max_size=30)


def arranged(found: list[Note]) -> Arrangement:
    return Arrangement(Score((Track(tuple(found)), Track((Note(0, 40, 10),)))))


@settings(max_examples=60, deadline=None)
@given(crowds, some.integers(0, 8000), some.integers(1, 3000))
def test_the_index_finds_what_sounds(found: list[Note], first: int, wide: int) -> None:
    track = Track(tuple(found))
    inside = [note for note in track.notes if note.start < first + wide and note.end > first]
    assert list(NoteIndex(track.notes).within(first, first + wide)) == inside


@settings(max_examples=60, deadline=None)
@given(crowds, some.integers(-9000, 9000), some.integers(-150, 150))
def test_notes_move_together_and_stay_on_the_keyboard(found: list[Note], ticks: int, by: int) -> None:
    chosen = frozenset(found)
    do = edits.mover(chosen, ticks, by)
    ways = {(do(note).start - note.start, do(note).pitch - note.pitch) for note in chosen}
    assert len(ways) == 1
    changed, now = edits.change(arranged(found), 0, chosen, do)
    assert now == frozenset(changed.score.tracks[0].notes) & now
    assert changed.score.tracks[1] == arranged(found).score.tracks[1]


@settings(max_examples=60, deadline=None)
@given(notes, some.integers(-9000, 9000), some.integers(1, 500), some.booleans())
def test_a_note_keeps_its_other_end(note: Note, ticks: int, least: int, at_start: bool) -> None:
    now = edits.stretcher(ticks, at_start=at_start, least=least)(note)
    assert now.length >= min(least, note.length)
    assert now.end == note.end if at_start else now.start == note.start


@settings(max_examples=60, deadline=None)
@given(some.integers(0, 10_000), some.sampled_from([ticks for _, ticks in grid.SNAPS if ticks]))
def test_the_grid(tick: int, step: int) -> None:
    near, under = grid.nearest(tick, step), grid.before(tick, step)
    assert near % step == under % step == 0
    assert abs(near - tick) <= step / 2
    assert 0 <= tick - under < step
    assert grid.pulled(tick, step, 0.0) == tick
    assert grid.pulled(tick, step, 1.0) == near


def test_marks_go_with_the_notes() -> None:
    first, second = Note(0, 60, 100), Note(200, 62, 100)
    made = replace(arranged([first, second]), locked=(frozenset((first,)),))
    changed, now = edits.change(made, 0, (first,), edits.louder(10))
    assert changed.own[0] == changed.locked[0] == now
    assert changed.own[1] == frozenset()
    untouched, _ = edits.change(made, 0, (first,), edits.louder(0))
    assert not untouched.own[0], "a change that changes nothing is none"


def test_tracks_come_and_go_with_all_that_is_theirs() -> None:
    made = edits.add_track(arranged([Note(0, 60, 100)]), Track((Note(0, 50, 10),)))
    made = edits.set_strip(made, 1, Strip(gain=-6.0))
    assert made.own[2] == {Note(0, 50, 10)}
    made = edits.remove_track(made, 0)
    assert [strip.gain for strip in made.strips] == [-6.0, 0.0]
    assert made.own[1] == {Note(0, 50, 10)}


def test_a_new_tempo_keeps_the_proportion_of_later_ones() -> None:
    made = Arrangement(Score(tempos=(Tempo.of(100), Tempo.of(50, 960))))
    assert [round(tempo.bpm) for tempo in edits.set_tempo(made, 120).score.tempos] == [120, 60]
    made = edits.set_metre(edits.set_key(made, Key(0, 9, True)), 6, 8)
    assert (str(made.score.keys[0]), made.score.metres) == ("A minor", (Metre(0, 6, 8),))
    made = edits.set_chord(edits.set_chord(made, 960, Chord(0, 5)), 0, Chord(0, 0))
    assert [str(chord) for chord in made.score.chords] == ["C", "F"]
    assert [str(chord) for chord in edits.set_chord(made, 0, None).score.chords] == ["F"]


def test_bars_go_on_after_the_end() -> None:
    ruler = grid.ruled(Score(metres=(Metre(0, 3, 4),)), 10 * TICKS)
    assert [bar.start for bar in ruler] == [0, 2880, 5760, 8640]
    assert grid.place_of(ruler, 2880 + 960) == (2, 2)
    assert grid.end_of_bar(Score((Track((Note(0, 60, 10),)),))) == 4 * TICKS


def test_steps_of_one_kind_are_one_and_the_rest_are_kept_up_to_a_limit() -> None:
    steps, ways = Steps(), [arranged([Note(at, 60, 10)]) for at in range(6)]
    for before in ways[:3]:
        steps.add(before, "nudge")
    steps.rest()
    steps.add(ways[3], "nudge")
    assert steps.undo(ways[4]) == ways[3]
    assert steps.undo(ways[3]) == ways[0]
    assert not steps.can_undo
    assert steps.redo(ways[0]) == ways[3]
    for _ in range(MOST + 10):
        steps.add(ways[0])
    count = 0
    while steps.can_undo:
        steps.undo(ways[0])
        count += 1
    assert count == MOST


@settings(max_examples=30, deadline=None)
@given(crowds, some.integers(0, 4000))
def test_the_clipboard_brings_them_elsewhere(found: list[Note], at: int) -> None:
    origin = min(note.start for note in found)
    came = clip.from_bytes(clip.to_bytes(found, origin), at)
    assert [replace(note, start=note.start - at + origin) for note in came] == sorted(found)
    assert clip.from_bytes(b"[[1,2]]", 0) == clip.from_bytes(b"hello", 0) == []


def test_the_sample_is_sound_music() -> None:
    made = sample()
    assert made.score.length == 8 * 4 * TICKS
    assert all(track.end <= made.score.length for track in made.score.tracks)
    told = read(made.score)
    assert len(told.felt) == 8
    assert told.chords == (), "it names its own"
    unnamed = read(replace(made.score, chords=()))
    assert {str(chord) for chord in unnamed.chords} <= {"D", "A", "A7", "Asus4", "Dsus4", "Em", "F#m"}
    assert read(Score()).felt == ()
