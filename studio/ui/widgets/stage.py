"""The middle of a panel: its work, or an empty state, with error cards above. Takes drops."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from studio.ui.widgets.drop_zones import DropZones
from studio.ui.widgets.error_card import ErrorCard
from studio.ui.widgets.intake import pictures_of

_MARGIN = 16


class Stage(QWidget):
    """Shows one of its pages; the error card lies over the lower left of it."""

    dropped = Signal(str, object)
    """The zone, and the Dropped."""
    hovered = Signal(object)
    """The QMimeData dragged over it, or None when it left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self.error = ErrorCard(self)
        self.zones: DropZones | None = None

    def add(self, page: QWidget) -> None:
        """Add ``page``; the first one is shown."""
        self._pages.addWidget(page)
        self.error.raise_()

    def show_page(self, page: QWidget) -> None:
        """Show ``page``."""
        self._pages.setCurrentWidget(page)
        self.error.raise_()

    def page(self) -> QWidget | None:
        """The page shown."""
        return self._pages.currentWidget()

    def set_zones(self, zones: Sequence[tuple[str, str, str]]) -> None:
        """Take drops of pictures: (name, words, icon) from left to right."""
        self.zones = DropZones(zones, self)
        self.setAcceptDrops(True)

    def light(self, is_on: bool) -> None:
        """Show the zones while something is dragged over the window."""
        if self.zones is not None:
            self.zones.setGeometry(self.rect())
            self.zones.set_target("")
            self.zones.setVisible(is_on)
            self.zones.raise_()

    def place_overlays(self) -> None:
        """Fit the error card into the lower left corner."""
        width = max(min(520, self.width() - 2 * _MARGIN), 240)
        self.error.setFixedWidth(width)
        height = self.error.heightForWidth(width)
        self.error.resize(width, height)
        self.error.move(_MARGIN, self.height() - height - _MARGIN)
        if self.zones is not None:
            self.zones.setGeometry(self.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.place_overlays()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if self.zones is not None and pictures_of(event.mimeData()):
            event.acceptProposedAction()
            self.hovered.emit(event.mimeData())
            self.zones.set_target(self.zones.zone_at(event.position()))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        if self.zones is not None:
            event.acceptProposedAction()
            self.zones.set_target(self.zones.zone_at(event.position()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        self.hovered.emit(None)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self.hovered.emit(None)
        if self.zones is not None and (found := pictures_of(event.mimeData())):
            event.acceptProposedAction()
            self.dropped.emit(self.zones.zone_at(event.position()), found)
