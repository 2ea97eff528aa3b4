"""Pictures made larger at the edges, for networks that take only some sizes."""

from __future__ import annotations

from typing import cast

import numpy as np

from studio.core.engine import Floats


def padded(picture: Floats, height: int, width: int, before: int = 0) -> Floats:
    """``picture`` (H, W, C) mirrored at its edges: ``before`` at the top and left, the rest below and right.

    ``height`` and ``width`` are those of the result, at least the picture's own and ``before``. A picture
    smaller than what is added is mirrored again and again.
    """
    down, right = height - picture.shape[0] - before, width - picture.shape[1] - before
    if not (before or down or right):
        return picture
    return cast(Floats, np.pad(picture, ((before, down), (before, right), (0, 0)), "reflect"))


def rounded_up(side: int, multiple: int, least: int = 1) -> int:
    """The smallest multiple of ``multiple`` that is at least ``side`` and ``least``, in pixels."""
    return -(-max(side, least) // multiple) * multiple
