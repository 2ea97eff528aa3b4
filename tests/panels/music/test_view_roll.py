"""The piano roll under a person's hands: mouse, keys, undo."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.core.arrangement import Arrangement
from studio.core.score import TICKS, Note, Score, Track
from studio.panels.music.view import MusicView
from studio.panels.music.view_roll_notes import MOST
from studio.ui import theme
from tests.panels.music.rolling import (
    ALT,
    BAR,
    CTRL,
    LEFT,
    SHIFT,
    click,
    drag,
    key,
    middle,
    notes,
    piece,
    place,
    start,
)

K = Qt.Key


def test_a_note_is_moved_and_is_the_persons_then(view: MusicView) -> None:
    note = notes(view)[2]
    area = view.page.roll.map
    way = QPoint(round(area.quarter), -2 * area.row)
    drag(view, middle(view, note), middle(view, note) + way)
    moved = replace(note, start=note.start + TICKS, pitch=note.pitch + 2)
    assert moved in notes(view)
    assert note not in notes(view)
    assert len(notes(view)) == 16
    assert view.page.sheet.arrangement.own[0] == {moved}
    key(view, K.Key_Z, keys=CTRL)
    assert view.page.sheet.arrangement == piece()
    key(view, K.Key_Z, keys=CTRL | SHIFT)
    assert moved in notes(view)


def test_a_small_tremor_of_the_hand_moves_nothing(view: MusicView) -> None:
    at = middle(view, notes(view)[2])
    drag(view, at, at + QPoint(2, 1))
    assert view.page.sheet.arrangement == piece()
    assert not view.page.sheet.steps.can_undo


def test_moves_keep_to_the_grid_unless_alt_is_held(view: MusicView) -> None:
    note = notes(view)[0]
    view.page.hand.set_snap("1/4")
    drag(view, middle(view, note), middle(view, note) + QPoint(25, 0))
    assert notes(view)[0].start == 0 or TICKS in {n.start for n in notes(view)}
    assert all(n.start % TICKS == 0 for n in notes(view))
    key(view, K.Key_Z, keys=CTRL)
    drag(view, middle(view, note), middle(view, note) + QPoint(5, 0), ALT)
    (free,) = view.page.sheet.selection
    assert 0 < free.start < TICKS // 4


@pytest.mark.parametrize("edge", ["start", "end"])
def test_both_edges_change_the_length(view: MusicView, edge: str) -> None:
    note = notes(view)[5]
    rect = view.page.roll.map.rect(note.start, note.length, note.pitch)
    at = QPoint(round(rect.left()) + 2 if edge == "start" else round(rect.right()) - 2,
                round(rect.center().y()))
    drag(view, at, at + QPoint(-18 if edge == "start" else 18, 0))
    (now,) = view.page.sheet.selection
    assert now.length == note.length + TICKS // 2
    assert now.end == note.end if edge == "start" else now.start == note.start


def test_a_rubber_band_chooses_and_shift_and_ctrl_add_and_take_away(view: MusicView) -> None:
    first, second, third = notes(view)[:3]
    corner = place(view, first.start, first.pitch) + QPoint(0, 14)
    drag(view, corner, place(view, second.start, second.pitch) + QPoint(8, -5))
    assert view.page.sheet.selection == {first, second}
    click(view, middle(view, third), SHIFT)
    assert view.page.sheet.selection == {first, second, third}
    click(view, middle(view, first), SHIFT)
    assert view.page.sheet.selection == {second, third}
    drag(view, place(view, second.start, second.pitch) + QPoint(2, 14),
         place(view, second.start, second.pitch) + QPoint(14, -8), CTRL)
    assert view.page.sheet.selection == {third}
    click(view, place(view, 10 * TICKS, 45))
    assert not view.page.sheet.selection


def test_notes_are_drawn_and_erased(view: MusicView) -> None:
    key(view, K.Key_B)
    drag(view, place(view, 2 * TICKS, 70), place(view, 4 * TICKS, 70) - QPoint(3, 0))
    drawn = Note(2 * TICKS, 70, 2 * TICKS, 90)
    assert drawn in notes(view)
    assert drawn in view.page.sheet.arrangement.own[0]
    click(view, place(view, 8 * TICKS, 71))
    assert Note(8 * TICKS, 71, 2 * TICKS, 90) in notes(view), "as long as the last one"
    key(view, K.Key_E)
    drag(view, middle(view, drawn), middle(view, drawn) + QPoint(2, 0))
    assert drawn not in notes(view)
    assert len(notes(view)) == 17


def test_one_sweep_of_the_eraser_is_one_step(view: MusicView) -> None:
    key(view, K.Key_E)
    drag(view, middle(view, notes(view)[0]), middle(view, notes(view)[4]))
    assert len(notes(view)) == 11
    key(view, K.Key_Z, keys=CTRL)
    assert view.page.sheet.arrangement == piece()


def test_a_double_click_draws_and_escape_lets_go_of_a_drag(view: MusicView) -> None:
    QTest.mouseDClick(view.page.roll.viewport(), LEFT, pos=place(view, 3 * TICKS, 72))
    QTest.mouseRelease(view.page.roll.viewport(), LEFT, pos=place(view, 3 * TICKS, 72))
    assert any(note.pitch == 72 for note in notes(view))
    before = view.page.sheet.arrangement
    QTest.mousePress(view.page.roll.viewport(), LEFT, pos=middle(view, notes(view)[0]))
    QTest.mouseMove(view.page.roll.viewport(), middle(view, notes(view)[6]))
    key(view, K.Key_Escape)
    QTest.mouseRelease(view.page.roll.viewport(), LEFT, pos=middle(view, notes(view)[6]))
    assert view.page.sheet.arrangement is before


def test_the_velocity_lane_is_dragged(view: MusicView) -> None:
    note, area = notes(view)[3], view.page.roll.map
    at = QPoint(round(area.x_of(note.start)) + 1, round(area.velocity_y(note.velocity)))
    drag(view, at, QPoint(at.x(), round(area.velocity_y(120))))
    (now,) = view.page.sheet.selection
    assert abs(now.velocity - 120) <= 2
    assert (now.start, now.pitch, now.length) == (note.start, note.pitch, note.length)


def test_a_note_of_another_track_brings_its_track_to_the_front(view: MusicView) -> None:
    bass = notes(view, 1)[1]
    click(view, middle(view, bass))
    assert view.page.sheet.track == 1
    assert view.page.sheet.selection == {bass}


def test_ctrl_drag_leaves_a_copy(view: MusicView) -> None:
    note, area = notes(view)[0], view.page.roll.map
    drag(view, middle(view, note), middle(view, note) + QPoint(0, -12 * area.row), CTRL)
    assert {note, replace(note, pitch=72)} <= set(notes(view))


def test_the_ruler_seeks_and_loops_whole_bars(view: MusicView) -> None:
    roll = view.page.roll
    click(view, QPoint(round(roll.map.x_of(2 * TICKS)), 10))
    assert roll.playhead == 2 * TICKS
    drag(view, QPoint(round(roll.map.x_of(BAR + 100)), 10), QPoint(round(roll.map.x_of(2 * BAR + 100)), 10))
    assert view.page.sheet.loop == (BAR, 3 * BAR)
    key(view, K.Key_Escape)
    assert view.page.sheet.loop is None


def test_keys_do_what_the_mouse_does(view: MusicView) -> None:
    sheet = view.page.sheet
    key(view, K.Key_Right, keys=CTRL)
    (note,) = sheet.selection
    assert note == notes(view)[0]
    assert "C4" in view.page.roll.accessibleDescription()
    assert "1" in view.page.roll.accessibleDescription()
    key(view, K.Key_Right, K.Key_Right, K.Key_Up)
    assert sheet.selection == {replace(note, start=TICKS // 2, pitch=61)}
    key(view, K.Key_Up, keys=SHIFT)
    key(view, K.Key_Right, keys=SHIFT)
    key(view, K.Key_Up, keys=CTRL)
    assert sheet.selection == {Note(TICKS // 2, 73, TICKS + TICKS // 4, 85)}
    key(view, K.Key_Delete)
    assert len(notes(view)) == 15
    for _ in range(6):
        key(view, K.Key_Z, keys=CTRL)
    assert sheet.arrangement == piece()


def test_steps_by_the_same_key_are_undone_together(view: MusicView) -> None:
    key(view, K.Key_Right, keys=CTRL)
    key(view, K.Key_Right, K.Key_Right, K.Key_Right)
    key(view, K.Key_Z, keys=CTRL)
    assert view.page.sheet.arrangement == piece()


def test_copy_cut_paste_and_duplicate(view: MusicView) -> None:
    sheet = view.page.sheet
    sheet.choose(notes(view)[:4])
    key(view, K.Key_C, keys=CTRL)
    view.page.roll.seek_wanted.emit(4 * BAR)
    key(view, K.Key_V, keys=CTRL)
    assert len(notes(view)) == 20
    assert min(note.start for note in sheet.selection) == 4 * BAR
    assert sheet.selection <= sheet.arrangement.own[0]
    key(view, K.Key_X, keys=CTRL)
    assert notes(view) == piece().score.tracks[0].notes
    sheet.choose(notes(view)[-4:])
    key(view, K.Key_D, keys=CTRL)
    assert {note.start for note in sheet.selection} == {4 * BAR + at * TICKS for at in range(4)}


def test_quantise_goes_as_far_as_asked(view: MusicView) -> None:
    sheet = view.page.sheet
    start(view, Arrangement(Score((Track((Note(50, 60, 400), Note(1000, 62, 400))),), length=BAR)))
    view.page.hand.set_snap("1/4")
    view.page.hand.set_strength(0.5)
    key(view, K.Key_A, keys=CTRL)
    key(view, K.Key_Q)
    assert [note.start for note in notes(view)] == [25, 980]
    view.page.hand.set_snap("off")
    told: list[str] = []
    view.told.connect(told.append)
    key(view, K.Key_Q)
    assert told
    assert [note.start for note in notes(view)] == [25, 980]
    assert sheet.steps.can_undo


def test_notes_are_locked_and_keep_it_when_they_move(view: MusicView) -> None:
    sheet = view.page.sheet
    sheet.choose(notes(view)[:2])
    key(view, K.Key_K)
    assert sheet.arrangement.locked[0] == set(notes(view)[:2])
    key(view, K.Key_Up)
    assert sheet.arrangement.locked[0] == sheet.selection
    assert len(sheet.selection) == 2
    key(view, K.Key_K)
    assert not sheet.arrangement.locked[0]


def test_transposing_stops_at_the_end_of_the_keyboard(view: MusicView) -> None:
    key(view, K.Key_A, keys=CTRL)
    for _ in range(8):
        key(view, K.Key_Up, keys=SHIFT)
    pitches = [note.pitch for note in notes(view)]
    assert max(pitches) == 127
    assert max(pitches) - min(pitches) == 7, "as a whole"


def test_the_roll_takes_undo_from_the_window_only_while_it_has_the_focus(view: MusicView) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    for pressed, keys, is_ours in ((K.Key_Z, CTRL, True), (K.Key_Space, Qt.KeyboardModifier.NoModifier, True),
                                   (K.Key_Return, CTRL, False), (K.Key_K, CTRL, False)):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, pressed, keys)
        event.ignore()
        QApplication.sendEvent(view.page.roll, event)
        assert event.isAccepted() is is_ours, pressed


def test_chords_are_written_in_their_lane(view: MusicView) -> None:
    roll, line = view.page.roll, view.page.chord
    lane = roll.map.chords
    place = QPoint(round(roll.map.x_of(BAR)) + 3, round(lane.center().y()))
    QTest.mouseDClick(roll.viewport(), LEFT, pos=place)
    assert line.isVisible()
    QTest.keyClicks(line, "Bbmaj7")
    QTest.keyClick(line, K.Key_Tab)
    QTest.keyClicks(line, "f#m")
    QTest.keyClick(line, K.Key_Return)
    chords = {chord.at: str(chord) for chord in view.page.sheet.arrangement.score.chords}
    assert chords[BAR] == "Bbmaj7"
    assert chords[2 * BAR] == "F#m"
    assert not line.isVisible()
    told: list[str] = []
    view.told.connect(told.append)
    roll.seek_wanted.emit(0)
    key(view, K.Key_C)
    QTest.keyClicks(line, "Hmpf")
    QTest.keyClick(line, K.Key_Return)
    assert line.isVisible()
    assert "Hmpf" in told[0]
    QTest.keyClick(line, K.Key_Escape)
    assert not line.isVisible()


def test_zoom_keeps_what_is_under_the_pointer(view: MusicView) -> None:
    roll = view.page.roll
    roll.zoom(4.0)
    at = roll.map.left + 300.0
    tick = roll.map.tick_at(at)
    roll.zoom(1.5, at)
    assert abs(roll.map.tick_at(at) - tick) < TICKS / 24
    key(view, K.Key_1)
    assert (roll.quarter, roll.row) == (36.0, 11)
    key(view, K.Key_Plus)
    assert roll.quarter == pytest.approx(45.0)


def test_twenty_thousand_notes_are_not_all_painted(qtbot: QtBot, view: MusicView) -> None:
    dice = random.Random(1)
    many = tuple(Note(at * 240, dice.randint(36, 96), 230, dice.randint(30, 120)) for at in range(20_000))
    start(view, Arrangement(Score((Track(many),))))
    roll = view.page.roll
    roll.grab()
    assert 0 < roll.painted < 400, "what is in view"
    roll.fit()
    roll.grab()
    assert roll.map.x_of(many[-1].start) < roll.map.width
    assert MOST < roll.painted < 15_000, "two pixels of a row are painted once"
    roll.show_playhead(5000)
    roll.painted = -1
    QApplication.processEvents()
    roll.repaint()
    assert roll.painted == -1, "the playhead paints no note anew"
    click(view, middle(view, many[0]))
    key(view, K.Key_Up)
    assert len(notes(view)) == 20_000


def test_both_themes_paint_it_differently(view: MusicView) -> None:
    roll = view.page.roll
    pictures = []
    for name in ("dark", "light"):
        theme.theme().apply(name)
        pictures.append(roll.grab().toImage().pixelColor(roll.map.left + 300, roll.map.top + 30).lightness())
    theme.theme().apply("dark")
    assert pictures[0] < 100 < pictures[1]


def test_drums_have_their_names_and_rows(view: MusicView) -> None:
    key(view, K.Key_BracketLeft)
    assert view.page.sheet.track == 2
    key(view, K.Key_Right, keys=CTRL)
    assert "Bass drum" in view.page.roll.accessibleDescription()
    assert view.page.roll.map.left > 100


def test_what_is_in_the_middle_stays_there_when_the_roll_gets_lower(view: MusicView) -> None:
    roll = view.page.roll
    view.resize(1200, 1000)
    QApplication.processEvents()
    roll.look_at_pitch(64)
    tall = roll.map.notes.height()
    view.resize(1200, 700)
    QApplication.processEvents()
    area = roll.map
    assert area.notes.height() < tall - 100
    assert abs(area.pitch_at((area.notes.top() + area.notes.bottom()) / 2) - 64) <= 1
