"""A piece of music as a small piano roll, for lists: it can be told from others at a glance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from studio.core.score import Note, Score, bars

_SHAPE = 0.625
"""Height beside width."""
_COLOURS = ((79, 132, 196), (201, 122, 44), (88, 150, 84), (176, 88, 150), (62, 152, 152), (190, 84, 78),
            (140, 118, 70), (124, 112, 190))
"""Of tracks, as light as a middle grey: they stand out on white and on black."""
_DRUMS = (132, 132, 132)
_LINE = (128, 128, 128, 70)
_LONGEST = 48
"""Bars shown; more would be a blur."""
_MARGIN = 0.05
_LEAST = 24
"""Semitones shown at least, so that three notes don't fill the picture."""


def score_picture(score: Score, size: int) -> NDArray[np.uint8]:
    """(height, width, 4), ``size`` pixels wide, transparent where nothing sounds; the same score, the same
    pixels. Of a long piece the first bars."""
    height = max(1, round(size * _SHAPE))
    made = np.zeros((height, size, 4), np.uint8)
    lines = bars(score)[:_LONGEST]
    end = lines[-1].end if lines else 1
    scale = size / end
    _draw_bars(made, [round(bar.start * scale) for bar in lines[1:]])
    shown = [[note for note in track.notes if note.start < end] for track in score.tracks]
    pitches = [note.pitch for notes, track in zip(shown, score.tracks, strict=True)
               for note in notes if not track.drums]
    low, high = _range(pitches)
    number = 0
    for notes, track in zip(shown, score.tracks, strict=True):
        colour = _DRUMS if track.drums else _COLOURS[number % len(_COLOURS)]
        number += not track.drums
        _draw(made, notes, scale, (low, high) if not track.drums else (24, 110), colour)
    return made


def _range(pitches: Sequence[int]) -> tuple[int, int]:
    low, high = min(pitches, default=60), max(pitches, default=60)
    more = max(0, _LEAST - (high - low))
    return low - more // 2, high + (more + 1) // 2


def _draw_bars(made: NDArray[np.uint8], columns: Sequence[int]) -> None:
    if len(columns) * 6 < made.shape[1]:
        made[:, [column for column in columns if column < made.shape[1]]] = _LINE


def _draw(made: NDArray[np.uint8], notes: Sequence[Note], scale: float, span: tuple[int, int],
          colour: tuple[int, int, int]) -> None:
    height, width = made.shape[:2]
    low, high = span
    room = height * (1 - 2 * _MARGIN)
    thick = max(2, round(room / (high - low + 1)))
    for note in notes:
        left = min(width - 1, round(note.start * scale))
        right = max(left + 1, min(width, round(note.end * scale) - (note.length * scale > 3)))
        above = (high - min(high, max(low, note.pitch))) / (high - low)
        top = round(height * _MARGIN + (room - thick) * above)
        alpha = 150 + round(105 * note.velocity / 127)
        made[top:top + thick, left:right] = (*colour, alpha)
