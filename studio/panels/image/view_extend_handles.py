"""Handles at the edges of a picture on the canvas: pulled outwards, they say how far to paint on."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractSlider, QWidget

from studio.panels.image.view_extend import MOST, SIDES, STEP, Edges, ExtendBox
from studio.ui.widgets import canvas_paint, paint, words
from studio.ui.widgets.canvas import Canvas
from studio.ui.widgets.naming import named

_HIT = 32
_ROOM = 72.0
"""Logical pixels kept free around the frame, so that there is somewhere to drag to."""
_OUTWARDS = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down)
_INWARDS = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up)


class ExtendHandles(QObject):
    """The frame and its four handles; shown while the box's button is down."""

    def __init__(self, canvas: Canvas, box: ExtendBox) -> None:
        super().__init__(canvas)
        self._canvas, self._box = canvas, box
        self.frame = Frame(canvas, box)
        names = (self.tr("Left edge"), self.tr("Top edge"), self.tr("Right edge"), self.tr("Bottom edge"))
        self.handles = tuple(EdgeHandle(at, name, canvas) for at, name in enumerate(names))
        for handle in self.handles:
            handle.valueChanged.connect(self._on_handle)
            handle.sliderReleased.connect(self._keep_in_sight)
        box.shown.connect(self._on_shown)
        box.changed.connect(self._on_change)
        canvas.looked.connect(self.place)
        canvas.shown.connect(self.place)
        self.place()

    @property
    def is_on(self) -> bool:
        """Whether the picture itself is on the canvas, and handles are wanted."""
        canvas = self._canvas
        is_alone = canvas.before is not None and canvas.after is None and canvas.preview is None
        return self._box.button.isChecked() and is_alone and canvas.before is not None \
            and canvas.before.size == self._box.picture

    def place(self) -> None:
        """Follow the canvas and the numbers."""
        is_on = self.is_on
        self.frame.setVisible(is_on)
        self.frame.setGeometry(self._canvas.rect())
        self.frame.update()
        for handle, pixels in zip(self.handles, self._box.edges, strict=True):
            handle.setVisible(is_on)
            handle.show_pixels(pixels)
            handle.lie_on(self.frame.outer(), self.frame.scale())

    def make_room(self) -> None:
        """Bring the frame and some room around it in sight, as far as the canvas zooms out."""
        self._canvas.fit()
        outer = self.frame.outer()
        room = QRectF(self._canvas.rect()).adjusted(_ROOM, _ROOM, -_ROOM, -_ROOM)
        if outer.isEmpty() or room.isEmpty():
            return
        share = min(room.width() / outer.width(), room.height() / outer.height())
        if share < 1:
            self._canvas.zoom_by(share)
            self._canvas.pan_by(room.center() - self.frame.outer().center())

    def _on_change(self) -> None:
        self.place()
        if self.is_on and not any(handle.isSliderDown() for handle in self.handles):
            self._keep_in_sight()

    def _on_shown(self, is_on: bool) -> None:
        if is_on:
            self._canvas.brush.set_on(False)
            self._canvas.set_after(None)
            self.make_room()
        self.place()

    def _keep_in_sight(self) -> None:
        if not QRectF(self._canvas.rect()).contains(self.frame.outer()):
            self.make_room()

    def _on_handle(self) -> None:
        left, top, right, bottom = (handle.value() for handle in self.handles)
        self._box.drag((left, top, right, bottom))


