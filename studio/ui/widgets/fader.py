"""How much of one picture goes in: a slider from 0 to 100 %."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from studio.ui import theme
from studio.ui.widgets.naming import named
from studio.ui.widgets.slider import Scale, Slider


class Fader(QWidget):
    """Its weight is 0 to 1."""

    changed = Signal(float)

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = named(Slider(Scale(0.0, 1.0, 0.01), 1.0, self), f"fader.{name}", label,
                            self.tr("How much of this painting goes in"))
        self._text = QLabel(self)
        self._text.setProperty("role", "muted")
        self._text.setFont(theme.number_font(12))
        self._text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._text.setFixedWidth(40)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self._text)
        self._weight = 1.0
        self.set_weight(1.0)
        self.slider.moved_to.connect(self._on_moved)
        self.slider.reset_requested.connect(lambda: self._on_moved(1.0))

    def weight(self) -> float:
        """0 to 1."""
        return self._weight

    def set_weight(self, weight: float) -> None:
        """Show ``weight``."""
        self._weight = min(max(weight, 0.0), 1.0)
        self.slider.show_value(self._weight)
        self._text.setText(f"{round(self._weight * 100)} %")

    def _on_moved(self, weight: float) -> None:
        if weight != self._weight:
            self.set_weight(weight)
            self.changed.emit(weight)
