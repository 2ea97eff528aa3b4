"""Looks: finished parts of a result that is not there yet, kept while they are worth it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter, QRegion

from studio.ui.widgets.canvas_levels import drawable

_KEPT_PIXELS = 16_000_000
"""Pixels of looks kept at once: 64 MB."""
_GRID = 65_536
"""Steps of a picture's side that coverage is counted in."""
_SLACK = 2
"""Steps by which a look may fall short, for rounding."""


@dataclass(frozen=True, slots=True)
class Look:
    """A part of the result."""

    part: QRectF
    """Where it lies, in shares of the picture: 0 to 1."""
    image: QImage


class Looks:
    """The newest ones, drawn one over the other."""

    def __init__(self) -> None:
        self._looks: list[Look] = []

    def __bool__(self) -> bool:
        return bool(self._looks)

    def add(self, part: QRectF, image: QImage) -> None:
        """Keep ``image`` for ``part``; the oldest ones go where there are too many."""
        self._looks.append(Look(QRectF(part), drawable(image)))
        while len(self._looks) > 1 and sum(_pixels(look) for look in self._looks) > _KEPT_PIXELS:
            del self._looks[0]

    def clear(self) -> None:
        """Other settings, or another picture."""
        self._looks.clear()

    def covers(self, part: QRectF) -> bool:
        """Whether all of ``part`` is there."""
        region = QRegion()
        for look in self._looks:
            region += QRegion(_on_grid(look.part).adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK))
        return QRegion(_on_grid(part)).subtracted(region).isEmpty()

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        """Where ``rect`` is the whole picture."""
        for look in self._looks:
            place = QRectF(rect.x() + look.part.x() * rect.width(), rect.y() + look.part.y() * rect.height(),
                           look.part.width() * rect.width(), look.part.height() * rect.height())
            painter.drawImage(place, look.image, QRectF(look.image.rect()))


def _pixels(look: Look) -> int:
    return look.image.width() * look.image.height()


def _on_grid(part: QRectF) -> QRect:
    return QRectF(part.x() * _GRID, part.y() * _GRID, part.width() * _GRID, part.height() * _GRID).toRect()
