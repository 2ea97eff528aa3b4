"""A field of moods: dark to bright from left to right, calm to wild upwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QLinearGradient, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.core.params import Setting
from studio.ui import theme
from studio.ui.widgets import paint
from studio.ui.widgets.fields import ComboField
from studio.ui.widgets.naming import named

_MOST = 2
_ALIGN = Qt.AlignmentFlag
_KEY = Qt.Key
_ARROWS = {_KEY.Key_Left: (-1, 0), _KEY.Key_Right: (1, 0), _KEY.Key_Up: (0, 1), _KEY.Key_Down: (0, -1)}


class MoodPad(QWidget):
    """Valence and energy, -2 to 2, or neither: as it comes. Arrow keys move it, Delete lets go."""

    moved = Signal()
    """A person moved it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "mood.pad", self.tr("Mood"), self.tr("Left dark, right bright, up wild, down calm. "
                                                         "Double-click or Delete: as it comes."))
        self.place: tuple[int, int] | None = None
        """Valence and energy; None is as it comes."""
        self.felt: tuple[float, float] | None = None
        """What the piece on the roll has."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_place(self, place: tuple[int, int] | None) -> None:
        """Show it."""
        if place != self.place:
            self.place = place
            self.update()

    def show_felt(self, felt: tuple[float, float] | None) -> None:
        """A small ring: how the piece on the roll feels, as far as notes tell."""
        if felt != self.felt:
            self.felt = felt
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, 116)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._go(None)
        elif step := _ARROWS.get(Qt.Key(event.key())):
            valence, energy = self.place or (0, 0)
            self._go((_within(valence + step[0]), _within(energy + step[1])))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(self._at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._go(self._at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._go(None)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, room = paint.tones(self), QRectF(self.rect())
        with paint.smooth(self) as painter:
            self._paint_room(painter, room, tone)
            painter.setFont(theme.ui_font(11))
            painter.setPen(tone.muted)
            for words, flags in ((self.tr("wild"), _ALIGN.AlignTop | _ALIGN.AlignHCenter),
                                 (self.tr("calm"), _ALIGN.AlignBottom | _ALIGN.AlignHCenter),
                                 (self.tr("dark"), _ALIGN.AlignVCenter | _ALIGN.AlignLeft),
                                 (self.tr("bright"), _ALIGN.AlignVCenter | _ALIGN.AlignRight)):
                painter.drawText(room.adjusted(7, 4, -7, -4), int(flags), words)
            if self.felt is not None:
                painter.setPen(QPen(tone.muted, 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(self._point(*self.felt), 4.5, 4.5)
            if self.place is not None:
                paint.box(painter, _around(self._point(*self.place), 8), tone.accent, tone.surface, width=2,
                          radius=8)
            if self.hasFocus():
                paint.focus_ring(painter, room, tone.accent)

    def _paint_room(self, painter: QPainter, room: QRectF, tone: paint.Tones) -> None:
        ground = QLinearGradient(room.bottomLeft(), room.topRight())
        cold, warm = QColor(theme.current().info), QColor(theme.current().warn)
        ground.setColorAt(0.0, paint.mix(tone.raised, cold, 0.22))
        ground.setColorAt(1.0, paint.mix(tone.raised, warm, 0.24))
        paint.box(painter, room, None, tone.edge)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), paint.RADIUS - 1, paint.RADIUS - 1)
        painter.setBrush(paint.faded(tone.text, 0.22))
        for valence in range(-_MOST, _MOST + 1):
            for energy in range(-_MOST, _MOST + 1):
                painter.drawEllipse(self._point(valence, energy), 1.5, 1.5)

    def _go(self, place: tuple[int, int] | None) -> None:
        if place != self.place:
            self.set_place(place)
            self.moved.emit()

    def _point(self, valence: float, energy: float) -> QPointF:
        wide, high = self.width() - 88, self.height() - 48
        return QPointF(44 + (_bounded(valence) + _MOST) / (2 * _MOST) * wide,
                       24 + (_MOST - _bounded(energy)) / (2 * _MOST) * high)

    def _at(self, point: QPointF) -> tuple[int, int]:
        wide, high = self.width() - 88, self.height() - 48
        return (_within(round((point.x() - 44) / wide * 2 * _MOST) - _MOST),
                _within(_MOST - round((point.y() - 24) / high * 2 * _MOST)))


class MoodField(ComboField):
    """The field of moods above the list of valences."""

    def __init__(self, name: str, setting: Setting, parent: QWidget | None = None) -> None:
        self.pad = MoodPad()
        super().__init__(name, setting, parent)

    def _lay_out(self, caption: QLabel) -> None:
        row = QWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.pad.setParent(self)
        column.addWidget(self.pad)
        column.addWidget(row)
        _lay_in_row(row, caption, self.combo)


def _lay_in_row(room: QWidget, caption: QLabel, field: QWidget) -> None:
    """Label and field in one line."""
    row = QHBoxLayout(room)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    caption.setFixedWidth(84)
    row.addWidget(caption)
    row.addWidget(field, 1)


def place_in(values: Mapping[str, Any]) -> tuple[int, int] | None:
    """Where the settings ``valence`` and ``energy`` are; None where neither is asked for."""
    valence, energy = str(values.get("valence", "")), str(values.get("energy", ""))
    if not valence and not energy:
        return None
    return int(valence or 0), int(energy or 0)


def _bounded(value: float) -> float:
    return max(-2.3, min(2.3, value))


def _within(value: int) -> int:
    return max(-_MOST, min(_MOST, value))


def _around(point: QPointF, radius: float) -> QRectF:
    return QRectF(point.x() - radius, point.y() - radius, 2 * radius, 2 * radius)
