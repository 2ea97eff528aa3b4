"""A window that cannot open is found out before Qt ends the process."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from studio.cli import display, entry
from studio.core.errors import StudioError

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="other systems always have a display"
)


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


def test_no_display_is_a_sentence_and_exit_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.main([], lambda path: 0) == 1
    said = capsys.readouterr().err
    assert said.startswith("atelier: There is no display")
    assert said.count("\n") == 1


def test_a_display_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    with pytest.raises(StudioError, match=":4711 does not answer"):
        display.check()


def test_a_display_that_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4712")
    monkeypatch.setattr(display, "missing_library", lambda: "")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0/tmp/.X11-unix/X4712")
        server.listen()
        display.check()


def test_a_missing_system_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", "elsewhere:0")
    monkeypatch.setattr(display, "missing_library", lambda: "libxcb-cursor.so.0")
    with pytest.raises(StudioError, match=r"libxcb-cursor\.so\.0.*apt install"):
        display.check()


def test_offscreen_needs_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    opened: list[Path | None] = []
    assert entry.main(["My Work.atelier"], lambda path: opened.append(path) or 0) == 0
    assert entry.main([], lambda path: opened.append(path) or 0) == 0
    assert opened == [Path("My Work.atelier"), None]
