"""Everything behind the window: made once it is shown, taken down when it closes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.core import places
from studio.core.jobs import problem_of
from studio.core.panel import PanelSpec, front_panel
from studio.core.preferences import Preferences
from studio.core.settings import PreferencesFile
from studio.ui import drops, menus, theme
from studio.ui.batch_desk import BatchDesk
from studio.ui.document import Document
from studio.ui.drop_desk import DropDesk
from studio.ui.garbage import Garbage
from studio.ui.main_window import MainWindow
from studio.ui.model_desk import ModelDesk
from studio.ui.notices import Offer
from studio.ui.panel_desk import PanelDesk
from studio.ui.panel_view import PanelView
from studio.ui.parts import Parts
from studio.ui.pictures import Pictures
from studio.ui.project_desk import ProjectDesk
from studio.ui.queue_desk import QueueDesk
from studio.ui.reel import Reel
from studio.ui.reel_desk import ReelDesk
from studio.ui.runner import Runner

if TYPE_CHECKING:
    from studio.ui.early import Early
    from studio.ui.palette import CommandPalette


class Workroom(QObject):
    """Makes the desks and connects them; each desk knows its own business."""

    ready = Signal()
    """The first panel and the menus are there."""

    def __init__(self, window: MainWindow, kept: PreferencesFile, panels: Sequence[PanelSpec],
                 early: Early | None = None) -> None:
        """``early`` is the panel that was there before the room."""
        super().__init__(window)
        self.window, self.kept, self._panels_list = window, kept, panels
        self._garbage = Garbage(self)
        self.document = Document(self)
        self.runner = Runner(self.document, {spec.id: spec.task for spec in panels},
                             memory_share=kept.preferences.memory_share, device=kept.preferences.device,
                             parent=self)
        self.reel = Reel(self.document, panels, window)
        window.set_reel(self.reel)
        parts = Parts(window, self.document, self.runner, self.reel, Pictures(self.document, self),
                      kept, panels)
        self.models = ModelDesk(window)
        self.panels = PanelDesk(parts, self.models.models)
        self.models.changed.connect(self.panels.reload_models)
        if early is not None and isinstance(view := window.made_page(early.spec.id), PanelView):
            self.panels.adopt(early, view)
        self.projects = ProjectDesk(parts)
        self.reels = ReelDesk(parts, self.panels)
        self.queue = QueueDesk(parts)
        self.batches = BatchDesk(parts, self.panels)
        self.drops = DropDesk(parts, self.panels, self.projects, self.models.import_files)
        self.drops.folder_wanted.connect(self.batches.ask)
        self.panels.export_wanted.connect(lambda asset: self.reels.ask_export([asset]))
        self._palette: CommandPalette | None = None
        self._is_closed = False
        self._connect()

    def start(self, path: Path | None) -> None:
        """Show the first panel, open the project, fill the menus: each in a turn of its own, so that the
        window answers in between; `ready` tells the end."""
        self._take_turns([self._show_first_panel, partial(self.projects.start, path),
                          *menus.fillings(self.window, self._panels_list, self._deeds()),
                          self.projects.fill_recent, self.queue.start, self.models.reload, self.ready.emit])

    def _take_turns(self, rest: list[Callable[[], object]]) -> None:
        if rest and not self._is_closed:
            rest[0]()
            QTimer.singleShot(0, self, partial(self._take_turns, rest[1:]))

    def _show_first_panel(self) -> None:
        self.window.show_page(front_panel(self._panels_list, self.kept.recall("last_panel")).id)

    def close(self) -> bool:
        """Keep drafts and places, close the project, stop the engine processes; whether all ended in time."""
        self._is_closed = True
        self.panels.flush()
        with contextlib.suppress(OSError):
            self.kept.remember("window", self.window.places())
        QThreadPool.globalInstance().clear()
        has_ended = self.runner.shutdown(4000)
        QThreadPool.globalInstance().waitForDone(3000)
        self.reel.close_down()
        self._garbage.close()
        return self.document.close(10_000) and (has_ended or self.runner.shutdown(4000))

    def _connect(self) -> None:
        self.projects.opened.connect(self._on_project)
        self.window.page_shown.connect(self._on_page)
        self.window.add_page("models", self.models.make_page)
        self.window.add_page("preferences", self._make_preferences)
        self.window.add_page("shortcuts", self._make_shortcuts)
        self.window.add_page("licences", self._make_licences)

    def _deeds(self) -> dict[str, menus.Do]:
        window, projects = self.window, self.projects
        return {
            "undo": projects.undo, "redo": projects.redo, "new": projects.new, "open": projects.ask_open,
            "copy": projects.ask_copy, "import": self._ask_import, "paste": self._paste,
            "batch": lambda: self.batches.ask(),
            "export": self.reels.export_chosen, "trash.empty": self.reels.ask_empty_trash,
            "quit": window.close, "rename": self._rename, "palette": self._open_palette,
            **{page: partial(window.show_page, page)
               for page in ("preferences", "models", "shortcuts", "licences")},
            "theme": self._switch_theme, "fullscreen": self._full_screen, "logs": self._show_logs,
            "about": self._about, "queue.show": lambda: self.queue.toggle(),
            "queue.pause": lambda: self.queue.pause_or_go_on(), "queue.stop": lambda: self.queue.stop_now(),
            "queue.after": self.runner.stop_after_this, "queue.skip": lambda: self.queue.skip()}

    # ---- what happens

    def _on_project(self) -> None:
        self.reel.reload()
        self.panels.reload()
        self.queue.offer_rest()

    def _on_page(self, page: str) -> None:
        if self._palette is not None:
            self._palette.hide()
        view = self.window.made_page(page)
        actions = view.actions() if isinstance(view, PanelView) else []
        if isinstance(view, PanelView):
            menus.name_page_menu(self.window, view.spec.makes)
        self.window.actions_.set_page(actions, "page")
        self.window.topline.set_view(view.view_actions() if isinstance(view, PanelView) else [])
        self.window.reel_holder.setVisible(self.window.fold_reel.isChecked() and isinstance(view, PanelView))
        if isinstance(view, PanelView):
            with contextlib.suppress(OSError):
                self.kept.remember("last_panel", page)

    def tell_error(self, error: BaseException) -> None:
        """Show what fell through everywhere else."""
        self.window.notices.show_problem(problem_of(error))

    def _on_preferences(self, preferences: Preferences, name: str) -> None:
        if name == "theme":
            theme.theme().apply(preferences.theme)
        elif name == "device":
            self.queue.set_device(preferences.device)
        elif name == "reduce_motion":
            theme.theme().reduce_motion = preferences.reduce_motion
        elif name == "language":
            self.window.notices.show_notice(self.tr("The new language is used when Atelier starts next."))

    # ---- small deeds

    def _make_preferences(self) -> QWidget:
        from studio.ui.preferences import PreferencesPage

        page = PreferencesPage(self.kept)
        page.changed.connect(self._on_preferences)
        page.failed.connect(self.tell_error)
        return page

    def _make_shortcuts(self) -> QWidget:
        from studio.ui.shortcuts import ShortcutsPage

        return ShortcutsPage(list(self.window.actions_))

    def _make_licences(self) -> QWidget:
        from studio.ui.licences import LicencesPage

        return LicencesPage()

    def _ask_import(self) -> None:
        names = " ".join(f"*{ending}" for ending in sorted(drops.PICTURES | drops.TEXTS))
        chosen, _ = QFileDialog.getOpenFileNames(self.window, self.tr("Bring in pictures or texts"), "",
                                                 self.tr("Pictures and texts ({names})").format(names=names))
        self.drops.import_pictures([Path(name) for name in chosen])

    def _paste(self) -> None:
        self.drops.take(QGuiApplication.clipboard().mimeData())

    def _rename(self) -> None:
        self.window.topline.title.setFocus()
        self.window.topline.title.selectAll()

    def _open_palette(self) -> None:
        from studio.ui.palette import CommandPalette

        if self._palette is None:
            self._palette = CommandPalette(self.window.room, self.window.actions_)
        self._palette.open_palette()

    def _switch_theme(self) -> None:
        wanted = "light" if theme.current().name == "dark" else "dark"
        values = self.kept.preferences.to_json() | {"theme": wanted}
        self.kept.save(Preferences.from_json(values))
        theme.theme().apply(wanted)

    def _full_screen(self) -> None:
        if self.window.isFullScreen():
            self.window.showNormal()
        else:
            self.window.showFullScreen()

    def _show_logs(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(places.cache() / "logs")))

    def _about(self) -> None:
        from studio import __version__

        self.window.notices.show_notice(
            self.tr("Atelier {version}").format(version=__version__),
            Offer(self.tr("Licences"), lambda: self.window.show_page("licences")),
            hint=self.tr("A creative studio that works offline, on this machine, and keeps every recipe."),
            seconds=20)

