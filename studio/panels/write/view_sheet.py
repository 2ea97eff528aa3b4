"""Sheets beside the page: their frame, and the one that shows what was made of a text."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from studio.ui.widgets import paint
from studio.ui.widgets.icon_button import IconButton
from studio.ui.widgets.naming import named


class Sheet(QWidget):
    """A title, a way to close it, and room below."""

    closed = Signal()

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.title = QLabel(title, self)
        self.title.setProperty("role", "title")
        close = self.tr("Close")
        self.close_button = named(IconButton("close", self), f"{name}.close", close, close)
        self.close_button.clicked.connect(self.closed)
        self.head = QHBoxLayout()
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self.close_button)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 8, 8, 12)
        self.column.setSpacing(8)
        self.column.addLayout(self.head)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone = paint.tones(self)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), tone.surface)
            painter.fillRect(0, 0, 1, self.height(), tone.border)


class ProposalSheet(Sheet):
    """What the model made of a passage: it can be taken into the page, all of it or a marked part."""

    taken = Signal(str)
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("proposal", "", parent)
        self.about = QLabel(self)
        self.about.setProperty("role", "muted")
        self.about.setWordWrap(True)
        self.text = named(QPlainTextEdit(self), "proposal.text", self.tr("What the model made of it"))
        self.text.setReadOnly(True)
        self.take = named(QPushButton(self), "proposal.take", self.tr("Take it"))
        self.take.setProperty("role", "primary")
        self.drop = named(QPushButton(self.tr("Drop it"), self), "proposal.drop", self.tr("Drop it"),
                          self.tr("Leave the page as it is; the result stays in the project"))
        self.take.clicked.connect(self._take)
        self.drop.clicked.connect(self.dropped)
        self.closed.connect(self.dropped)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 8, 0)
        row.addWidget(self.take, 1)
        row.addWidget(self.drop)
        self.column.addWidget(self.about)
        self.column.addWidget(self.text, 1)
        self.column.addLayout(row)

    def begin(self, title: str, about: str, take: str) -> None:
        """For another text; ``take`` says what taking it does."""
        self.title.setText(title)
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self.take.setText(take)
        self.take.setAccessibleName(take)
        self.text.clear()
        self.set_ready(False)

    def add(self, text: str) -> None:
        """More of it, without moving what is read."""
        bar = self.text.verticalScrollBar()
        top = bar.value()
        cursor = self.text.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        cursor.insertText(text)
        bar.setValue(top)

    def set_text(self, text: str) -> None:
        """All of it."""
        self.text.setPlainText(text)

    def set_ready(self, is_ready: bool) -> None:
        """Whether it is written to the end."""
        self.take.setEnabled(is_ready)

    def _take(self) -> None:
        marked = self.text.textCursor().selectedText().replace("\N{PARAGRAPH SEPARATOR}", "\n")
        self.taken.emit(marked or self.text.toPlainText())
