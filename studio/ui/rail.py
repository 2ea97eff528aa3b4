"""The left rail: panels above, models and preferences below."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from studio.ui import icons, quick

WIDTH = 72


class Rail(QFrame):
    """Buttons, icon above word; one is pressed."""

    chosen = Signal(str)
    """Page id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH)
        self._buttons = QButtonGroup(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 8, 1, 8)
        self._layout.setSpacing(4)
        self._layout.addStretch(1)
        self._above = 0

    def add(self, page: str, word: str, icon: str, *, below: bool = False, keys: str = "") -> QToolButton:
        """A button for ``page``; ``below`` puts it at the foot."""
        button = _RailButton(word, self)
        button.setObjectName(f"rail.{page}")
        button.setAccessibleName(word)
        button.setToolTip(f"{word}  {keys}".strip())
        icons.wear(button, icon)
        button.clicked.connect(lambda: self.chosen.emit(page))
        self._buttons.addButton(button)
        if below:
            self._layout.addWidget(button)
        else:
            self._layout.insertWidget(self._above, button)
            self._above += 1
        return button

    def show_page(self, page: str) -> None:
        """Press the button of ``page``; a page without one leaves none pressed."""
        self._buttons.setExclusive(False)
        for button in self._buttons.buttons():
            button.setChecked(button.objectName() == f"rail.{page}")
        self._buttons.setExclusive(True)

    def set_tips(self, actions: Iterable[tuple[str, QAction]]) -> None:
        """Show each page's shortcut beside its name."""
        for page, action in actions:
            if button := self.findChild(QToolButton, f"rail.{page}"):
                keys = ", ".join(key.toString(key.SequenceFormat.NativeText) for key in action.shortcuts())
                button.setToolTip(f"{button.text()}  {keys}".strip())


class _RailButton(QToolButton):
    def __init__(self, word: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setText(word)
        self.setCheckable(True)
        quick.set_by_name(self, focusPolicy="StrongFocus", toolButtonStyle="ToolButtonTextUnderIcon")
        self.setIconSize(QSize(icons.SIZE, icons.SIZE))
        self.setFixedSize(WIDTH - 2, 56)
