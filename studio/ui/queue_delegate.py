"""Draws a row of the queue: state, name, how far it is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.core.jobs import JobState
from studio.ui import icons, theme
from studio.ui.queue_model import JOB, QueueModel

ROW = 52
_LOOKS = {JobState.QUEUED: ("clock", "muted"), JobState.RUNNING: ("play", "accent"),
          JobState.DONE: ("ok", "ok"), JobState.FAILED: ("bad", "bad"), JobState.CANCELLED: ("stop", "muted")}


class QueueDelegate(QStyledItemDelegate):
    """Two lines and, for the running job, a bar."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        return QSize(240, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        job, model = index.data(JOB), index.model()
        if job is None or not isinstance(model, QueueModel):
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        tokens = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QColor(tokens.accent))
            painter.setBrush(QColor(tokens.raised))
            painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 1.5, -0.5, -1.5), theme.RADIUS, theme.RADIUS)
        name, tone = _LOOKS[job.state]
        icons.paint(painter, name, getattr(tokens, tone), QRectF(rect.left() + 12, rect.top() + 16, 20, 20))
        self._words(painter, rect, job.label, model.state_text(job))
        if job.state is JobState.RUNNING:
            self._bar(painter, rect, job.fraction)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRect, label: str, state: str) -> None:
        tokens, width = theme.current(), rect.width() - 56
        for words, colour, size, top in ((label, tokens.text, 13, 8), (state, tokens.muted, 12, 27)):
            font = theme.number_font(size)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            place = QRect(rect.left() + 44, rect.top() + top, width, 18)
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, width)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _bar(self, painter: QPainter, rect: QRect, fraction: float | None) -> None:
        tokens = theme.current()
        track = QRectF(rect.left() + 44, rect.bottom() - 5, rect.width() - 56, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.border))
        painter.drawRoundedRect(track, 1.5, 1.5)
        if fraction:
            track.setWidth(track.width() * fraction)
            painter.setBrush(QColor(tokens.accent))
            painter.drawRoundedRect(track, 1.5, 1.5)
