"""A square button with an icon; its name is in the tooltip and for screen readers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from studio.ui import icons
from studio.ui.widgets import paint


class IconButton(QToolButton):
    """Quiet until the pointer or the focus is on it. ``side`` is in logical pixels."""

    def __init__(self, glyph: str, parent: QWidget | None = None, *, side: int = 32) -> None:
        super().__init__(parent)
        self.glyph, self._side, self._is_on_picture = glyph, side, False
        self.setFixedSize(side, side)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def lie_on_picture(self) -> None:
        """Give it a plate of its own, so that it can be seen on any picture."""
        self._is_on_picture = True

    def set_glyph(self, glyph: str) -> None:
        """Show another icon."""
        self.glyph = glyph
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, rect = paint.tones(self), QRectF(self.rect())
        with paint.smooth(self) as painter:
            if self._is_on_picture:
                plate = QRectF(rect.center().x() - 11, rect.center().y() - 11, 22, 22)
                ground = tone.hover if self.underMouse() else paint.faded(tone.room, 0.88)
                paint.box(painter, plate, ground, radius=11)
                draw_icon(painter, self.glyph, rect, tone.text, 16)
            elif self.isChecked() or self.isDown():
                paint.box(painter, rect, paint.mix(tone.raised, tone.text, 0.16))
            elif self.underMouse() and self.isEnabled():
                paint.box(painter, rect, tone.hover)
            if not self._is_on_picture:
                is_clear = (self.isChecked() or self.underMouse()) and self.isEnabled()
                draw_icon(painter, self.glyph, rect, tone.text if is_clear else tone.muted)
            if self.hasFocus():
                paint.focus_ring(painter, rect, tone.accent)


def draw_icon(painter: QPainter, name: str, rect: QRectF, color: QColor,
              size: int = icons.SIZE) -> None:
    """The icon ``name`` in the middle of ``rect``, ``size`` logical pixels square."""
    place = QRectF(0, 0, size, size)
    place.moveCenter(rect.center())
    painter.save()
    painter.setOpacity(color.alphaF())
    icons.icon(name, color.name()).paint(painter, place.toAlignedRect())
    painter.restore()
