"""What the seed decides: which part of a painting the brushwork is learned from."""

from __future__ import annotations

import numpy as np

from studio.media.values import Pixels

_LEAST = 0.3
"""Share of each side that is left at full variation: still enough to hold a painting's manner."""


def seeded_part(picture: Pixels, variation: float, seed: int, place: int) -> Pixels:
    """A window of ``picture``, (height, width, channels), where ``seed`` puts it.

    ``variation`` 0 gives all of it, 1 a window of 0.3 of each side; ``place`` is the painting's number
    among the styles, so that two equal ones are not cut alike.
    """
    if variation == 0:
        return picture
    share = 1.0 - (1.0 - _LEAST) * variation
    chance = np.random.default_rng((seed, place))
    rows, columns = (_window(side, share, chance) for side in picture.shape[:2])
    return picture[rows, columns]


def _window(side: int, share: float, chance: np.random.Generator) -> slice:
    length = max(1, round(side * share))
    start = int(chance.integers(side - length + 1))
    return slice(start, start + length)
