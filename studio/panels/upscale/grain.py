"""Film grain: brightness noise, fine and soft, strongest in the middle tones, where film has most."""

from __future__ import annotations

from typing import cast

import numpy as np

from studio.core.engine import Floats

_STRENGTH = 0.08
"""Standard deviation at full grain in the middle tones, of a range of 1."""
_SOFT = np.array([0.25, 0.5, 0.25], np.float32)
_NORM = np.float32(1.0 / float((_SOFT**2).sum()))
"""Makes up for what the softening takes, in both directions."""
_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)


def add_grain(picture: Floats, amount: float, seed: int, top: int, left: int, width: int) -> Floats:
    """``picture`` (rows, columns, 1 or 3), 0 to 1, with grain of ``amount`` 0 to 1.

    It is the part at row ``top``, column ``left`` of a picture of ``width``. Every row has its own numbers,
    so that a part has the grain of the whole.
    """
    noise = _noise(seed, top, picture.shape[0], width)[:, left:left + picture.shape[1]]
    light = np.clip(picture @ _LUMA if picture.shape[2] == 3 else picture[..., 0], 0.0, 1.0)
    noise *= np.float32(4 * _STRENGTH * amount) * light * (1 - light)
    return cast(Floats, picture + noise[..., np.newaxis])


def _noise(seed: int, top: int, rows: int, width: int) -> Floats:
    """(rows, width), about normal, neighbours alike."""
    raw = np.stack([np.random.default_rng((seed, row)).standard_normal(width + 2, np.float32)
                    for row in range(top, top + rows + 2)])
    down = _SOFT[0] * raw[:-2] + _SOFT[1] * raw[1:-1] + _SOFT[2] * raw[2:]
    return cast(Floats, (_SOFT[0] * down[:, :-2] + _SOFT[1] * down[:, 1:-1] + _SOFT[2] * down[:, 2:]) * _NORM)
