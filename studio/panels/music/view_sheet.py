"""What is on the roll, what of it is chosen, and what can be undone. Widgets listen; none of them owns it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal

from studio.core.arrangement import Arrangement
from studio.core.errors import StudioError
from studio.core.score import Note, Score
from studio.panels.music import edits, grid
from studio.panels.music.sights import NoteIndex
from studio.panels.music.steps import Steps
from studio.ui.widgets.background import in_background

EMPTY = Arrangement(Score())
_MANY = 2000
"""From so many notes on, they are packed off the UI thread."""


class Sheet(QObject):
    """A piece being worked on. Every change goes through `edit` and can be undone."""

    changed = Signal()
    """Notes, tracks, the mixer, or what holds for all of them."""
    chosen = Signal()
    """Other notes are chosen, another track is worked on, or another part loops."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.arrangement = EMPTY
        self.selection: frozenset[Note] = frozenset()
        """Notes of the track worked on."""
        self.track = 0
        """The one worked on."""
        self.loop: tuple[int, int] | None = None
        """First tick, and the first one after it."""
        self.steps = Steps()
        self.revision = 0
        """Counts the changes of any kind."""
        self._indexes: dict[int, tuple[object, NoteIndex]] = {}
        self._packed: tuple[Arrangement, str] = (EMPTY, "")

    # ---- what is there

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be seen or heard."""
        return not any(track.notes for track in self.arrangement.score.tracks)

    @property
    def count(self) -> int:
        """Notes of all tracks."""
        return sum(len(track.notes) for track in self.arrangement.score.tracks)

    @property
    def end(self) -> int:
        """The tick at which the last bar ends."""
        return grid.end_of_bar(self.arrangement.score)

    @property
    def is_drums(self) -> bool:
        """Whether the track worked on is one of drums."""
        tracks = self.arrangement.score.tracks
        return bool(tracks) and tracks[self.track].drums

    def index(self, track: int) -> NoteIndex:
        """Finds the notes of a track; made once for each."""
        notes = self.arrangement.score.tracks[track].notes
        kept = self._indexes.get(track)
        if kept is None or kept[0] is not notes:
            kept = self._indexes[track] = notes, NoteIndex(notes)
        return kept[1]

    def packed(self) -> str:
        """All of it as text (Base64 of `write_arrangement`); "" for nothing."""
        if self._packed[0] is not self.arrangement:
            self._packed = self.arrangement, pack(self.arrangement)
        return self._packed[1]

    # ---- changing it

    def show(self, arrangement: Arrangement) -> None:
        """Another piece, with nothing to undo."""
        self.steps.clear()
        self._packed = (EMPTY, "")
        self.loop = None
        self._set(arrangement, frozenset())

    def edit(self, arrangement: Arrangement, chosen: Iterable[Note] | None = None, what: str = "") -> None:
        """One step. Steps of the same ``what`` that follow each other are undone together, if it has one."""
        if arrangement != self.arrangement or chosen is not None:
            if arrangement != self.arrangement:
                self.steps.add(self.arrangement, what)
            self._set(arrangement, self.selection if chosen is None else frozenset(chosen))

    def change(self, do: edits.Change, notes: Iterable[Note] | None = None, what: str = "") -> None:
        """Change the chosen notes, or ``notes``, which are chosen then."""
        some = self.selection if notes is None else frozenset(notes)
        if some:
            self.edit(*edits.change(self.arrangement, self.track, some, do), what)

    def undo(self) -> None:
        """One step back."""
        if self.steps.can_undo:
            self._set(self.steps.undo(self.arrangement), self.selection)

    def redo(self) -> None:
        """One step forth again."""
        if self.steps.can_redo:
            self._set(self.steps.redo(self.arrangement), self.selection)

    # ---- choosing

    def choose(self, notes: Iterable[Note], track: int | None = None) -> None:
        """Choose ``notes`` of the track worked on, or of another one, which is worked on from now on."""
        self.track = self.track if track is None else track
        self.selection = frozenset(notes)
        self.steps.rest()
        self._tell_chosen()

    def work_on(self, track: int) -> None:
        """Another track; nothing of it is chosen."""
        if 0 <= track < len(self.arrangement.score.tracks) and track != self.track:
            self.choose((), track)

    def set_loop(self, first: int, last: int) -> None:
        """The part between two ticks; none where it is empty."""
        self.loop = (max(0, first), last) if last > first else None
        self._tell_chosen()

    def span(self) -> tuple[int, int] | None:
        """First and last tick of what is chosen: the loop, or else the chosen notes."""
        if self.loop is not None:
            return self.loop
        if not self.selection:
            return None
        return min(n.start for n in self.selection), max(n.end for n in self.selection)

    # ---- inside

    def _set(self, arrangement: Arrangement, chosen: Iterable[Note]) -> None:
        self.arrangement = arrangement
        tracks = arrangement.score.tracks
        self.track = min(self.track, max(0, len(tracks) - 1))
        marked = frozenset(chosen)
        self.selection = marked & frozenset(tracks[self.track].notes) if marked and tracks else frozenset()
        self.revision += 1
        if self.count > _MANY:
            in_background(self, partial(_packed_quietly, arrangement), self._keep_packed)
        self.changed.emit()
        self.chosen.emit()

    def _tell_chosen(self) -> None:
        self.revision += 1
        self.chosen.emit()

    def _keep_packed(self, packed: tuple[Arrangement, str] | None) -> None:
        if packed is not None and packed[0] is self.arrangement:
            self._packed = packed


def pack(arrangement: Arrangement) -> str:
    """``arrangement`` as text; "" for one without tracks. Raises StudioError where MIDI cannot hold it."""
    if not arrangement.score.tracks:
        return ""
    from studio.panels.music.notes import packed

    return packed(arrangement)


def unpack(text: str) -> Arrangement:
    """What `pack` made. Raises StudioError where it is something else."""
    if not text:
        return EMPTY
    from studio.panels.music.notes import unpacked

    return unpacked(text)


def _packed_quietly(arrangement: Arrangement) -> tuple[Arrangement, str] | None:
    try:
        return arrangement, pack(arrangement)
    except StudioError:  # whoever needs it asks again, and is told
        return None
