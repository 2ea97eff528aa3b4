"""A sound of the project to look at and to hear."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from studio.core.jobs import Problem
from studio.media.sound.tape import FRAME
from studio.project.store import Asset
from studio.ui.document import Document
from studio.ui.playback_sinks import RATE
from studio.ui.playback_sound import SoundPlayer
from studio.ui.sound_looks import look
from studio.ui.sound_window import SoundWindow
from tests.sounds import encode_sound
from tests.ui.test_playback import Speaker


def sound(rate: int = 16_000, seconds: float = 2.0) -> bytes:
    time = np.arange(round(rate * seconds)) / rate
    return encode_sound((0.4 * np.sin(2 * np.pi * 440 * time)).astype(np.float32), rate)


@pytest.fixture
def speaker() -> Speaker:
    return Speaker()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, speaker: Speaker) -> Iterator[SoundWindow]:
    document = Document()
    with qtbot.waitSignal(document.opened, timeout=10_000):
        document.create(tmp_path / "a.atelier")
    made = SoundWindow(document, player=SoundPlayer(open_sink=lambda parent: speaker))
    qtbot.addWidget(made)
    yield made
    document.close()


def bring_in(qtbot: QtBot, window: SoundWindow, path: Path) -> list[Asset | Problem]:
    answers: list[list[Asset | Problem]] = []
    window._document.import_files([path], answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    return answers[0]


def test_it_is_shown_heard_and_gone_through(qtbot: QtBot, window: SoundWindow, speaker: Speaker,
                                            tmp_path: Path) -> None:
    path = tmp_path / "tune.wav"
    path.write_bytes(sound())
    (asset,) = bring_in(qtbot, window, path)
    assert isinstance(asset, Asset)
    assert (asset.kind, asset.facts["seconds"]) == ("audio", 2.0)
    window.show_asset(asset)
    qtbot.waitUntil(window.button.isEnabled, timeout=10_000)
    assert window.facts.text().startswith("16 kHz · mono · -1")
    assert window.time.text() == "0:00 / 0:02"
    window.picture.resize(400, 200)
    qtbot.mouseClick(window.picture, Qt.MouseButton.LeftButton, pos=QPoint(200, 50))
    assert window.time.text() == "0:01 / 0:02"
    qtbot.keyClick(window.picture, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(speaker.data) > RATE // 8 * FRAME)
    assert window.button.accessibleName() == "Pause"
    qtbot.keyClick(window.picture, Qt.Key.Key_Left)
    assert window.time.text() == "0:00 / 0:02"
    window.hide()
    assert not speaker.runs


def test_it_plays_to_its_end_and_stops(qtbot: QtBot, speaker: Speaker) -> None:
    player, places = SoundPlayer(open_sink=lambda parent: speaker), list[float]()
    player.moved.connect(places.append)
    player.set_sound(bytes(RATE * FRAME))
    player.play(0.5)

    def over() -> None:
        speaker.hear(0.05)
        assert not player.is_playing

    qtbot.waitUntil(over, timeout=10_000)
    assert len(speaker.data) == RATE // 2 * FRAME
    assert places[-1] == pytest.approx(1.0, abs=0.06)


def test_what_is_shown_is_what_is_there() -> None:
    found = look(sound(), "tune")
    assert not isinstance(found, Problem)
    assert (found.rate, found.channels, len(found.data)) == (16_000, 1, 2 * RATE * FRAME)
    assert max(high for _, high in found.peaks) == pytest.approx(0.4, abs=1e-3)
    assert found.loudness == pytest.approx(-11.7, abs=0.5)
    played = np.frombuffer(found.data, "<i2")[::2] / 32767
    assert np.flatnonzero((played[:-1] < 0) & (played[1:] >= 0)).size == pytest.approx(880, abs=2)


@pytest.mark.parametrize("data", [b"no sound", b"RIFF\0\0\0\0WAVEfmt ", b"fLaC"])
def test_a_bad_file_is_told(data: bytes) -> None:
    found = look(data, "tune.wav")
    assert isinstance(found, Problem)
    assert found.text.startswith("tune.wav cannot be read as sound.")


def test_a_dropped_file_that_is_no_sound_is_refused(qtbot: QtBot, window: SoundWindow,
                                                    tmp_path: Path) -> None:
    path = tmp_path / "tune.ogg"
    path.write_bytes(b"OggS but nothing more")
    (answer,) = bring_in(qtbot, window, path)
    assert isinstance(answer, Problem)
    assert "cannot be read as sound" in answer.text
