"""What can be done to the notes on the roll, for keys, menus and buttons alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from studio.core.score import Note, Track
from studio.panels.music import clip, edits, grid
from studio.panels.music.view_hand import Hand
from studio.panels.music.view_names import drum_name, pitch_name
from studio.panels.music.view_roll import Roll
from studio.panels.music.view_sheet import Sheet


class Deeds(QObject):
    """Works on the chosen notes of a sheet, with the grid of a hand."""

    told = Signal(str)
    """A short sentence for the person."""

    def __init__(self, roll: Roll) -> None:
        super().__init__(roll)
        self._roll: Roll = roll
        self._sheet: Sheet = roll.sheet
        self._hand: Hand = roll.hand
        self._sheet.chosen.connect(self._describe)

    # ---- notes

    def delete(self) -> None:
        """Take the chosen notes away."""
        sheet = self._sheet
        if self._has_chosen():
            sheet.edit(edits.put(sheet.arrangement, sheet.track, sheet.selection, ()), ())

    def nudge(self, steps: int) -> None:
        """Move them by lines of the grid, or the playhead where none is chosen."""
        sheet, step = self._sheet, self._hand.step
        if sheet.selection:
            sheet.change(edits.mover(sheet.selection, steps * step, 0), what="nudge")
            self._show_chosen()
        else:
            place = grid.nearest(self._roll.playhead, step) + steps * step
            self._roll.seek_wanted.emit(max(0, place))

    def transpose(self, semitones: int) -> None:
        """Move them up or down; all of the track where none is chosen."""
        sheet = self._sheet
        notes = sheet.selection or self._all()
        if notes:
            sheet.change(edits.mover(notes, 0, semitones), notes, what="transpose")
            self._show_chosen()

    def lengthen(self, steps: int) -> None:
        """Make them longer or shorter by lines of the grid."""
        step = self._hand.step
        self._sheet.change(edits.stretcher(steps * step, least=step), what="lengthen")

    def louder(self, by: int) -> None:
        """Raise or lower their velocity."""
        self._sheet.change(edits.louder(by), what="louder")

    def quantise(self) -> None:
        """Bring their starts to the grid; of all of the track where none is chosen."""
        if not self._hand.ticks:
            self.told.emit(self.tr("Choose a grid first: it is off."))
            return
        notes = self._sheet.selection or self._all()
        self._sheet.change(edits.quantiser(self._hand.ticks, self._hand.strength), notes)

    def lock(self) -> None:
        """Keep the chosen notes as they are whatever is made anew, or free them again."""
        sheet = self._sheet
        if self._has_chosen():
            is_locked = not sheet.selection <= sheet.arrangement.locked[sheet.track]
            changed = edits.set_locked(sheet.arrangement, sheet.track, sheet.selection, is_locked)
            sheet.edit(changed, sheet.selection)

    def copy(self) -> None:
        """To the clipboard, from the line of the grid they begin at."""
        if self._has_chosen():
            notes = self._sheet.selection
            origin = grid.before(min(note.start for note in notes), self._hand.ticks)
            mime = QMimeData()
            mime.setData(clip.MIME, clip.to_bytes(notes, origin))
            QGuiApplication.clipboard().setMimeData(mime)

    def cut(self) -> None:
        """To the clipboard, and away."""
        if self._sheet.selection:
            self.copy()
            self.delete()

    def paste(self) -> None:
        """From the clipboard to the playhead."""
        mime = QGuiApplication.clipboard().mimeData()
        place = grid.nearest(self._roll.playhead, self._hand.ticks)
        notes = clip.from_bytes(bytes(mime.data(clip.MIME).data()), place)
        if notes:
            self._put(notes)
        else:
            self.told.emit(self.tr("There are no notes on the clipboard."))

    def duplicate(self) -> None:
        """Once more, right behind themselves."""
        if self._has_chosen():
            notes = self._sheet.selection
            first, last = min(n.start for n in notes), max(n.end for n in notes)
            step = self._hand.step
            span = -(-(last - grid.before(first, step)) // step) * step
            self._put([edits.mover(notes, span, 0)(note) for note in notes])

    def draw_here(self) -> None:
        """A note at the playhead, on the pitch of the last one."""
        sheet, hand = self._sheet, self._hand
        if not sheet.arrangement.score.tracks:
            sheet.edit(edits.add_track(sheet.arrangement, Track()))
        last = max(sheet.selection, default=None)
        start = grid.nearest(self._roll.playhead, hand.ticks)
        self._put([Note(start, last.pitch if last else 60, hand.length, hand.velocity)])
        self._roll.seek_wanted.emit(start + hand.length)

    # ---- choosing

    def choose_all(self) -> None:
        """All notes of the track."""
        self._sheet.choose(self._all())

    def choose_nothing(self) -> None:
        """No note, or else no loop."""
        if self._sheet.selection:
            self._sheet.choose(())
        else:
            self._sheet.set_loop(0, 0)

    def step(self, by: int, *, is_more: bool = False) -> None:
        """The next note, or the one before; ``is_more`` keeps those chosen already."""
        sheet = self._sheet
        if not sheet.arrangement.score.tracks:
            return
        chosen = sheet.selection
        here = (max if by > 0 else min)(chosen, default=None)
        note = sheet.index(sheet.track).beside(here, self._roll.playhead, by)
        if note is not None:
            sheet.choose(chosen | {note} if is_more else (note,))
            self._roll.look_at(note)

    def work_on(self, by: int) -> None:
        """The next track, or the one before."""
        count = len(self._sheet.arrangement.score.tracks)
        if count:
            self._sheet.work_on((self._sheet.track + by) % count)

    def loop(self) -> None:
        """Loop the bars of the chosen notes, or of all; no loop where there is one."""
        sheet = self._sheet
        if sheet.loop is not None:
            sheet.set_loop(0, 0)
            return
        span = sheet.span() or (0, max(1, sheet.end))
        bars = self._roll.bars
        sheet.set_loop(grid.bar_at(bars, span[0]).start, grid.bar_at(bars, span[1] - 1).end)

    def to_edge(self, *, is_end: bool) -> None:
        """The playhead to the start, or to the end."""
        self._roll.seek_wanted.emit(self._sheet.end if is_end else 0)

    def by_bars(self, bars: int) -> None:
        """The playhead to the next bar, or to one before."""
        ruler, tick = self._roll.bars, self._roll.playhead
        here = grid.bar_at(ruler, tick)
        number = here.number + bars + (1 if bars < 0 and tick > here.start else 0)
        self._roll.seek_wanted.emit(ruler[min(max(number, 0), len(ruler) - 1)].start)

    # ---- inside

    def _all(self) -> frozenset[Note]:
        tracks = self._sheet.arrangement.score.tracks
        return frozenset(tracks[self._sheet.track].notes) if tracks else frozenset()

    def _has_chosen(self) -> bool:
        if not self._sheet.selection:
            self.told.emit(self.tr("Choose some notes first."))
        return bool(self._sheet.selection)

    def _put(self, notes: list[Note]) -> None:
        sheet = self._sheet
        if not sheet.arrangement.score.tracks:
            sheet.edit(edits.add_track(sheet.arrangement, Track()))
        sheet.edit(edits.put(sheet.arrangement, sheet.track, (), notes), notes)
        self._show_chosen()

    def _show_chosen(self) -> None:
        if self._sheet.selection:
            self._roll.look_at(min(self._sheet.selection))

    def _describe(self) -> None:
        """The place in words: for one note all of it, for several how many."""
        sheet = self._sheet
        count = len(sheet.selection)
        if count == 1:
            self._roll.say(self._note_words(next(iter(sheet.selection))))
        elif count:
            self._roll.say(self.tr("{count} notes are chosen.").format(count=count))
        else:
            self._roll.say(self.tr("{count} notes in {tracks} tracks. Ctrl and the arrow keys go from note "
                                   "to note.").format(count=sheet.count,
                                                      tracks=len(sheet.arrangement.score.tracks)))

    def _note_words(self, note: Note) -> str:
        sheet = self._sheet
        bar, beat = grid.place_of(self._roll.bars, note.start)
        name = drum_name(note.pitch) if sheet.is_drums else pitch_name(note.pitch)
        index = sheet.index(sheet.track)
        words = self.tr("{name}, bar {bar}, beat {beat}, {length} quarter notes long, velocity {velocity}; "
                        "note {number} of {count}").format(
            name=name or pitch_name(note.pitch), bar=bar, beat=beat, length=f"{note.length / 960:g}",
            velocity=note.velocity, number=index.number(note), count=len(index.notes))
        is_own = note in sheet.arrangement.own[sheet.track]
        whose = self.tr("your own") if is_own else self.tr("the model's, or brought in")
        lock = [self.tr("locked")] if sheet.arrangement.stays(sheet.track, note) else []
        return ", ".join([words, whose, *lock])


Do = Callable[[], object]


def key_table(deeds: Deeds, roll: Roll) -> dict[tuple[str, ...], Do]:
    """Keys while the roll has the focus, as `QKeySequence` writes them, and what they do."""
    sheet = roll.sheet
    return {
        ("Left",): partial(deeds.nudge, -1), ("Right",): partial(deeds.nudge, 1),
        ("Up",): partial(deeds.transpose, 1), ("Down",): partial(deeds.transpose, -1),
        ("Shift+Up",): partial(deeds.transpose, 12), ("Shift+Down",): partial(deeds.transpose, -12),
        ("Shift+Left",): partial(deeds.lengthen, -1), ("Shift+Right",): partial(deeds.lengthen, 1),
        ("Ctrl+Left",): partial(deeds.step, -1), ("Ctrl+Right",): partial(deeds.step, 1),
        ("Ctrl+Shift+Left",): partial(deeds.step, -1, is_more=True),
        ("Ctrl+Shift+Right",): partial(deeds.step, 1, is_more=True),
        ("Ctrl+Up",): partial(deeds.louder, 5), ("Ctrl+Down",): partial(deeds.louder, -5),
        ("PgUp",): partial(deeds.by_bars, -1), ("PgDown",): partial(deeds.by_bars, 1),
        ("Home",): partial(deeds.to_edge, is_end=False), ("End",): partial(deeds.to_edge, is_end=True),
        ("Del", "Backspace"): deeds.delete, ("Ctrl+A",): deeds.choose_all, ("Ctrl+C",): deeds.copy,
        ("Ctrl+X",): deeds.cut, ("Ctrl+V",): deeds.paste, ("Ctrl+D",): deeds.duplicate,
        ("Ctrl+Z",): sheet.undo, ("Ctrl+Shift+Z", "Ctrl+Y"): sheet.redo,
        ("Return", "Enter", "Ins"): deeds.draw_here, ("Q",): deeds.quantise, ("K",): deeds.lock,
        ("L",): deeds.loop, ("Esc",): deeds.choose_nothing,
        ("[",): partial(deeds.work_on, -1), ("]",): partial(deeds.work_on, 1),
        ("V",): partial(roll.hand.take, "select"), ("B",): partial(roll.hand.take, "draw"),
        ("E",): partial(roll.hand.take, "erase"),
        ("+", "="): partial(roll.zoom, 1.25), ("-",): partial(roll.zoom, 0.8),
        ("Ctrl++", "Ctrl+="): partial(roll.zoom_rows, 1), ("Ctrl+-",): partial(roll.zoom_rows, -1),
        ("0",): roll.fit, ("1",): roll.actual,
    }
