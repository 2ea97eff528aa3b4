"""Music in the window: how it comes in, what is told of it, and how it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSpinBox
from pytestqt.qtbot import QtBot

from studio.core.arrangement import Arrangement
from studio.core.jobs import AssetKind, Problem
from studio.media.midi_write import write_midi
from studio.media.scores.xml_write import write_musicxml
from studio.project.assets import Asset
from studio.ui.document import Document
from studio.ui.export_dialog import ExportDialog
from studio.ui.reel_model import Filter, ReelModel
from studio.ui.thumbnails import Thumbnails
from studio.ui.widgets import words
from tests.project.making import png
from tests.scores import groove, tune


def asset(kind: AssetKind = "score", **facts: object) -> Asset:
    created = "2026-01-01T00:00:00+00:00"
    return Asset("Tune", kind, "Tune", "audio/midi", "0" * 64, 10, created, "made", facts=facts)


@pytest.fixture
def document(qtbot: QtBot, tmp_path: Path) -> Iterator[Document]:
    made = Document()
    made.create(tmp_path / "a.atelier")
    qtbot.waitUntil(lambda: made.is_open, timeout=10_000)
    yield made
    made.close()


def test_scores_come_in_beside_others_in_order(qtbot: QtBot, document: Document, tmp_path: Path) -> None:
    contents = {"b.musicxml": write_musicxml(Arrangement(groove())), "a.png": png(1),
                "wrong.mid": b"nonsense", "c.mid": write_midi(tune())}
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    got: list[Asset | Problem] = []
    document.import_files([tmp_path / name for name in contents], got.extend)
    qtbot.waitUntil(lambda: len(got) == 4, timeout=20_000)
    assert [item.kind if isinstance(item, Asset) else item.text for item in got] == [
        "score", "image", "wrong.mid is not a MIDI file. Choose a .mid file.", "score"]
    last = got[-1]
    assert isinstance(last, Asset)
    assert (last.name, last.facts["bars"], last.facts["key"]) == ("c", 8, "C major")


def told(document: Document, item: Asset) -> Any:
    thumbnails = Thumbnails(document, 96)
    model = ReelModel(thumbnails)
    model.set_filter(Filter())
    model.reset([item])
    thumbnails.close()
    return model.index(0).data(Qt.ItemDataRole.ToolTipRole)


def test_the_reel_tells_how_long_it_plays(qtbot: QtBot, document: Document) -> None:
    known = asset(bars=32, seconds=64.2, key="D minor", metre="6/8")
    assert told(document, known) == "Tune\n32 bars · 1:04 · D minor · 6/8"
    assert told(document, asset("audio", seconds=3725.0)) == "Tune\n1:02:05"
    assert told(document, asset()) == "Tune"


def test_scores_are_counted(qtbot: QtBot) -> None:
    assert words.counted(1, {"score"}) == "1 score"
    assert words.counted(3, {"score"}) == "3 scores"
    assert words.counted(3, {"score", "audio"}) == "3 files"


def titles(dialog: ExportDialog) -> list[str]:
    box = dialog.findChild(QComboBox, "export.format")
    assert box is not None
    return [box.itemText(number) for number in range(box.count())]


def choose(dialog: ExportDialog, title: str) -> None:
    box = dialog.findChild(QComboBox, "export.format")
    assert box is not None
    box.setCurrentText(title)
    assert box.currentText() == title


def test_a_score_can_leave_as_notes_and_as_sound(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ExportDialog([asset()], tmp_path)
    qtbot.addWidget(dialog)
    assert titles(dialog) == ["MIDI", "Sheet music (MusicXML)", "WAV", "FLAC", "Ogg Vorbis",
                              "Stems: each track as WAV"]
    assert (dialog.order().exporter, dialog.order().options, dialog.order().is_slow) == ("midi", {}, True)
    reverb, bits = dialog.findChild(QSpinBox, "export.reverb"), dialog.findChild(QComboBox, "export.bits")
    assert reverb is not None
    assert bits is not None
    assert not reverb.isEnabled()
    choose(dialog, "WAV")
    assert reverb.isEnabled()
    reverb.setValue(35)
    bits.setCurrentText("24 bits")
    assert dialog.order().options == {"bits": 24, "reverb": 35}
    choose(dialog, "Ogg Vorbis")
    assert not bits.isEnabled()
    assert dialog.order().options == {"reverb": 35}
    assert reverb.accessibleName() == "Reverb"


def test_a_soundfont_can_be_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ExportDialog([asset()], tmp_path, wanted="flac")
    qtbot.addWidget(dialog)
    fonts = dialog.findChild(QComboBox, "export.font")
    assert fonts is not None
    fonts.setCurrentIndex(fonts.count() - 1)
    assert (dialog.order().exporter, dialog.order().options["font"]) == ("flac", fonts.currentData())


def test_a_recording_has_no_notes(qtbot: QtBot, tmp_path: Path) -> None:
    for items in ([asset("audio")], [asset("audio"), asset()]):
        dialog = ExportDialog(items, tmp_path)
        qtbot.addWidget(dialog)
        assert titles(dialog) == ["WAV", "FLAC", "Ogg Vorbis"]
        assert "bits" not in dialog.order().options
        assert dialog.order().kinds == {item.kind for item in items}
    mixed = ExportDialog([asset("image"), asset()], tmp_path)
    qtbot.addWidget(mixed)
    assert not mixed.order().is_slow
