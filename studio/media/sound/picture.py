"""A sound as a small picture, for lists: its outline."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.media.sound import looks
from studio.media.sound.reading import opened

_SHAPE = 0.625
"""Height beside width, as of a score's picture."""
_COLOUR = (79, 132, 196, 255)
_SPAN = 0.25
"""Seconds read for a column: an hour is looked at as quickly as a minute."""


def sound_picture(source: bytes | Path, size: int) -> NDArray[np.uint8]:
    """(height, width, 4), ``size`` pixels wide, transparent around the outline. Raises StudioError as
    `read_sound`."""
    height = max(1, round(size * _SHAPE))
    made = np.zeros((height, size, 4), np.uint8)
    found = _outline(source, size)
    most = max(float(np.abs(found).max(initial=0)), 0.05)
    middle, reach = (height - 1) / 2, height * 0.45
    top = np.floor(middle - found[:, 1] / most * reach).astype(int)
    bottom = np.ceil(middle - found[:, 0] / most * reach).astype(int)
    rows = np.arange(height)[:, None]
    made[(rows >= top) & (rows <= bottom)] = _COLOUR
    return made


def _outline(source: bytes | Path, columns: int) -> NDArray[np.float32]:
    found = np.zeros((columns, 2), np.float32)
    with opened(io.BytesIO(source) if isinstance(source, bytes) else source) as file:
        span = max(1, min(-(-file.frames // columns), int(_SPAN * file.samplerate)))
        for column in range(columns):
            file.seek(column * file.frames // columns)
            found[column] = looks.peaks(np.nan_to_num(file.read(span, dtype="float32", always_2d=True)), 1)[0]
    return found
