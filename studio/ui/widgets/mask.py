"""A mask painted with a soft round brush. No Qt: an array, strokes on it, and their undo."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy import uint8
from numpy.typing import NDArray

LONGEST = 2048
"""Pixels of the longer side that a mask is painted at; it is enlarged to the picture's size when used."""
_UNDO = 40

Box = tuple[int, int, int, int]
"""top, bottom, left, right"""


@dataclass(frozen=True, slots=True)
class Brush:
    """Radius in mask pixels; hardness 0 (soft to the middle) to 1 (a sharp edge)."""

    radius: float
    hardness: float = 0.6
    is_eraser: bool = False


class Mask:
    """255 where the style goes, 0 where the picture stays. (height, width) uint8."""

    def __init__(self, width: int, height: int) -> None:
        scale = min(1.0, LONGEST / max(width, height, 1))
        shape = max(1, round(height * scale)), max(1, round(width * scale))
        self.values: NDArray[uint8] = np.zeros(shape, uint8)
        self._before: NDArray[uint8] | None = None
        self._dirty: Box | None = None
        self._past: list[tuple[Box, NDArray[uint8]]] = []

    @property
    def is_empty(self) -> bool:
        """Whether nothing is painted."""
        return not self.values.any()

    @property
    def can_undo(self) -> bool:
        """Whether there is a stroke to take back."""
        return bool(self._past)

    def begin(self) -> None:
        """Start a stroke: all dabs until `end` are taken back together."""
        self._before, self._dirty = self.values.copy(), None

    def line(self, start: tuple[float, float], end: tuple[float, float], brush: Brush) -> Box | None:
        """Dabs from ``start`` to ``end`` (x, y in mask pixels); returns what changed."""
        distance = math.dist(start, end)
        count = max(1, math.ceil(distance / max(1.0, brush.radius * 0.15)))
        changed: Box | None = None
        for step in range(count + 1):
            share = step / count
            x, y = (a + (b - a) * share for a, b in zip(start, end, strict=True))
            changed = union(changed, self._dab(x, y, brush))
        self._dirty = union(self._dirty, changed)
        return changed

    def end(self) -> bool:
        """Finish the stroke; whether it changed anything."""
        before, box = self._before, self._dirty
        self._before = self._dirty = None
        if before is None or box is None:
            return False
        self._keep(box, before)
        return True

    def invert(self) -> None:
        """Style where there was none, and the other way round."""
        self._replace(255 - self.values)

    def clear(self) -> None:
        """Nothing painted."""
        self._replace(np.zeros_like(self.values))

    def load(self, rows: bytes, stride: int) -> None:
        """Show an 8-bit picture of this mask's size, ``stride`` bytes a row; forgets the strokes."""
        height, width = self.values.shape
        self.values[:] = np.frombuffer(rows, uint8, height * stride).reshape(height, stride)[:, :width]
        self._past.clear()

    def undo(self) -> Box | None:
        """Take the last stroke back; returns what changed."""
        if not self._past:
            return None
        box, kept = self._past.pop()
        top, bottom, left, right = box
        self.values[top:bottom, left:right] = kept
        return box

    def _dab(self, x: float, y: float, brush: Brush) -> Box | None:
        reach = math.ceil(brush.radius) + 1
        top, bottom = max(0, math.floor(y) - reach), min(self.values.shape[0], math.floor(y) + reach + 1)
        left, right = max(0, math.floor(x) - reach), min(self.values.shape[1], math.floor(x) + reach + 1)
        if top >= bottom or left >= right:
            return None
        area = self.values[top:bottom, left:right]
        dab = _dab(np.arange(left, right) + 0.5 - x, np.arange(top, bottom) + 0.5 - y, brush)
        if brush.is_eraser:
            np.minimum(area, 255 - dab, out=area)
        else:
            np.maximum(area, dab, out=area)
        return top, bottom, left, right

    def _replace(self, values: NDArray[uint8]) -> None:
        height, width = self.values.shape
        self._keep((0, height, 0, width), self.values)
        self.values[:] = values

    def _keep(self, box: Box, before: NDArray[uint8]) -> None:
        top, bottom, left, right = box
        self._past.append((box, before[top:bottom, left:right].copy()))
        del self._past[:-_UNDO]


def union(first: Box | None, second: Box | None) -> Box | None:
    """The smallest box around both."""
    if first is None or second is None:
        return first or second
    return (min(first[0], second[0]), max(first[1], second[1]),
            min(first[2], second[2]), max(first[3], second[3]))


def _dab(x: NDArray[np.float64], y: NDArray[np.float64], brush: Brush) -> NDArray[uint8]:
    """One touch of the brush: full inside, falling smoothly over the soft rim, at least one pixel wide."""
    distance = np.sqrt((x * x)[None, :] + (y * y)[:, None], dtype=np.float32)
    rim = max(1.0, brush.radius * (1.0 - brush.hardness))
    share = np.clip((brush.radius + 0.5 - distance) / np.float32(rim), 0.0, 1.0)
    return (share * share * (3.0 - 2.0 * share) * 255.0 + 0.5).astype(uint8)
