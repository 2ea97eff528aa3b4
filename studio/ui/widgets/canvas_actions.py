"""The canvas's ways to look, as actions for the top line, menus and the palette of commands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from studio.ui import icons
from studio.ui.widgets.canvas import Canvas, Mode


class CanvasActions(QObject):
    """Single keys work while the canvas has the focus, so that they never fight with typing."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.zoom_out = self._action("zoom-out", self.tr("Zoom out"), canvas.zoom_out, "-")
        self.fit = self._action("zoom-fit", self.tr("Fit"), canvas.fit, "0")
        self.actual = self._action("zoom-actual", self.tr("Actual size"), canvas.actual, "1")
        self.zoom_in = self._action("zoom-in", self.tr("Zoom in"), canvas.zoom_in, "+")
        self.split = self._mode("compare", self.tr("Before and after"), "split", "S")
        self.side = self._mode("compare-side", self.tr("Side by side"), "side", "D")
        self.lens = self._mode("lens", self.tr("Lens"), "lens", "L")
        canvas.mode_changed.connect(self._show_mode)
        canvas.shown.connect(self._enable)
        self._enable()

    def all(self) -> list[QAction]:
        """In the order shown."""
        return [self.zoom_out, self.fit, self.actual, self.zoom_in, self.split, self.side, self.lens]

    def _action(self, name: str, text: str, do: Callable[[], object], key: str) -> QAction:
        action = QAction(text, self)
        action.setObjectName(f"canvas.{name}")
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: do())
        icons.wear(action, name)
        return action

    def _mode(self, name: str, text: str, mode: Mode, key: str) -> QAction:
        action = self._action(name, text, lambda: self._toggle(mode), key)
        action.setCheckable(True)
        return action

    def _toggle(self, mode: Mode) -> None:
        self._canvas.toggle_mode(mode)
        self._show_mode()

    def _show_mode(self) -> None:
        self.split.setChecked(self._canvas.mode == "split")
        self.side.setChecked(self._canvas.mode == "side")
        self.lens.setChecked(self._canvas.mode == "lens")

    def _enable(self) -> None:
        has_picture = self._canvas.before is not None or self._canvas.after is not None
        for action in self.all():
            action.setEnabled(has_picture)
