"""What to do: a button for each thing that the model can do with what is on the roll."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QRadioButton, QSizePolicy, QWidget

from studio.panels.music.params import DOINGS
from studio.ui import theme
from studio.ui.translation import declared
from studio.ui.widgets import paint
from studio.ui.widgets.naming import named

_COLUMNS = 2


class DoField(QWidget):
    """One of them is chosen. What cannot be done now is grey and says why, but may be chosen all the same:
    the big button waits until it can be done."""

    changed = Signal()
    """A person chose another one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "do", self.tr("What to do"))
        self.buttons: dict[str, DoButton] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for place, (do, label) in enumerate(DOINGS):
            button = named(DoButton(declared(label), self), f"do.{do}", declared(label))
            button.clicked.connect(self.changed)
            self.buttons[do] = button
            layout.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        self.note = QLabel(self)
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        layout.addWidget(self.note, len(DOINGS), 0, 1, _COLUMNS)
        self.set_value("compose")

    def value(self) -> str:
        """What is chosen."""
        return next(do for do, button in self.buttons.items() if button.isChecked())

    def set_value(self, do: str) -> None:
        """Choose it, if it is known."""
        if do in self.buttons:
            self.buttons[do].setChecked(True)

    def show_reasons(self, why_not: Callable[[str], str]) -> None:
        """Why each of them cannot be done now; "" where it can."""
        for do, button in self.buttons.items():
            button.set_reason(declared(why_not(do)))
        reason = self.buttons[self.value()].reason
        self.note.setText(reason)
        self.note.setVisible(bool(reason))


class DoButton(QRadioButton):
    """Arrow keys go from one to the next."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.reason = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_reason(self, reason: str) -> None:
        """Why not now; "" where it can be done."""
        if reason != self.reason:
            self.reason = reason
            self.setToolTip(reason)
            self.setAccessibleDescription(reason)
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 20, 32)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(64, 32)

    def hitButton(self, pos: object) -> bool:  # noqa: N802
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, rect = paint.tones(self), QRectF(self.rect())
        is_on = self.isChecked()
        with paint.smooth(self) as painter:
            fill = paint.mix(tone.raised, tone.text, 0.14) if is_on else \
                tone.hover if self.underMouse() else tone.surface
            line = tone.text if is_on else paint.mix(tone.surface, tone.text, 0.28)
            paint.box(painter, rect, fill, line)
            painter.setFont(theme.ui_font(13, bold=is_on))
            painter.setPen(paint.faded(tone.muted, 0.6) if self.reason else tone.text)
            words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight,
                                                     int(rect.width()) - 12)
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), words)
            if self.hasFocus():
                paint.focus_ring(painter, rect, tone.accent)
