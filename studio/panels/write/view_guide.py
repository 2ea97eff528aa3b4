"""Shows where one stands among the attempts: the bar at the fork, the list of all, and ways between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

from studio.panels.write.view_page import WritePage
from studio.panels.write.view_writing import Scribe

_TYPING_MS = 400
"""After the last change of the text by which the bar is placed anew."""
_WORDS = 80


class Guide(QObject):
    """Keeps bar and list true."""

    def __init__(self, page: WritePage, scribe: Scribe) -> None:
        super().__init__(page)
        self._page, self._scribe = page, scribe
        self.is_working = self._is_resting = False
        self._after_typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._after_typing.timeout.connect(self.show)
        page.editor.document().contentsChanged.connect(self._on_text)
        page.editor.place_changed.connect(self._on_place)
        page.placed.connect(self.show)
        scribe.changed.connect(self.show)
        scribe.switched.connect(self.show)

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Show nothing in here, and what there is then at its end."""
        self._is_resting = True
        try:
            yield
        finally:
            self._is_resting = False
            self.show()

    def show(self) -> None:
        """Show the bar at the fork where the cursor is, if there is one."""
        if self._is_resting:
            return
        scribe, page = self._scribe, self._page
        option = scribe.stroke.option if scribe.stroke is not None else scribe.here()
        region = page.editor.writing or (scribe.region(option) if option else None)
        if region is None or page.editor.isReadOnly():
            page.bar.hide()
            return
        page.bar.show_standing(*scribe.standing(option), can_retry=not self.is_working)
        page.place_bar(region)

    def set_working(self, is_working: bool) -> None:
        """While the model writes one does not go elsewhere."""
        self.is_working = is_working
        self.show()

    def open_tree(self) -> None:
        """All attempts, to go to."""
        forks = self._scribe.forks
        regions = forks.regions(self._scribe.spans())
        texts = {option: " ".join(self._page.editor.text(start, min(end, start + _WORDS)).split())
                 for option, (start, end) in regions.items()}
        self._page.tree.open_tree(forks, regions, texts, self._scribe.here())

    def _on_text(self) -> None:
        if self._scribe.stroke is None:
            self._page.bar.hide()
        self._after_typing.start()

    def _on_place(self) -> None:
        if not self._after_typing.isActive():
            self.show()
