"""All that the painters of the roll need to know, gathered once for each painting."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from studio.core.arrangement import Arrangement
from studio.core.score import Bar, Chord, Note
from studio.panels.music.feelings import Felt
from studio.panels.music.sights import NoteIndex
from studio.panels.music.view_roll_map import RollMap
from studio.ui.widgets import paint

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(slots=True)
class Scene:
    """One look at the roll."""

    painter: QPainter
    map: RollMap
    tone: paint.Tones
    arrangement: Arrangement
    indexes: Sequence[NoteIndex]
    track: int
    """The one worked on."""
    hidden: Collection[Note]
    """Notes of that track that are painted elsewhere: the chosen ones, which may be on their way."""
    bars: Sequence[Bar]
    step: int
    """Ticks of the grid; 0 without."""
    chords: Sequence[Chord]
    are_guessed: bool
    """Whether the chords are told from the notes."""
    felt: Sequence[Felt]
    painted: int = 0
    """Notes painted so far."""
    hues: tuple[str, ...] = field(default=())

    @property
    def is_drums(self) -> bool:
        """Whether the rows are drums."""
        tracks = self.arrangement.score.tracks
        return self.track < len(tracks) and tracks[self.track].drums

    def clip(self, rect: QRectF) -> None:
        """Paint inside ``rect`` only; between `QPainter.save` and `QPainter.restore`."""
        self.painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
