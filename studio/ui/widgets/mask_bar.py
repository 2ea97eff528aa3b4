"""The brush's tools, over the top of the canvas while a mask is painted."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from studio.ui.widgets import paint
from studio.ui.widgets.icon_button import IconButton
from studio.ui.widgets.mask_brush import LARGEST, SMALLEST, MaskBrush
from studio.ui.widgets.naming import named
from studio.ui.widgets.slider import Scale, Slider


class MaskBar(QWidget):
    """Brush or eraser, size, hardness, invert, undo, clear, show, done."""

    done = Signal()

    def __init__(self, brush: MaskBrush, parent: QWidget | None = None, *, paints: str = "") -> None:
        """``paints`` says what the brush is for."""
        super().__init__(parent)
        self.setObjectName("mask.bar")
        self._brush = brush
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(8, 4, 8, 4)
        self._layout.setSpacing(4)
        self.paint_button = self._button("brush", "paint", paints or self.tr("Paint where the style goes"))
        self.erase_button = self._button("eraser", "erase", self.tr("Erase (E, or the right mouse button)"))
        self.diameter = self._slider("size", self.tr("Size"), self.tr("Size of the brush: [ and ]"),
                                 Scale(SMALLEST, LARGEST, 1), brush.diameter)
        self.hardness = self._slider("hardness", self.tr("Edge"), self.tr("Soft to hard edge"),
                                     Scale(0.0, 1.0, 0.01), brush.hardness)
        self.undo = self._button("undo", "undo", self.tr("Take the last stroke back (Ctrl+Z)"))
        self.invert = self._button("swap", "invert", self.tr("Swap inside and outside (I)"))
        self.clear = self._button("trash", "clear", self.tr("Clear the mask (Delete)"))
        self.shown = self._button("eye", "show", self.tr("Show the mask (X)"))
        self.done_button = named(QPushButton(self.tr("Done"), self), "mask.done", self.tr("Done"))
        self._layout.addSpacing(4)
        self._layout.addWidget(self.done_button)
        self._connect()
        self._show_options()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(super().sizeHint().width(), 44)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone = paint.tones(self)
        with paint.smooth(self) as painter:
            paint.box(painter, QRectF(self.rect()), tone.surface, tone.edge, radius=8)

    def _button(self, glyph: str, name: str, tip: str) -> IconButton:
        button = named(IconButton(glyph, self), f"mask.{name}", tip, tip)
        self._layout.addWidget(button)
        return button

    def _slider(self, name: str, label: str, tip: str, scale: Scale, default: float) -> Slider:
        slider = named(Slider(scale, default, self), f"mask.{name}", label, tip)
        slider.setMinimumWidth(64)
        slider.setMaximumWidth(110)
        slider.show_value(default)
        slider.reset_requested.connect(lambda: slider.moved_to.emit(default))
        caption = QLabel(label, self)
        caption.setProperty("role", "muted")
        self._layout.addSpacing(4)
        self._layout.addWidget(caption)
        self._layout.addWidget(slider)
        return slider

    def _connect(self) -> None:
        brush = self._brush
        for button in (self.paint_button, self.erase_button, self.shown):
            button.setCheckable(True)
        self.paint_button.clicked.connect(lambda: brush.set_options(is_erasing=False))
        self.erase_button.clicked.connect(lambda: brush.set_options(is_erasing=True))
        self.diameter.moved_to.connect(lambda value: brush.set_options(diameter=value))
        self.hardness.moved_to.connect(lambda value: brush.set_options(hardness=value))
        self.undo.clicked.connect(brush.undo)
        self.invert.clicked.connect(brush.invert)
        self.clear.clicked.connect(brush.clear)
        self.shown.clicked.connect(lambda is_on: brush.set_options(is_shown=is_on))
        self.done_button.clicked.connect(self.done)
        brush.options_changed.connect(self._show_options)
        brush.painted.connect(self._show_options)

    def _show_options(self) -> None:
        brush = self._brush
        self.paint_button.setChecked(not brush.is_erasing)
        self.erase_button.setChecked(brush.is_erasing)
        self.shown.setChecked(brush.is_shown)
        self.shown.set_glyph("eye" if brush.is_shown else "eye-off")
        self.diameter.show_value(brush.diameter)
        self.hardness.show_value(brush.hardness)
        self.undo.setEnabled(brush.mask is not None and brush.mask.can_undo)
        self.clear.setEnabled(brush.is_painted)
