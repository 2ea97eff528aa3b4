"""Sound files for tests, in memory."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray

from studio.media.sound.files import Format, write_sound


def encode_sound(samples: NDArray[np.float32], rate: int, format: Format = "wav",  # noqa: A002 - as in write_sound
                 recipe: str | None = None, *, bits: int = 16, quality: float = 0.6) -> bytes:
    """What `write_sound` writes."""
    made = io.BytesIO()
    write_sound(made, samples, rate, format, recipe, bits=bits, quality=quality)
    return made.getvalue()
