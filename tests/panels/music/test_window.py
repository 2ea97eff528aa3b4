"""A person's path through Music, in the whole window, with a real engine process and the model in the box."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.core.arrangement import Arrangement
from studio.core.score import Note, bars
from studio.media.arrangement_midi import read_arrangement
from studio.panels.music.view import MusicView
from studio.project.exporters import EXPORTERS, export_assets
from studio.project.store import Project
from tests.panels.music.rolling import key
from tests.windows import SECONDS, opened

K = Qt.Key


@pytest.fixture
def started(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Studio]:
    with opened(qtbot, monkeypatch, "music", tmp_path / "song.atelier") as found:
        yield found


def run(qtbot: QtBot, view: MusicView, do: str) -> Arrangement:
    """Choose what to do, let it be done; what is on the roll then."""
    before = view.page.sheet.arrangement
    QTest.mouseClick(view.settings.do.buttons[do], Qt.MouseButton.LeftButton)
    view.run()
    qtbot.waitUntil(lambda: view.page.sheet.arrangement is not before or view.stage.error.isVisible(),
                    timeout=SECONDS)
    assert view.stage.error.isHidden(), view.stage.error.message.text()
    return view.page.sheet.arrangement


def all_notes(arrangement: Arrangement) -> set[tuple[int, Note]]:
    return {(n, note) for n, track in enumerate(arrangement.score.tracks) for note in track.notes}


def test_compose_change_fill_hear_export_and_open_again(qtbot: QtBot, started: Studio,
                                                        tmp_path: Path) -> None:
    room = started.room
    assert room is not None
    view = room.panels.view("music")
    assert isinstance(view, MusicView)
    qtbot.waitUntil(lambda: room.document.is_open, timeout=SECONDS)
    view.settings.form.set_values({"style": "hymn", "metre": "4/4", "key": "G", "bars": 4, "tempo": 200.0})
    view.set_seed(5)
    composed = run(qtbot, view, "compose")
    assert len(bars(composed.score)) == 4
    assert not any(composed.own)

    sheet, deeds = view.page.sheet, view.page.deeds
    three = sheet.arrangement.score.tracks[sheet.track].notes[:3]
    sheet.choose(three)
    view.page.roll.setFocus()
    key(view, K.Key_Up)
    assert len(sheet.arrangement.own[sheet.track]) == 3, "a person's notes are told apart"
    deeds.lock()
    kept = {(sheet.track, note) for note in sheet.arrangement.own[sheet.track]}
    places = bars(sheet.arrangement.score)
    sheet.set_loop(places[1].start, places[2].end)
    before = {(n, note) for n, note in all_notes(sheet.arrangement)
              if not places[1].start <= note.start < places[2].end}
    filled = run(qtbot, view, "fill")
    assert kept <= all_notes(filled), "locked notes stay"
    assert before <= all_notes(filled), "what is outside the gap stays"

    view.page.playing.toggle()
    qtbot.waitUntil(lambda: view.page.roll.playhead > 0, timeout=SECONDS)
    view.page.playing.stop()

    view.flush()
    drafted = view.draft()
    started.window.close()
    path = tmp_path / "song.atelier"
    with Project.open(path) as project:
        scores = [asset for asset in project.assets() if asset.kind == "score"]
        assert len(scores) == 2
        assert all_notes(read_arrangement(project.content(scores[0].id))) == all_notes(filled)
        for exporter in EXPORTERS:
            if exporter.kind == "score":
                files = export_assets(project, scores[:1], tmp_path / exporter.id, format=exporter.id)
                assert all(file.stat().st_size > 100 for file in files), exporter.id
        assert project.draft("music")["notes"] == drafted["notes"], "the roll comes back as it was"
        assert project.integrity_check() == []
