"""What is on the roll, what of it is chosen, and what can be undone. Widgets listen; none of them owns it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from studio.core.arrangement import Arrangement
from studio.core.errors import StudioError
from studio.core.score import Note, Score
from studio.panels.music import edits, grid
from studio.panels.music.sights import NoteIndex
from studio.panels.music.steps import Steps
from studio.ui.widgets.background import in_background

EMPTY = Arrangement(Score())
_PACK_MS = 300
_MANY = 2000
"""From so many notes on, they are packed off the UI thread."""


class Sheet(QObject):
    """A piece being worked on. Every change goes through `edit` and can be undone."""

    changed = Signal()
    """Notes, tracks, the mixer, or what holds for all of them."""
    chosen = Signal()
    """Other notes are chosen, another track is worked on, or another part loops."""

    was_packed = Signal()
    """Very many notes were packed off the UI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_packing = False
        self._pack_soon = QTimer(self, singleShot=True, interval=_PACK_MS)
        self._pack_soon.timeout.connect(self._pack)
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
        if not self.is_packed:
            self._packed = self.arrangement, pack(self.arrangement)
        return self._packed[1]

    def last_packed(self) -> str:
        """`packed`; of very many notes what was packed last, and `was_packed` tells when there is more."""
        return self._packed[1] if self._is_packing else self.packed()

    @property
    def is_packed(self) -> bool:
        """Whether `packed` costs nothing now."""
        return self._packed[0] is self.arrangement

    # ---- changing it

    def show(self, arrangement: Arrangement, packed: str = "") -> None:
        """Another piece, with nothing to undo; ``packed`` is it as text, where that is known."""
        self.steps.clear()
        self._packed = (arrangement, packed) if packed else (EMPTY, "")
        self.loop = None
        self._set(arrangement, frozenset())

    def edit(self, arrangement: Arrangement, chosen: Iterable[Note] | None = None, what: str = "") -> None:
        """One step. Steps of the same ``what`` that follow each other are undone together, if it has one."""
        if arrangement != self.arrangement or chosen is not None:
            if arrangement != self.arrangement:
                self.steps.add(self.arrangement, what)
            self._set(arrangement, self._left(arrangement) if chosen is None else chosen)

    def change(self, do: edits.Change, notes: Iterable[Note] | None = None, what: str = "") -> None:
        """Change the chosen notes, or ``notes``, which are chosen then."""
        some = self.selection if notes is None else frozenset(notes)
        if some:
            self.edit(*edits.change(self.arrangement, self.track, some, do), what)

    def undo(self) -> None:
        """One step back."""
        if self.steps.can_undo:
            before = self.steps.undo(self.arrangement)
            self._set(before, self._left(before))

    def redo(self) -> None:
        """One step forth again."""
        if self.steps.can_redo:
            after = self.steps.redo(self.arrangement)
            self._set(after, self._left(after))

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
        self.selection = frozenset(chosen)
        self.revision += 1
        if self.count > _MANY and not self._is_packing and not self.is_packed:
            self._is_packing = True
            self._pack_soon.start()
        self.changed.emit()
        self.chosen.emit()

    def _left(self, arrangement: Arrangement) -> frozenset[Note]:
        """What of the chosen notes is still there."""
        tracks = arrangement.score.tracks
        if not self.selection or self.track >= len(tracks):
            return frozenset()
        return self.selection & frozenset(tracks[self.track].notes)

    def _tell_chosen(self) -> None:
        self.revision += 1
        self.chosen.emit()

    def _pack(self) -> None:
        in_background(self, partial(_packed_quietly, self.arrangement), self._keep_packed)

    def _keep_packed(self, packed: tuple[Arrangement, str] | None) -> None:
        if packed is not None and not self.is_packed:
            self._packed = packed
        if packed is None or self.is_packed:
            self._is_packing = False
        else:  # it has changed meanwhile
            self._pack_soon.start()
        self.was_packed.emit()


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
