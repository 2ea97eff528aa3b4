"""The middle of a panel: its work, or an empty state, with error cards above."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from studio.ui.widgets.error_card import ErrorCard

_MARGIN = 16


class Stage(QWidget):
    """Shows one of its pages; the error card lies over the lower left of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self.error = ErrorCard(self)

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

    def place_overlays(self) -> None:
        """Fit the error card into the lower left corner."""
        width = min(520, self.width() - 2 * _MARGIN)
        self.error.setFixedWidth(max(width, 240))
        height = max(self.error.sizeHint().height(), self.error.heightForWidth(self.error.width()))
        self.error.resize(self.error.width(), height)
        self.error.move(_MARGIN, self.height() - height - _MARGIN)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.place_overlays()
