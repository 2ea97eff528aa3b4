"""The page of the Image panel: the canvas, and below it the pictures of the last run."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from studio.panels.image.view_first import empty_state
from studio.panels.image.view_strip import Strip
from studio.ui.widgets.brush_page import BrushPage


class ImagePage(BrushPage):
    """``empty`` stands in its place at first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, paints=self.tr("Paint only here"))
        self.strip = Strip(self)
        self.strip.hide()
        self.empty = empty_state()
        self.column.setSpacing(0)
        self.column.addWidget(self.strip)
