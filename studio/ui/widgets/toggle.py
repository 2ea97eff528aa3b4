"""A switch: label left, knob right."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from studio.ui.widgets import paint

_TRACK = QSize(36, 20)


class Toggle(QCheckBox):
    """On or off. A check box to the keyboard and to screen readers."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + _TRACK.width() + 16, 32)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(_TRACK.width() + 60, 32)

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone = paint.tones(self)
        track = QRectF(self.width() - _TRACK.width() - 1, (self.height() - _TRACK.height()) / 2,
                       _TRACK.width(), _TRACK.height())
        with paint.smooth(self) as painter:
            painter.setPen(tone.text)
            room = QRectF(0, 0, track.left() - 8, self.height())
            words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)
            is_on = self.isChecked()
            fill = tone.muted if is_on else tone.surface
            paint.box(painter, track, fill, tone.muted if is_on else tone.edge, radius=10)
            x = track.right() - 17 if is_on else track.left() + 3
            knob = QRectF(x, track.top() + 3, 14, 14)
            paint.box(painter, knob, tone.surface if is_on else tone.muted, radius=7)
            if self.hasFocus():
                paint.focus_ring(painter, track.adjusted(-3, -3, 3, 3).intersected(QRectF(self.rect())),
                                 tone.accent, 12)
