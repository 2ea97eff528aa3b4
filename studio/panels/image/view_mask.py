"""The mask of a picture to start from: its brush, and how its edge is grown, softened and turned round."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.panels.image.params import ImageParams
from studio.ui.widgets.background import in_background
from studio.ui.widgets.brush_page import BrushButton
from studio.ui.widgets.canvas import Canvas
from studio.ui.widgets.fields import Field, NumberField, ToggleField
from studio.ui.widgets.slider import Scale

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

NAMES = ("grow", "feather", "invert")
_REST_MS = 120
_TINTED = 512
"""Pixels of the longer side at which the edge is worked out while one looks."""
_ENDS = {"grow": (-64.0, 64.0), "feather": (0.0, 128.0)}
"""Where the sliders end; larger numbers are typed."""


class PaintButton(BrushButton):
    """Paints where the picture is made anew."""

    def explained(self) -> tuple[str, str]:
        """For screen readers, and for all."""
        return (self.tr("Paint anew only a part"),
                self.tr("Mark with a brush what is painted anew; the rest stays as it is, to the pixel"))

    def caption(self, *, is_painted: bool) -> str:
        """Whether there is a mask."""
        return self.tr("Anew only where marked") if is_painted else self.tr("Paint anew only a part…")


class MaskBox(QWidget):
    """The button; below it, while the brush is up or there is a mask, what is done to its edge."""

    changed = Signal()

    def __init__(self, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mask")
        self._brush = canvas.brush
        self.button = PaintButton(canvas, self)
        self._edge = QWidget(self)
        known = ImageParams.settings()
        self.fields: dict[str, Field] = {name: NumberField(name, known[name], self._edge)
                                         for name in ("grow", "feather")}
        self.fields["invert"] = ToggleField("invert", known["invert"], self._edge)
        self._shorten()
        self._lay_out()
        for field in self.fields.values():
            field.changed.connect(self.changed)
        for signal in (self._brush.options_changed, self._brush.painted, canvas.shown):
            signal.connect(self._show)
        self._show()

    def values(self) -> dict[str, Any]:
        """The settings "grow", "feather" and "invert"."""
        return {name: self.fields[name].value() for name in NAMES}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show those of ``values`` that are ours."""
        for name in NAMES:
            if name in values:
                self.fields[name].set_value(values[name])
        self._show()

    def _shorten(self) -> None:
        for name, (low, high) in _ENDS.items():
            field = self.fields[name]
            assert isinstance(field, NumberField)  # noqa: S101 - made above
            field.slider.scale = Scale(low, high, 1.0)
            field.set_value(field.setting.default)

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self._edge)
        inner.setContentsMargins(0, 8, 0, 0)
        inner.setSpacing(8)
        for name in NAMES:
            inner.addWidget(self.fields[name])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.button)
        layout.addWidget(self._edge)

    def _show(self) -> None:
        self._edge.setVisible(self._brush.is_on or self._brush.is_painted)
        self.button.show_state()


class MaskTint(QObject):
    """Tints the canvas where it will be painted: the mask with its edge as the settings make it."""

    def __init__(self, canvas: Canvas, box: MaskBox) -> None:
        super().__init__(canvas)
        self._brush, self._box = canvas.brush, box
        self._turn = 0
        self._soon = QTimer(self, singleShot=True, interval=_REST_MS)
        self._soon.timeout.connect(self._work)
        for signal in (box.changed, self._brush.painted, self._brush.options_changed):
            signal.connect(self._on_change)

    def _on_change(self) -> None:
        self._turn += 1  # what is worked out now comes too late
        self._soon.start()

    def _work(self) -> None:
        mask, values = self._brush.mask, self._box.values()
        if mask is None or not self._brush.is_on:
            return
        if not any(values.values()):
            self._brush.show_tint(None)
            return
        scale = mask.values.shape[1] / max(self._brush.picture_size.width(), 1)
        work = partial(edged, mask.values.copy(), scale, values)
        in_background(self, work, partial(self._tint, self._turn))

    def _tint(self, turn: int, values: NDArray[uint8]) -> None:
        mask = self._brush.mask
        if turn == self._turn and mask is not None and mask.values.shape == values.shape:
            self._brush.show_tint(values)


def edged(values: NDArray[uint8], scale: float, settings: Mapping[str, Any]) -> NDArray[uint8]:
    """The mask (H, W) with its edge as ``settings`` make it, for looking at.

    ``scale`` is its pixels for one of the picture, in which the settings count.
    """
    import numpy as np

    from studio.media import masking

    height, width = values.shape
    share = min(1.0, _TINTED / max(height, width))
    small = masking.sized(np.asarray(values / 255, np.float32), max(1, round(height * share)),
                          max(1, round(width * share)))
    grow, feather = (round(settings[name] * scale * share) for name in ("grow", "feather"))
    found = masking.shaped(small, invert=bool(settings["invert"]), grow=grow, feather=feather)
    return (masking.sized(found, height, width) * 255 + 0.5).astype(np.uint8)
