"""Name, instrument, volume and pan of the track that is worked on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from studio.core.arrangement import MOST_GAIN, Strip
from studio.core.score import DRUMS, Track
from studio.panels.music import edits
from studio.panels.music.view_names import instruments, translate
from studio.panels.music.view_sheet import Sheet
from studio.ui import theme
from studio.ui.widgets import paint
from studio.ui.widgets.naming import named
from studio.ui.widgets.number import Combo
from studio.ui.widgets.slider import Scale, Slider

_SOFTEST = -60.0


class Mixer(QWidget):
    """Follows the sheet; every change is a step that can be undone, and a drag is one step."""

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mixer")
        self._sheet = sheet
        self.name = named(QLineEdit(self), "mixer.name", self.tr("Name of the track"))
        self.name.setMaxLength(60)
        self.instrument = named(Combo(self), "mixer.instrument", self.tr("Instrument"),
                                self.tr("Type to find one"))
        self.instrument.addItem(translate("Instruments", "Drums"), DRUMS)
        for program, name in enumerate(instruments()):
            self.instrument.addItem(name, program)
        self.volume = named(Slider(Scale(_SOFTEST, MOST_GAIN, 1.0), 0.0, self), "mixer.volume",
                            self.tr("Volume of the track"), self.tr("In decibels; double-click gives 0"))
        self.pan = named(Slider(Scale(-1.0, 1.0, 0.05), 0.0, self), "mixer.pan", self.tr("Left to right"),
                         self.tr("Where the track sounds from; double-click gives the middle"))
        self._numbers = QLabel(self), QLabel(self)
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(12, 8, 10, 8)
        layout.setHorizontalSpacing(6)
        layout.setVerticalSpacing(4)
        layout.addWidget(self.name, 0, 0, 1, 3)
        layout.addWidget(self.instrument, 1, 0, 1, 3)
        rows = ((self.tr("Volume"), self.volume), (self.tr("Pan"), self.pan))
        for row, ((words, slider), number) in enumerate(zip(rows, self._numbers, strict=True), start=2):
            label = QLabel(words, self)
            label.setProperty("role", "muted")
            number.setProperty("role", "muted")
            number.setFont(theme.number_font(11))
            number.setFixedWidth(38)
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            slider.setMinimumWidth(60)
            for column, widget in enumerate((label, slider, number)):
                layout.addWidget(widget, row, column)

    def _connect(self) -> None:
        self.name.editingFinished.connect(self._on_name)
        self.instrument.activated.connect(lambda _: self._on_instrument())
        self.volume.moved_to.connect(lambda gain: self._set_strip("volume", lambda s: replace(s, gain=gain)))
        self.volume.reset_requested.connect(lambda: self._set_strip("volume", lambda s: replace(s, gain=0.0)))
        self.pan.moved_to.connect(lambda pan: self._set_strip("pan", lambda s: replace(s, pan=pan)))
        self.pan.reset_requested.connect(lambda: self._set_strip("pan", lambda s: replace(s, pan=0.0)))
        for slider in (self.volume, self.pan):
            slider.sliderReleased.connect(self._sheet.steps.rest)
        self._sheet.changed.connect(self._show)
        self._sheet.chosen.connect(self._show)

    def _show(self) -> None:
        tracks = self._sheet.arrangement.score.tracks
        self.setEnabled(bool(tracks))
        track = tracks[self._sheet.track] if tracks else Track()
        strip = self._sheet.arrangement.strips[self._sheet.track] if tracks else Strip()
        if not self.name.hasFocus():
            self.name.setText(track.name)
        self.name.setPlaceholderText(self.tr("Name"))
        self.instrument.setCurrentIndex(0 if track.drums else track.program + 1)
        self.volume.show_value(strip.gain)
        self.pan.show_value(strip.pan)
        side = "" if abs(strip.pan) < 0.025 else self.tr("L") if strip.pan < 0 else self.tr("R")
        self._numbers[0].setText(f"{strip.gain:+.0f} dB".replace("+0 ", "0 "))
        self._numbers[1].setText(f"{side} {abs(strip.pan) * 100:.0f}" if side else "0")

    def _track(self) -> Track | None:
        tracks = self._sheet.arrangement.score.tracks
        return tracks[self._sheet.track] if tracks else None

    def _on_name(self) -> None:
        track = self._track()
        if track is not None and self.name.text().strip() != track.name:
            self._set_track(replace(track, name=self.name.text().strip()))

    def _on_instrument(self) -> None:
        track, program = self._track(), int(self.instrument.currentData())
        if track is not None:
            is_drums = program == DRUMS
            self._set_track(replace(track, drums=is_drums, program=0 if is_drums else program))

    def _set_track(self, track: Track) -> None:
        sheet = self._sheet
        sheet.edit(edits.set_track(sheet.arrangement, sheet.track, track))

    def _set_strip(self, what: str, do: Callable[[Strip], Strip]) -> None:
        sheet = self._sheet
        if sheet.arrangement.strips:
            strip = do(sheet.arrangement.strips[sheet.track])
            changed = edits.set_strip(sheet.arrangement, sheet.track, strip)
            sheet.edit(changed, what=f"{what} {sheet.track}")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone = paint.tones(self)
        with paint.smooth(self) as painter:
            painter.fillRect(QRectF(0, 0, self.width(), 1), tone.border)