class EdgeHandle(QAbstractSlider):
    """A grip in the middle of one edge; its value is in pixels of the picture."""

    def __init__(self, side: int, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, f"extend.handle.{SIDES[side]}", name,
              self.tr("Drag outwards, or press the arrow keys, to paint beyond this edge"))
        self._side, self._scale = side, 1.0
        self._from: tuple[QPointF, int] | None = None
        is_level = side % 2 == 0
        self.setOrientation(Qt.Orientation.Horizontal if is_level else Qt.Orientation.Vertical)
        self.setCursor(Qt.CursorShape.SizeHorCursor if is_level else Qt.CursorShape.SizeVerCursor)
        self.setRange(0, MOST)
        self.setSingleStep(STEP)
        self.setPageStep(8 * STEP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(_HIT, _HIT)
        self.hide()

    def show_pixels(self, pixels: int) -> None:
        """Without saying so."""
        was_blocked = self.blockSignals(True)
        self.setValue(pixels)
        self.blockSignals(was_blocked)

    def lie_on(self, outer: QRectF, scale: float) -> None:
        """On its edge of the frame; ``scale`` is logical pixels for one of the picture."""
        self._scale = max(scale, 1e-6)
        middle = (QPointF(outer.left(), outer.center().y()), QPointF(outer.center().x(), outer.top()),
                  QPointF(outer.right(), outer.center().y()), QPointF(outer.center().x(), outer.bottom()))
        at = middle[self._side]
        self.setGeometry(QRect(round(at.x()) - _HIT // 2, round(at.y()) - _HIT // 2, _HIT, _HIT))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._from = self.mapToParent(event.position()), self.value()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._from is None:
            return
        start, value = self._from
        moved = self.mapToParent(event.position()) - start
        along = moved.x() if self._side % 2 == 0 else moved.y()
        pixels = value + (along if self._side >= 2 else -along) / self._scale
        self.setValue(round(pixels / STEP) * STEP)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._from = None
        self.setSliderDown(False)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == _OUTWARDS[self._side]:
            self.setValue(self.value() + self.singleStep())
        elif event.key() == _INWARDS[self._side]:
            self.setValue(self.value() - self.singleStep())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, rect = paint.tones(self), QRectF(self.rect()).adjusted(4, 4, -4, -4)
        with paint.smooth(self) as painter:
            is_hot = self.underMouse() or self.isSliderDown()
            line = tone.accent if self.hasFocus() or is_hot else tone.edge
            paint.box(painter, rect, tone.room, line, width=2, radius=12)
            painter.setPen(QPen(tone.text, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.translate(rect.center())
            painter.rotate((180, 270, 0, 90)[self._side])
            painter.drawPolyline(QPolygonF([QPointF(-2, -4), QPointF(2, 0), QPointF(-2, 4)]))


class Frame(QWidget):
    """What will be painted: the room between the picture and the frame."""

    def __init__(self, canvas: Canvas, box: ExtendBox) -> None:
        super().__init__(canvas)
        self.setObjectName("extend.frame")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._canvas, self._box = canvas, box
        self.hide()

    def scale(self) -> float:
        """Logical pixels for one of the picture."""
        return self._canvas.picture_rect().width() / max(self._box.picture.width(), 1)

    def outer(self) -> QRectF:
        """The frame, on the canvas."""
        return grown(self._canvas.picture_rect(), self._box.edges, self.scale())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, inner, outer = paint.tones(self), self._canvas.picture_rect(), self.outer()
        with paint.smooth(self) as painter:
            for part in around(inner, outer):
                painter.fillRect(part, paint.faded(tone.accent, 0.22))
            paint.box(painter, outer, None, tone.accent, width=1.5, radius=0, dashed=True)
            self._say(painter, outer, tone)

    def _say(self, painter: QPainter, outer: QRectF, tone: paint.Tones) -> None:
        size = self._box.full_size()
        at = QPointF(outer.center().x(), min(outer.bottom() + 20, self.height() - 32.0))
        canvas_paint.chip(painter, at, words.pixels(size.width(), size.height()), tone, side=0)


def grown(rect: QRectF, edges: Edges, scale: float) -> QRectF:
    """``rect`` with ``edges`` around it, ``scale`` units for each pixel."""
    left, top, right, bottom = (pixels * scale for pixels in edges)
    return rect.adjusted(-left, -top, right, bottom)


def around(inner: QRectF, outer: QRectF) -> list[QRectF]:
    """The parts of ``outer`` outside ``inner``, none of them twice."""
    above = QRectF(outer.topLeft(), QSizeF(outer.width(), inner.top() - outer.top()))
    below = QRectF(outer.left(), inner.bottom(), outer.width(), outer.bottom() - inner.bottom())
    left = QRectF(outer.left(), inner.top(), inner.left() - outer.left(), inner.height())
    right = QRectF(inner.right(), inner.top(), outer.right() - inner.right(), inner.height())
    return [above, below, left, right]
