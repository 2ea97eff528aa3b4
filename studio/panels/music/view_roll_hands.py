"""The mouse on the roll: every press begins one gesture, which ends in one step that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QCursor, QMouseEvent

from studio.core.score import Note, Track
from studio.panels.music import edits
from studio.panels.music.grid import bar_at, beat_of, before
from studio.panels.music.view_roll_drags import (
    Band,
    Drag,
    Draw,
    Erase,
    Loop,
    Move,
    Pan,
    Resize,
    Velocities,
)
from studio.panels.music.view_roll_map import EDGE

if TYPE_CHECKING:
    from studio.panels.music.view_roll import Roll

_ALT, _SHIFT, _CTRL = (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier,
                       Qt.KeyboardModifier.ControlModifier)
_SHAPES = Qt.CursorShape


class Hands:
    """Knows what lies under the pointer, and which gesture a press there begins."""

    def __init__(self, roll: Roll) -> None:
        self._roll = roll
        self._drag: Drag | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a gesture is under way."""
        return self._drag is not None

    def press(self, event: QMouseEvent) -> None:
        """Begin."""
        point = event.position()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._drag = Pan(self._roll, point)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._drag = self._begin(point, event.modifiers())
        event.accept()

    def move(self, event: QMouseEvent) -> None:
        """Go on, or show what a press would do here."""
        if self._drag is not None:
            self._drag.move(event.position(), is_free=bool(event.modifiers() & _ALT))
            self._roll.refresh()
        else:
            self.show_cursor(event.position())

    def release(self, event: QMouseEvent) -> None:
        """Do it."""
        drag, self._drag = self._drag, None
        if drag is not None:
            drag.move(event.position(), is_free=bool(event.modifiers() & _ALT))
            drag.finish()
            self._clear()

    def cancel(self) -> bool:
        """Let go without doing it; whether there was something to let go of."""
        was_busy, self._drag = self._drag is not None, None
        self._clear()
        return was_busy

    def double_click(self, event: QMouseEvent) -> None:
        """A chord to write, or a note where there is none."""
        roll, point = self._roll, event.position()
        if roll.map.chords.contains(point):
            roll.chord_wanted.emit(self._chord_place(point))
        elif roll.map.notes.contains(point) and roll.hand.tool == "select" and self.note_at(point) is None:
            self._drag = self._draw(point)
        else:
            self.press(event)

    def note_at(self, point: QPointF) -> tuple[int, Note] | None:
        """Track and note under ``point``; those of the track worked on come first."""
        sheet, area = self._roll.sheet, self._roll.map
        tick, pitch = area.tick_at(point.x()), area.pitch_at(point.y())
        tracks = range(len(sheet.arrangement.score.tracks))
        for track in sorted(tracks, key=lambda number: number != sheet.track):
            if note := sheet.index(track).at(tick, pitch):
                return track, note
        return None

    def show_cursor(self, point: QPointF | None) -> None:
        """What a press would do, as a pointer shows it."""
        roll = self._roll
        if point is None or not roll.map.notes.contains(point):
            roll.viewport().unsetCursor()
            return
        found = self.note_at(point)
        shape = _SHAPES.ArrowCursor if roll.hand.tool == "select" else _SHAPES.CrossCursor
        if roll.hand.tool == "erase":
            shape = _SHAPES.PointingHandCursor if found else _SHAPES.ForbiddenCursor
        elif found:
            edge = self._edge(point, found[1])
            shape = _SHAPES.SizeHorCursor if edge else _SHAPES.SizeAllCursor
        roll.viewport().setCursor(QCursor(shape))

    # ---- beginnings

    def _begin(self, point: QPointF, keys: Qt.KeyboardModifier) -> Drag | None:
        area = self._roll.map
        if area.ruler.contains(point):
            return Loop(self._roll, point)
        if area.notes.contains(point):
            return self._begin_in_notes(point, keys)
        if area.velocity.contains(point):
            return Velocities(self._roll, point)
        if area.keys.contains(point):
            self._choose_row(area.pitch_at(point.y()))
        return None

    def _begin_in_notes(self, point: QPointF, keys: Qt.KeyboardModifier) -> Drag | None:
        roll = self._roll
        if roll.hand.tool == "erase":
            return Erase(roll, self, point)
        found = self.note_at(point)
        if found is None:
            return self._draw(point) if roll.hand.tool == "draw" else Band(roll, point, keys)
        track, note = found
        roll.hand.length, roll.hand.velocity = note.length, note.velocity
        if not self._choose(track, note, keys):
            return None
        if edge := self._edge(point, note):
            return Resize(roll, point, note, at_start=edge == "start")
        return Move(roll, point, note, is_copy=bool(keys & _CTRL))

    def _choose(self, track: int, note: Note, keys: Qt.KeyboardModifier) -> bool:
        """Whether the note is chosen afterwards."""
        sheet = self._roll.sheet
        chosen = sheet.selection if track == sheet.track else frozenset[Note]()
        if keys & _SHIFT:
            now = chosen ^ {note}
        elif note in chosen:
            return True
        else:
            now = frozenset((note,))
        sheet.choose(now, track)
        return note in now

    def _draw(self, point: QPointF) -> Draw:
        roll, area = self._roll, self._roll.map
        if not roll.sheet.arrangement.score.tracks:
            roll.sheet.edit(edits.add_track(roll.sheet.arrangement, Track()))
        start = before(max(0, area.tick_at(point.x())), roll.hand.ticks)
        return Draw(roll, point, Note(start, area.pitch_at(point.y()), max(1, roll.hand.length),
                                      roll.hand.velocity))

    def _choose_row(self, pitch: int) -> None:
        """All notes of one key."""
        sheet = self._roll.sheet
        if sheet.arrangement.score.tracks:
            notes = sheet.arrangement.score.tracks[sheet.track].notes
            sheet.choose(note for note in notes if note.pitch == pitch)

    def _edge(self, point: QPointF, note: Note) -> str:
        """"start" or "end" where a press would change the length."""
        rect = self._roll.map.rect(note.start, note.length, note.pitch)
        room = min(EDGE, rect.width() / 3)
        if point.x() > rect.right() - room:
            return "end"
        return "start" if point.x() < rect.left() + room and rect.width() > 2 * EDGE else ""

    def _chord_place(self, point: QPointF) -> int:
        """The chord written there, or the beat."""
        roll = self._roll
        tick = max(0, roll.map.tick_at(point.x()))
        here = [chord.at for chord in roll.sheet.arrangement.score.chords if chord.at <= tick]
        bar = bar_at(roll.bars, tick)
        place = bar.start + before(tick - bar.start, beat_of(bar.metre))
        near = here and roll.map.x_of(tick) - roll.map.x_of(here[-1]) < 40
        return here[-1] if near else place

    def _clear(self) -> None:
        self._roll.ghost = self._roll.fresh = self._roll.band = None
        self._roll.refresh()
