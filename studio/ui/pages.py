"""Pages of writing between the panels and the project: loaded once, then kept edit by edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from studio.core.jobs import Problem
    from studio.core.manuscript import Edit, Manuscript
    from studio.project.store import Project
    from studio.ui.document import Document

_AGAIN_MS = 5000
"""What could not be kept, such as on a full disk, is tried again after this, and with what comes next."""
Show = Callable[["Manuscript"], None]


class Pages(QObject):
    """Knows which page belongs to which project, so that no edit goes to another one's."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._show: dict[str, Show] = {}
        self._loaded: dict[str, Path] = {}
        self._late: dict[tuple[Path, str], list[Edit]] = {}  # the document's thread's alone
        self._has_told = False
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self._try_again)
        document.opened.connect(self._reload)

    def load(self, panel: str, show: Show) -> None:
        """Give ``show`` the page of ``panel``, now and for every project opened later."""
        self._show[panel] = show
        if self._document.is_open:
            self._load(panel)

    def keep(self, panel: str, edits: Sequence[Edit]) -> None:
        """Keep ``edits`` of the page that was loaded last; nothing in a project that cannot be changed."""
        path = self._loaded.get(panel)
        if path is not None and not self._document.read_only:
            self._document.call(partial(self._add, path, panel, list(edits)), self._kept, self._failed)

    def _reload(self) -> None:
        self._loaded.clear()
        for panel in self._show:
            self._load(panel)

    def _load(self, panel: str) -> None:
        path = self._document.path

        def give(page: Manuscript) -> None:
            if path is not None and path == self._document.path:
                self._loaded[panel] = path
                self._show[panel](page)

        self._document.call(lambda project: project.page(panel), give)

    def _add(self, path: Path, panel: str, edits: list[Edit], project: Project) -> None:
        if project.path == path:  # another one may have been opened a moment ago
            late = self._late.setdefault((path, panel), [])
            late += edits
            if late:
                project.add_edits(panel, late)
                late.clear()

    def _kept(self, _: None) -> None:
        self._has_told = False

    def _failed(self, problem: Problem) -> None:
        if not self._has_told:
            self._document.failed.emit(problem)
        self._has_told = True
        self._again.start()

    def _try_again(self) -> None:
        for panel in self._loaded:
            self.keep(panel, ())
