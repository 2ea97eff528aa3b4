"""Pictures of other programs are dropped on the window, and their settings used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

import studio.panels
from studio.app import Studio, make_application
from studio.core.jobs import JobState, Request
from studio.core.settings import PreferencesFile
from studio.project.store import Project
from studio.ui.jobs import Job

TOLD = """a ((stone)) bridge, <lora:mist:0.6>
Negative prompt: people
Steps: 24, Sampler: Euler a, CFG scale: 6.5, Seed: 4242, Size: 640x384, Model: bridges, Clip skip: 2"""


@pytest.fixture
def started(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Studio]:
    monkeypatch.setattr(studio.panels, "NAMES", ("image",))
    Project.create(tmp_path / "a.atelier").close()
    kept = PreferencesFile()
    make_application(kept)
    found = Studio(kept)
    qtbot.addWidget(found.window)
    found.window.show()
    with qtbot.waitSignal(found.ready, timeout=60_000):
        found.start(tmp_path / "a.atelier")
    room = found.room
    assert room is not None
    qtbot.waitUntil(lambda: room.document.is_open, timeout=60_000)
    yield found
    found.window.close()


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    info = PngInfo()
    info.add_text("parameters", TOLD)
    Image.new("RGB", (64, 40), "teal").save(tmp_path / "bridge.png", pnginfo=info)
    return tmp_path / "bridge.png"


def notices(started: Studio) -> list[str]:
    return [f"{card.message} {card.hint}".strip() for card in started.window.notices.cards()]


def is_filled(started: Studio) -> Callable[[], bool]:
    assert started.room is not None
    view = started.room.panels.view("image")
    return lambda: view.draft()["params"]["prompt"] == "a ((stone:1.1):1.1) bridge"


def check(started: Studio, qtbot: QtBot) -> None:
    assert started.room is not None
    draft = started.room.panels.view("image").draft()
    wanted = {"negative": "people", "steps": 24, "guidance": 6.5, "size": "640x384", "model": "image-small",
              "scheduler": "euler-ancestral", "add_ons": ""}
    assert draft["params"].items() >= wanted.items()
    assert draft["seed"] == 4242
    assert draft["pictures"] == []
    assert any(words.startswith("Settings taken over.") and "bridges, mist" in words and "Clip skip" in words
               for words in notices(started))


def test_a_dropped_picture_offers_its_settings(started: Studio, foreign: Path, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(foreign))])
    assert started.room is not None
    started.room.drops.take(mime)
    qtbot.waitUntil(lambda: any("another program" in words for words in notices(started)), timeout=30_000)
    offers = started.window.notices.findChildren(QPushButton, "notice.offer")
    next(button for button in offers if button.text() == "Use these settings").click()
    qtbot.waitUntil(is_filled(started), timeout=30_000)
    check(started, qtbot)


def test_one_for_the_panels_own_place_does_too(started: Studio, foreign: Path, qtbot: QtBot) -> None:
    assert started.room is not None
    view = started.room.panels.view("image")
    view.services.import_files([foreign], view.give)
    qtbot.waitUntil(lambda: any("another program" in words for words in notices(started)), timeout=30_000)
    qtbot.waitUntil(lambda: len(view.draft()["pictures"]) == 1, timeout=30_000)


def test_a_picture_from_a_browser_does_too(started: Studio, foreign: Path, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setData("image/png", foreign.read_bytes())
    assert started.room is not None
    started.room.drops.take(mime)
    qtbot.waitUntil(lambda: any("another program" in words for words in notices(started)), timeout=30_000)


def test_so_does_one_that_is_in_the_project(started: Studio, foreign: Path, qtbot: QtBot) -> None:
    assert started.room is not None
    document, panels = started.room.document, started.room.panels
    document.call(lambda project: project.import_file(foreign, "bridge.png"), panels.use_settings)
    qtbot.waitUntil(is_filled(started), timeout=30_000)
    check(started, qtbot)


def test_one_that_tells_nothing_says_so(started: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "plain.png")
    assert started.room is not None
    document, panels = started.room.document, started.room.panels
    document.call(lambda project: project.import_file(tmp_path / "plain.png", "p"), panels.use_settings)
    qtbot.waitUntil(lambda: any("has no recipe" in words for words in notices(started)), timeout=30_000)


def test_what_all_pictures_of_a_run_say_is_told_once(started: Studio) -> None:
    assert started.room is not None
    for batch, times in (("one", 3), ("two", 2), ("", 2)):
        for _ in range(times):
            job = Job("id", Request("image", 1, {}), "Make picture", "image", batch, state=JobState.DONE,
                      notes=("It does not know: smiling.", f"Of {batch or 'none'}."))
            started.room.runner.ended.emit(job)
        told = notices(started)
        assert told.count("It does not know: smiling.") == (1 if batch else 2)
        assert told.count(f"Of {batch or 'none'}.") == (1 if batch else 2)
        for card in started.window.notices.cards():
            card.close_notice()
