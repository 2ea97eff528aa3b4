"""Painting a mask on the canvas: hands and cursor.

The arrays live in `mask` and `mask_overlay`, imported when a mask is first needed: the window starts
without numpy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QKeySequence, QPainter, QPen

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

    from studio.ui.widgets.canvas import Canvas
    from studio.ui.widgets.mask import Brush, Mask
    from studio.ui.widgets.mask_overlay import Overlay

SMALLEST, LARGEST = 4, 800
"""Brush diameter in logical pixels on the screen."""


class MaskBrush(QObject):
    """The mask of the canvas's picture and the brush that paints it. Off until `set_on`."""

    changed = Signal()
    """Anything that has to be drawn again."""
    painted = Signal()
    """A stroke ended, or the mask was changed otherwise by a person."""
    options_changed = Signal()

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.is_on, self.is_erasing, self.is_shown = False, False, True
        self.diameter, self.hardness = 80.0, 0.6
        self.mask: Mask | None = None
        self._picture = QSize()
        self._overlay: Overlay | None = None
        self._stroke: Brush | None = None
        self._last: tuple[float, float] = (0.0, 0.0)
        self._hover: QPointF | None = None

    # ---- the mask

    def set_picture(self, size: QSize | None) -> None:
        """Another picture of ``size``: a mask of another shape is dropped."""
        if size is None:
            self.mask, self._overlay, self._picture = None, None, QSize()
        elif size != self._picture:
            self.mask, self._overlay, self._picture = None, None, QSize(size)
            if self.is_on:
                self._make()
        self.changed.emit()

    @property
    def picture_size(self) -> QSize:
        """Of the picture the mask belongs to."""
        return QSize(self._picture)

    @property
    def is_painted(self) -> bool:
        """Whether there is a mask to speak of."""
        return self.mask is not None and not self.mask.is_empty

    def set_on(self, is_on: bool) -> None:
        """Take the brush up, or put it down."""
        self.is_on = is_on
        if is_on:
            self._make()
        self._hover = None
        self._canvas.setCursor(Qt.CursorShape.BlankCursor if is_on else Qt.CursorShape.ArrowCursor)
        self.options_changed.emit()
        self.changed.emit()

    def set_options(self, *, diameter: float | None = None, hardness: float | None = None,
                    is_erasing: bool | None = None, is_shown: bool | None = None) -> None:
        """Change the brush; ``diameter`` in logical pixels on the screen, ``hardness`` 0 to 1."""
        self.diameter = min(max(self.diameter if diameter is None else diameter, SMALLEST), LARGEST)
        self.hardness = self.hardness if hardness is None else min(max(hardness, 0.0), 1.0)
        self.is_erasing = self.is_erasing if is_erasing is None else is_erasing
        self.is_shown = self.is_shown if is_shown is None else is_shown
        self.options_changed.emit()
        self.changed.emit()

    def clear(self) -> None:
        """Nothing painted; can be undone."""
        if self.mask is not None:
            self.mask.clear()
            self._changed()

    def invert(self) -> None:
        """The other way round; can be undone."""
        if self.mask is not None:
            self.mask.invert()
            self._changed()

    def undo(self) -> None:
        """Take the last stroke back."""
        if self.mask is not None and self.mask.undo() is not None:
            self._changed()

    def image(self) -> QImage:
        """The mask as painted, 8-bit grey; null if there is none."""
        if self.mask is None:
            return QImage()
        height, width = self.mask.values.shape
        return QImage(self.mask.values.data, width, height, width, QImage.Format.Format_Grayscale8).copy()

    def load(self, image: QImage) -> None:
        """Show a mask from a file, whatever its size."""
        self._make()
        if self.mask is None or image.isNull():
            return
        height, width = self.mask.values.shape
        grey = image.convertToFormat(QImage.Format.Format_Grayscale8).scaled(
            width, height, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        grey = grey.convertToFormat(QImage.Format.Format_Grayscale8)
        self.mask.load(bytes(grey.constBits()), grey.bytesPerLine())
        if self._overlay is not None:
            self._overlay.tint(self.mask.values)
        self.changed.emit()
        self.options_changed.emit()

    def show_tint(self, values: NDArray[uint8] | None) -> None:
        """Tint ``values``, of the mask's shape, instead of what is painted until that changes; None: that."""
        if self.mask is not None and self._overlay is not None and self._stroke is None:
            self._overlay.tint(self.mask.values if values is None else values)
            self.changed.emit()

    # ---- hands

    def begin(self, point: QPointF, *, is_erasing: bool = False) -> None:
        """Start a stroke at a point of the canvas."""
        from studio.ui.widgets.mask import Brush

        if self.mask is None:
            return
        self._stroke = Brush(self._radius(), self.hardness, is_erasing or self.is_erasing)
        self.mask.begin()
        self._last = self._place(point)
        self._draw_to(point)

    def move(self, point: QPointF) -> None:
        """The pointer moved, pressed or not."""
        if not self.is_on:
            return
        self._hover = point
        if self._stroke is not None:
            self._draw_to(point)
        self.changed.emit()

    def end(self) -> None:
        """The stroke is done."""
        if self._stroke is not None and self.mask is not None:
            self._stroke = None
            if self.mask.end():
                self.painted.emit()

    def leave(self) -> None:
        """The pointer left the canvas."""
        self._hover = None
        self.changed.emit()

    def wants(self, event: QKeyEvent) -> bool:
        """Whether ``event`` is the brush's own."""
        return self.is_on and (event.matches(QKeySequence.StandardKey.Undo) or event.key() in _KEYS)

    def on_key(self, event: QKeyEvent) -> bool:
        """Brush keys: [ and ] size, E erases, I inverts, X shows or hides, Delete clears, undo."""
        if not self.wants(event):
            return False
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
            return True
        key = event.key()
        if key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            self.set_options(diameter=self.diameter * (1.2 if key == Qt.Key.Key_BracketRight else 1 / 1.2))
        elif key == Qt.Key.Key_E:
            self.set_options(is_erasing=not self.is_erasing)
        elif key == Qt.Key.Key_X:
            self.set_options(is_shown=not self.is_shown)
        else:
            (self.invert if key == Qt.Key.Key_I else self.clear)()
        return True

    # ---- drawing

    def draw_overlay(self, painter: QPainter, rect: QRectF) -> None:
        """Tint what is painted, while the brush is up."""
        if self._overlay is not None and self.is_on and self.is_shown:
            painter.drawImage(rect, self._overlay.image, QRectF(self._overlay.image.rect()))

    def draw_cursor(self, painter: QPainter) -> None:
        """A ring as large as the brush."""
        if not self.is_on or self._hover is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = self.diameter / 2
        for width, color in ((3.0, QColor(0, 0, 0, 150)), (1.25, QColor(255, 255, 255, 235))):
            pen = QPen(color, width)
            if self.is_erasing:
                pen.setDashPattern([4, 3] if width < 2 else [1.67, 1.25])
            painter.setPen(pen)
            painter.drawEllipse(self._hover, radius, radius)

    # ---- inside

    def _make(self) -> None:
        """An empty mask, unless there is one."""
        from studio.ui.widgets.mask import Mask
        from studio.ui.widgets.mask_overlay import Overlay

        if self.mask is None and not self._picture.isEmpty():
            self.mask = Mask(self._picture.width(), self._picture.height())
            self._overlay = Overlay(self.mask.values)

    def _changed(self) -> None:
        if self.mask is not None and self._overlay is not None:
            self._overlay.tint(self.mask.values)
        self.changed.emit()
        self.painted.emit()

    def _draw_to(self, point: QPointF) -> None:
        if self.mask is None or self._stroke is None:
            return
        place = self._place(point)
        box = self.mask.line(self._last, place, self._stroke)
        self._last = place
        if box is not None and self._overlay is not None:
            self._overlay.tint(self.mask.values, box)
        self.changed.emit()

    def _place(self, point: QPointF) -> tuple[float, float]:
        assert self.mask is not None  # noqa: S101 - callers looked
        share = self._canvas.to_share(point)
        height, width = self.mask.values.shape
        return share.x() * width, share.y() * height

    def _radius(self) -> float:
        """In mask pixels."""
        assert self.mask is not None  # noqa: S101 - callers looked
        return float(self.diameter / 2 / self._canvas.picture_rect().width() * self.mask.values.shape[1])


_KEYS = (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight, Qt.Key.Key_E, Qt.Key.Key_I, Qt.Key.Key_X,
         Qt.Key.Key_Delete)


def mask_png(image: QImage, size: QSize) -> bytes:
    """``image`` as an 8-bit grey PNG of ``size``. Slow for large pictures: call it off the UI thread."""
    full = image if image.size() == size else image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    full.convertToFormat(QImage.Format.Format_Grayscale8).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
