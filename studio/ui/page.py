"""A page of words: title, sections, a comfortable measure. Preferences, models, licences, shortcuts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

MEASURE = 720
"""Widest a page's column gets, logical pixels."""


class Page(QScrollArea):
    """Scrolls; its column stays in the middle."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"page.{name}")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("room")
        column = QWidget(inside)
        column.setMaximumWidth(MEASURE)
        self.column = QVBoxLayout(column)
        self.column.setContentsMargins(24, 24, 24, 48)
        self.column.setSpacing(16)
        across = QHBoxLayout(inside)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(column, 100)
        across.addStretch(1)
        self.setWidget(inside)

    def begin(self, title: str, lead: str = "") -> None:
        """The title, and a sentence below it."""
        self.setAccessibleName(title)
        self.column.addWidget(label(title, "head"))
        if lead:
            self.column.addWidget(label(lead, "muted"))

    def finish(self) -> None:
        """Keep what was added at the top."""
        self.column.addStretch(1)


class Card(QFrame):
    """A bordered box with a column inside."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.column.setSpacing(8)


def label(words: str, role: str = "", *, selectable: bool = False) -> QLabel:
    """Plain text that wraps."""
    result = QLabel(words)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(True)
    if role:
        result.setProperty("role", role)
    if selectable:
        result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return result
