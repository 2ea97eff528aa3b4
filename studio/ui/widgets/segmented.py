"""Two or three choices side by side, one of them pressed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from studio.ui.widgets import paint
from studio.ui.widgets.naming import named


class Segmented(QWidget):
    """A row of radio buttons drawn as one control. Arrow keys move the choice."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], object_name: str, label: str,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, object_name, label)
        self._buttons: dict[str, QAbstractButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.setSpacing(2)
        for value, text in choices:
            button = named(_Segment(text, self), f"{object_name}.{value}", f"{label}: {text}")
            button.clicked.connect(lambda _=False, v=value: self.chosen.emit(v))
            self._buttons[value] = button
            layout.addWidget(button)

    def value(self) -> str:
        """What is chosen."""
        return next((value for value, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Choose ``value`` without saying so; unknown values choose nothing new."""
        if value in self._buttons:
            self._buttons[value].setChecked(True)

    def clear(self) -> None:
        """Choose nothing."""
        for button in self._buttons.values():
            button.setAutoExclusive(False)
            button.setChecked(False)
            button.setAutoExclusive(True)

    def set_tips(self, tips: dict[str, str]) -> None:
        """A tooltip for each value."""
        for value, tip in tips.items():
            self._buttons[value].setToolTip(tip)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone = paint.tones(self)
        with paint.smooth(self) as painter:
            paint.box(painter, QRectF(self.rect()), tone.surface, paint.mix(tone.surface, tone.text, 0.28))


class _Segment(QRadioButton):
    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 24, 28)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(28, 28)

    def hitButton(self, pos: object) -> bool:  # noqa: N802
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, rect = paint.tones(self), QRectF(self.rect())
        with paint.smooth(self) as painter:
            if self.isChecked():
                paint.box(painter, rect, paint.mix(tone.raised, tone.text, 0.16), radius=4)
            elif self.underMouse():
                paint.box(painter, rect, paint.mix(tone.surface, tone.text, 0.07), radius=4)
            font = self.font()
            font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(tone.text if self.isChecked() else tone.muted)
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self.text())
            if self.hasFocus():
                paint.focus_ring(painter, rect, tone.accent, 4)
