"""A heading that folds what stands below it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.widgets import paint
from studio.ui.widgets.naming import named


class Heading(QLabel):
    """The quiet title of a group."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "heading")
        font = self.font()
        font.setBold(True)
        self.setFont(font)


class Fold(QWidget):
    """A group that is folded away until asked for."""

    toggled = Signal(bool)

    def __init__(self, title: str, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = named(_FoldButton(title, self), object_name, title)
        self.body = QWidget(self)
        self.body.hide()
        self.content = QVBoxLayout(self.body)
        self.content.setContentsMargins(0, 8, 0, 0)
        self.content.setSpacing(12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.button)
        layout.addWidget(self.body)
        self.button.toggled.connect(self.body.setVisible)
        self.button.toggled.connect(self.toggled)

    def set_open(self, is_open: bool) -> None:
        """Show or fold away."""
        self.button.setChecked(is_open)


class _FoldButton(QAbstractButton):
    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 32, 32)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, rect = paint.tones(self), QRectF(self.rect())
        with paint.smooth(self) as painter:
            color = tone.text if self.underMouse() or self.isChecked() else tone.muted
            painter.setPen(QPen(color, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            _chevron(painter, QPointF(7, rect.center().y()), self.isChecked())
            painter.drawText(rect.adjusted(22, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self.text())
            if self.hasFocus():
                paint.focus_ring(painter, rect, tone.accent)


def _chevron(painter: QPainter, middle: QPointF, is_open: bool) -> None:
    shape = [(-4, -2), (0, 2), (4, -2)] if is_open else [(-2, -4), (2, 0), (-2, 4)]
    painter.drawPolyline(QPolygonF([middle + QPointF(x, y) for x, y in shape]))
