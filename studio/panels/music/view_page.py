"""The page of the Music panel: tools, tracks, roll, attempts, transport."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.panels.music.view_chord import ChordLine
from studio.panels.music.view_deeds import Deeds, key_table
from studio.panels.music.view_drops import score_files
from studio.panels.music.view_hand import Hand
from studio.panels.music.view_keys import Keys
from studio.panels.music.view_live import Arriving
from studio.panels.music.view_playing import Playing
from studio.panels.music.view_roll import Roll
from studio.panels.music.view_sheet import Sheet
from studio.panels.music.view_tools import ToolLine
from studio.panels.music.view_tracks import Tracks
from studio.panels.music.view_transport import Transport
from studio.panels.music.view_variants import Variants
from studio.ui.reel_model import ASSET_MIME
from studio.ui.widgets import paint
from studio.ui.widgets.drop_zones import DropZones


class MusicPage(QWidget):
    """Makes the parts and lays them out; what is on the roll belongs to ``sheet``."""

    dropped = Signal(object, bool)
    """The QMimeData, and whether the model shall go on from it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("music.page")
        self.setAcceptDrops(True)
        self.sheet, self.hand = Sheet(self), Hand(self)
        self.roll = Roll(self.sheet, self.hand, self)
        self.deeds = Deeds(self.roll)
        self.arriving = Arriving(self.sheet)
        self.playing = Playing(self.roll, self.arriving)
        self.line = ToolLine(self.sheet, self.hand, self.deeds, self)
        self.tracks = Tracks(self.sheet, self)
        self.variants = Variants(self)
        self.transport = Transport(self.roll, self.playing, self.deeds, self)
        self.chord = ChordLine(self.roll)
        self.zones = DropZones([("roll", self.tr("Put this on the roll"), "music"),
                                ("continue", self.tr("Go on from this"), "play")], self)
        keys = key_table(self.deeds, self.roll) | {
            ("Space",): self.playing.toggle, ("C",): self.write_chord, (".",): self.playing.stop}
        self.keys = Keys(self.roll, keys)
        self.roll.chord_wanted.connect(self.chord.open_at)
        self._lay_out()

    def write_chord(self) -> None:
        """The chord at the first of the chosen notes, or at the playhead."""
        span = self.sheet.span()
        self.chord.open_at(span[0] if span else self.roll.playhead)

    def offer(self, mime: QMimeData | None) -> None:
        """Light up what would take what is dragged over the window."""
        is_ours = mime is not None and (mime.hasFormat(ASSET_MIME) or bool(score_files(mime)))
        self.zones.setGeometry(self.rect())
        self.zones.set_target("")
        self.zones.setVisible(is_ours)
        self.zones.raise_()

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.tracks)
        middle.addWidget(self.roll, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.line)
        layout.addLayout(middle, 1)
        layout.addWidget(self.variants)
        layout.addWidget(self.transport)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone = paint.tones(self)
        with paint.smooth(self) as painter:
            painter.fillRect(self.rect(), tone.surface)
            for y in (self.line.geometry().bottom(), self.transport.y()):
                painter.fillRect(0, y, self.width(), 1, tone.border)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.zones.setGeometry(self.rect())

    # ---- drops; what is no music is the window's business

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if event.mimeData().hasFormat(ASSET_MIME) or score_files(event.mimeData()):
            event.acceptProposedAction()
            self.offer(event.mimeData())
            self._aim(event.position())
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        event.acceptProposedAction()
        self._aim(event.position())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        self.offer(None)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self.offer(None)
        event.acceptProposedAction()
        self.dropped.emit(event.mimeData(), self.zones.zone_at(event.position()) == "continue")

    def _aim(self, point: QPointF) -> None:
        self.zones.set_target(self.zones.zone_at(point))
