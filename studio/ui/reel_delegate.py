"""Draws one picture of the reel: thumbnail, stars, and a mark for what was brought in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.ui.reel_model import ASSET_ROLE

if TYPE_CHECKING:
    from studio.project.store import Asset

CELL, PICTURE = 120, 108
_RADIUS = 6


class ReelDelegate(QStyledItemDelegate):
    """Paints from pixmaps alone, so that scrolling costs a blit a picture."""

    def sizeHint(self, option: QStyleOptionViewItem,  # noqa: N802
                 index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(CELL, CELL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        asset: Asset = index.data(ASSET_ROLE)
        pixmap: QPixmap | None = index.data(Qt.ItemDataRole.DecorationRole)
        rect, palette = _rect(option), _palette(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(QPoint(0, 0), QSize(PICTURE, PICTURE))
        box.moveCenter(rect.center())
        self._badges(painter, self._picture(painter, box, pixmap, palette, asset), asset)
        self._edges(painter, rect, option, palette)
        painter.restore()

    def _picture(self, painter: QPainter, box: QRect, pixmap: QPixmap | None, palette: QPalette,
                 asset: Asset) -> QRect:
        if pixmap is not None and not pixmap.isNull():
            size = pixmap.deviceIndependentSize().toSize()
            place = QRect(QPoint(0, 0), size)
            place.moveCenter(box.center())
            painter.drawPixmap(place.topLeft(), pixmap)
            return place
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        if pixmap is not None:  # it has no picture: a text, a sound, a damaged thumbnail
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            painter.drawText(box.adjusted(8, 8, -8, -8), int(Qt.AlignmentFlag.AlignCenter)
                             | int(Qt.TextFlag.TextWordWrap), asset.name)
        return box

    def _badges(self, painter: QPainter, box: QRect, asset: Asset) -> None:
        words = "★" * asset.stars + ("  " if asset.stars and asset.origin == "imported" else "")
        words += "⤓" if asset.origin == "imported" else ""
        if not words:
            return
        plate = QRect(0, 0, painter.fontMetrics().horizontalAdvance(words) + 12, 20)
        plate.moveBottomLeft(box.bottomLeft() + QPoint(4, -4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 170))
        painter.drawRoundedRect(plate, 4, 4)
        painter.setPen(QColor("#F0C27A"))
        painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), words)

    def _edges(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, palette: QPalette) -> None:
        state: QStyle.StateFlag = option.state
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = rect.adjusted(2, 2, -3, -3)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
            painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
            painter.drawRoundedRect(frame, _RADIUS, _RADIUS)


def _rect(option: QStyleOptionViewItem) -> QRect:
    return option.rect


def _palette(option: QStyleOptionViewItem) -> QPalette:
    return option.palette
