"""What a network answered, looked at before anyone sees it."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from studio.core.engine import Floats
from studio.core.errors import StudioError


class NotNumbers(StudioError):
    """The answer holds NaN or infinity; higher precision may help."""


def in_numbers(run: Callable[[], Floats], widen: Callable[[], bool]) -> Floats:
    """What ``run`` gives; where that is no numbers, once more after ``widen``. Raises NotNumbers."""
    try:
        return run()
    except NotNumbers:
        if not widen():
            raise
    return run()


def checked(answer: Floats, given: Floats, scale: int, model: str) -> Floats:
    """``answer`` (sH, sW, C) to ``given`` (H, W, C). Raises StudioError for another size, and NotNumbers."""
    if answer.shape != (given.shape[0] * scale, given.shape[1] * scale, given.shape[2]):
        raise wrong_size(model, given.shape, answer.shape)
    if not _is_numbers(answer):
        raise NotNumbers("{model} gave no picture: it holds numbers that are none (NaN), in float32 too.",
                         "Choose another model.", model=model)
    return answer


def _is_numbers(answer: Floats) -> bool:
    """One NaN or infinity spoils the sum; to mark each would take fresh memory, a quarter of the answer's."""
    with np.errstate(over="ignore", invalid="ignore"):
        return math.isfinite(float(answer.sum()))


def wrong_size(model: str, given: tuple[int, ...], answer: tuple[int, ...]) -> StudioError:
    """For an answer that is no picture of a whole multiple of what was given."""
    return StudioError("{model} made {made} numbers of a picture of {height} x {width}: "
                       "that is no enlargement by a whole factor.", "Choose another model.", model=model,
                       made=" x ".join(map(str, answer)), height=given[0], width=given[1])
