"""A text field of several lines that is as high as its text."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from studio.ui import theme

_PADDING = 14


class GrowingText(QPlainTextEdit):
    """As high as what is written in it, between ``least`` and ``most`` lines. Tab leaves it."""

    def __init__(self, parent: QWidget | None = None, *, least: int = 1, most: int = 8) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setProperty("role", "field")
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._grow())
        self._grow()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(super().sizeHint().width(), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        lines = max(self._least, min(self._most, round(self.document().size().height())))
        height = max(theme.HIT, lines * self.fontMetrics().lineSpacing() + 2 * _PADDING - 8)
        if height != self.minimumHeight():
            self.setFixedHeight(height)
