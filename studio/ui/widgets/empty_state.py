"""An empty place: one drawing, one sentence, one button."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.ui.widgets import paint
from studio.ui.widgets.naming import named


class EmptyState(QWidget):
    """Says what to do first. The button is the view's accent while nothing else can be pressed."""

    sample_requested = Signal()
    browse_requested = Signal()

    def __init__(self, sentence: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("empty")
        self.drawing = EaselDrawing(self)
        self.sentence, self.hint = QLabel(sentence, self), QLabel(hint, self)
        self.sentence.setProperty("role", "head")
        self.hint.setProperty("role", "muted")
        try_it = self.tr("Try the sample")
        self.sample = named(QPushButton(try_it, self), "empty.sample", try_it,
                            self.tr("Fill in a photograph and a painting that came with Atelier"))
        self.sample.setProperty("role", "primary")
        self.browse = named(QPushButton(self.tr("Choose a photo…"), self), "empty.browse",
                            self.tr("Choose a photo…"))
        self.sample.clicked.connect(self.sample_requested)
        self.browse.clicked.connect(self.browse_requested)
        self._lay_out()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.sample)
        buttons.addWidget(self.browse)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(2)
        layout.addWidget(self.drawing, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(16)
        for label in (self.sentence, self.hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addSpacing(16)
        layout.addLayout(buttons)
        layout.addStretch(3)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), paint.tones(self).canvas)


class EaselDrawing(QWidget):
    """A photograph becoming a painting: half line, half brush strokes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(232, 152))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone = paint.tones(self)
        with paint.smooth(self) as painter:
            sheet = QRectF(16, 12, 200, 128)
            paint.box(painter, sheet, paint.mix(tone.canvas, tone.text, 0.06), tone.edge, width=1.5)
            self._photo(painter, sheet, tone)
            self._strokes(painter, sheet, tone)

    def _photo(self, painter: QPainter, sheet: QRectF, tone: paint.Tones) -> None:
        painter.save()
        painter.setClipRect(QRectF(sheet.left(), sheet.top(), sheet.width() / 2, sheet.height()))
        pen = QPen(tone.muted, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(56, 46), 11, 11)
        painter.drawPath(_hills())
        painter.restore()

    def _strokes(self, painter: QPainter, sheet: QRectF, tone: paint.Tones) -> None:
        painter.save()
        middle = sheet.center().x()
        painter.setClipRect(QRectF(middle + 3, sheet.top() + 3, sheet.width() / 2 - 6, sheet.height() - 6))
        for y, width, color, share in _STROKES:
            pen = QPen(paint.mix(tone.canvas, tone.accent if color else tone.text, share), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            path = QPainterPath(QPointF(106, y))
            path.cubicTo(QPointF(140, y - 16), QPointF(176, y + 14), QPointF(226, y - 6))
            painter.drawPath(path)
        painter.restore()
        painter.setPen(QPen(tone.edge, 1.5))
        painter.drawLine(QPointF(middle, sheet.top() - 8), QPointF(middle, sheet.bottom() + 8))


_STROKES = ((30, 12, True, 0.25), (44, 9, False, 0.16), (58, 13, True, 0.5), (74, 10, False, 0.26),
            (88, 13, True, 0.85), (104, 11, True, 0.42), (119, 13, False, 0.30), (134, 10, True, 0.6))
"""Height, thickness, accent or text, and how strong."""


def _hills() -> QPainterPath:
    path = QPainterPath(QPointF(17, 116))
    path.lineTo(52, 78)
    path.lineTo(72, 98)
    path.lineTo(102, 62)
    path.lineTo(150, 118)
    path.moveTo(17, 128)
    path.cubicTo(QPointF(50, 118), QPointF(80, 136), QPointF(120, 124))
    return path
