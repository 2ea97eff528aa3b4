"""Lights up every place of a panel that would take what is dragged over the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QMimeData, QObject, QTimer, SignalInstance

from studio.ui.widgets.stage import Stage
from studio.ui.widgets.well import Well

_SOON_MS = 60


class Hovered(Protocol):
    """A place that tells of drags over it: the QMimeData, or None when it left."""

    @property
    def hovered(self) -> SignalInstance: ...


class DragLights(QObject):
    """Hears of drags from its places and from the window, in whatever order Qt tells them."""

    def __init__(self, stage: Stage, wells: Sequence[Well], sources: Sequence[Hovered]) -> None:
        """``wells`` are lit; ``sources`` tell of drags, as does the stage."""
        super().__init__(stage)
        self._stage, self._wells = stage, list(wells)
        self._is_hovered = False
        self._off_soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._off_soon.timeout.connect(lambda: self._light(False))
        for source in (*sources, stage):
            source.hovered.connect(self._on_hover)

    def offer(self, mime: QMimeData | None) -> None:
        """A drag is over the window, or has left it."""
        if mime is None and self._is_hovered:
            return  # it left the rest of the window, for one of these very places
        self._off_soon.stop()
        self._light(mime is not None)

    def _on_hover(self, mime: QMimeData | None) -> None:
        self._is_hovered = mime is not None
        if mime is None:
            self._off_soon.start()  # soon, not now: it may go from one place to the next
        else:
            self.offer(mime)

    def _light(self, is_on: bool) -> None:
        for well in self._wells:
            well.set_light("offer" if is_on else "")
        self._stage.light(is_on)
