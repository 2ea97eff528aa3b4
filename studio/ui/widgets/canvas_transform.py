"""Where a picture lies in a viewport: pure arithmetic, no widget.

Points and sizes of the viewport are logical pixels; ``zoom`` is device pixels for one picture pixel, so
that 1 is "100 %" and sharp on every screen.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF

HIGHEST_ZOOM = 32.0
HIGHEST_FIT = 2.0
_BORDER = 24.0
"""Room around a fitted picture, logical pixels."""


class Transform:
    """Zoom and centre. The centre is in shares of the picture, 0 to 1, so it outlives a change of size."""

    def __init__(self) -> None:
        self.viewport, self.picture, self.ratio = QSizeF(1, 1), QSizeF(1, 1), 1.0
        self.zoom, self.centre, self.is_fit = 1.0, QPointF(0.5, 0.5), True

    def set_viewport(self, size: QSizeF, ratio: float) -> None:
        """The room there is; ``ratio`` is device pixels for one logical pixel."""
        self.viewport, self.ratio = QSizeF(max(size.width(), 1), max(size.height(), 1)), ratio
        if self.is_fit:
            self.fit()

    def set_picture(self, size: QSizeF) -> None:
        """Another picture of the same scene: what is seen stays where it is and as large as it is."""
        old, self.picture = self.picture, QSizeF(max(size.width(), 1), max(size.height(), 1))
        if self.is_fit:
            self.fit()
        else:
            self.zoom *= max(old.width(), old.height()) / max(self.picture.width(), self.picture.height())

    def fit(self) -> None:
        """All of the picture, as large as it goes; small ones up to twice their size."""
        self.is_fit, self.centre = True, QPointF(0.5, 0.5)
        self.zoom = self._fitting()

    def actual(self, at: QPointF | None = None) -> None:
        """One picture pixel on one device pixel."""
        self.zoom_to(1.0, at)

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """``zoom``, keeping what lies at ``at`` (the middle by default) where it is."""
        at = at or QPointF(self.viewport.width() / 2, self.viewport.height() / 2)
        fixed = self.to_share(at)
        self.zoom = min(max(zoom, self.lowest_zoom()), HIGHEST_ZOOM)
        self.is_fit = False
        moved = self.to_share(at)
        self._set_centre(self.centre + fixed - moved)

    def pan(self, by: QPointF) -> None:
        """Move the picture by logical pixels."""
        size = self.rect().size()
        self.is_fit = False
        self._set_centre(self.centre - QPointF(by.x() / size.width(), by.y() / size.height()))

    def look_at(self, share: QPointF) -> None:
        """Bring a place of the picture, in shares, to the middle."""
        self.is_fit = False
        self._set_centre(share)

    def lowest_zoom(self) -> float:
        """Half of what fits, so that a picture never gets lost."""
        return min(self._fitting() / 2, 1.0)

    def rect(self) -> QRectF:
        """The picture in the viewport."""
        scale = self.zoom / self.ratio
        width, height = self.picture.width() * scale, self.picture.height() * scale
        return QRectF(self.viewport.width() / 2 - self.centre.x() * width,
                      self.viewport.height() / 2 - self.centre.y() * height, width, height)

    def to_share(self, point: QPointF) -> QPointF:
        """A point of the viewport in shares of the picture: 0 to 1 inside it."""
        rect = self.rect()
        return QPointF((point.x() - rect.x()) / rect.width(), (point.y() - rect.y()) / rect.height())

    def to_point(self, share: QPointF) -> QPointF:
        """Where a place of the picture, in shares, lies in the viewport."""
        rect = self.rect()
        return QPointF(rect.x() + share.x() * rect.width(), rect.y() + share.y() * rect.height())

    def seen(self) -> QRectF:
        """What the viewport shows of the picture, in shares."""
        corner, end = self.to_share(QPointF(0, 0)), QPointF(self.viewport.width(), self.viewport.height())
        return QRectF(corner, self.to_share(end)).intersected(QRectF(0, 0, 1, 1))

    def _fitting(self) -> float:
        width = max(self.viewport.width() - 2 * _BORDER, 1) / self.picture.width()
        height = max(self.viewport.height() - 2 * _BORDER, 1) / self.picture.height()
        return min(width * self.ratio, height * self.ratio, HIGHEST_FIT * self.ratio)

    def _set_centre(self, centre: QPointF) -> None:
        self.centre = QPointF(min(max(centre.x(), 0.0), 1.0), min(max(centre.y(), 0.0), 1.0))
