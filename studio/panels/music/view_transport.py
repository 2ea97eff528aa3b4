"""The line below the roll: play, stop, loop, where it is, how loud."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from studio.panels.music import grid
from studio.panels.music.view_deeds import Deeds
from studio.panels.music.view_font import FontButton
from studio.panels.music.view_playing import Playing
from studio.panels.music.view_roll import Roll
from studio.ui import theme
from studio.ui.widgets.icon_button import IconButton
from studio.ui.widgets.naming import named
from studio.ui.widgets.slider import Scale, Slider


class Transport(QWidget):
    """Follows the player and the sheet."""

    def __init__(self, roll: Roll, playing: Playing, deeds: Deeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(40)
        self._roll, self._playing = roll, playing
        self.play = named(IconButton("play", self), "transport.play", self.tr("Play"),
                          self.tr("Play (Space)"))
        self.stop = named(IconButton("stop", self), "transport.stop", self.tr("Stop playing"),
                          self.tr("Stop, and go back to where it began"))
        self.loop = named(IconButton("loop", self), "transport.loop", self.tr("Loop"),
                          self.tr("Loop the chosen bars; drag over the ruler to choose them (L)"))
        self.loop.setCheckable(True)
        self.place = QLabel(self)
        self.place.setFont(theme.number_font(13, bold=True))
        self.time = QLabel(self)
        self.time.setProperty("role", "muted")
        self.time.setFont(theme.number_font(12))
        self.note = QLabel(self)
        self.note.setProperty("role", "muted")
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.volume = named(Slider(Scale(0.0, 1.0, 0.01), 0.8, self), "transport.volume", self.tr("Volume"),
                            self.tr("How loud it plays; exports are not changed by it"))
        self._lay_out()
        self.play.clicked.connect(playing.toggle)
        self.stop.clicked.connect(playing.stop)
        self.loop.clicked.connect(deeds.loop)
        self.volume.moved_to.connect(playing.set_volume)
        self.volume.reset_requested.connect(lambda: self.volume.setValue(800))
        playing.changed.connect(self._show)
        playing.moved.connect(self._show_place)
        roll.sheet.changed.connect(self._show)
        roll.sheet.chosen.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        self.volume.setFixedWidth(96)
        self.volume.show_value(0.8)
        self.place.setFixedWidth(64)
        self.place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 12, 2)
        row.setSpacing(4)
        for widget in (self.play, self.stop, self.loop, self.place, self.time):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self.note, 1)
        row.addWidget(FontButton(self._roll.sheet, self))
        row.addSpacing(8)
        speaker = QLabel(self)
        speaker.setProperty("role", "muted")
        speaker.setText(self.tr("Volume"))
        row.addWidget(speaker)
        row.addWidget(self.volume)

    def _show(self) -> None:
        is_playing = self._playing.is_playing
        words = self.tr("Pause") if is_playing else self.tr("Play")
        self.play.set_glyph("pause" if is_playing else "play")
        self.play.setAccessibleName(words)
        self.play.setToolTip(f"{words} (Space)")
        self.loop.setChecked(self._roll.sheet.loop is not None)
        self.note.setText(self._playing.reason)
        self.note.setToolTip(self._playing.reason)
        self._show_place(self._roll.playhead)

    def _show_place(self, tick: int) -> None:
        score = self._roll.score
        bar, beat = grid.place_of(self._roll.bars, tick)
        self.place.setText(f"{bar}.{beat}")
        self.place.setAccessibleName(self.tr("Bar {bar}, beat {beat}").format(bar=bar, beat=beat))
        self.time.setText(f"{_clock(score.seconds(tick))} / {_clock(score.seconds(score.length))}")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"
