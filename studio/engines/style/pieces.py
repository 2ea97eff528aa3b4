"""A network that paints one size only, used for pictures of any size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

import numpy as np

from studio.core.engine import Floats
from studio.engines.style.arrays import area_resized, resized
from studio.engines.style.bands import Window, merged, reach

_FADE = 32


def in_pieces(content: Floats, piece: tuple[int, int], paint: Callable[[Floats], Floats]) -> Floats:
    """``content`` painted by ``paint``, which takes (height, width) = ``piece`` only.

    The whole is painted small; overlapping pieces take their look from it and fade into each other.
    """
    size = content.shape[0], content.shape[1]
    small = paint(area_resized(content, *piece))
    if size[0] <= piece[0] and size[1] <= piece[1]:
        return resized(small, *size)
    down, right = max(0, piece[0] - size[0]), max(0, piece[1] - size[1])
    picture = cast(Floats, np.pad(content, ((0, down), (0, right), (0, 0)), "edge"))
    total, weights = np.zeros((*size, 3), np.float32), np.zeros((*size, 1), np.float32)
    for window, core in windows(size, piece, min(reach(piece, size), min(piece) // 4)):
        weight = _ramp(core)
        place = np.s_[core.top:core.bottom, core.left:core.right]
        total[place] += weight * merged(paint(window.of(picture)), window, core, small, size)
        weights[place] += weight
    return cast(Floats, np.clip(total / weights, 0.0, 1.0))


def windows(size: tuple[int, int], piece: tuple[int, int], edge: int) -> Iterator[tuple[Window, Window]]:
    """(window, core) pairs; the cores cover ``size``, overlap, and keep ``edge`` from their window's rim."""
    for top, first, last in _spans(size[0], piece[0], edge):
        for left, begin, end in _spans(size[1], piece[1], edge):
            yield Window(top, top + piece[0], left, left + piece[1]), Window(first, last, begin, end)


def _spans(size: int, piece: int, edge: int) -> Iterator[tuple[int, int, int]]:
    """(start of the piece, start and end of its core) along one side."""
    step = max(1, piece - 2 * edge - piece // 8)
    starts = [0] if size <= piece else sorted({*range(0, size - piece, step), size - piece})
    for start in starts:
        end = start + piece
        yield start, start + edge if start else 0, size if end >= size else end - edge


def _ramp(core: Window) -> Floats:
    """(h, w, 1), rising from the edges inwards."""
    sides = [np.arange(1, n + 1) for n in (core.bottom - core.top, core.right - core.left)]
    down, right = (np.minimum(np.minimum(side, side[::-1]), _FADE).astype(np.float32) for side in sides)
    return cast(Floats, (down[:, np.newaxis] * right[np.newaxis])[..., np.newaxis])
