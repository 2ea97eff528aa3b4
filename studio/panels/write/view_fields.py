"""Fields of the Write panel for texts of several lines."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.core.params import Setting
from studio.ui.widgets.fields import Field
from studio.ui.widgets.growing_text import GrowingText


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
