"""What a run made, side by side as small rolls: choose one, or step through them with Alt and the arrows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studio.core.arrangement import Arrangement
from studio.panels.music.view_colours import track_colour
from studio.panels.music.view_names import counted_notes
from studio.ui import theme
from studio.ui.widgets import paint
from studio.ui.widgets.naming import named

HEIGHT = 84
_MOST = 24
_NOTES = 1500
"""A small roll paints so many notes at most; of more, every few."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One of them."""

    asset: str
    name: str
    arrangement: Arrangement


class Variants(QWidget):
    """Hidden while there is only one."""

    chosen = Signal(object)
    """Variant"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("variants")
        self.setAccessibleName(self.tr("Attempts"))
        self.setFixedHeight(HEIGHT)
        self.items: list[Variant] = []
        self._cards: list[Card] = []
        self._group = QButtonGroup(self)
        body = QWidget(self)
        self._row = QHBoxLayout(body)
        self._row.setContentsMargins(8, 4, 8, 4)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setObjectName("variants.scroll")
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.hide()

    @property
    def current(self) -> int:
        """The one on the roll, from 0; -1 for none."""
        return next((at for at, card in enumerate(self._cards) if card.isChecked()), -1)

    def add(self, variant: Variant, *, is_current: bool) -> None:
        """One more of the run."""
        card = Card(len(self.items) + 1, variant, self)
        card.clicked.connect(lambda: self.chosen.emit(variant))
        self.items.append(variant)
        self._cards.append(card)
        self._group.addButton(card)
        self._row.insertWidget(len(self._cards) - 1, card)
        if is_current:
            card.setChecked(True)
        if len(self._cards) > _MOST:
            self._drop(0)
        self.setVisible(len(self.items) > 1)

    def clear(self) -> None:
        """Another run."""
        while self._cards:
            self._drop(0)
        self.hide()

    def step(self, by: int) -> None:
        """The next one, or the one before."""
        if len(self._cards) > 1:
            at = (max(self.current, 0) + by) % len(self._cards)
            self._cards[at].setChecked(True)
            self.chosen.emit(self.items[at])

    def _drop(self, at: int) -> None:
        card = self._cards.pop(at)
        self.items.pop(at)
        self._group.removeButton(card)
        self._row.removeWidget(card)
        card.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone = paint.tones(self)
        with paint.smooth(self) as painter:
            painter.fillRect(self.rect(), tone.surface)
            painter.fillRect(0, 0, self.width(), 1, tone.border)


class Card(QAbstractButton):
    """A small roll."""

    def __init__(self, number: int, variant: Variant, parent: QWidget) -> None:
        super().__init__(parent)
        self._number, self._variant = number, variant
        count = sum(len(track.notes) for track in variant.arrangement.score.tracks)
        words = self.tr("Attempt {number}: {notes}").format(number=number, notes=counted_notes(count))
        named(self, f"variant.{number}", words, words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._picture, self._picture_of = QPixmap(), ""

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(148, HEIGHT - 14)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, rect = paint.tones(self), QRectF(self.rect())
        if self._picture_of != theme.current().name:
            self._picture, self._picture_of = self._drawn(tone), theme.current().name
        with paint.smooth(self) as painter:
            painter.drawPixmap(0, 0, self._picture)
            if self.isChecked():
                paint.box(painter, rect, None, tone.accent, width=2)
            elif self.underMouse():
                paint.box(painter, rect, None, tone.text)
            else:
                paint.box(painter, rect, None, tone.edge)
            if self.hasFocus():
                paint.focus_ring(painter, rect.adjusted(3, 3, -3, -3), tone.accent, 4)
            painter.setFont(theme.number_font(12, bold=self.isChecked()))
            painter.setPen(tone.text)
            painter.drawText(rect.adjusted(8, 4, 0, 0), int(Qt.AlignmentFlag.AlignTop), str(self._number))

    def _drawn(self, tone: paint.Tones) -> QPixmap:
        scale = self.devicePixelRatioF()
        picture = QPixmap(self.size() * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(tone.surface)
        rect = QRectF(self.rect())
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint.box(painter, rect, tone.canvas)
            paint_small(painter, rect.adjusted(6, 10, -6, -6), self._variant.arrangement)
        return picture


def paint_small(painter: QPainter, rect: QRectF, arrangement: Arrangement) -> None:
    """All of a piece in little room."""
    score = arrangement.score
    pitches = [note.pitch for track in score.tracks for note in track.notes]
    if not pitches:
        return
    low, span = min(pitches), max(12, max(pitches) - min(pitches) + 1)
    every = max(1, len(pitches) // _NOTES)
    high = max(1.5, rect.height() / span)
    painter.setPen(Qt.PenStyle.NoPen)
    for number, track in enumerate(score.tracks):
        painter.setBrush(track_colour(number))
        painter.drawRects([QRectF(
            rect.left() + note.start / score.length * rect.width(),
            rect.bottom() - (note.pitch - low + 1) / span * rect.height(),
            max(1.0, note.length / score.length * rect.width()), high) for note in track.notes[::every]])
