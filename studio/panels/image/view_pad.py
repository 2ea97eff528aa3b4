"""A square to wander about in: two directions away from a seed, with the seed itself in the middle."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.widgets import paint
from studio.ui.widgets.naming import named

_STEP = 0.05
_SIDE = 160
_INSET = 10.0
_MOVES = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class Pad(QWidget):
    """Holds "aside" (to the right) and "along" (downwards), each -1 to 1. Double-click, Home: middle."""

    changed = Signal()
    """A person moved the point."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.aside, self.along = 0.0, 0.0
        self._is_down = False
        named(self, "play.pad", self.tr("Around here"))
        self.setToolTip(self.tr("Drag the point, or press the arrow keys, to wander about near this seed"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._describe()

    def set_point(self, aside: float, along: float) -> None:
        """Show a point, without saying so."""
        self.aside, self.along = _bounded(aside), _bounded(along)
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(_SIDE, _SIDE)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self._is_down = True
            self._go_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._is_down:
            self._go_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._is_down = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._go(0.0, 0.0)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = Qt.Key(event.key())
        if key in _MOVES:
            across, down = _MOVES[key]
            self._go(self.aside + across * _STEP, self.along + down * _STEP)
        elif key == Qt.Key.Key_Home:
            self._go(0.0, 0.0)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, area = paint.tones(self), self._area()
        with paint.smooth(self) as painter:
            paint.box(painter, QRectF(self.rect()), tone.canvas, tone.edge)
            for at in range(1, 4):
                painter.setPen(QPen(paint.faded(tone.edge, 0.9 if at == 2 else 0.35), 1))
                x, y = area.left() + area.width() * at / 4, area.top() + area.height() * at / 4
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            point = self._point()
            knob = QRectF(point.x() - 7, point.y() - 7, 14, 14)
            paint.box(painter, knob, tone.text, tone.surface, width=2, radius=7)
            if self.hasFocus():
                paint.focus_ring(painter, QRectF(self.rect()), tone.accent)

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)

    def _point(self) -> QPointF:
        area = self._area()
        return QPointF(area.center().x() + self.aside * area.width() / 2,
                       area.center().y() + self.along * area.height() / 2)

    def _go_to(self, point: QPointF) -> None:
        area = self._area()
        self._go((point.x() - area.center().x()) / area.width() * 2,
                 (point.y() - area.center().y()) / area.height() * 2)

    def _go(self, aside: float, along: float) -> None:
        place = _bounded(aside), _bounded(along)
        if place != (self.aside, self.along):
            self.set_point(*place)
            self.changed.emit()

    def _describe(self) -> None:
        text = self.tr("Aside {aside}, along {along}. Arrow keys move, Home goes back to the seed.")
        self.setAccessibleDescription(text.format(aside=f"{self.aside:g}", along=f"{self.along:g}"))


def _bounded(value: float) -> float:
    return round(min(max(value, -1.0), 1.0), 2)
