"""Gestures of the mouse: each shows what it would do while it goes on, and does it at its end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt

from studio.core.score import Note
from studio.panels.music import edits
from studio.panels.music.grid import bar_at, nearest

if TYPE_CHECKING:
    from studio.panels.music.view_roll import Roll
    from studio.panels.music.view_roll_hands import Hands

_START = 4.0
"""Logical pixels before a press is a drag."""


class Drag(Protocol):
    """One gesture."""

    def move(self, point: QPointF, *, is_free: bool) -> None:
        """The pointer is at ``point``; ``is_free`` lets go of the grid."""
        ...

    def finish(self) -> None:
        """The button is up."""
        ...


class Move:
    """Moves the chosen notes, or copies of them."""

    def __init__(self, roll: Roll, point: QPointF, note: Note, *, is_copy: bool) -> None:
        self._roll, self._from, self._note, self._is_copy = roll, point, note, is_copy
        self._pitch = roll.map.pitch_at(point.y())
        self._has_moved = False

    def move(self, point: QPointF, *, is_free: bool) -> None:
        """Starts keep to the grid by the note that is held."""
        self._has_moved |= (point - self._from).manhattanLength() >= _START
        if not self._has_moved:
            return
        roll = self._roll
        ticks = roll.map.tick_at(point.x()) - roll.map.tick_at(self._from.x())
        if not is_free and (step := roll.hand.ticks):
            ticks = nearest(ticks, step)
        by = roll.map.pitch_at(point.y()) - self._pitch
        roll.ghost = edits.mover(roll.sheet.selection, ticks, by)

    def finish(self) -> None:
        """One step."""
        sheet, do = self._roll.sheet, self._roll.ghost
        if do is None:
            return
        if self._is_copy:
            copies = [do(note) for note in sheet.selection]
            sheet.edit(edits.put(sheet.arrangement, sheet.track, (), copies), copies)
        else:
            sheet.change(do)


class Resize:
    """Changes the length of the chosen notes at one end."""

    def __init__(self, roll: Roll, point: QPointF, note: Note, *, at_start: bool) -> None:
        self._roll, self._from, self._note, self._at_start = roll, point, note, at_start

    def move(self, point: QPointF, *, is_free: bool) -> None:
        """The end that is held keeps to the grid; the others move by as much."""
        roll, note = self._roll, self._note
        ticks = roll.map.tick_at(point.x()) - roll.map.tick_at(self._from.x())
        edge = note.start if self._at_start else note.end
        if not is_free and roll.hand.ticks and ticks:
            ticks = nearest(edge + ticks, roll.hand.ticks) - edge
        least = 1 if is_free else min(roll.hand.step, note.length)
        ticks = -ticks if self._at_start else ticks
        roll.ghost = edits.stretcher(ticks, at_start=self._at_start, least=least)

    def finish(self) -> None:
        """One step; the next note drawn is as long."""
        do = self._roll.ghost
        if do is not None:
            self._roll.hand.length = do(self._note).length
            self._roll.sheet.change(do)


class Draw:
    """A new note, as long as the drag; as long as the last one where it is a click."""

    def __init__(self, roll: Roll, point: QPointF, note: Note) -> None:
        self._roll, self._from = roll, point
        roll.fresh = note
        roll.sheet.choose(())

    def move(self, point: QPointF, *, is_free: bool) -> None:
        """To the right it grows, up and down it goes to another pitch."""
        roll, fresh = self._roll, self._roll.fresh
        if fresh is None:
            return
        length = fresh.length
        if abs(point.x() - self._from.x()) >= _START:
            step = 1 if is_free else roll.hand.step
            end = roll.map.tick_at(point.x())
            length = max(step, (end - fresh.start + step - 1) // step * step)
        roll.fresh = replace(fresh, length=length, pitch=roll.map.pitch_at(point.y()))

    def finish(self) -> None:
        """One step."""
        roll, note = self._roll, self._roll.fresh
        if note is not None:
            roll.hand.length = note.length
            roll.sheet.edit(edits.put(roll.sheet.arrangement, roll.sheet.track, (), [note]), [note])


class Band:
    """A rubber band: chooses the notes of the track that it touches."""

    def __init__(self, roll: Roll, point: QPointF, keys: Qt.KeyboardModifier) -> None:
        self._roll, self._from = roll, point
        self._with = roll.sheet.selection if keys & Qt.KeyboardModifier.ShiftModifier else frozenset[Note]()
        self._without = bool(keys & Qt.KeyboardModifier.ControlModifier)
        self._before = roll.sheet.selection

    def move(self, point: QPointF, *, is_free: bool) -> None:
        """Grow."""
        rect = QRectF(self._from, point).normalized()
        self._roll.band = rect.intersected(self._roll.map.notes)

    def finish(self) -> None:
        """Choose; a click on nothing chooses nothing."""
        found = frozenset(self._touched())
        self._roll.sheet.choose(self._before - found if self._without else self._with | found)

    def _touched(self) -> list[Note]:
        roll, band = self._roll, self._roll.band
        if band is None or not roll.sheet.arrangement.score.tracks or band.width() + band.height() < _START:
            return []
        area = roll.map
        first, last = area.tick_at(band.left()), area.tick_at(band.right())
        low, high = area.pitch_at(band.bottom()), area.pitch_at(band.top())
        index = roll.sheet.index(roll.sheet.track)
        return [note for note in index.within(max(0, first), max(1, last)) if low <= note.pitch <= high]


class Erase:
    """Takes away whatever it passes over, as one step."""

    def __init__(self, roll: Roll, hands: Hands, point: QPointF) -> None:
        self._roll, self._hands, self._last = roll, hands, point
        self._gone: dict[int, set[Note]] = {}
        self.move(point, is_free=False)

    def move(self, point: QPointF, *, is_free: bool) -> None:
        """Also what lies between here and the last place."""
        way = point - self._last
        steps = max(1, int(way.manhattanLength() // 3))
        for step in range(1, steps + 1):
            if found := self._hands.note_at(self._last + way * (step / steps)):
                self._gone.setdefault(found[0], set()).add(found[1])
        self._last = point
        gone = self._gone.get(self._roll.sheet.track, set())
        if gone and self._roll.sheet.selection != gone:
            self._roll.sheet.choose(gone)

    def finish(self) -> None:
        """One step for all of them."""
        arrangement = self._roll.sheet.arrangement
        for track, notes in self._gone.items():
            arrangement = edits.put(arrangement, track, notes, ())
        self._roll.sheet.edit(arrangement, ())


class Loop:
    """On the ruler: a click puts the playhead there, a drag chooses whole bars to loop."""

    def __init__(self, roll: Roll, point: QPointF) -> None:
        self._roll, self._from = roll, point
        self._before, self._has_moved = roll.sheet.loop, False

    def move(self, point: QPointF, *, is_free: bool) -> None:
        """From bar to bar."""
        if abs(point.x() - self._from.x()) < _START and not self._has_moved:
            return
        self._has_moved = True
        area, bars = self._roll.map, self._roll.bars
        first, last = sorted(max(0, area.tick_at(x)) for x in (self._from.x(), point.x()))
        self._roll.sheet.set_loop(bar_at(bars, first).start, bar_at(bars, last).end)

    def finish(self) -> None:
        """A click: play from there."""
        if not self._has_moved:
            tick = max(0, self._roll.map.tick_at(self._from.x()))
            self._roll.seek_wanted.emit(nearest(tick, self._roll.hand.step))


class Velocities:
    """In the lane below: the heads follow the pointer; of chosen notes, all by as much."""

    def __init__(self, roll: Roll, point: QPointF) -> None:
        self._roll, self._now = roll, dict[Note, Note]()
        self._held = self._nearest(point)
        if self._held is not None and self._held not in roll.sheet.selection:
            roll.sheet.choose((self._held,))
        self.move(point, is_free=False)

    def move(self, point: QPointF, *, is_free: bool) -> None:
        """Louder upwards."""
        if self._held is not None:
            by = self._roll.map.velocity_at(point.y()) - self._held.velocity
            self._roll.ghost = edits.louder(by)

    def finish(self) -> None:
        """One step."""
        if self._held is not None and self._roll.ghost is not None:
            self._roll.hand.velocity = self._roll.ghost(self._held).velocity
            self._roll.sheet.change(self._roll.ghost)

    def _nearest(self, point: QPointF) -> Note | None:
        roll, area = self._roll, self._roll.map
        if not roll.sheet.arrangement.score.tracks:
            return None
        first, last = area.tick_at(point.x() - 8), area.tick_at(point.x() + 8)
        near = [note for note in roll.sheet.index(roll.sheet.track).within(max(0, first), max(1, last))
                if first <= note.start <= last]
        return min(near, default=None, key=lambda note: (
            note not in roll.sheet.selection, abs(area.x_of(note.start) - point.x()),
            abs(area.velocity_y(note.velocity) - point.y())))


class Pan:
    """Moves the paper."""

    def __init__(self, roll: Roll, point: QPointF) -> None:
        self._roll, self._last = roll, point

    def move(self, point: QPointF, *, is_free: bool) -> None:
        """It follows the pointer."""
        way, self._last = point - self._last, point
        across, down = self._roll.horizontalScrollBar(), self._roll.verticalScrollBar()
        across.setValue(across.value() - round(way.x()))
        down.setValue(down.value() - round(way.y()))

    def finish(self) -> None:
        """Nothing is left to do."""
