"""Which part of a frame differs from the one before."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def changed(before: NDArray[np.uint8] | None, after: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """(top, left, bottom, right) of the smallest box that holds every change, at least one pixel.

    The whole frame where there is none before.
    """
    height, width, _ = after.shape
    if before is None:
        return 0, 0, height, width
    is_new = (before != after).any(axis=2)
    rows, columns = np.flatnonzero(is_new.any(axis=1)), np.flatnonzero(is_new.any(axis=0))
    if not len(rows):
        return 0, 0, 1, 1
    return int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1
