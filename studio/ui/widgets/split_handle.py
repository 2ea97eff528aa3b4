"""The line between before and after: dragged, or moved with the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractSlider, QWidget

from studio.ui.widgets import paint
from studio.ui.widgets.naming import named

_HIT = 32
_WHOLE = 1000


class SplitHandle(QAbstractSlider):
    """A strip 32 px wide over the canvas; its value is 0 (all after) to 1000 (all before)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "canvas.split", self.tr("Before and after"), self.tr("Drag to compare before and after"))
        self.setOrientation(Qt.Orientation.Horizontal)
        self._area = QRect()
        self.setRange(0, _WHOLE)
        self.setValue(_WHOLE // 2)
        self.setSingleStep(_WHOLE // 100)
        self.setPageStep(_WHOLE // 10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.valueChanged.connect(self._place)

    def set_area(self, area: QRect) -> None:
        """The area it moves in."""
        self._area = QRect(area)
        self._place()

    def line(self) -> int:
        """Where the line is, in the canvas."""
        return self._area.left() + round(self._area.width() * self.value() / _WHOLE)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.setSliderDown(event.button() == Qt.MouseButton.LeftButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self.isSliderDown():
            at = self.mapToParent(event.position())
            self.setValue(round((at.x() - self._area.left()) / max(self._area.width(), 1) * _WHOLE))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, middle = paint.tones(self), self.width() / 2
        with paint.smooth(self) as painter:
            painter.fillRect(QRectF(middle - 1.5, 0, 3, self.height()), paint.faded(tone.room, 0.55))
            painter.fillRect(QRectF(middle - 0.5, 0, 1, self.height()), QColor("white"))
            grip = QRectF(middle - 14, self.height() / 2 - 14, 28, 28)
            line = tone.accent if self.hasFocus() else QColor("white")
            paint.box(painter, grip, tone.room, line, width=2, radius=14)
            painter.setPen(QPen(tone.text, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            for side in (-1, 1):
                tip = QPointF(middle + side * 8, self.height() / 2)
                arrow = [tip - QPointF(side * 4, 4), tip, tip - QPointF(side * 4, -4)]
                painter.drawPolyline(QPolygonF(arrow))

    def _place(self) -> None:
        self.setGeometry(self.line() - _HIT // 2, self._area.top(), _HIT, self._area.height())
