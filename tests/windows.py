"""The whole program in a window, with one panel and an engine process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import studio.panels
from studio.app import Studio, make_application
from studio.core.settings import PreferencesFile
from studio.project.store import Project

SECONDS = 90_000
"""Milliseconds that anything may take on a busy machine."""


@contextmanager
def opened(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, panel: str,
           path: Path | None = None) -> Iterator[Studio]:
    """The window with ``panel`` alone and a new project at ``path``, or the one without a name."""
    monkeypatch.setattr(studio.panels, "NAMES", (panel,))
    if path is not None:
        Project.create(path).close()
    kept = PreferencesFile()
    make_application(kept)
    found = Studio(kept)
    qtbot.addWidget(found.window)
    found.window.show()
    with qtbot.waitSignal(found.ready, timeout=SECONDS):
        found.start(path)
    yield found
    found.window.close()
