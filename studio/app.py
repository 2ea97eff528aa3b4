"""Composition root of the window: wiring and nothing else.

The window is shown first, then everything behind it is made: document, runner, reel, panels.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from studio.core import guard
from studio.core.settings import PreferencesFile
from studio.panels import panels
from studio.ui import menus, theme, translation
from studio.ui.main_window import MainWindow

if TYPE_CHECKING:
    from studio.ui.crash import CrashHooks
    from studio.ui.workroom import Workroom


def run(path: Path | None = None) -> int:
    """Open the window on ``path``, or where a person left off; returns the exit code."""
    guard.install()
    kept = PreferencesFile()
    app = make_application(kept)
    studio = Studio(kept)
    studio.window.show()
    QTimer.singleShot(0, studio, partial(studio.start, path))
    hooks = _catch_errors(studio)
    app.aboutToQuit.connect(studio.close)
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: studio.window.close())
    code = app.exec()
    hooks.remove()
    if not studio.has_ended:  # Qt would abort over a thread that still runs; the project is closed and whole
        os._exit(code)
    return code


def _catch_errors(studio: Studio) -> CrashHooks:
    from studio.ui.crash import CrashHooks, start_logging

    start_logging()
    hooks = CrashHooks(studio)
    hooks.caught.connect(studio.tell_error)
    hooks.install()
    return hooks


def make_application(kept: PreferencesFile) -> QApplication:
    """The one QApplication, with its look and language."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    QCoreApplication.setApplicationName("Atelier")
    QGuiApplication.setApplicationDisplayName("Atelier")
    QGuiApplication.setDesktopFileName("org.atelier.Atelier")
    app.setStyle("Fusion")
    wanted = kept.preferences
    translation.install(app, wanted.language)
    theme.theme().reduce_motion = wanted.reduce_motion
    theme.theme().follow_system()
    theme.theme().apply(wanted.theme)
    return app


class Studio(QObject):
    """Holds the parts together for as long as the window is open."""

    ready = Signal()
    """The first panel is there."""
    _loaded = Signal()

    def __init__(self, kept: PreferencesFile) -> None:
        super().__init__()
        self.kept, self.panels = kept, panels()
        self.window = MainWindow()
        menus.make_frame(self.window, self.panels)
        self.window.restore_places(kept.recall("window"))
        self.window.closing.connect(self.close)
        self.room: Workroom | None = None
        self._is_closed = False
        self.has_ended = True
        """Whether every thread and process ended when it was closed."""

    def start(self, path: Path | None) -> None:
        """Make what stands behind the window, and open a project; `ready` says when it is there.

        Its modules are loaded beside the window, which answers meanwhile.
        """
        self._loaded.connect(partial(self._make_room, path))
        Thread(target=self._load, name="loading", daemon=True).start()

    def tell_error(self, error: BaseException) -> None:
        """Show an error that nobody caught."""
        if self.room is not None:
            self.room.tell_error(error)

    def close(self) -> None:
        """Keep everything, stop what runs, end the threads."""
        if not self._is_closed:
            self._is_closed = True
            if self.room is not None:
                self.has_ended = self.room.close()

    def _load(self) -> None:
        with contextlib.suppress(Exception):  # raised again, and then told, where it is imported for use
            for name in ("studio.ui.workroom", "studio.engines.devices", "psutil"):
                import_module(name)
            import_module(self.panels[0].view.partition(":")[0])
        with contextlib.suppress(RuntimeError):  # the window was closed meanwhile
            self._loaded.emit()

    def _make_room(self, path: Path | None) -> None:
        from studio.ui.workroom import Workroom

        if not self._is_closed:
            self.room = Workroom(self.window, self.kept, self.panels)
            self.room.ready.connect(self.ready)
            self.room.start(path)
