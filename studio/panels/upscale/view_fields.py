"""Fields of the Upscale panel: the factor, one side of a size, and what comes of them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studio.core.params import Setting
from studio.ui import theme
from studio.ui.widgets import paint
from studio.ui.widgets.fields import Field
from studio.ui.widgets.naming import named
from studio.ui.widgets.number import Number
from studio.ui.widgets.segmented import Segmented

_USUAL = (1, 2, 3, 4)
_WIDE = 92


class ScaleField(Field):
    """The usual factors to press, and a number for any other."""

    def __init__(self, name: str, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(name, setting, parent)
        choices = [(str(factor), f"{factor} ×") for factor in _USUAL]
        self.usual = Segmented(choices, f"param.{name}", self.label, self)
        self.usual.setAccessibleDescription(self.help)
        self.usual.set_tips({"1": self.tr("Keeps the size and only cleans")})
        self.number = Number(setting, self)
        self._named(self.number, "number")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.usual, 1)
        row.addWidget(self.number)
        self.usual.chosen.connect(self._on_usual)
        self.number.valueChanged.connect(self._on_number)
        self.set_value(setting.default)

    def value(self) -> float:
        return self.number.number()

    def set_value(self, value: Any) -> None:
        self.number.show_number(float(value))
        self._press()

    def _press(self) -> None:
        factor = self.number.number()
        if factor in _USUAL:
            self.usual.set_value(str(round(factor)))
        else:
            self.usual.clear()

    def _on_usual(self, factor: str) -> None:
        self.number.show_number(float(factor))
        self.changed.emit()

    def _on_number(self) -> None:
        self._press()
        self.changed.emit()


class SideField(Field):
    """A length; 0 follows the other side, and says so."""

    def __init__(self, name: str, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(name, setting, parent)
        self.number = Number(setting, self)
        self.number.setFixedWidth(_WIDE)
        if not setting.low:
            self.number.setSpecialValueText(self.tr("to match"))
        self._named(self.number, "number")
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._caption(self.number), 0, 0)
        layout.addWidget(self.number, 0, 1, Qt.AlignmentFlag.AlignRight)
        self.number.valueChanged.connect(lambda _: self.changed.emit())
        self.set_value(setting.default)

    def value(self) -> Any:
        number = self.number.number()
        return round(number) if self.setting.kind == "int" else number

    def set_value(self, value: Any) -> None:
        self.number.show_number(float(value))


class SizeCard(QWidget):
    """How large the result gets, on the screen and on paper, and what that takes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "size.card", self.tr("New size"))
        self.pixels, self.paper, self.cost = (QLabel(self) for _ in range(3))
        self.pixels.setFont(theme.number_font(13, bold=True))
        for label in (self.paper, self.cost):
            label.setProperty("role", "muted")
            label.setFont(theme.number_font(12))
            label.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(4)
        for label in (self.pixels, self.paper, self.cost):
            layout.addWidget(label)

    def show_words(self, pixels: str, paper: str, cost: str) -> None:
        """Three lines; empty ones take no room."""
        for label, words in ((self.pixels, pixels), (self.paper, paper), (self.cost, cost)):
            label.setText(words)
            label.setVisible(bool(words))
        self.setVisible(bool(pixels))
        self.setAccessibleDescription(". ".join(filter(None, (pixels, paper, cost))))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone = paint.tones(self)
        with paint.smooth(self) as painter:
            paint.box(painter, QRectF(self.rect()), tone.raised, tone.border)
