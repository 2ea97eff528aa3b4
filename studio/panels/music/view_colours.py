"""Colours of tracks and notes, for the dark theme and the light one."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor

from studio.ui import theme
from studio.ui.widgets import paint

_DARK = ("#8AB4E8", "#E3A75B", "#7FB685", "#C79BE0", "#EE8277", "#6CC5C1", "#E7C15A", "#E895BC")
_LIGHT = ("#2F6DB0", "#B06A1C", "#3C7F49", "#7C4BA0", "#B8433A", "#1F7F7B", "#8A6A00", "#A8447A")
"""Every one has at least 3:1 on the canvas of its theme."""
SHADES = 8
"""Velocities are shown in so many steps."""


def palette() -> tuple[str, ...]:
    """The colours of the tracks, by number; then they begin anew."""
    return _DARK if theme.current().name == "dark" else _LIGHT


def track_colour(track: int) -> QColor:
    """The colour of track number ``track``."""
    colours = palette()
    return QColor(colours[track % len(colours)])


def shade_of(velocity: int) -> int:
    """0 (softest) to `SHADES` - 1."""
    return (velocity - 1) * SHADES // 127


def note_colour(track: int, velocity: int) -> QColor:
    """The louder, the fuller."""
    return _shaded(palette()[track % len(_DARK)], theme.current().canvas, shade_of(velocity))


@lru_cache(maxsize=256)
def _shaded(colour: str, ground: str, shade: int) -> QColor:
    return paint.mix(QColor(ground), QColor(colour), 0.5 + 0.5 * shade / (SHADES - 1))
