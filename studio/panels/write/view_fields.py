"""Fields of the Write panel for texts of several lines."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from studio.core.params import Setting
from studio.ui import theme
from studio.ui.widgets.fields import Field

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


class LinesField(Field):
    """A text of several lines."""

    def __init__(self, name: str, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(name, setting, parent)
        self.edit = GrowingText(self, least=2)
        self._named(self.edit)
        self.edit.setPlaceholderText(self.help)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._caption(self.edit))
        layout.addWidget(self.edit)
        self._is_showing = False
        self.edit.textChanged.connect(self._on_text)
        self.set_value(setting.default)

    def value(self) -> str:
        return self.edit.toPlainText()

    def set_value(self, value: Any) -> None:
        if str(value) != self.value():
            self._is_showing = True
            self.edit.setPlainText(str(value))
            self._is_showing = False

    def _on_text(self) -> None:
        if not self._is_showing:
            self.changed.emit()
