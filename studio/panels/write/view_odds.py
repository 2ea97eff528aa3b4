"""What the model considered for a word: its probability, and up to five others to fork with."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.core.text import Token
from studio.ui import theme
from studio.ui.widgets import paint
from studio.ui.widgets.icon_button import draw_icon
from studio.ui.widgets.naming import named

_WIDTH = 248
_STAYS_MS = 350
"""After the pointer has left the word, so that it can come to the list."""
_AWAY = 6
"""Logical pixels between the word and the list."""


class OddsPopup(QFrame):
    """Lies over the page beside the word. Arrow keys, Enter and Escape where it was opened by keyboard."""

    chosen = Signal(str, float)
    """Another word, and its probability."""
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self.setObjectName("odds")
        self.setProperty("role", "card")
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(self.tr("What the model considered"))
        self.title = QLabel(self)
        self.title.setProperty("role", "muted")
        self.rows: list[OddsRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(8, 8, 8, 8)
        self._layout.setSpacing(2)
        self._layout.addWidget(self.title)
        self._leave = QTimer(self, singleShot=True, interval=_STAYS_MS)
        self._leave.timeout.connect(self._on_left)
        self.hide()

    def show_odds(self, token: Token, at: QPoint, *, takes_focus: bool = False) -> None:
        """For ``token``, whose lower left corner is at ``at`` in the parent."""
        self._leave.stop()
        self._fill(token)
        self.adjustSize()
        room = self._host.rect()
        x = max(8, min(at.x(), room.width() - self.width() - 8))
        below = at.y() + _AWAY
        y = below if below + self.height() <= room.height() - 8 else at.y() - self.height() - 40
        self.move(x, max(8, y))
        self.show()
        self.raise_()
        if takes_focus and self.rows:
            self.rows[0].setFocus()

    def leave_soon(self) -> None:
        """The pointer is on no word any more."""
        if self.isVisible():
            self._leave.start()

    def close_odds(self) -> None:
        """Hide it; whoever opened it takes the keyboard back."""
        self._leave.stop()
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Enter:
            self._leave.stop()
        elif event.type() == QEvent.Type.Leave:
            self.leave_soon()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        at = next((place for place, row in enumerate(self.rows) if row.hasFocus()), 0)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self.rows:
            self.rows[(at + step) % len(self.rows)].setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.rows:
            self.rows[at].click()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_odds()
        else:
            super().keyPressEvent(event)

    def _fill(self, token: Token) -> None:
        for row in self.rows:
            self._layout.removeWidget(row)
            row.deleteLater()
        others = token.others or ((token.text, token.probability),)
        self.rows = [OddsRow(text, share, self, is_taken=text == token.text) for text, share in others]
        for row in self.rows:
            row.clicked.connect(lambda _=False, row=row: self._choose(row))
            self._layout.addWidget(row)
            row.show()
        self.title.setText(self._said(token))

    def _said(self, token: Token) -> str:
        text = self.tr("“{word}” had {share}. Or go on with:")
        return text.format(word=shown(token.text), share=percent(token.probability))

    def _choose(self, row: OddsRow) -> None:
        self.close_odds()
        if not row.is_taken:
            self.chosen.emit(row.word, row.share)

    def _on_left(self) -> None:
        if not self.underMouse() and not any(row.hasFocus() for row in self.rows):
            self.close_odds()


class OddsRow(QAbstractButton):
    """A word, a bar as long as it is probable, and the figure."""

    def __init__(self, word: str, share: float, parent: QWidget, *, is_taken: bool) -> None:
        super().__init__(parent)
        self.word, self.share, self.is_taken = word, share, is_taken
        text = f"{shown(word)}, {percent(share)}"
        named(self, "odds.row", self.tr("{odds}, on the page").format(odds=text) if is_taken else text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.ArrowCursor if is_taken else Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(_WIDTH - 16, theme.HIT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, rect = paint.tones(self), QRectF(self.rect())
        with paint.smooth(self) as painter:
            if self.underMouse() and not self.is_taken:
                paint.box(painter, rect, tone.hover, radius=4)
            line = QRectF(8, rect.bottom() - 5, (rect.width() - 16) * min(1.0, self.share), 2)
            paint.box(painter, line, tone.accent if self.is_taken else tone.edge, radius=1)
            words = rect.adjusted(8, 0, -64, -3)
            painter.setPen(tone.text)
            painter.setFont(theme.ui_font(13, bold=self.is_taken))
            room = painter.fontMetrics().elidedText(shown(self.word), Qt.TextElideMode.ElideRight,
                                                    round(words.width()))
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), room)
            painter.setFont(theme.number_font())
            painter.setPen(tone.muted)
            right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            painter.drawText(rect.adjusted(0, 0, -8, -3), right, percent(self.share))
            if self.is_taken:
                draw_icon(painter, "check", QRectF(rect.right() - 84, rect.top(), 20, 28), tone.accent, 14)
            if self.hasFocus():
                paint.focus_ring(painter, rect, tone.accent, 4)


def shown(word: str) -> str:
    """``word`` so that one sees it: new lines as a sign, the end of a word with a mark before it."""
    if not word.strip():
        return {"\n": "↵", "\n\n": "↵↵", "\t": "⇥"}.get(word, "␣" * min(len(word), 8) or "∅")
    plain = word.strip(" \t").replace("\n", "↵")
    return f"…{plain}" if word[:1].isalpha() and word[:1].isascii() else plain


def percent(share: float) -> str:
    """A probability for people: "12.3 %", "under 0.1 %"."""
    if 0 < share < 0.001:
        return "< " + QLocale().toString(0.1, "f", 1) + " %"
    return QLocale().toString(100 * share, "f", 1 if share < 0.995 else 0) + " %"
