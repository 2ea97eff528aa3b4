"""The canvas with the brush's tools over it, and the button that takes the brush up."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from studio.ui import icons
from studio.ui.widgets.canvas import Canvas
from studio.ui.widgets.mask_bar import MaskBar
from studio.ui.widgets.naming import named

_HEIGHT = 44
_MARGIN = 12


class BrushPage(QWidget):
    """A canvas; while its brush is up, the brush's bar lies over the top of it."""

    def __init__(self, parent: QWidget | None = None, *, paints: str = "") -> None:
        """``paints`` says what the brush is for, in a few words; by default what Style does with it."""
        super().__init__(parent)
        self.canvas = Canvas(self)
        self.bar = MaskBar(self.canvas.brush, self, paints=paints)
        self.bar.hide()
        self.column = QVBoxLayout(self)
        """The canvas, and whatever stands below it."""
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.canvas, 1)
        self.canvas.brush.options_changed.connect(self._show_bar)
        self.bar.done.connect(lambda: self.canvas.brush.set_on(False))

    def _show_bar(self) -> None:
        self.bar.setVisible(self.canvas.brush.is_on)
        self._place()

    def _place(self) -> None:
        self.bar.adjustSize()
        self.bar.resize(min(self.bar.width(), self.width() - 2 * _MARGIN), _HEIGHT)
        self.bar.move((self.width() - self.bar.width()) // 2, _MARGIN)
        self.bar.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._place()


class BrushButton(QPushButton):
    """Takes the brush up and puts it down, and says whether a mask is painted."""

    def __init__(self, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brush = canvas.brush
        self.setCheckable(True)
        icons.wear(self, "mask")
        named(self, "mask.toggle", *self.explained())
        self.clicked.connect(self._brush.set_on)
        self._brush.options_changed.connect(self.show_state)
        self._brush.changed.connect(self._show_enabled)
        self.show_state()
        self._show_enabled()

    def explained(self) -> tuple[str, str]:
        """Its name for screen readers, and what it does."""
        raise NotImplementedError

    def caption(self, *, is_painted: bool) -> str:
        """What it says on it."""
        raise NotImplementedError

    def show_state(self) -> None:
        """Follow the brush."""
        self.setChecked(self._brush.is_on)
        self.setText(self.caption(is_painted=self._brush.is_painted))

    def _show_enabled(self) -> None:
        self.setEnabled(not self._brush.picture_size.isEmpty())
