"""The Music panel as a person uses it: tracks, settings, playing, results, drops, draft."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import shiboken6
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.core.arrangement import Arrangement
from studio.core.jobs import JobState
from studio.core.score import Note, Score, Track
from studio.media.arrangement_midi import read_arrangement, write_arrangement
from studio.panels.music import PANEL, params
from studio.panels.music.notes import unpacked
from studio.panels.music.reasons import Standing, why_not
from studio.panels.music.task import MusicTask
from studio.panels.music.view import MusicView
from studio.panels.music.view_chord import read_chord
from studio.ui.reel_model import ASSET_MIME
from tests.panels.music.rolling import (
    BAR,
    CTRL,
    Composer,
    FakePlayer,
    click,
    key,
    middle,
    notes,
    piece,
    score_asset,
    shifted,
    start,
)
from tests.ui.fake_services import FakeAsset, FakeModel, FakeProject, drag_in, drag_out, drop

K = Qt.Key
LEFT = Qt.MouseButton.LeftButton


def player(view: MusicView) -> FakePlayer:
    """The one that was made at the first press of play."""
    made = view.page.playing._player
    assert isinstance(made, FakePlayer)
    return made


def chosen(view: MusicView, do: str) -> None:
    """Press one of the things to do."""
    QTest.mouseClick(view.settings.do.buttons[do], LEFT)


# ---- what a run would do


def test_the_window_need_not_import_the_task() -> None:
    assert (MusicTask.id, MusicTask.version) == (params.TASK, params.VERSION)


def test_composing_starts_from_nothing_and_going_on_from_the_roll(view: MusicView) -> None:
    (request,) = view.request_list()
    assert (request.params["do"], request.params["notes"]) == ("compose", "")
    chosen(view, "continue")
    (request,) = view.request_list()
    assert request.params["do"] == "continue"
    assert unpacked(str(request.params["notes"])) == view.page.sheet.arrangement


def test_the_gap_is_the_loop_or_what_is_chosen(view: MusicView) -> None:
    chosen(view, "fill")
    assert not view.request_list()
    assert "ruler" in view.settings.do.note.text()
    assert not view.run_bar.button.isEnabled()
    view.page.sheet.choose(notes(view)[4:6])
    (request,) = view.request_list()
    assert [request.params[name] for name in ("first_bar", "last_bar", "tracks")] == [2, 2, "1"]
    view.page.sheet.set_loop(BAR, 3 * BAR)
    (request,) = view.request_list()
    assert [request.params[name] for name in ("first_bar", "last_bar", "tracks")] == [2, 3, ""]
    assert view.run_bar.button.isEnabled()


def test_attempts_have_seeds_of_their_own(view: MusicView) -> None:
    view.settings.attempts.set_value(3)
    view.settings.seed.set_seed(7)
    assert [request.seed for request in view.request_list()] == [7, 8, 9]


def test_what_cannot_be_done_says_why() -> None:
    nothing, some = Standing(Arrangement(Score())), Standing(piece())
    drums = Standing(Arrangement(Score((piece().score.tracks[2],))))
    assert why_not("compose", nothing) == ""
    for do in ("continue", "fill", "harmonise", "drums", "bass", "vary", "restyle", "melody"):
        assert why_not(do, nothing), do
    assert not any(why_not(do, some) for do in ("continue", "harmonise", "drums", "bass", "vary", "melody"))
    assert why_not("harmonise", drums)
    assert not why_not("drums", drums)
    assert why_not("restyle", some)
    assert not why_not("restyle", replace(some, style="rock"))
    assert not why_not("melody", replace(nothing, has_chords=True))
    sound = replace(nothing, engine="music.gen")
    assert why_not("sound", nothing)
    assert why_not("sound", sound)
    assert not why_not("sound", replace(sound, prompt="rain on a roof"))
    assert why_not("compose", sound)


def test_sound_chooses_a_model_that_can(qtbot: QtBot, view: MusicView, project: FakeProject) -> None:
    project.models = [FakeModel("music-small", "Small", "music.onnx"), FakeModel("mine", "Mine", "music.gen")]
    view.reload_models()
    chosen(view, "sound")
    assert view.settings.form.fields["model"].value() == "mine"
    assert view.settings.form.fields["prompt"].isVisibleTo(view)
    assert not view.settings.form.fields["style"].isVisibleTo(view)
    chosen(view, "compose")
    assert view.settings.form.fields["model"].value() == "music-small"
    assert not view.settings.form.fields["prompt"].isVisibleTo(view)


def test_the_pad_and_the_lists_say_the_same(view: MusicView) -> None:
    pad = view.settings.pad.pad
    pad.setFocus()
    for pressed in (K.Key_Right, K.Key_Right, K.Key_Down):
        QTest.keyClick(pad, pressed)
    values = view.settings.form.values()
    assert (values["valence"], values["energy"]) == ("2", "-1")
    QTest.keyClick(pad, K.Key_Delete)
    assert (view.settings.form.values()["valence"], pad.place) == ("", None)
    QTest.mouseClick(pad, LEFT, pos=QPoint(46, 26))
    assert pad.place == (-2, 2)


# ---- tracks


def test_tracks_are_muted_named_added_and_removed(view: MusicView) -> None:
    tracks, sheet = view.page.tracks, view.page.sheet
    QTest.mouseClick(tracks.rows[1].mute, LEFT)
    assert [strip.is_muted for strip in sheet.arrangement.strips] == [False, True, False]
    QTest.mouseClick(tracks.rows[1], LEFT, pos=QPoint(40, 20))
    assert sheet.track == 1
    tracks.mixer.instrument.setCurrentIndex(tracks.mixer.instrument.findText("Cello"))
    tracks.mixer.instrument.activated.emit(tracks.mixer.instrument.currentIndex())
    tracks.mixer.name.setFocus()
    QTest.keyClicks(tracks.mixer.name, "Low")
    QTest.keyClick(tracks.mixer.name, K.Key_Return)
    assert (sheet.arrangement.score.tracks[1].program, sheet.arrangement.score.tracks[1].name) == (42, "Low")
    assert "Low" in tracks.rows[1].accessibleName()
    QTest.mouseClick(tracks.add, LEFT)
    assert (len(tracks.rows), sheet.track) == (4, 3)
    sheet.work_on(0)
    QTest.mouseClick(tracks.remove, LEFT)
    assert len(sheet.arrangement.score.tracks) == 3
    view.page.roll.setFocus()
    for _ in range(5):
        key(view, K.Key_Z, keys=CTRL)
    assert sheet.arrangement == piece()


def test_a_drag_of_the_volume_is_one_step(view: MusicView) -> None:
    slider, sheet = view.page.tracks.mixer.volume, view.page.sheet
    for gain in (-3.0, -6.0, -9.0):
        slider.moved_to.emit(gain)
    assert sheet.arrangement.strips[0].gain == -9.0
    sheet.undo()
    assert sheet.arrangement == piece()


def test_tempo_metre_and_key_of_the_piece(view: MusicView) -> None:
    fields, sheet = view.page.line.fields, view.page.sheet
    fields.tempo.setValue(90)
    fields.metre.setCurrentIndex(fields.metre.findText("3/4"))
    fields.metre.activated.emit(0)
    fields.key.setCurrentIndex(fields.key.findText("A minor"))
    fields.key.activated.emit(0)
    score = sheet.arrangement.score
    assert (round(score.tempos[0].bpm), str(score.metres[0]), str(score.keys[0])) == (90, "3/4", "A minor")
    sheet.undo()
    assert fields.key.currentText() == "C major"


# ---- playing


def test_it_plays_from_the_playhead_and_follows_edits(qtbot: QtBot, view: MusicView) -> None:
    view.page.roll.seek_wanted.emit(BAR)
    key(view, K.Key_Space)
    made = player(view)
    assert (made.state, made.tick, made.arrangement) == ("playing", BAR, view.page.sheet.arrangement)
    assert view.page.transport.play.accessibleName() == "Pause"
    made.go(2 * BAR)
    assert view.page.roll.playhead == 2 * BAR
    assert view.page.transport.place.text() == "3.1"
    key(view, K.Key_A, keys=CTRL)
    key(view, K.Key_Up)
    qtbot.waitUntil(lambda: made.arrangement == view.page.sheet.arrangement)
    key(view, K.Key_Space)
    assert made.state == "paused"
    assert view.page.roll.playhead == 2 * BAR
    key(view, K.Key_L)
    assert made.loop == view.page.sheet.loop == (0, 4 * BAR)


def test_the_roll_turns_pages_but_does_not_pull_a_person_back(view: MusicView) -> None:
    roll = view.page.roll
    roll.zoom(6.0)
    roll.seek_wanted.emit(0)
    key(view, K.Key_Space)
    across = roll.horizontalScrollBar()
    before = across.value()
    player(view).go(roll.map.tick_at(roll.map.width + 10))
    assert across.value() > before
    across.setValue(before)
    player(view).go(player(view).tick + 100)
    assert across.value() == before
    roll.seek_wanted.emit(3 * BAR)
    assert roll.map.left <= roll.map.x_of(3 * BAR) <= roll.map.width


def test_without_a_device_it_says_so_and_the_playhead_moves(view: MusicView) -> None:
    QTest.mouseClick(view.page.transport.play, LEFT)
    player(view).reason = "This machine has no sound device."
    player(view).state_changed.emit()
    assert view.page.transport.note.text() == "This machine has no sound device."
    player(view).go(960)
    assert view.page.roll.playhead == 960


def test_another_project_begins_in_silence(view: MusicView) -> None:
    key(view, K.Key_Space)
    made = player(view)
    view.flush()
    assert made.is_closed
    assert not view.page.playing.is_playing
    assert view.page.transport.play.accessibleName() == "Play"
    key(view, K.Key_Space)
    assert player(view) is not made


def test_the_player_ends_with_the_page(view: MusicView) -> None:
    QTest.mouseClick(view.page.transport.play, LEFT)
    made = player(view)
    shiboken6.delete(view.page)
    assert made.is_closed


# ---- results


def test_bars_are_shown_and_heard_as_they_come(qtbot: QtBot, view: MusicView, project: FakeProject) -> None:
    composer = Composer(view, project)
    start(view, Arrangement(Score()))
    QTest.mouseClick(view.run_bar.button, LEFT)
    composer.begin()
    composer.tell(Note(0, 60, 960), Note(960, 64, 960))
    assert view.stage.page() is view.page
    assert [note for _, note in view.page.roll.live] == [Note(0, 60, 960), Note(960, 64, 960)]
    QTest.mouseClick(view.page.transport.play, LEFT)
    assert player(view).grows
    composer.tell(Note(BAR, 62, 960), bar=1)
    qtbot.waitUntil(lambda: player(view).arrangement.score.length == 2 * BAR)  # type: ignore[union-attr]
    assert not view.page.roll.grab().isNull()
    composer.end(piece())
    qtbot.waitUntil(lambda: view.page.sheet.arrangement == piece())
    assert not view.page.roll.live
    qtbot.waitUntil(lambda: not player(view).grows)


def test_a_piece_on_its_way_takes_the_place_of_the_one_on_the_roll(
        view: MusicView, project: FakeProject) -> None:
    composer = Composer(view, project)
    view.page.sheet.work_on(2)
    view.run()
    composer.begin()
    composer.tell(Note(0, 90, 960))
    roll = view.page.roll
    assert roll.score.tracks[0].notes == (Note(0, 90, 960),)
    assert roll.map.pitch_at(roll.map.notes.top()) > 90 > roll.map.pitch_at(roll.map.notes.bottom())
    assert not roll.grab().isNull()
    assert roll.painted == 0, "the notes of the sheet wait"
    composer.job.state = JobState.CANCELLED
    view.show_job(composer.job)
    assert roll.score is view.page.sheet.arrangement.score


def test_a_result_goes_onto_the_roll_and_undo_brings_the_old_one_back(
        qtbot: QtBot, view: MusicView, project: FakeProject) -> None:
    composer = Composer(view, project)
    key(view, K.Key_Return, keys=CTRL)
    view.run()
    composer.begin()
    composer.end(shifted(2))
    qtbot.waitUntil(lambda: view.page.sheet.arrangement == shifted(2))
    view.page.roll.setFocus()
    key(view, K.Key_Z, keys=CTRL)
    assert view.page.sheet.arrangement == piece()


def test_attempts_stand_side_by_side(qtbot: QtBot, view: MusicView, project: FakeProject) -> None:
    composer, variants = Composer(view, project), view.page.variants
    view.settings.attempts.set_value(3)
    view.run()
    for at in range(3):
        composer.begin(at)
        composer.end(shifted(at + 1), f"piece {at}")
    qtbot.waitUntil(lambda: len(variants.items) == 3)
    assert variants.isVisible()
    first = variants.current
    assert view.page.sheet.arrangement == variants.items[first].arrangement
    view.page.variants.step(1)
    assert view.page.sheet.arrangement == variants.items[(first + 1) % 3].arrangement
    view.page.sheet.undo()
    assert view.page.sheet.arrangement == variants.items[first].arrangement
    view.run()
    assert not variants.isVisible()


def test_a_result_does_not_push_away_what_was_done_meanwhile(
        qtbot: QtBot, view: MusicView, project: FakeProject) -> None:
    composer = Composer(view, project)
    view.run()
    composer.begin()
    click(view, middle(view, notes(view)[0]))
    key(view, K.Key_Up)
    mine = view.page.sheet.arrangement
    composer.end(shifted(3))
    qtbot.waitUntil(lambda: len(view.page.variants.items) == 2)
    assert view.page.sheet.arrangement == mine
    assert composer.told
    view.page.variants.step(1)
    assert view.page.sheet.arrangement == shifted(3)


def test_a_failed_run_leaves_the_roll_as_it_was(view: MusicView, project: FakeProject) -> None:
    composer = Composer(view, project)
    view.run()
    job = composer.begin()
    composer.tell(Note(0, 60, 960))
    job.state = JobState.CANCELLED
    view.show_job(job)
    assert not view.page.roll.live
    assert view.page.sheet.arrangement == piece()


# ---- what comes in


def test_files_are_dropped_onto_the_roll(qtbot: QtBot, view: MusicView, project: FakeProject,
                                         tmp_path: Path) -> None:
    path = tmp_path / "tune.mid"
    path.write_bytes(write_arrangement(shifted(1)))
    project._import = lambda data, name: score_asset(project, read_arrangement(data), name)  # type: ignore[method-assign]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    assert drag_in(view.page, mime, QPointF(50, 300))
    assert view.page.zones.isVisible()
    drag_out(view.page)
    assert not view.page.zones.isVisible()
    assert drop(view.page, mime, QPointF(50, 300))
    qtbot.waitUntil(lambda: view.page.sheet.arrangement == shifted(1))
    assert view.settings.do.value() == "compose"
    assert drop(view.page, mime, QPointF(view.page.width() - 50, 300))
    qtbot.waitUntil(lambda: view.settings.do.value() == "continue")


def test_an_asset_of_the_reel_is_dropped_and_a_picture_is_answered(
        qtbot: QtBot, view: MusicView, project: FakeProject) -> None:
    told: list[str] = []
    view.told.connect(told.append)
    asset, picture = score_asset(project, shifted(5)), project.picture("sunset")
    for dropped in (asset, picture):
        mime = QMimeData()
        mime.setData(ASSET_MIME, dropped.id.encode())
        assert drop(view.page, mime, QPointF(50, 300))
    assert any("sunset" in words for words in told)
    qtbot.waitUntil(lambda: view.page.sheet.arrangement == shifted(5))


def test_other_files_are_left_to_the_window(view: MusicView, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "photo.png"))])
    assert not drag_in(view.page, mime, QPointF(50, 300))


def test_a_broken_score_is_a_card(qtbot: QtBot, view: MusicView, project: FakeProject) -> None:
    asset = score_asset(project, piece())
    project.blobs[asset.sha256] = b"MThd broken"
    view.give([asset])
    qtbot.waitUntil(lambda: view.stage.error.isVisible())
    assert view.page.sheet.arrangement == piece()


def test_a_score_from_the_reel_can_be_undone(qtbot: QtBot, view: MusicView, project: FakeProject) -> None:
    view.show_asset(score_asset(project, shifted(4)), QImage())
    qtbot.waitUntil(lambda: view.page.sheet.arrangement == shifted(4))
    view.page.sheet.undo()
    assert view.page.sheet.arrangement == piece()


def test_a_recording_is_followed_where_a_model_can(view: MusicView, project: FakeProject) -> None:
    told: list[str] = []
    view.told.connect(told.append)
    recording = FakeAsset("id-1", "hum", "1" * 64, "audio")
    view.give([recording])
    assert told
    assert view.settings.do.value() == "compose"
    project.models = [FakeModel("mine", "Mine", "music.gen")]
    view.reload_models()
    view.give([recording])
    view.settings.form.set_values({"prompt": "slow strings"})
    (request,) = view.request_list()
    (followed,) = request.inputs
    assert (request.params["do"], followed.role, followed.asset) == ("sound", "melody", "id-1")


# ---- draft, settings from elsewhere


def test_the_draft_holds_the_notes_exactly(qtbot: QtBot, view: MusicView, project: FakeProject) -> None:
    view.page.sheet.choose(notes(view)[:2])
    key(view, K.Key_K)
    key(view, K.Key_Up)
    view.page.sheet.set_loop(BAR, 2 * BAR)
    view.page.roll.zoom(1.3)
    arrangement = view.page.sheet.arrangement
    draft = json.loads(json.dumps(view.draft()))
    view.set_draft({})
    assert view.page.sheet.is_empty
    assert view.stage.page() is view.empty
    other = MusicView(PANEL, project.services())
    qtbot.addWidget(other)
    other.set_draft(draft)
    assert other.page.sheet.arrangement == arrangement
    assert other.page.sheet.loop == (BAR, 2 * BAR)
    assert other.page.roll.quarter == draft["zoom"]


def test_very_many_notes_are_packed_off_the_ui_thread(qtbot: QtBot, view: MusicView) -> None:
    many = Arrangement(Score((Track(tuple(Note(at * 60, 60 + at % 12, 60) for at in range(3000))),)))
    before = view.draft()["notes"]
    view.page.sheet.edit(many, ())
    assert not view.page.sheet.is_packed
    assert view.draft()["notes"] == before, "the last that was packed, at once"
    with qtbot.waitSignal(view.draft_changed):
        pass
    qtbot.waitUntil(lambda: view.page.sheet.is_packed)
    assert unpacked(view.draft()["notes"]) == many
    view.page.sheet.edit(piece(), ())
    view.page.sheet.edit(many, ())
    view.flush()
    assert view.page.sheet.is_packed, "closing waits for it"


def test_a_damaged_draft_is_an_empty_panel(view: MusicView) -> None:
    view.set_draft({"notes": "%%%", "track": "x", "loop": [1, "a"], "zoom": None, "place": 3, "do": 5})
    assert view.page.sheet.is_empty
    assert view.settings.do.value() == "compose"


def test_settings_of_a_recipe_bring_its_notes_back(view: MusicView) -> None:
    chosen(view, "fill")
    view.page.sheet.set_loop(BAR, 2 * BAR)
    (request,) = view.request_list()
    view.set_draft({})
    view.set_request(request, {})
    assert view.request_list() == [request]


def test_the_empty_place_leads_on(view: MusicView) -> None:
    view.set_draft({})
    QTest.mouseClick(view.empty.browse, LEFT)
    assert view.stage.page() is view.page
    assert view.page.hand.tool == "draw"
    view.set_draft({})
    QTest.mouseClick(view.empty.sample, LEFT)
    assert not view.page.sheet.is_empty
    assert view.page.sheet.arrangement.score.title == "Ode to Joy"


def test_mood_and_chords_are_told_after_a_while(qtbot: QtBot, view: MusicView) -> None:
    qtbot.waitUntil(lambda: bool(view.page.roll.reading.felt), timeout=8000)
    assert len(view.page.roll.reading.felt) == 4
    assert view.page.roll.chords
    assert view.settings.pad.pad.felt is not None


def test_chords_are_read_as_musicians_write_them() -> None:
    for text, meant in (("Am7", "Am7"), ("db", "C#"), ("F#min", "F#m"), ("BbM7", "Bbmaj7"), ("Co", "Cdim"),
                        ("G♯", "Ab"), ("nc", "N.C."), ("Hm", None), ("", None), ("C13b9", None)):
        found = read_chord(text)
        assert (str(found) if found else None) == meant, text
