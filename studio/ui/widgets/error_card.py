"""What went wrong, in place: what happened, what to do, Copy details."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.core.jobs import Problem
from studio.ui.translation import problem_texts
from studio.ui.widgets import paint
from studio.ui.widgets.icon_button import IconButton, draw_icon
from studio.ui.widgets.naming import named


class ErrorCard(QFrame):
    """Hidden until `show_problem`; stays until closed or until work starts again."""

    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("error.card")
        self._details = ""
        self.message, self.hint = QLabel(self), QLabel(self)
        self.retry = named(QPushButton(self.tr("Try again"), self), "error.retry", self.tr("Try again"))
        self.copy = named(QPushButton(self.tr("Copy details"), self), "error.copy", self.tr("Copy details"))
        close = self.tr("Close")
        self.close_button = named(IconButton("close", self), "error.close", close, close)
        self.retry.clicked.connect(self.retry_requested)
        self.copy.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.hide)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        for label in (self.message, self.hint):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = self.message.font()
        font.setBold(True)
        self.message.setFont(font)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.retry)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.message)
        words.addWidget(self.hint)
        words.addSpacing(8)
        words.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(48, 14, 8, 14)
        layout.setSpacing(8)
        layout.addLayout(words, 1)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)

    def show_problem(self, problem: Problem, *, can_retry: bool = True) -> None:
        """Show ``problem`` without taking the focus."""
        message, hint = problem_texts(problem)
        self._details = "\n\n".join(part for part in (problem.text, problem.details) if part)
        self.message.setText(message)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.retry.setVisible(can_retry)
        self.copy.setText(self.tr("Copy details"))
        self.setAccessibleName(f"{message} {hint}")
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, rect = paint.tones(self), QRectF(self.rect())
        with paint.smooth(self) as painter:
            paint.box(painter, rect, tone.surface, tone.bad)
            draw_icon(painter, "bad", QRectF(14, 14, 20, 20), tone.bad)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self.copy.setText(self.tr("Copied"))
