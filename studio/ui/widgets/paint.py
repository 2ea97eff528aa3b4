"""Colours, focus rings and rounded boxes, so that every hand-drawn widget looks of one kind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from studio.ui import theme

RADIUS = float(theme.RADIUS)


@dataclass(frozen=True, slots=True)
class Tones:
    """The theme's tokens as colours to paint with."""

    room: QColor
    surface: QColor
    raised: QColor
    hover: QColor
    border: QColor
    edge: QColor
    """A control's outline: 3:1 against its ground."""
    text: QColor
    muted: QColor
    accent: QColor
    accent_hover: QColor
    ink: QColor
    bad: QColor
    canvas: QColor
    check: QColor


def tones(widget: QWidget) -> Tones:
    """The colours ``widget`` paints with now; text and accent are faded where it is disabled."""
    return _tones(theme.current(), widget.isEnabled())


@lru_cache(maxsize=8)
def _tones(tokens: theme.Tokens, is_enabled: bool) -> Tones:
    weak = QColor(theme.faded(tokens))
    text, muted, accent = (QColor(tokens.text), QColor(tokens.muted), QColor(tokens.accent)) if is_enabled \
        else (weak, weak, weak)
    return Tones(QColor(tokens.bg), QColor(tokens.surface), QColor(tokens.raised), QColor(tokens.hover),
                 QColor(tokens.border), QColor(tokens.edge), text, muted, accent, QColor(tokens.accent_hover),
                 QColor(tokens.ink), QColor(tokens.bad), QColor(tokens.canvas), QColor(tokens.check))


def mix(first: QColor, second: QColor, share: float) -> QColor:
    """``first`` with ``share`` (0 to 1) of ``second`` in it."""
    keep = 1.0 - share
    return QColor.fromRgbF(first.redF() * keep + second.redF() * share,
                           first.greenF() * keep + second.greenF() * share,
                           first.blueF() * keep + second.blueF() * share)


def faded(color: QColor, alpha: float) -> QColor:
    """``color`` with opacity ``alpha``, 0 to 1."""
    result = QColor(color)
    result.setAlphaF(alpha)
    return result


def box(painter: QPainter, rect: QRectF, fill: QColor | None, line: QColor | None = None, *,
        width: float = 1.0, radius: float = RADIUS, dashed: bool = False) -> None:
    """A rounded box whose line lies inside ``rect``."""
    pen = QPen(Qt.PenStyle.NoPen) if line is None else QPen(line, width)
    if dashed and line is not None:
        pen.setDashPattern([4.0, 3.0])
    painter.setPen(pen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    inset = 0.0 if line is None else width / 2
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def focus_ring(painter: QPainter, rect: QRectF, color: QColor, radius: float = RADIUS) -> None:
    """Two pixels of accent inside ``rect``."""
    box(painter, rect, None, color, width=2.0, radius=radius)


def smooth(widget: QWidget) -> QPainter:
    """An antialiased painter on ``widget``."""
    painter = QPainter(widget)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    return painter
