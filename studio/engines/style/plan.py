"""At which sizes a picture is painted, so that strokes keep their share of it and memory is bounded."""

from __future__ import annotations

import math
from dataclasses import dataclass

Size = tuple[int, int]
LOOK = 1024
"""Longer side at which a picture gets its look, brush scale 1: strokes are the network's own there."""
WORKING_AREA = 1_600_000
"""Pixels painted in one go on the CPU; about 0.7 GB with the starter network."""
SMALLEST_AREA = 100_000
_NEAR = 1.25
_LONGEST, _SHORTEST = 4096, 192
"""Longer sides beyond which a brush gets no finer, and no broader."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes are (height, width)."""

    whole: Size
    """The pass over the whole picture, which settles the look."""
    native: Size | None
    """The pass in tiles that adds brushwork; None where the first one is enough."""
    band: Size
    """How fine a look the tiles take over from the whole."""


def make_plan(height: int, width: int, brush: float = 1.0, *, area: int = WORKING_AREA,
              look: int = LOOK) -> Plan:
    """For a picture of height x width.

    A broad brush paints small and grows; a fine brush paints larger than life and shrinks. Pictures far
    larger than the look get their look small and their brushwork in tiles at full size.
    """
    longer = max(height, width)
    target = min(min(longer, look) / brush, max(longer, _LONGEST))
    target = max(target, min(longer, _SHORTEST))
    if longer > _NEAR * target:
        whole = within(scaled(height, width, target), area)
        return Plan(whole, (height, width), whole)
    native = (height, width) if target < _NEAR * longer else scaled(height, width, target)
    whole = within(native, area)
    if whole == native:
        return Plan(whole, None, whole)
    return Plan(whole, native, scaled(*whole, max(whole) * (max(whole) / max(native))))


def scaled(height: int, width: int, longer: float) -> Size:
    """The shape whose longer side is ``longer``; no side below 1."""
    scale = longer / max(height, width)
    return max(1, round(height * scale)), max(1, round(width * scale))


def within(size: Size, area: int) -> Size:
    """``size``, or the same shape shrunk to at most ``area`` pixels."""
    if size[0] * size[1] <= area:
        return size
    return scaled(*size, max(size) * math.sqrt(area / (size[0] * size[1])))
