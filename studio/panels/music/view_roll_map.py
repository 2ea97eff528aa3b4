"""Where things are on the roll: ticks to the right, pitches upwards, lanes above and below the notes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from studio.core.score import TICKS

RULER, CHORDS, MOOD, VELOCITY = 26, 24, 38, 58
"""Heights of the lanes, logical pixels."""
KEYS, DRUM_KEYS = 66, 112
"""Widths of the keyboard, and of the names of drums."""
_LOW = 300
"""A roll lower than this shows neither mood nor velocities."""
EDGE = 6.0
"""Logical pixels at the ends of a note that change its length."""


@dataclass(frozen=True, slots=True)
class RollMap:
    """Turns ticks and pitches into places and back; all in logical pixels of the viewport."""

    width: int
    height: int
    left: int
    """Width of the keyboard."""
    quarter: float
    """Width of a quarter note."""
    row: int
    """Height of a semitone."""
    x: int = 0
    """How far it is scrolled to the right."""
    y: int = 0
    """How far it is scrolled down."""

    @property
    def is_low(self) -> bool:
        """Whether there is too little room for all lanes."""
        return self.height < _LOW

    @property
    def top(self) -> int:
        """Where the notes begin."""
        return RULER + CHORDS + (0 if self.is_low else MOOD)

    @property
    def bottom(self) -> int:
        """Where the notes end."""
        return self.height - (0 if self.is_low else VELOCITY)

    @property
    def ruler(self) -> QRectF:
        """Bars, metres and keys."""
        return QRectF(self.left, 0, self.width - self.left, RULER)

    @property
    def chords(self) -> QRectF:
        """The chords."""
        return QRectF(self.left, RULER, self.width - self.left, CHORDS)

    @property
    def mood(self) -> QRectF:
        """The mood; without height where there is no room."""
        return QRectF(self.left, RULER + CHORDS, self.width - self.left, self.top - RULER - CHORDS)

    @property
    def notes(self) -> QRectF:
        """The notes."""
        return QRectF(self.left, self.top, self.width - self.left, max(0, self.bottom - self.top))

    @property
    def keys(self) -> QRectF:
        """The keyboard."""
        return QRectF(0, self.top, self.left, max(0, self.bottom - self.top))

    @property
    def velocity(self) -> QRectF:
        """The velocities; without height where there is no room."""
        return QRectF(self.left, self.bottom, self.width - self.left, self.height - self.bottom)

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last tick in view."""
        return max(0, self.tick_at(self.left)), max(0, self.tick_at(self.width)) + 1

    def x_of(self, tick: float) -> float:
        """Where ``tick`` is."""
        return self.left + tick * self.quarter / TICKS - self.x

    def tick_at(self, x: float) -> int:
        """The tick at ``x``; below 0 left of the start."""
        return round((x - self.left + self.x) * TICKS / self.quarter)

    def y_of(self, pitch: int) -> float:
        """The upper edge of the row of ``pitch``."""
        return self.top + (127 - pitch) * self.row - self.y

    def pitch_at(self, y: float) -> int:
        """The pitch at ``y``, 0 to 127."""
        return max(0, min(127, 127 - int((y - self.top + self.y) // self.row)))

    def rect(self, start: int, length: int, pitch: int) -> QRectF:
        """Of a note; two pixels wide at least, one less high than its row."""
        wide = max(2.0, length * self.quarter / TICKS - 1)
        return QRectF(self.x_of(start), self.y_of(pitch), wide, self.row - 1)

    def velocity_y(self, velocity: int) -> float:
        """Where the head of a velocity is in its lane."""
        lane = self.velocity
        return lane.bottom() - 6 - (lane.height() - 14) * velocity / 127

    def velocity_at(self, y: float) -> int:
        """The velocity at ``y``, 1 to 127."""
        lane = self.velocity
        return max(1, min(127, round((lane.bottom() - 6 - y) / max(1.0, lane.height() - 14) * 127)))
