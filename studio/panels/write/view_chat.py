"""A talk with the model about the page, on a sheet beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from studio.core.text import Message
from studio.panels.write import talk
from studio.panels.write.view_sheet import Sheet
from studio.ui.widgets import paint
from studio.ui.widgets.draft_values import entries, settings
from studio.ui.widgets.growing_text import GrowingText
from studio.ui.widgets.icon_button import IconButton
from studio.ui.widgets.naming import named
from studio.ui.widgets.toggle import Toggle

_MOST = 200
"""Turns that are kept."""


class ChatSheet(Sheet):
    """Turns below one another, a line to write in. Enter sends, Shift+Enter is a new line."""

    asked = Signal(str)
    """All that was said, as the setting "talk" has it."""
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("chat", "", parent)
        self.title.setText(self.tr("Chat"))
        self.turns: list[Message] = []
        self._bubbles: list[Bubble] = []
        self._answer: Bubble | None = None
        self.fresh = named(IconButton("plus", self), "chat.fresh", self.tr("Begin a new talk"),
                           self.tr("Begin a new talk"))
        self.head.insertWidget(1, self.fresh)
        self.reason = QLabel(self)
        self.reason.setWordWrap(True)
        self.reason.setProperty("role", "muted")
        self.reads = named(Toggle(self.tr("It reads the page"), self), "chat.reads",
                           self.tr("It reads the page"))
        self.reads.setChecked(True)
        self.line = named(ChatLine(self), "chat.line", self.tr("What you want to ask"))
        self.line.setPlaceholderText(self.tr("Ask about the page. Enter sends."))
        self._make_scroll()
        for widget in (self.reason, self._scroll, self.reads, self.line):
            self.column.addWidget(widget)
        self.column.setStretchFactor(self._scroll, 1)
        self.line.sent.connect(self.ask)
        self.fresh.clicked.connect(self._begin_anew)
        self.reads.clicked.connect(self.changed)

    # ---- the talk

    def to_json(self) -> dict[str, Any]:
        """Plain values for `set_json`."""
        return {"turns": [[turn.role, turn.text] for turn in self.turns], "reads": self.reads.isChecked()}

    def set_json(self, values: object) -> None:
        """Show an earlier talk; what is damaged is left out."""
        data = settings(values)
        self.turns = [Message(entry[0], entry[1]) for entry in entries(data.get("turns"))
                      if isinstance(entry, list) and len(entry) == 2 and entry[0] in ("user", "assistant")
                      and isinstance(entry[1], str)]
        self.reads.setChecked(data.get("reads") is not False)
        self._fill()

    def set_reason(self, why_not: str) -> None:
        """Why nobody can answer; "" where somebody can."""
        self.reason.setText(why_not)
        self.reason.setVisible(bool(why_not))
        self.line.setEnabled(not why_not)

    def add(self, text: str) -> None:
        """More of the answer."""
        if self._answer is None:
            self._answer = self._bubble(Message("assistant", ""))
        self._answer.setText(self._answer.text() + text)
        self._to_end()

    def end(self) -> None:
        """The answer is whole, or there is none."""
        if self._answer is not None:
            self.turns.append(Message("assistant", self._answer.text()))
            self._answer = None
        elif self.turns and self.turns[-1].role == "user":  # it can be asked again
            self.line.setPlainText(self.turns.pop().text)
            self._fill()
        self.changed.emit()

    # ---- inside

    def _make_scroll(self) -> None:
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(8)
        self._list.addStretch(1)
        self._scroll.setWidget(inside)
        for ground in (self._scroll.viewport(), inside):
            ground.setAutoFillBackground(False)

    def ask(self) -> None:
        """Send what stands in the line."""
        text = self.line.toPlainText().strip()
        if text and self._answer is None:
            self.turns = [*self.turns, Message("user", text)][-_MOST:]
            self._bubble(self.turns[-1])
            self.line.clear()
            self._to_end()
            self.asked.emit(talk.to_json(self.turns))

    def _begin_anew(self) -> None:
        self.turns = []
        self._fill()
        self.line.setFocus()
        self.changed.emit()

    def _fill(self) -> None:
        for bubble in self._bubbles:
            self._list.removeWidget(bubble)
            bubble.deleteLater()
        self._bubbles, self._answer = [], None
        for turn in self.turns:
            self._bubble(turn)
        self._to_end()

    def _bubble(self, turn: Message) -> Bubble:
        bubble = Bubble(turn)
        self._list.insertWidget(self._list.count() - 1, bubble)
        self._bubbles.append(bubble)
        return bubble

    def _to_end(self) -> None:
        bar = self._scroll.verticalScrollBar()
        QTimer.singleShot(0, bar, lambda: bar.setValue(bar.maximum()))


class ChatLine(GrowingText):
    """Enter sends."""

    sent = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.sent.emit()
        else:
            super().keyPressEvent(event)


class Bubble(QLabel):
    """One turn: the person's on a plate, the model's on the sheet."""

    def __init__(self, turn: Message) -> None:
        super().__init__(turn.text)
        self._is_own = turn.role == "user"
        who = self.tr("You") if self._is_own else self.tr("Model")
        self.setAccessibleName(who)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setContentsMargins(*((10, 8, 10, 8) if self._is_own else (2, 2, 2, 2)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self._is_own:
            tone = paint.tones(self)
            with paint.smooth(self) as painter:
                paint.box(painter, QRectF(self.rect()), tone.raised, tone.border)
        super().paintEvent(event)
