"""Over the canvas while a picture is dragged: large places that say what each would do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio.ui import theme
from studio.ui.widgets import paint
from studio.ui.widgets.icon_button import draw_icon

_MARGIN, _GAP = 24.0, 16.0


class DropZones(QWidget):
    """Only draws; the view beneath takes the events."""

    def __init__(self, zones: Sequence[tuple[str, str, str]], parent: QWidget) -> None:
        """``zones``: (name, words, icon) from left to right."""
        super().__init__(parent)
        self.setObjectName("drop.zones")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._zones = list(zones)
        self._target = ""
        self.hide()

    def zone_at(self, point: QPointF) -> str:
        """The name of the zone nearest to ``point``."""
        share = point.x() / max(self.width(), 1)
        return self._zones[min(max(int(share * len(self._zones)), 0), len(self._zones) - 1)][0]

    def set_target(self, name: str) -> None:
        """The zone a drop would go to now."""
        if name != self._target:
            self._target = name
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone = paint.tones(self)
        with paint.smooth(self) as painter:
            painter.fillRect(self.rect(), paint.faded(tone.canvas, 0.82))
            width = (self.width() - 2 * _MARGIN - (len(self._zones) - 1) * _GAP) / len(self._zones)
            for place, (name, text, glyph) in enumerate(self._zones):
                rect = QRectF(_MARGIN + place * (width + _GAP), _MARGIN, width, self.height() - 2 * _MARGIN)
                self._draw(painter, rect, tone, text, glyph, is_target=name == self._target)

    def _draw(self, painter: QPainter, rect: QRectF, tone: paint.Tones, text: str, glyph: str, *,
              is_target: bool) -> None:
        fill = paint.mix(tone.raised, tone.accent, 0.18) if is_target else paint.faded(tone.raised, 0.9)
        paint.box(painter, rect, fill, tone.accent, width=2, radius=8, dashed=not is_target)
        middle = rect.center()
        draw_icon(painter, glyph, QRectF(middle.x() - 16, middle.y() - 40, 32, 32), tone.text, 32)
        painter.setPen(tone.text)
        painter.setFont(theme.ui_font(16, bold=True))
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        painter.drawText(rect.adjusted(12, rect.height() / 2 + 8, -12, -12), flags, text)
