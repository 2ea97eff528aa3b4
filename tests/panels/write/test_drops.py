"""Texts that are dropped on the whole window, and leave it again."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from pytestqt.qtbot import QtBot

import studio.panels
from studio.app import Studio, make_application
from studio.core.settings import PreferencesFile
from studio.media.pages.details import Details
from studio.media.pages.formats import encode
from studio.panels.write.view import WriteView
from studio.ui.drops import classify
from studio.ui.export_dialog import ExportDialog
from studio.ui.workroom import Workroom
from tests.panels.write.viewing import text

SECONDS = 60_000


@pytest.fixture
def room(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workroom]:
    """The window with Style in front, and Write behind it."""
    monkeypatch.setattr(studio.panels, "NAMES", ("style", "write"))
    kept = PreferencesFile()
    make_application(kept)
    found = Studio(kept)
    qtbot.addWidget(found.window)
    found.window.show()
    with qtbot.waitSignal(found.ready, timeout=SECONDS):
        found.start(None)
    assert found.room is not None
    yield found.room
    found.window.close()


def page(room: Workroom) -> str:
    view = room.panels.view("write")
    assert isinstance(view, WriteView)
    return text(view)


def test_a_dropped_word_document_is_on_the_page_and_leaves_as_a_book(
        room: Workroom, tmp_path: Path, qtbot: QtBot) -> None:
    story = "# The river\n\n*Once* 渡口.\n"
    (tmp_path / "Story.docx").write_bytes(encode(story, "docx", Details()))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "Story.docx"))])
    assert room.drops.say(classify(mime)) == "Bring in 1 text"
    room.drops.take(mime)
    qtbot.waitUntil(lambda: isinstance(room.panels.front, WriteView), timeout=SECONDS)
    qtbot.waitUntil(lambda: page(room).strip() == story.strip(), timeout=SECONDS)
    asset = room.reel.model.asset_at(room.reel.model.index(0))
    assert (asset.name, asset.kind) == ("Story", "text")
    room.reels.ask_export([asset])
    dialog = room.window.findChild(ExportDialog)
    assert dialog is not None
    folder = dialog.order().folder
    dialog.accept()
    qtbot.waitUntil(lambda: (folder / "Story.pdf").exists(), timeout=SECONDS)
    assert (folder / "Story.pdf").read_bytes().startswith(b"%PDF-")


def test_pasted_words_are_a_text_and_a_broken_document_is_answered(
        room: Workroom, tmp_path: Path, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setText("Just words, 世界.")
    room.drops.take(mime, keep_only=True)
    qtbot.waitUntil(lambda: room.reel.model.count() == 1, timeout=SECONDS)
    assert room.reel.model.asset_at(room.reel.model.index(0)).name == "Just words, 世界."
    with zipfile.ZipFile(tmp_path / "bad.docx", "w") as book:
        book.writestr("word/document.xml", "<broken")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "bad.docx"))])
    room.drops.take(mime)
    qtbot.waitUntil(lambda: any(card.kind == "bad" for card in room.window.notices.cards()), timeout=SECONDS)
    assert room.reel.model.count() == 1
