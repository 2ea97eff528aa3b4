"""The tools of Image in the whole window, with a real engine process and a tiny painter."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.core import places
from studio.panels.image.view import ImageView
from studio.panels.image.view_vary import COUNT
from studio.project.store import Asset, Project
from tests.model_sheets import sticker_painter
from tests.ui.fake_services import picture_file
from tests.windows import SECONDS, opened

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def started(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Studio]:
    sticker_painter(places.user_models() / "tiny")
    with opened(qtbot, monkeypatch, "image", tmp_path / "pictures.atelier") as found:
        yield found


@pytest.fixture
def view(qtbot: QtBot, started: Studio) -> ImageView:
    room = started.room
    assert room is not None
    view = room.panels.view("image")
    assert isinstance(view, ImageView)
    qtbot.waitUntil(lambda: room.document.is_open, timeout=SECONDS)
    view.settings.form.set_values({"model": "tiny", "steps": 2})
    view.settings.prompt.use("red apple")
    qtbot.waitUntil(lambda: bool(view.services.models()), timeout=SECONDS)
    view.reload_models()
    assert view.bench.play.has_room
    return view


def wait(qtbot: QtBot, view: ImageView, count: int = 1) -> None:
    """Until what was asked for is there, and on the canvas."""
    strip = view.page.strip
    qtbot.waitUntil(lambda: len(strip.results()) == count or view.stage.error.isVisible(), timeout=SECONDS)
    assert view.stage.error.isHidden(), view.stage.error.message.text()
    qtbot.waitUntil(lambda: not view.run_bar.is_working, timeout=SECONDS)


def made(path: Path) -> list[tuple[Asset, np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]]:
    """Everything painted, in order."""
    with Project.open(path) as project:
        found = [one for one in project.assets() if one.panel == "image"]
        return [(one, np.asarray(Image.open(BytesIO(project.content(one.id))).convert("RGB")))
                for one in sorted(found, key=lambda one: one.created)]


def test_wandering_a_sheet_a_cell_of_it_and_more_like_that(qtbot: QtBot, started: Studio, view: ImageView,
                                                           tmp_path: Path) -> None:
    QTest.keyClick(view.bench.play.pad, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: view.showcase.is_standing_in, timeout=SECONDS)
    assert view.stage.page() is view.page
    view.bench.play.set_values({})
    view.settings.form.set_values({"transparent": False})
    view.settings.size.set_value("64x64")
    view.bench.maker.set_texts("seed=3,4", "steps=1,2")
    view.bench.maker.button.click()
    wait(qtbot, view)
    qtbot.waitUntil(view.bench.picker.isVisible, timeout=SECONDS)
    facts = view.page.strip.results()[0].facts
    sheet = facts["sheet"]
    middle = QPointF((sheet["left"] + 1.4 * sheet["cell_width"]) / facts["width"],
                     (sheet["top"] + 0.4 * sheet["cell_height"]) / facts["height"])
    qtbot.waitUntil(lambda: view.canvas.after is not None and view.bench._made is not None, timeout=SECONDS)
    with qtbot.waitSignal(view.told, timeout=SECONDS):
        QTest.mouseClick(view.canvas, LEFT, pos=view.canvas.to_point(middle).toPoint())
    assert view.settings.seed.seed() == 4
    QTest.mouseClick(view.run_bar.button, LEFT)
    wait(qtbot, view)
    qtbot.waitUntil(view.bench.vary.isEnabled, timeout=SECONDS)
    view.bench.vary.near.click()
    wait(qtbot, view, count=COUNT)
    started.window.close()
    (_, page), (alone, picture), *near = made(tmp_path / "pictures.atelier")
    assert (alone.seed, len(near)) == (4, COUNT)
    top, left = sheet["top"], sheet["left"] + sheet["cell_width"]
    assert (page[top:top + 64, left:left + 64] == picture).all(), "a cell is the picture of its settings"
    distance = [np.abs(one.astype(int) - picture).mean() for _, one in near]
    assert all(far > 0 for far in distance)


def test_a_mask_and_room_around_in_a_picture(qtbot: QtBot, started: Studio, view: ImageView,
                                             tmp_path: Path) -> None:
    photo = picture_file(tmp_path / "hill.png", width=96, height=64)
    view.services.import_files([photo], lambda assets: view.give(assets, "picture"))
    qtbot.waitUntil(lambda: view.canvas.before is not None, timeout=SECONDS)
    QTest.keyClick(view, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert view.canvas.brush.is_on
    view.canvas.brush.set_options(diameter=40, hardness=1.0)
    middle = view.canvas.picture_rect().center().toPoint()
    QTest.mousePress(view.canvas, LEFT, pos=middle)
    QTest.mouseMove(view.canvas, middle + QPoint(10, 0))
    QTest.mouseRelease(view.canvas, LEFT, pos=middle + QPoint(10, 0))
    QTest.mouseClick(view.run_bar.button, LEFT)
    wait(qtbot, view)
    view.bench.extend.drag((0, 0, 32, 16))
    view.set_seed(5)
    QTest.mouseClick(view.run_bar.button, LEFT)
    wait(qtbot, view)
    started.window.close()
    (_, within), (_, wide) = made(tmp_path / "pictures.atelier")
    original = np.asarray(Image.open(photo).convert("RGB"))
    assert within.shape == original.shape
    assert (within[:8] == original[:8]).all(), "what is not marked stays to the bit"
    assert not (within == original).all()
    assert wide.shape == (80, 128, 3)
    assert (wide[:8, :80] == original[:8, :80]).all()
