"""A number with its unit; the wheel moves it only when it has the focus."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QWidget

from studio.core.params import Setting
from studio.ui.translation import declared


class Number(QDoubleSpinBox):
    """Shows a setting's value in its unit. A share from 0 to 1 is shown in per cent."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = 100.0 if is_share(setting) else 1.0
        step = step_of(setting) * self._scale
        self.setDecimals(decimals_of(step))
        self.setRange(low_of(setting) * self._scale, high_of(setting) * self._scale)
        self.setSingleStep(step)
        self.setSuffix(suffix_of(setting))
        self.setProperty("role", "plain")  # without arrows: the slider is there for that
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(max(76, 54 + self.fontMetrics().horizontalAdvance(suffix_of(setting))))

    def number(self) -> float:
        """The value in the setting's own measure."""
        return round(self.value() / self._scale, 6)

    def show_number(self, value: float) -> None:
        """Show ``value`` without saying so."""
        was_blocked = self.blockSignals(True)
        self.setValue(value * self._scale)
        self.blockSignals(was_blocked)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Combo(QComboBox):
    """A list that the wheel scrolls past unless it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def is_share(setting: Setting) -> bool:
    """Whether it is a share from 0 to 1, better read in per cent."""
    return setting.kind == "float" and not setting.unit and (setting.low, setting.high) == (0.0, 1.0)


def suffix_of(setting: Setting) -> str:
    """The unit as it stands behind the number."""
    if is_share(setting):
        return " %"
    return {"": "", "x": " ×"}.get(setting.unit, f" {declared(setting.unit)}")


def step_of(setting: Setting) -> float:
    """The smallest move."""
    return setting.step or (1.0 if setting.kind == "int" else 0.01)


def low_of(setting: Setting) -> float:
    """The lower end, also where none is declared."""
    return setting.low if setting.low is not None else -1e9


def high_of(setting: Setting) -> float:
    """The upper end, also where none is declared."""
    return setting.high if setting.high is not None else 1e9


def decimals_of(step: float) -> int:
    """Digits behind the point that ``step`` needs, at most four."""
    return max(0, min(4, math.ceil(-math.log10(step) - 1e-9))) if step < 1 else 0
