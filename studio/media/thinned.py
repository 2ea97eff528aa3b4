"""Few of a picture's pixels, evenly spread and in 8 bits: enough for a look at it while it is made."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.media.values import Pixels

Places = NDArray[np.intp]


class Thinned:
    """Grows true from top to bottom as the rows of a picture of ``size`` (height, width) come."""

    def __init__(self, before: NDArray[np.uint8], size: tuple[int, int]) -> None:
        """``before`` (h, w, 3 or 4), no bigger than ``size``: shown where nothing came yet; it is changed."""
        self.pixels = before
        self._rows, self._columns = (places(few, many) for few, many in zip(before.shape, size, strict=False))
        self._top = 0

    def add(self, rows: Pixels) -> None:
        """The next rows (n, W, 1 to 4)."""
        first, end = np.searchsorted(self._rows, (self._top, self._top + rows.shape[0]))
        found = sampled(rows, self._rows[first:end] - self._top, self._columns)
        self.pixels[first:end] = _coloured(found, self.pixels.shape[2])
        self._top += rows.shape[0]


def places(count: int, length: int) -> Places:
    """``count`` places spread evenly over ``length``."""
    return ((np.arange(count) + 0.5) * (length / count)).astype(np.intp)


def sampled(pixels: Pixels, rows: Places, columns: Places) -> NDArray[np.uint8]:
    """The pixels where ``rows`` and ``columns`` meet."""
    found = np.take(pixels[rows], columns, axis=1)
    return found if found.dtype == np.uint8 else (found >> 8).astype(np.uint8)  # type: ignore[return-value]


def _coloured(pixels: NDArray[np.uint8], channels: int) -> NDArray[np.uint8]:
    """Grey, with or without opacity, as colours."""
    if pixels.shape[2] >= 3:
        return pixels
    return pixels[..., [0, 0, 0, 1][:channels]]
