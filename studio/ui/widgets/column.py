"""The settings column: a title, fields that scroll, room for the big button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from studio.ui.widgets import paint
from studio.ui.widgets.fold import Heading


class Column(QWidget):
    """Fixed width. Sections stand 16 px apart."""

    def __init__(self, title: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("column")
        self.setFixedWidth(width)
        self._title = QLabel(title, self)
        self._title.setProperty("role", "title")
        self._body = QWidget(self)
        self._body.setObjectName("column.body")
        self._sections = QVBoxLayout(self._body)
        self._sections.setContentsMargins(16, 4, 16, 12)
        self._sections.setSpacing(16)
        self._sections.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("column.scroll")
        self._scroll.setWidget(self._body)
        self._lay_out()

    def _lay_out(self) -> None:
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.viewport().setAutoFillBackground(False)
        self._body.setAutoFillBackground(False)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 0, 0, 0)
        self._layout.setSpacing(0)
        head = QHBoxLayout()  # margins of a label would not outlive a change of theme
        head.setContentsMargins(16, 10, 48, 0)
        head.addWidget(self._title)
        self._layout.addLayout(head)
        self._layout.addWidget(self._scroll, 1)

    def leave_below(self, height: int) -> None:
        """Keep ``height`` px free at the bottom."""
        self._layout.setContentsMargins(1, 0, 0, height)

    def add(self, widget: QWidget, title: str = "") -> None:
        """A section, under ``title`` if it has one."""
        at = self._sections.count() - 1
        if not title:
            self._sections.insertWidget(at, widget)
            return
        group = QVBoxLayout()
        group.setSpacing(8)
        group.addWidget(Heading(title, self._body))
        group.addWidget(widget)
        self._sections.insertLayout(at, group)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone = paint.tones(self)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), tone.surface)
            painter.fillRect(0, 0, 1, self.height(), tone.border)
