"""The lens: a round magnifier over the canvas that shows the result pixel by pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio.ui.widgets import canvas_paint, paint
from studio.ui.widgets.canvas_transform import Transform
from studio.ui.widgets.naming import named

if TYPE_CHECKING:
    from studio.ui.widgets.canvas import Canvas

_DIAMETER = 256
_SHARE = 0.6
"""Of the canvas's shorter side, at most."""
_STEP, _FINE_STEP = 24.0, 4.0
"""Logical pixels an arrow key moves it; with Shift, the second."""
_ZOOMS = (0.5, 1.0, 2.0, 4.0, 8.0)
_MIDDLE = QPointF(0.5, 0.5)
_KEY = Qt.Key
_ARROWS = {_KEY.Key_Left: QPointF(-1, 0), _KEY.Key_Right: QPointF(1, 0),
           _KEY.Key_Up: QPointF(0, -1), _KEY.Key_Down: QPointF(0, 1)}
_NEARER, _FARTHER = (_KEY.Key_Plus, _KEY.Key_Equal), (_KEY.Key_Minus, _KEY.Key_Underscore)
_OWN = (*_ARROWS, *_NEARER, *_FARTHER, _KEY.Key_Home, _KEY.Key_1)


class Lens(QWidget):
    """Follows the pointer; when that leaves the canvas it rests where it was put with a click.

    With the focus, arrow keys move it (Shift: a little), + and - magnify, 1 is pixel by pixel, Home is
    the middle of the picture. The mouse goes through it to the canvas.
    """

    moved = Signal()
    """It looks at another place, or more closely."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        named(self, "canvas.lens", self.tr("Lens"),
              self.tr("Shows the result pixel by pixel. Click to leave it here; arrow keys move it."))
        self.setToolTip("")  # it would hang about under the pointer
        self._canvas = canvas
        self.zoom = 1.0
        """Device pixels for one pixel of the result."""
        self._at, self._resting = QPointF(_MIDDLE), QPointF(_MIDDLE)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    # ---- where it is

    @property
    def at(self) -> QPointF:
        """What its middle shows, in shares of the picture."""
        return QPointF(self._at)

    def reset(self) -> None:
        """Another picture: its middle."""
        self._resting = QPointF(_MIDDLE)
        self._go(_MIDDLE)

    def follow(self, point: QPointF) -> None:
        """The pointer is at a point of the canvas."""
        if self._canvas.is_lens:
            self._go(self._canvas.to_share(point))

    def keep(self, point: QPointF) -> None:
        """Rest here from now on."""
        self.follow(point)
        if self._canvas.is_lens:
            self._resting = QPointF(self._at)

    def rest(self) -> None:
        """The pointer has left the canvas: back to where it was put."""
        self._go(self._resting)

    def magnify(self, step: int) -> None:
        """Nearer (1) or farther (-1)."""
        place = min(range(len(_ZOOMS)), key=lambda at: abs(_ZOOMS[at] - self.zoom))
        self._zoom_to(_ZOOMS[min(max(place + step, 0), len(_ZOOMS) - 1)])

    def place(self) -> None:
        """Lie over the place it shows; the canvas changed."""
        side = round(min(_DIAMETER, _SHARE * min(self._canvas.width(), self._canvas.height())))
        middle = self._canvas.to_point(self._at)
        self.setGeometry(round(middle.x() - side / 2), round(middle.y() - side / 2), side, side)
        self._describe()
        self.update()

    def view(self) -> Transform:
        """How the picture lies in it."""
        result = Transform()
        result.is_fit = False
        result.set_viewport(QSizeF(self.size()), self._canvas.devicePixelRatioF())
        result.picture = QSizeF(self._canvas.result_size())
        result.zoom, result.centre = self.zoom, QPointF(self._at)
        return result

    def part(self) -> QRectF:
        """What it shows, in shares of the picture."""
        return self.view().seen()

    # ---- events

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(_DIAMETER, _DIAMETER)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, rect = paint.tones(self), QRectF(self.rect()).adjusted(2, 2, -2, -2)
        with paint.smooth(self) as painter:
            circle = QPainterPath()
            circle.addEllipse(rect)
            painter.save()
            painter.setClipPath(circle)
            canvas_paint.draw_lens(painter, self._canvas, self.view(), tone)
            painter.restore()
            canvas_paint.ring(painter, rect, tone, has_focus=self.hasFocus())
            canvas_paint.lens_words(painter, self._canvas, rect, self.zoom, tone)

    def event(self, event: QEvent) -> bool:
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and isinstance(event, QKeyEvent) and event.key() in _OWN:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = _KEY(event.key())
        if key in _ARROWS:
            is_fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step(_ARROWS[key] * (_FINE_STEP if is_fine else _STEP))
        elif key in (*_NEARER, *_FARTHER):
            self.magnify(1 if key in _NEARER else -1)
        elif key == _KEY.Key_1:
            self._zoom_to(1.0)
        elif key == _KEY.Key_Home:
            self.reset()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        self.update()

    # ---- inside

    def _step(self, by: QPointF) -> None:
        """Move by logical pixels of the canvas, which comes along where it must."""
        self.keep(self._canvas.to_point(self._at) + by)
        self._canvas.reveal(self._at)

    def _go(self, share: QPointF) -> None:
        self._at = QPointF(min(max(share.x(), 0.0), 1.0), min(max(share.y(), 0.0), 1.0))
        self.place()
        self.moved.emit()

    def _zoom_to(self, zoom: float) -> None:
        self.zoom = zoom
        self.place()
        self.moved.emit()

    def _describe(self) -> None:
        text = self.tr("At {zoom} %, {across} % across and {down} % down the picture")
        self.setAccessibleDescription(text.format(
            zoom=round(self.zoom * 100), across=round(self._at.x() * 100), down=round(self._at.y() * 100)))
