"""Bars on their way from the model: shown, and played, before the piece is finished and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from studio.core.arrangement import Arrangement
from studio.core.jobs import Request
from studio.core.score import Metre, Note, Score, Tempo, Track
from studio.core.text import Token
from studio.panels.music.live import Passage, decode
from studio.panels.music.view_sheet import Sheet

_FRESH = ("compose", "sound")
"""What makes a piece of its own, beside that on the roll."""


class Arriving(QObject):
    """Collects the bars that a job tells."""

    changed = Signal()

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._rest = ""
        self._request: Request | None = None
        self._tracks: dict[int, Track] = {}
        self._metre, self._bpm = Metre(0, 4, 4), 120.0
        self._end = 0
        self.notes: list[tuple[int, Note]] = []
        """Track and note, as they came."""

    @property
    def is_on(self) -> bool:
        """Whether a job tells its bars now."""
        return self._request is not None

    @property
    def is_fresh(self) -> bool:
        """Whether what arrives is a piece of its own."""
        return self._request is not None and str(self._request.params.get("do")) in _FRESH

    def take(self, request: Request, tokens: Sequence[Token]) -> None:
        """More of what the job of ``request`` tells."""
        if self._request is not request:
            self.clear()
            self._request = request
        lines = (self._rest + "".join(token.text for token in tokens)).split("\n")
        self._rest = lines.pop()
        found = [passage for line in lines if (passage := decode(line)) is not None]
        for passage in found:
            self._add(passage)
        if found:
            self.changed.emit()

    def clear(self) -> None:
        """The job has ended: its result is shown, or nothing is."""
        had = self.is_on or bool(self.notes)
        self._request, self._rest, self._end = None, "", 0
        self._tracks, self.notes = {}, []
        if had:
            self.changed.emit()

    def shown(self) -> Arrangement:
        """The piece with what has arrived."""
        base = self._sheet.arrangement
        if not self.notes:
            return base
        if self.is_fresh:
            return Arrangement(Score(tuple(self._tracks[number] for number in sorted(self._tracks)),
                                     (Tempo.of(self._bpm),), (self._metre,), length=self._end))
        return _joined(base, self._tracks)

    def _add(self, passage: Passage) -> None:
        if not self._end:
            beats, _, unit = passage.metre.partition("/")
            self._metre, self._bpm = Metre(0, int(beats), int(unit)), passage.bpm
        self._end = max(self._end, passage.start + passage.length)
        for number, track in passage.tracks:
            before = self._tracks.get(number, replace(track, notes=()))
            self._tracks[number] = replace(before, notes=(*before.notes, *track.notes))
            self.notes += [(number, note) for note in track.notes]


def _joined(base: Arrangement, coming: dict[int, Track]) -> Arrangement:
    tracks = list(base.score.tracks)
    for number, track in sorted(coming.items()):
        if number < len(tracks):
            tracks[number] = replace(tracks[number], notes=(*tracks[number].notes, *track.notes))
        else:
            tracks.append(track)
    return replace(base, score=replace(base.score, tracks=tuple(tracks)))
