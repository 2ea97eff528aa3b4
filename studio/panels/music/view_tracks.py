"""The tracks left of the roll: which one is worked on, which are heard, and the mixer of that one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studio.core.arrangement import Strip
from studio.core.score import Track
from studio.panels.music import edits
from studio.panels.music.view_colours import track_colour
from studio.panels.music.view_mixer import Mixer
from studio.panels.music.view_names import counted_notes, instrument_of, title_of
from studio.panels.music.view_sheet import Sheet
from studio.ui import theme
from studio.ui.widgets import paint
from studio.ui.widgets.icon_button import IconButton, draw_icon
from studio.ui.widgets.naming import named

WIDTH = 208


class Tracks(QWidget):
    """A row for each track; below, the mixer of the one worked on."""

    told = Signal(str)

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tracks")
        self.setFixedWidth(WIDTH)
        self._sheet = sheet
        self.rows: list[TrackRow] = []
        self._body = QWidget(self)
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._list.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("tracks.scroll")
        self._scroll.setWidget(self._body)
        self.add = named(IconButton("plus", self), "tracks.add", self.tr("Add a track"),
                         self.tr("Add a track"))
        self.remove = named(IconButton("trash", self), "tracks.remove", self.tr("Remove this track"),
                            self.tr("Remove the track that is worked on"))
        self.mixer = Mixer(sheet, self)
        self._lay_out()
        self.add.clicked.connect(self.add_track)
        self.remove.clicked.connect(self.remove_track)
        sheet.changed.connect(self._show)
        sheet.chosen.connect(self._show)
        self._show()

    def add_track(self) -> None:
        """An empty one, a piano, worked on from now on."""
        sheet = self._sheet
        if len(sheet.arrangement.score.tracks) >= edits.MOST_TRACKS:
            self.told.emit(self.tr("There are {count} tracks; there is no room for more.").format(
                count=edits.MOST_TRACKS))
            return
        sheet.edit(edits.add_track(sheet.arrangement, Track()))
        sheet.work_on(len(sheet.arrangement.score.tracks) - 1)

    def remove_track(self) -> None:
        """The one worked on; undo brings it back."""
        sheet = self._sheet
        if sheet.arrangement.score.tracks:
            name = title_of(sheet.arrangement.score.tracks[sheet.track])
            sheet.edit(edits.remove_track(sheet.arrangement, sheet.track), ())
            self.told.emit(self.tr("{name} is gone. Ctrl+Z on the roll brings it back.").format(name=name))

    def _lay_out(self) -> None:
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.viewport().setAutoFillBackground(False)
        self._body.setAutoFillBackground(False)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 4, 0)
        head.setSpacing(0)
        title = QLabel(self.tr("Tracks"), self)
        title.setProperty("role", "heading")
        head.addWidget(title, 1)
        head.addWidget(self.add)
        head.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 1, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.mixer)

    def _show(self) -> None:
        tracks = self._sheet.arrangement.score.tracks
        while len(self.rows) > len(tracks):
            row = self.rows.pop()
            self._list.removeWidget(row)
            row.deleteLater()
        while len(self.rows) < len(tracks):
            row = TrackRow(len(self.rows), self._sheet, self._body)
            self._list.insertWidget(len(self.rows), row)
            self.rows.append(row)
        for row in self.rows:
            row.refresh()
        self.remove.setEnabled(bool(tracks))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone = paint.tones(self)
        with paint.smooth(self) as painter:
            painter.fillRect(self.rect(), tone.surface)
            painter.fillRect(self.width() - 1, 0, 1, self.height(), tone.border)


class TrackRow(QAbstractButton):
    """Press it to work on the track."""

    def __init__(self, number: int, sheet: Sheet, parent: QWidget) -> None:
        super().__init__(parent)
        self._number, self._sheet = number, sheet
        self.setObjectName(f"track.{number}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(48)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.mute = self._switch("mute", "M", self.tr("Mute"), lambda s: replace(s, is_muted=not s.is_muted))
        self.solo = self._switch("solo", "S", self.tr("Solo"), lambda s: replace(s, is_solo=not s.is_solo))
        self.lock = self._switch("lock", "lock", self.tr("Lock"),
                                 lambda s: replace(s, is_locked=not s.is_locked))
        self.lock.setToolTip(self.tr("Lock the track: its notes stay whatever is made anew"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 2, 8)
        row.setSpacing(0)
        row.addStretch(1)
        for button in (self.mute, self.solo, self.lock):
            row.addWidget(button)
        self.clicked.connect(self._on_click)

    @property
    def track(self) -> Track | None:
        """The track it stands for."""
        tracks = self._sheet.arrangement.score.tracks
        return tracks[self._number] if self._number < len(tracks) else None

    def refresh(self) -> None:
        """Follow the sheet."""
        track = self.track
        if track is None:
            return
        strip = self._sheet.arrangement.strips[self._number]
        self.setChecked(self._number == self._sheet.track)
        for button, is_on in ((self.mute, strip.is_muted), (self.solo, strip.is_solo),
                              (self.lock, strip.is_locked)):
            button.setChecked(is_on)
        name = self.tr("Track {number}: {name}").format(number=self._number + 1, name=title_of(track))
        self.setAccessibleName(name)
        self.setAccessibleDescription(f"{instrument_of(track)}, {counted_notes(len(track.notes))}")
        self.setToolTip(f"{name}\n{self.accessibleDescription()}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(WIDTH, 48)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        super().mousePressEvent(event)
        self._on_click()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, rect = paint.tones(self), QRectF(self.rect())
        track = self.track
        if track is None:
            return
        is_heard = self._sheet.arrangement.is_heard(self._number)
        with paint.smooth(self) as painter:
            if self.isChecked():
                painter.fillRect(rect, paint.mix(tone.surface, tone.text, 0.10))
            elif self.underMouse():
                painter.fillRect(rect, tone.hover)
            colour = track_colour(self._number)
            painter.fillRect(QRectF(0, 0, 4, rect.height()), colour if is_heard else tone.border)
            room = QRectF(12, 7, rect.width() - 12 - 100, 18)
            for words, font, pen, down in (
                    (title_of(track), theme.ui_font(13, bold=self.isChecked()), tone.text, 0),
                    (self._below(track), theme.ui_font(11), tone.muted, 17)):
                painter.setFont(font)
                painter.setPen(pen if is_heard else tone.muted)
                elide, wide = Qt.TextElideMode.ElideRight, int(room.width())
                short = painter.fontMetrics().elidedText(words, elide, wide)
                painter.drawText(room.translated(0, down), int(Qt.AlignmentFlag.AlignVCenter), short)
            if self.hasFocus():
                paint.focus_ring(painter, rect, tone.accent, 2)

    def _below(self, track: Track) -> str:
        """The instrument, or where that is the title, how many notes there are."""
        count = counted_notes(len(track.notes))
        return instrument_of(track) if title_of(track) != instrument_of(track) else count

    def _on_click(self) -> None:
        self._sheet.work_on(self._number)
        self.refresh()

    def _switch(self, name: str, sign: str, words: str, do: Callable[[Strip], Strip]) -> Switch:
        button = named(Switch(sign, self), f"track.{self._number}.{name}",
                       self.tr("{what}, track {number}").format(what=words, number=self._number + 1), words)
        button.clicked.connect(partial(self._set, do))
        return button

    def _set(self, do: Callable[[Strip], Strip], _: bool = False) -> None:
        arrangement = self._sheet.arrangement
        strip = do(arrangement.strips[self._number])
        self._sheet.edit(edits.set_strip(arrangement, self._number, strip))


class Switch(QAbstractButton):
    """A letter or an icon that is on or off."""

    def __init__(self, sign: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._sign = sign
        self.setCheckable(True)
        self.setFixedSize(32, 32)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, rect = paint.tones(self), QRectF(self.rect())
        plate = rect.adjusted(4, 4, -4, -4)
        with paint.smooth(self) as painter:
            if self.isChecked():
                paint.box(painter, plate, tone.text, radius=4)
            elif self.underMouse():
                paint.box(painter, plate, paint.mix(tone.surface, tone.text, 0.14), radius=4)
            colour = tone.surface if self.isChecked() else tone.muted
            if len(self._sign) == 1:
                painter.setFont(theme.ui_font(12, bold=True))
                painter.setPen(colour)
                painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self._sign)
            else:
                draw_icon(painter, self._sign, rect, colour, 16)
            if self.hasFocus():
                paint.focus_ring(painter, rect.adjusted(1, 1, -1, -1), tone.accent)
