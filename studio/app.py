"""Composition root of the window: wiring and nothing else.

The window is shown first, with the empty place of a panel (`studio.ui.entrance`); then the panel itself
(`studio.ui.early`); then everything behind it: document, runner, reel. Each time the modules are loaded
beside the window, which answers meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from studio.core import guard
from studio.core.panel import front_panel
from studio.core.settings import PreferencesFile
from studio.panels import panels
from studio.ui import menus, theme, translation
from studio.ui.entrance import Entrance
from studio.ui.main_window import MainWindow

if TYPE_CHECKING:
    from studio.core.panel import PanelSpec
    from studio.ui.crash import CrashHooks
    from studio.ui.drops import Drop
    from studio.ui.early import Early
    from studio.ui.workroom import Workroom

_BEHIND = ("studio.ui.workroom", "studio.engines.devices", "psutil")
"""Modules that stand behind the window."""
_FRAME_MS = 16
"""Between something new in the window and more work: it is painted first."""


def run(path: Path | None = None) -> int:
    """Open the window on ``path``, or where a person left off; returns the exit code."""
    guard.install()
    kept = PreferencesFile()
    app = make_application(kept)
    studio = Studio(kept)
    hooks: list[CrashHooks] = []
    studio.window.show()

    def begin() -> None:
        hooks.append(_catch_errors(studio))
        studio.start(path)

    QTimer.singleShot(0, studio, lambda: QTimer.singleShot(_FRAME_MS, studio, begin))  # counts from the paint
    app.aboutToQuit.connect(studio.close)
    code = app.exec()
    for hook in hooks:
        hook.remove()
    if not studio.has_ended:  # Qt would abort over a thread that still runs; the project is closed and whole
        os._exit(code)
    return code


def _catch_errors(studio: Studio) -> CrashHooks:
    import signal

    from studio.ui.crash import CrashHooks, start_logging

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: studio.window.close())
    start_logging()
    hooks = CrashHooks(studio)
    hooks.caught.connect(studio.tell_error)
    hooks.install()
    return hooks


def make_application(kept: PreferencesFile) -> QApplication:
    """The one QApplication, with its look and language."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        app = existing
        app.setStyle("Fusion")
    else:  # the style as an argument: `setStyle` would build all enumerations of QStyle, see studio.ui.quick
        app = QApplication([*sys.argv[:1], "-style", "Fusion"])
    QCoreApplication.setApplicationName("Atelier")
    QGuiApplication.setApplicationDisplayName("Atelier")
    QGuiApplication.setDesktopFileName("org.atelier.Atelier")
    wanted = kept.look()
    translation.install(app, wanted.language)
    theme.theme().reduce_motion = wanted.reduce_motion
    theme.theme().follow_system()
    theme.theme().apply(wanted.theme)
    return app


class Studio(QObject):
    """Holds the parts together for as long as the window is open."""

    ready = Signal()
    """Everything is there, and the project is asked for."""
    _loaded = Signal(object)

    def __init__(self, kept: PreferencesFile) -> None:
        super().__init__()
        self.kept, self.panels = kept, panels()
        self.window = MainWindow()
        menus.make_frame(self.window, self.panels)
        self.window.restore_places(kept.recall("window"))
        self.window.closing.connect(self.close)
        spec = front_panel(self.panels, kept.recall("last_panel"))
        self.entrance = Entrance(spec)
        self.window.set_entrance(self.entrance)
        self.window.rail.show_page(spec.id)
        self.room: Workroom | None = None
        self._early: Early | None = None
        self._dropped: list[Drop] = []
        self._is_closed = False
        self.has_ended = True
        """Whether every thread and process ended when it was closed."""
        self._loaded.connect(self._go_on)

    def start(self, path: Path | None) -> None:
        """Make the panel, then what stands behind the window, and open a project; `ready` says when it is
        there."""
        spec = front_panel(self.panels, self.kept.recall("last_panel"))
        view = spec.view.partition(":")[0]
        self._load(("studio.ui.early", view), partial(self._make_panel, spec, path))

    def tell_error(self, error: BaseException) -> None:
        """Show an error that nobody caught, also while nothing else is there yet."""
        from studio.core.jobs import problem_of

        self.window.notices.show_problem(problem_of(error))

    def close(self) -> None:
        """Keep everything, stop what runs, end the threads."""
        if not self._is_closed:
            self._is_closed = True
            if self.room is not None:
                self.has_ended = self.room.close()

    def _load(self, names: Sequence[str], then: Callable[[], None]) -> None:
        """Import ``names`` beside the window, then do ``then``."""
        Thread(target=self._import, args=(names, then), name="loading", daemon=True).start()

    def _import(self, names: Sequence[str], then: Callable[[], None]) -> None:
        with contextlib.suppress(Exception):  # raised again, and then told, where it is imported for use
            for name in names:
                import_module(name)
        with contextlib.suppress(RuntimeError):  # the window was closed meanwhile
            self._loaded.emit(then)

    def _go_on(self, then: Callable[[], None]) -> None:
        if not self._is_closed:
            then()

    def _make_panel(self, spec: PanelSpec, path: Path | None) -> None:
        from studio.ui.early import Early

        early = Early(spec)
        self._dropped = self.entrance.dropped
        self.window.add_page(spec.id, early.make)
        has_focus = self._is_focus_where_it_began()
        with contextlib.suppress(Exception):  # raised again, and told, when the room shows its first page
            view = self.window.show_page(spec.id)
            self._early = early
            if has_focus:
                early.focus()
            self.entrance.press_again(view)
        QTimer.singleShot(_FRAME_MS, self, partial(self._load, _BEHIND, partial(self._make_room, path)))

    def _is_focus_where_it_began(self) -> bool:
        focus = self.window.focusWidget()
        return focus in (None, self.window.room) or self.entrance.isAncestorOf(focus)

    def _make_room(self, path: Path | None) -> None:
        from studio.ui.workroom import Workroom

        self.window.finish()
        self.room = Workroom(self.window, self.kept, self.panels, self._early)
        self.room.document.opened.connect(self._do_what_waited)
        self.room.ready.connect(self.ready)
        self.room.start(path)

    def _do_what_waited(self) -> None:
        """The project is open: bring in what was dropped and pressed until now."""
        if self.room is None:
            return
        if self._early is not None:
            self._early.release()
        dropped, self._dropped, self._early = self._dropped, [], None
        self.room.drops.take_drops(dropped)
