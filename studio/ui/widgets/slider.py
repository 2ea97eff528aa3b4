"""A slider that never moves by accident: the wheel works only when it has the focus."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from studio.ui.widgets import paint

_STEPS = 1000
_HANDLE = 7.0
"""Radius of the knob, and so the inset of the groove."""


class Scale:
    """Between a value and a place 0 to 1; logarithmic where a fine range spans a factor of eight or more."""

    def __init__(self, low: float, high: float, step: float) -> None:
        self.low, self.high, self.step = low, high, step
        self.is_log = low > 0 and high / low >= 8 and (high - low) / step >= 32

    def place(self, value: float) -> float:
        """Where ``value`` lies, 0 to 1."""
        value = min(max(value, self.low), self.high)
        if self.is_log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def value(self, place: float) -> float:
        """The value at ``place``, on the grid of steps."""
        if self.is_log:
            raw = self.low * math.exp(place * math.log(self.high / self.low))
        else:
            raw = self.low + place * (self.high - self.low)
        snapped = self.low + round((raw - self.low) / self.step) * self.step
        return round(min(max(snapped, self.low), self.high), 6)


class Slider(QSlider):
    """Horizontal. Double-click asks for the default; a click on the groove goes there."""

    reset_requested = Signal()
    moved_to = Signal(float)
    """A person moved it: the value on the scale."""

    def __init__(self, scale: Scale, default: float, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.scale, self._default, self._is_quiet = scale, default, False
        self.setRange(0, _STEPS)
        self.setSingleStep(max(1, round(_STEPS * scale.step / (scale.high - scale.low))))
        self.setPageStep(_STEPS // 10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(self._on_value)

    def show_value(self, value: float) -> None:
        """Move the knob without saying so."""
        self._is_quiet = True
        self.setValue(round(self.scale.place(value) * _STEPS))
        self._is_quiet = False

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(120, 32)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(60, 32)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.reset_requested.emit()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self.isSliderDown():
            self._go(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.setSliderDown(False)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with paint.smooth(self) as painter:
            self._draw(painter)

    def _on_value(self, raw: int) -> None:
        if not self._is_quiet:
            self.moved_to.emit(self.scale.value(raw / _STEPS))

    def _go(self, point: QPointF) -> None:
        span = self.width() - 2 * _HANDLE
        self.setValue(round((point.x() - _HANDLE) / max(span, 1.0) * _STEPS))

    def _draw(self, painter: QPainter) -> None:
        tone, middle = paint.tones(self), self.height() / 2
        span = self.width() - 2 * _HANDLE
        place = self.value() / _STEPS
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place = 1 - place
        x = _HANDLE + place * span
        groove = QRectF(0, middle - 2, self.width(), 4)
        paint.box(painter, groove, paint.mix(tone.room, tone.text, 0.22), radius=2)
        paint.box(painter, QRectF(groove.left(), groove.top(), x - groove.left(), 4), tone.muted, radius=2)
        mark = _HANDLE + self.scale.place(self._default) * span
        paint.box(painter, QRectF(mark - 1, middle - 5, 2, 10), tone.edge, radius=1)
        is_hot = self.underMouse() or self.isSliderDown()
        knob = QRectF(x - 7, middle - 7, 14, 14)
        fill = tone.text if is_hot else paint.mix(tone.text, tone.muted, 0.35)
        paint.box(painter, knob, fill, tone.surface, width=2, radius=7)
        if self.hasFocus():
            paint.focus_ring(painter, knob.adjusted(-1, -1, 1, 1), tone.accent, 8)
