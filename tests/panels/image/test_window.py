"""A person's path through Image, in the whole window, with a real engine process and a tiny painter."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.core import places
from studio.panels.image.view import ImageView
from studio.project.store import Asset, Project
from tests.model_sheets import sticker_painter
from tests.ui.fake_services import drop, picture_file
from tests.windows import SECONDS, opened


@pytest.fixture
def started(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Studio]:
    sticker_painter(places.user_models() / "tiny")
    with opened(qtbot, monkeypatch, "image", tmp_path / "pictures.atelier") as found:
        yield found


def view_of(qtbot: QtBot, started: Studio) -> ImageView:
    room = started.room
    assert room is not None
    view = room.panels.view("image")
    assert isinstance(view, ImageView)
    qtbot.waitUntil(lambda: room.document.is_open, timeout=SECONDS)
    view.settings.form.set_values({"model": "tiny", "steps": 2})
    view.settings.size.set_value("64x64")
    view.settings.refresh()
    return view


def make(qtbot: QtBot, view: ImageView, seed: int, count: int = 1) -> None:
    """Press the big button and wait for the pictures."""
    view.settings.form.set_values({"count": count})
    view.set_seed(seed)
    QTest.mouseClick(view.run_bar.button, Qt.MouseButton.LeftButton)
    strip = view.page.strip
    qtbot.waitUntil(lambda: len(strip.results()) == count or view.stage.error.isVisible(), timeout=SECONDS)
    assert view.stage.error.isHidden(), view.stage.error.message.text()
    qtbot.waitUntil(lambda: not view.run_bar.is_working, timeout=SECONDS)


def pixels(project: Project, asset: Asset) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    with Image.open(BytesIO(project.content(asset.id))) as image:
        return np.asarray(image)


def test_words_a_batch_one_of_it_alone_and_a_picture_to_start_from(qtbot: QtBot, started: Studio,
                                                                  tmp_path: Path) -> None:
    view = view_of(qtbot, started)
    view.focus_first()
    QTest.keyClicks(view.settings.prompt.edit, "red aples, blorbfish")
    qtbot.waitUntil(lambda: view.settings.prompt.count.text() != "", timeout=SECONDS)
    assert "“aples” as “apple”" in view.settings.prompt.said.text()
    assert "Not known: “blorbfish”" in view.settings.prompt.said.text()

    make(qtbot, view, 7, count=3)
    assert [asset.facts["width"] for asset in view.page.strip.results()] == [64, 64, 64]
    qtbot.waitUntil(lambda: view.canvas.after is not None, timeout=SECONDS)
    make(qtbot, view, 8)

    view.settings.form.set_values({"count": 1})
    hill = picture_file(tmp_path / "hill.png", width=64, height=64)
    assert drop(view.stage, _file(hill), QPointF(200, 200))
    qtbot.waitUntil(lambda: bool(view.pictures.pictures()), timeout=SECONDS)
    make(qtbot, view, 8)
    drafted = view.draft()
    started.window.close()

    with Project.open(tmp_path / "pictures.atelier") as project:
        painted = sorted((asset for asset in project.assets() if asset.panel == "image"),
                         key=lambda asset: asset.created)
        assert [asset.seed for asset in painted] == [7, 8, 9, 8, 8]
        batch, alone, over = painted[1], painted[3], painted[4]
        assert (pixels(project, batch) == pixels(project, alone)).all(), "a picture of a batch is that alone"
        assert not (pixels(project, alone) == pixels(project, over)).all()
        recipe = project.recipe(over.id)
        assert recipe is not None
        assert [item.role for item in recipe.request.inputs] == ["picture"]
        assert project.draft("image")["params"] == drafted["params"]
        assert project.integrity_check() == []


def _file(path: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    return mime
