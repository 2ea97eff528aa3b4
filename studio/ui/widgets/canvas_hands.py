"""What hands do on the canvas: mouse, wheel, pinch and keys, turned into zooming, panning and painting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent

if TYPE_CHECKING:
    from studio.ui.widgets.canvas import Canvas

_PAN = 48.0
"""Logical pixels an arrow key moves."""
_LEFT, _RIGHT, _MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
_KEY = Qt.Key
_STEPS = {_KEY.Key_Left: QPoint(1, 0), _KEY.Key_Right: QPoint(-1, 0),
          _KEY.Key_Up: QPoint(0, 1), _KEY.Key_Down: QPoint(0, -1)}
_OWN = (*_STEPS, _KEY.Key_0, _KEY.Key_1, _KEY.Key_Plus, _KEY.Key_Equal, _KEY.Key_Minus, _KEY.Key_Space,
        _KEY.Key_C, _KEY.Key_S, _KEY.Key_D, _KEY.Key_L)
_CLICK = 4.0
"""Logical pixels the pointer may move between press and release of a click."""


class Hands:
    """Left or middle button drags, Space drags too; with the brush up, the left button paints."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._from: QPointF | None = None
        self._click: QPointF | None = None
        self._is_space_down = False

    def press(self, event: QMouseEvent) -> None:
        """A button went down."""
        brush, is_pan = self._canvas.brush, event.button() == _MIDDLE or self._is_space_down
        if brush.is_on and not is_pan and event.button() in (_LEFT, _RIGHT):
            is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            brush.begin(event.position(), is_erasing=is_alt or event.button() == _RIGHT)
        elif is_pan or event.button() == _LEFT:
            self._from = event.position()
            self._click = event.position() if event.button() == _LEFT and not is_pan else None
            self.show_cursor()

    def move(self, event: QMouseEvent) -> None:
        """The pointer moved."""
        if self._click is not None and (event.position() - self._click).manhattanLength() < _CLICK:
            return
        if self._from is not None:
            self._canvas.pan_by(event.position() - self._from)
            self._from, self._click = event.position(), None
        else:
            self._canvas.brush.move(event.position())
        self._canvas.lens.follow(event.position())

    def release(self) -> None:
        """The button came up."""
        if self._click is not None and self._canvas.is_lens:
            self._canvas.lens.keep(self._click)
        elif self._click is not None:
            self._canvas.clicked.emit(self._canvas.to_share(self._click))
        self._from = self._click = None
        self._canvas.brush.end()
        self.show_cursor()

    def double_click(self, event: QMouseEvent) -> None:
        """From fitted to actual size and back."""
        if self._canvas.brush.is_on or self._is_space_down:
            self.press(event)
        elif self._canvas.transform.is_fit:
            self._canvas.actual(event.position())
        else:
            self._canvas.fit()

    def turn(self, event: QWheelEvent) -> None:
        """The wheel: with Ctrl it zooms, else it pans, with Shift sideways."""
        degrees, pixels = event.angleDelta(), event.pixelDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._canvas.zoom_by(1.0015 ** degrees.y(), event.position())
            return
        by = QPointF(pixels) if not pixels.isNull() else QPointF(degrees) * 0.5
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not by.x():
            by = QPointF(by.y(), 0)
        self._canvas.pan_by(by)

    def pinch(self, event: QNativeGestureEvent) -> bool:
        """Two fingers on a track pad; whether it was a pinch."""
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._canvas.zoom_by(1 + event.value(), event.position())
        return True

    def wants(self, event: QKeyEvent) -> bool:
        """Keys that are ours while the canvas has the focus, whatever the window does with them."""
        is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        return (is_plain and event.key() in _OWN) or self._canvas.brush.wants(event)

    def key_down(self, event: QKeyEvent) -> bool:
        """Whether the key was ours."""
        canvas, key = self._canvas, _KEY(event.key())
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return canvas.brush.on_key(event)
        doing = {_KEY.Key_0: canvas.fit, _KEY.Key_1: canvas.actual, _KEY.Key_Plus: canvas.zoom_in,
                 _KEY.Key_Equal: canvas.zoom_in, _KEY.Key_Minus: canvas.zoom_out,
                 _KEY.Key_C: lambda: canvas.compare(True), _KEY.Key_S: lambda: canvas.toggle_mode("split"),
                 _KEY.Key_D: lambda: canvas.toggle_mode("side"),
                 _KEY.Key_L: lambda: canvas.toggle_mode("lens"), _KEY.Key_Space: self._space}
        if key in _STEPS:
            canvas.pan_by(QPointF(_STEPS[key]) * _PAN)
        elif key in doing:
            doing[key]()
        else:
            return canvas.brush.on_key(event)
        return True

    def key_up(self, event: QKeyEvent) -> bool:
        """Whether the key was ours."""
        if event.isAutoRepeat() or event.key() not in (_KEY.Key_Space, _KEY.Key_C):
            return False
        if event.key() == _KEY.Key_Space:
            self.let_go()
        else:
            self._canvas.compare(False)
        return True

    def let_go(self) -> None:
        """Space came up, or the focus went elsewhere while it was down."""
        self._is_space_down, self._from, self._click = False, None, None
        self.show_cursor()

    def _space(self) -> None:
        self._is_space_down = True
        self.show_cursor()

    def show_cursor(self) -> None:
        """The one for what the hands would do now."""
        if self._from is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._is_space_down:
            shape = Qt.CursorShape.OpenHandCursor
        else:
            shape = Qt.CursorShape.BlankCursor if self._canvas.brush.is_on else \
                Qt.CursorShape.CrossCursor if self._canvas.is_lens else Qt.CursorShape.ArrowCursor
        self._canvas.setCursor(shape)
