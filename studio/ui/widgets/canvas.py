"""The canvas: pictures on neutral grey, zoomed, panned and compared. Never tints, never blocks."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from studio.ui.widgets import canvas_levels, canvas_paint, paint
from studio.ui.widgets.canvas_hands import Hands
from studio.ui.widgets.canvas_levels import Levels
from studio.ui.widgets.canvas_transform import Transform
from studio.ui.widgets.lens import Lens
from studio.ui.widgets.looks import Looks
from studio.ui.widgets.mask_brush import MaskBrush
from studio.ui.widgets.naming import named
from studio.ui.widgets.split_handle import SplitHandle

Mode = Literal["single", "split", "side", "lens"]
_STEP = 1.25
_SETTLE_MS = 90
_TELL_MS = 1200
_EDGE = 64.0
"""Logical pixels from the border within which the lens pulls the picture along."""
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason,
           Qt.FocusReason.ShortcutFocusReason)


class Canvas(QWidget):
    """Shows "before" (what came in) and "after" (what was made of it), which may differ in size."""

    zoom_changed = Signal(float)
    """Device pixels for one picture pixel."""
    mode_changed = Signal(str)
    shown = Signal()
    """A picture that was set is on the screen now."""
    clicked = Signal(QPointF)
    """A place of the picture, in shares, that was clicked; not with the brush up, nor through the lens."""
    looked = Signal()
    """`close_up` may have changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "canvas", self.tr("Canvas"))
        self.transform = Transform()
        self.mode: Mode = "single"
        self.before: Levels | None = None
        self.after: Levels | None = None
        self.preview: QImage | None = None
        self.is_preview_part = False
        self.brush = MaskBrush(self)
        self.split = SplitHandle(self)
        self.lens = Lens(self)
        self.looks = Looks()
        self.can_look = False
        """Whether parts of a result can be shown before there is one: see `show_look`."""
        self.words = ""
        """Said where the result is looked at closely, such as "Enlarging"."""
        self._full = QSize()
        self._turn = {"before": 0, "after": 0}
        self.hands = Hands(self)
        self._is_comparing = self._is_moving = False
        self.has_ring = False
        """Whether the keyboard brought the focus here: a ring shows it."""
        self.is_zoom_shown = False
        self._zoom_told = QTimer(self, singleShot=True, interval=_TELL_MS)
        self._zoom_told.timeout.connect(lambda: self._show_zoom(False))
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)
        self.split.valueChanged.connect(self._on_split)
        self.lens.moved.connect(self.looked)
        self.brush.changed.connect(self.update)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.split.hide()
        self._describe()

    # ---- what is shown

    def set_before(self, image: QImage | Levels | None) -> None:
        """What came in, also as `before` held it earlier; None takes everything away."""
        self._set("before", image)
        if image is None:
            self.set_after(None)
            self.brush.set_picture(None)

    def set_after(self, image: QImage | None) -> None:
        """What was made of it. The view does not move."""
        self._set("after", image)

    def set_preview(self, image: QImage | None, *, is_part: bool = False) -> None:
        """A small or unfinished result, shown in place of the picture until `set_after`.

        ``is_part``: it is transparent where the picture itself is to be seen.
        """
        self.is_preview_part = is_part
        self.preview = None if image is None or image.isNull() else canvas_levels.drawable(image)
        self._refresh()

    def show_new(self) -> None:
        """Start afresh with another picture: fit it."""
        self.transform.fit()
        self.lens.reset()
        self._refresh()

    def set_looks(self, can_look: bool, size: QSize | None = None) -> None:
        """Whether parts of a result of ``size`` can be looked at; those of an earlier one go.

        ``size`` also says how large the result on the canvas is, where that holds a smaller one.
        """
        self.can_look, self._full, self.words = can_look, QSize(size or QSize()), ""
        self.looks.clear()
        self._refresh()

    def show_look(self, part: QRectF, image: QImage) -> None:
        """``part`` of the result, in shares of the picture, over all that is older."""
        self.looks.add(part, image)
        self._repaint()

    def say(self, words: str) -> None:
        """Say ``words`` where the result is looked at closely; "" takes them away."""
        if words != self.words:
            self.words = words
            self._repaint()

    @property
    def has_result(self) -> bool:
        """Whether there is something to compare with."""
        return self.after is not None or self.preview is not None

    @property
    def can_compare(self) -> bool:
        """Whether there are two things to look at."""
        return self.before is not None and (self.has_result or self.can_look)

    @property
    def is_lens(self) -> bool:
        """Whether the lens is on."""
        return self.mode == "lens" and (self.before is not None or self.after is not None)

    def result_size(self) -> QSize:
        """Of the result in full, or of the picture where there is none."""
        base = self.after or self.before
        if not self._full.isEmpty():
            return QSize(self._full)
        return base.size if base is not None else QSize(1, 1)

    def close_up(self) -> QRectF:
        """The part of the result that is looked at closely, in shares of the picture; may be empty."""
        if self.is_lens:
            return self.lens.part()
        if self.is_split:
            line = self.to_share(QPointF(self.split.line(), 0)).x()
            return self.transform.seen().intersected(QRectF(line, 0, 1 - line, 1))
        is_side = len(self.panes()) == 2
        return self.transform.seen() if is_side or self.after is not None else QRectF()

    def set_mode(self, mode: Mode) -> None:
        """One picture, a split, or side by side."""
        if mode != self.mode:
            self.mode = mode
            self._refresh()
            self.mode_changed.emit(mode)

    def toggle_mode(self, mode: Mode) -> None:
        """``mode``, or one picture again."""
        self.set_mode("single" if self.mode == mode else mode)

    def compare(self, is_on: bool) -> None:
        """Show what came in for as long as this is on."""
        if is_on != self._is_comparing:
            self._is_comparing = is_on
            self._refresh()

    # ---- how it is looked at

    def fit(self) -> None:
        """All of it."""
        self.transform.fit()
        self._show_zoom(True)
        self._moved()

    def actual(self, at: QPointF | None = None) -> None:
        """One picture pixel on one device pixel, keeping what lies at a point of the canvas where it is."""
        self.transform.actual(None if at is None else self._local(at))
        self._show_zoom(True)
        self._moved()

    def actual_at(self, share: QPointF) -> None:
        """One picture pixel on one device pixel, with a place of the picture, in shares, in the middle."""
        self.transform.actual()
        self.transform.look_at(share)
        self._moved()

    def zoom_in(self) -> None:
        """Nearer."""
        self.zoom_by(_STEP)

    def zoom_out(self) -> None:
        """Farther."""
        self.zoom_by(1 / _STEP)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Nearer or farther, keeping what lies at a point of the canvas where it is."""
        self.transform.zoom_to(self.transform.zoom * factor, None if at is None else self._local(at))
        self._show_zoom(True)
        self._moved()

    def pan_by(self, by: QPointF) -> None:
        """Move the picture by logical pixels."""
        self.transform.pan(by)
        self._moved()

    def panes(self) -> list[QRectF]:
        """The viewports: two beside each other, or one."""
        if self.mode == "side" and self.can_compare:
            half = self.width() / 2
            return [QRectF(0, 0, half, self.height()), QRectF(half, 0, half, self.height())]
        return [QRectF(self.rect())]

    def to_share(self, point: QPointF) -> QPointF:
        """A point of the widget in shares of the picture, 0 to 1 inside it."""
        return self.transform.to_share(self._local(point))

    def to_point(self, share: QPointF) -> QPointF:
        """Where a place of the picture, in shares, lies on the canvas (in the first pane)."""
        return self.transform.to_point(share)

    def reveal(self, share: QPointF) -> None:
        """Pan as far as it takes to bring a place of the picture into sight."""
        room, point = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE), self.to_point(share)
        inside = QPointF(min(max(point.x(), room.left()), room.right()),
                         min(max(point.y(), room.top()), room.bottom()))
        if inside != point:
            self.pan_by(inside - point)

    def picture_rect(self) -> QRectF:
        """The picture in the first pane."""
        return self.transform.rect()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(720, 560)

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        canvas_paint.draw(painter, self, paint.tones(self), is_fast=self._is_moving)
        painter.end()

    def shown_in(self, pane: int) -> Levels | QImage | None:
        """The picture of a pane: before, or the newest after."""
        is_before = self._is_comparing or (len(self.panes()) == 2 and pane == 0)
        result = self.preview if self.preview is not None else self.after
        return self.before if is_before or result is None else result

    @property
    def is_split(self) -> bool:
        """Whether the split line is on."""
        return self.mode == "split" and self.can_compare and not self._is_comparing

    @property
    def shows_looks(self) -> bool:
        """Whether looks lie over the result where it is shown."""
        return not self._is_comparing and self.can_look and (self.mode != "single" or self._is_reduced)

    @property
    def is_comparing(self) -> bool:
        """Whether what came in is shown for a moment."""
        return self._is_comparing

    # ---- events

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            return self.hands.pinch(event)
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and self.hands.wants(event):
            event.accept()
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        self.hands.turn(event)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.hands.release()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.hands.double_click(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        self.brush.leave()
        self.lens.rest()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if not self.hands.key_down(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if not self.hands.key_up(event):
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self.has_ring = event.reason() in _BY_KEY
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self.has_ring = False
        self.hands.let_go()
        self.compare(False)
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._refresh()

    # ---- inside

    def _set(self, which: str, image: QImage | Levels | None) -> None:
        self._turn[which] += 1
        turn = self._turn[which]
        if isinstance(image, Levels):
            self._take(which, turn, image)
        elif image is None or image.isNull():
            self._take(which, turn, None)
        else:
            canvas_levels.prepare(self, image, lambda levels: self._take(which, turn, levels))

    def _take(self, which: str, turn: int, levels: Levels | None) -> None:
        if turn != self._turn[which]:
            return  # a newer picture was set meanwhile
        setattr(self, which, levels)
        self.preview = None
        if which == "before" and levels is not None:
            self.brush.set_picture(levels.size)
        self._refresh()
        self.shown.emit()

    def _refresh(self) -> None:
        pane = self.panes()[0]
        if not (size := self._base_size()).isEmpty():
            self.transform.set_picture(QSizeF(size))
        self.transform.set_viewport(pane.size(), self.devicePixelRatioF())
        self.split.setVisible(self.is_split)
        self.split.set_area(self.rect())
        self.lens.setVisible(self.is_lens)
        self.lens.place()
        self.hands.show_cursor()
        self._describe()
        self.update()
        self.zoom_changed.emit(self.transform.zoom)
        self.looked.emit()

    def _base_size(self) -> QSize:
        """Of the picture whose pixels the zoom counts; empty if there is none."""
        if self.before is not None and self.after is None and not (self.can_look and self._is_beside):
            return self.before.size
        return self.result_size() if self.after is not None or self.before is not None else QSize()

    @property
    def _is_beside(self) -> bool:
        """Whether result and picture are shown at once."""
        return self.mode in ("split", "side")

    @property
    def _is_reduced(self) -> bool:
        """Whether the result is larger than what the canvas holds of it."""
        return self.after is not None and self._full.width() > self.after.size.width()

    def _repaint(self) -> None:
        self.lens.update()
        self.update()

    def _on_split(self) -> None:
        self.update()
        self.looked.emit()

    def _moved(self) -> None:
        self._is_moving = True
        self._settle.start()
        self._refresh()

    def _show_zoom(self, is_shown: bool) -> None:
        """Say for a moment how large it is."""
        self.is_zoom_shown = is_shown
        if is_shown:
            self._zoom_told.start()
        self.update()

    def _on_settled(self) -> None:
        self._is_moving = False
        self.update()

    def _local(self, point: QPointF) -> QPointF:
        """``point`` in the coordinates of its pane."""
        pane = next((pane for pane in self.panes() if pane.contains(point)), self.panes()[0])
        return point - pane.topLeft()

    def _describe(self) -> None:
        base = self.after or self.before
        if base is None:
            self.setAccessibleDescription(self.tr("No picture yet"))
            return
        what = self.tr("Result") if self.has_result and not self._is_comparing else self.tr("Original")
        self.setAccessibleDescription(self.tr("{what}, {width} by {height} pixels, at {zoom} %").format(
            what=what, width=base.size.width(), height=base.size.height(),
            zoom=round(self.transform.zoom * 100)))
