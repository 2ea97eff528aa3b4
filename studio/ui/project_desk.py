"""Projects: new, open, recent, save a copy, rename, undo and redo. There is no Save."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QFileDialog

from studio.core import places
from studio.ui.notices import Offer
from studio.ui.parts import Parts
from studio.ui.translation import declared

if TYPE_CHECKING:
    from studio.core.jobs import Problem
    from studio.project.store import Project

translate = QCoreApplication.translate
SUFFIX = ".atelier"
_RECENT = 10


class ProjectDesk(QObject):
    """Opens and switches the document, and shows what it is called and what can be undone."""

    opened = Signal()
    """A project is open and shown."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts, self._window, self._document = parts, parts.window, parts.document
        self._window.topline.renamed.connect(self.rename)
        self._document.opened.connect(self._on_opened)
        self._document.changed.connect(lambda changes: self._show())
        self._document.failed.connect(lambda problem: self._window.notices.show_problem(problem))

    def start(self, path: Path | None) -> None:
        """Open ``path``, or the project of last time, or a new one: the window is never without."""
        last = self._parts.kept.recall("last_project", "")
        wanted = path or (Path(last) if last and Path(last).is_file() else None)
        if wanted is None:
            self.create(untitled())
        elif wanted.exists():
            self._open_now(wanted, failed=partial(self._failed_at_start, wanted))
        else:
            self.create(wanted)

    def new(self) -> None:
        """A new project at once, without a question; a click on its name renames it."""
        self._leave(lambda: self.create(untitled()))

    def ask_open(self) -> None:
        """Choose a project."""
        chosen, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open a project"), str(self._folder()),
                                                self.tr("Atelier projects (*.atelier)"))
        if chosen:
            self.open(Path(chosen))

    def open(self, path: Path) -> None:
        """Open ``path`` instead of what is open; if it fails, the present one stays."""
        if path == self._document.path:
            self._window.notices.show_notice(self.tr("This project is open already."))
        else:
            self._leave(lambda: self._open_now(path, failed=partial(self._failed, path)))

    def create(self, path: Path) -> None:
        """Make a new project at ``path`` and open it."""
        with contextlib.suppress(OSError):  # if it cannot be made, creating says why
            path.parent.mkdir(parents=True, exist_ok=True)
        self._document.create(path, failed=partial(self._failed, path))

    def ask_copy(self) -> None:
        """Choose where a copy goes, and write it."""
        proposed = self._folder() / self.tr("{name} copy{suffix}").format(
            name=self._document.title or "Atelier", suffix=SUFFIX)
        chosen, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save a copy"), str(proposed),
                                                self.tr("Atelier projects (*.atelier)"))
        if chosen:
            self.save_copy(Path(chosen).with_suffix(SUFFIX))

    def save_copy(self, path: Path) -> None:
        """Write a copy of the whole project to ``path``; work goes on in this one."""
        self._document.call(partial(copy_project, path), lambda _: self._copied(path))

    def _copied(self, path: Path) -> None:
        show = Offer(self.tr("Open the copy"), lambda: self.open(path))
        self._window.notices.show_notice(self.tr("Copied to {name}.").format(name=path.name), show, kind="ok")

    def rename(self, title: str) -> None:
        """Give the project another title."""
        self._document.call(lambda project: setattr(project, "title", title))

    def undo(self) -> None:
        """Take the newest step of the document back."""
        self._document.call(lambda project: project.undo())

    def redo(self) -> None:
        """Do it again."""
        self._document.call(lambda project: project.redo())

    def recent(self) -> list[Path]:
        """Projects opened lately that are still there, newest first."""
        found = self._parts.kept.recall("recent_projects", [])
        return [Path(name) for name in found if Path(name).is_file()]

    def fill_recent(self) -> None:
        """Write the menu of recent projects."""
        menu = self._window.actions_.menu_of("recent")
        menu.clear()
        for path in self.recent():
            if path != self._document.path:
                menu.addAction(path.stem).triggered.connect(lambda _=False, p=path: self.open(p))
        menu.setEnabled(not menu.isEmpty())

    def _open_now(self, path: Path, failed: Callable[[Problem], None]) -> None:
        self._document.open(path, failed=failed)

    def _leave(self, then: Callable[[], None]) -> None:
        """Let the running job stop first: it belongs to the project that is left."""
        if self._document.is_open:
            self._parts.runner.halt(then)
        else:
            then()

    def _failed(self, path: Path, problem: Problem) -> None:
        again = Offer(self.tr("Open another…"), self.ask_open)
        self._window.notices.show_problem(problem, again)
        if self._document.is_open:
            self._parts.runner.reload()

    def _failed_at_start(self, path: Path, problem: Problem) -> None:
        self._failed(path, problem)
        self.create(untitled())

    def _on_opened(self) -> None:
        path = self._document.path
        if path is not None:
            self._remember(path)
        facts = self._document.facts
        self._window.banner.hide()
        if facts.read_only:
            self._window.banner.say(declared(facts.read_only_reason) or self.tr("This project is read-only."),
                                    self.tr("Save a copy…"), self.ask_copy)
        self._show()
        self.opened.emit()

    def _remember(self, path: Path) -> None:
        others = [name for name in self._parts.kept.recall("recent_projects", []) if name != str(path)]
        with contextlib.suppress(OSError):  # recent projects are a comfort, not worth a notice
            self._parts.kept.remember("last_project", str(path))
            self._parts.kept.remember("recent_projects", [str(path), *others][:_RECENT])
        if "recent" in self._window.actions_:
            self.fill_recent()

    def _show(self) -> None:
        facts = self._document.facts
        self._window.topline.title.show_title(facts.title)
        self._window.topline.title.setReadOnly(facts.read_only)
        self._window.setWindowTitle(f"{facts.title} — Atelier" if facts.title else "Atelier")
        undo, redo = self._window.actions_["undo"], self._window.actions_["redo"]
        undo.setEnabled(bool(facts.can_undo) and not facts.read_only)
        redo.setEnabled(bool(facts.can_redo) and not facts.read_only)
        undo.setText(_step(translate("Menus", "Undo"), facts.can_undo))
        redo.setText(_step(translate("Menus", "Redo"), facts.can_redo))

    def _folder(self) -> Path:
        return self._document.path.parent if self._document.path else places.documents()


def _step(word: str, what: str) -> str:
    return f"{word}: {declared(what)}" if what else word


def untitled() -> Path:
    """A path for a new project that is free."""
    name, number = translate("ProjectDesk", "Untitled"), 1
    while (path := places.documents() / f"{name if number == 1 else f'{name} {number}'}{SUFFIX}").exists():
        number += 1
    return path


def copy_project(path: Path, project: Project) -> None:
    """Copy the file of ``project`` to ``path``, whole or not at all. Raises StudioError, OSError.

    Runs on the project's own thread, so that no transaction is open meanwhile.
    """
    from studio.media.files import write_atomic

    with project.path.open("rb") as source:
        write_atomic(path, lambda target: target.writelines(iter(partial(source.read, 1 << 20), b"")))
