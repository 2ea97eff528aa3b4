"""A place for a picture: drop it, paste it, or choose a file."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFont,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui import theme
from studio.ui.widgets import paint, words
from studio.ui.widgets.background import in_background
from studio.ui.widgets.icon_button import IconButton, draw_icon
from studio.ui.widgets.intake import Dropped, pictures_of
from studio.ui.widgets.naming import named
from studio.ui.widgets.picture_ref import PictureRef

Light = Literal["", "offer", "target"]
_THUMB = 320
_PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Well(QWidget):
    """Empty: says what goes here. Filled: shows it, with a button to take it out.

    Enter opens the file chooser, Delete takes the picture out, Ctrl+V pastes one.
    """

    dropped = Signal(object)
    """Dropped: pictures that a person gave."""
    browse_requested = Signal()
    clear_requested = Signal()
    hovered = Signal(object)
    """The QMimeData dragged over it, or None when it left."""

    def __init__(self, name: str, invitation: str, offer: str, *, glyph: str = "picture",
                 is_tile: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.invitation, self.offer, self._glyph, self.is_tile = invitation, offer, glyph, is_tile
        self.ref: PictureRef | None = None
        self.count = 0
        self.is_low = False
        """Whether it is only a line high: a further place, empty as yet."""
        self._light: Light = ""
        self._pixmap = QPixmap()
        named(self, f"well.{name}", invitation, offer)
        self.clear_button = named(IconButton("close", self), f"well.{name}.clear",
                                  self.tr("Take out"), self.tr("Take this picture out"))
        self.clear_button.clicked.connect(self.clear_requested)
        self.clear_button.hide()
        if is_tile:
            self.clear_button.lie_on_picture()
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # ---- what it holds

    def show_picture(self, ref: PictureRef | None, count: int = 1) -> None:
        """Hold ``ref``, the first of ``count``; its thumbnail comes with `show_image`."""
        if ref is None or self.ref is None or ref.sha256 != self.ref.sha256:
            self._pixmap = QPixmap()
        self.ref, self.count = ref, count if ref is not None else 0
        self.clear_button.setVisible(ref is not None)
        described = self.invitation if ref is None else f"{self.invitation}: {self.title()}"
        self.setAccessibleName(described)
        self.setToolTip(self.offer if ref is None else self.title())
        self.update()

    def show_image(self, image: QImage) -> None:
        """The picture itself, of any size; made small off the UI thread."""
        wanted = self.ref
        in_background(self, lambda: _thumbnail(image), lambda small: self._take_thumbnail(wanted, small))

    def title(self) -> str:
        """What it holds, in words."""
        if self.ref is None:
            return ""
        return self.ref.name if self.count <= 1 else words.pictures(self.count)

    def set_light(self, light: Light) -> None:
        """Lit as one of the places that would take a drag, or as the one that will."""
        self._light = light
        self.update()

    # ---- drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if pictures_of(event.mimeData()):
            event.acceptProposedAction()
            self.hovered.emit(event.mimeData())
            self.set_light("target")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        self.hovered.emit(None)
        self.set_light("")

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self.hovered.emit(None)
        self.set_light("")
        if self.take(event.mimeData()):
            event.acceptProposedAction()

    def take(self, mime: QMimeData) -> bool:
        """Take the pictures in ``mime``; whether there were any."""
        found: Dropped = pictures_of(mime)
        if found:
            self.dropped.emit(found)
        return bool(found)

    # ---- hands

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.matches(QKeySequence.StandardKey.Paste):
            self.take(QGuiApplication.clipboard().mimeData())
        elif event.key() in _PRESS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.browse_requested.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.ref is not None:
            self.clear_requested.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.browse_requested.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        event.accept()

    # ---- looks

    def sizeHint(self) -> QSize:  # noqa: N802
        if self.is_tile:
            return QSize(140, 44 if self.is_low else 72)
        return QSize(288, 56)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(96, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        side = self.clear_button.width()
        y = 0 if self.is_tile else (self.height() - side) // 2
        self.clear_button.move(self.width() - side - (0 if self.is_tile else 8), y)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, rect = paint.tones(self), QRectF(self.rect())
        with paint.smooth(self) as painter:
            if self.ref is None:
                self._draw_empty(painter, rect, tone)
            elif self.is_tile:
                self._draw_picture(painter, rect, tone)
                paint.box(painter, rect, None, tone.border)
            else:
                self._draw_row(painter, rect, tone)
            self._draw_light(painter, rect, tone)
            if self.hasFocus():
                paint.focus_ring(painter, rect, tone.accent)

    def _draw_empty(self, painter: QPainter, rect: QRectF, tone: paint.Tones) -> None:
        fill = tone.hover if self.underMouse() else tone.raised
        paint.box(painter, rect, fill, tone.edge, dashed=True)
        color = tone.text if self.underMouse() else tone.muted
        painter.setPen(color)
        if rect.width() < 200:
            draw_icon(painter, self._glyph, rect.adjusted(0, 0, 0, -24), color)
            flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
            painter.drawText(rect.adjusted(8, rect.height() / 2 + 6, -8, 0), flags, self.invitation)
            return
        draw_icon(painter, self._glyph, QRectF(16, 0, 24, rect.height()), color)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(rect.adjusted(52, 0, -12, 0), flags, self.invitation)

    def _draw_row(self, painter: QPainter, rect: QRectF, tone: paint.Tones) -> None:
        if self.ref is None:
            return
        paint.box(painter, rect, tone.raised, tone.border)
        self._draw_picture(painter, QRectF(0, 0, rect.height() * 4 / 3, rect.height()), tone)
        left = rect.height() * 4 / 3 + 12
        room = QRectF(left, 10, rect.width() - left - 48, 20)
        painter.setPen(tone.text)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), painter.fontMetrics().elidedText(
            self.title(), Qt.TextElideMode.ElideMiddle, int(room.width())))
        painter.setPen(tone.muted)
        painter.setFont(QFont(theme.number_font(12)))
        elide, width = Qt.TextElideMode.ElideRight, int(room.width())
        below = painter.fontMetrics().elidedText(self._facts(), elide, width)
        painter.drawText(room.translated(0, 20), int(Qt.AlignmentFlag.AlignVCenter), below)

    def _facts(self) -> str:
        if self.ref is None:
            return ""
        if self.count > 1:
            return self.tr("{name} and more").format(name=self.ref.name)
        return words.pixels(self.ref.width, self.ref.height) if self.ref.width else ""

    def _draw_picture(self, painter: QPainter, rect: QRectF, tone: paint.Tones) -> None:
        """Fill ``rect`` with the middle of the picture."""
        path = QPainterPath()
        path.addRoundedRect(rect, paint.RADIUS, paint.RADIUS)
        painter.fillPath(path, tone.canvas)
        if self._pixmap.isNull():
            return
        size = QSizeF(self._pixmap.size())
        part = rect.size().scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
        corner = QPointF((size.width() - part.width()) / 2, (size.height() - part.height()) / 2)
        painter.save()
        painter.setClipPath(path)
        painter.drawPixmap(rect, self._pixmap, QRectF(corner, part))
        painter.restore()

    def _draw_light(self, painter: QPainter, rect: QRectF, tone: paint.Tones) -> None:
        if not self._light:
            return
        is_target = self._light == "target"
        fill = paint.mix(tone.raised, tone.accent, 0.28) if is_target else None
        paint.box(painter, rect, fill, tone.accent, width=2, dashed=not is_target)
        if is_target:
            painter.setPen(tone.text)
            font = QFont(theme.ui_font(13, bold=True))
            painter.setFont(font)
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(rect.adjusted(8, 4, -8, -4), flags, self.offer)

    def _take_thumbnail(self, wanted: PictureRef | None, small: QImage) -> None:
        if wanted is self.ref and not small.isNull():
            self._pixmap = QPixmap.fromImage(small)
            self.update()


def _thumbnail(image: QImage) -> QImage:
    """Covers a well at twice its size. At most three to one, so that a panorama stays small."""
    if image.isNull():
        return image
    width, height = image.width(), image.height()
    kept = QRect(0, 0, min(width, 3 * height), min(height, 3 * width))
    kept.moveCenter(image.rect().center())
    part = image.copy(kept)
    if min(part.width(), part.height()) <= _THUMB:
        return part
    return part.scaled(_THUMB, _THUMB, Qt.AspectRatioMode.KeepAspectRatioByExpanding,
                       Qt.TransformationMode.SmoothTransformation)
