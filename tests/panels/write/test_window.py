"""Write in the whole window, with a real engine process and a tiny model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.panels.write.view import WriteView
from tests import gguf_files
from tests.panels.write.conftest import WILD
from tests.panels.write.viewing import CTRL, text
from tests.windows import SECONDS, opened


@pytest.fixture
def studio_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    with opened(qtbot, monkeypatch, "write") as found:
        yield found


def test_the_same_seed_writes_the_same_text_and_the_project_has_it(qtbot: QtBot, studio_window: Studio,
                                                                   tmp_path: Path) -> None:
    room = studio_window.room
    assert room is not None
    view = room.panels.view("write")
    assert isinstance(view, WriteView)
    editor = view.page.editor
    qtbot.waitUntil(lambda: room.document.is_open and not editor.isReadOnly(), timeout=SECONDS)
    model = gguf_files.model(tmp_path / "tiny.gguf", llama__context_length=1024)
    view.settings.form.set_values({"model": str(model), **WILD})
    view.set_seed(7)
    editor.setFocus()
    QTest.keyClicks(editor, "The wind and")
    written = []
    for _ in range(2):
        view.run()
        qtbot.waitUntil(lambda: not view.run_bar.is_working, timeout=SECONDS)
        assert view.stage.error.isHidden(), view.stage.error.message.text()
        written.append(text(view))
        QTest.keyClick(editor, Qt.Key.Key_Z, CTRL)
        assert text(view) == "The wind and"
    assert written[0] == written[1]
    assert len(written[0]) > len("The wind and")
    kept = {option.asset for option in view.scribe.forks.options.values()}
    assert len(kept) == 2
    qtbot.waitUntil(lambda: all(room.reel.model.asset(asset) for asset in kept), timeout=SECONDS)
    assert view.page.sheet() is None, "what is on the page is shown nowhere else"
