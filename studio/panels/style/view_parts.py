"""Pieces of the Style panel that hold no state of their own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from studio.core.panel import Role
from studio.panels.style.view_first import empty_state
from studio.ui import icons
from studio.ui.translation import declared
from studio.ui.widgets.canvas import Canvas
from studio.ui.widgets.mask_bar import MaskBar
from studio.ui.widgets.naming import named

_GLYPHS = {"content": "picture", "style": "palette"}


class StylePage(QWidget):
    """The canvas with the brush's tools over it; ``empty`` stands in its place at first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = Canvas(self)
        self.bar = MaskBar(self.canvas.brush, self)
        self.bar.hide()
        self.empty = empty_state()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self.canvas.brush.options_changed.connect(self._show_bar)
        self.bar.done.connect(lambda: self.canvas.brush.set_on(False))

    def _show_bar(self) -> None:
        self.bar.setVisible(self.canvas.brush.is_on)
        self._place()

    def _place(self) -> None:
        self.bar.adjustSize()
        self.bar.resize(min(self.bar.width(), self.width() - 24), 44)
        self.bar.move((self.width() - self.bar.width()) // 2, 12)
        self.bar.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._place()


class MaskButton(QPushButton):
    """Takes the brush up and puts it down, and says whether a mask is painted."""

    def __init__(self, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brush = canvas.brush
        self.setCheckable(True)
        icons.wear(self, "mask")
        named(self, "mask.toggle", self.tr("Style only a part"),
              self.tr("Paint with a brush where the style goes; the rest stays as it is, to the pixel"))
        self.clicked.connect(self._brush.set_on)
        self._brush.options_changed.connect(self.show_state)
        self._brush.changed.connect(self._show_enabled)
        self._canvas = canvas
        self.show_state()
        self._show_enabled()

    def show_state(self) -> None:
        """Follow the brush."""
        self.setChecked(self._brush.is_on)
        painted = self.tr("Style only where painted")
        self.setText(painted if self._brush.is_painted else self.tr("Style only a part…"))

    def _show_enabled(self) -> None:
        self.setEnabled(not self._brush.picture_size.isEmpty())


def zones_of(roles: Sequence[Role]) -> list[tuple[str, str, str]]:
    """Where a picture may be dropped on the canvas: (role, words, icon)."""
    return [(role.name, declared(role.label), _GLYPHS[role.name]) for role in roles if role.name in _GLYPHS]
