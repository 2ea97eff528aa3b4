"""The tint that shows where a mask is painted."""

from __future__ import annotations

import numpy as np
from numpy import uint8, uint32
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from studio.ui.widgets.mask import Box

_TINT = QColor("#E5484D")
_COVER = 0.5


class Overlay:
    """An image of the mask's size, kept up to date where strokes fall."""

    def __init__(self, values: NDArray[uint8]) -> None:
        self._argb = np.zeros(values.shape, uint32)
        height, width = values.shape
        form = QImage.Format.Format_ARGB32_Premultiplied
        self.image = QImage(self._argb.data, width, height, 4 * width, form)
        if values.any():
            self.tint(values)

    def tint(self, values: NDArray[uint8], box: Box | None = None) -> None:
        """Follow the mask, inside ``box`` or everywhere."""
        top, bottom, left, right = box or (0, values.shape[0], 0, values.shape[1])
        self._argb[top:bottom, left:right] = _TABLE[values[top:bottom, left:right]]


def _table() -> NDArray[uint32]:
    """Mask value to premultiplied ARGB."""
    alpha = np.arange(256) * _COVER
    result = np.round(alpha).astype(uint32) << uint32(24)
    for shift, channel in ((16, _TINT.red()), (8, _TINT.green()), (0, _TINT.blue())):
        result |= np.round(alpha * channel / 255).astype(uint32) << uint32(shift)
    return result


_TABLE = _table()
