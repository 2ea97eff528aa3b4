"""The piano roll: the piece as it is, to look at and to take hold of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from studio.core.arrangement import Arrangement
from studio.core.score import TICKS, Bar, Chord, Note, Score, metres
from studio.panels.music import grid
from studio.panels.music.edits import Change
from studio.panels.music.feelings import Reading
from studio.panels.music.view_hand import Hand
from studio.panels.music.view_roll_ground import (
    paint_chords,
    paint_ground,
    paint_heads,
    paint_keys,
    paint_mood,
    paint_ruler,
)
from studio.panels.music.view_roll_hands import Hands
from studio.panels.music.view_roll_map import DRUM_KEYS, KEYS, RollMap
from studio.panels.music.view_roll_notes import paint_notes, paint_velocities
from studio.panels.music.view_roll_over import paint_over
from studio.panels.music.view_roll_scene import Scene
from studio.panels.music.view_sheet import Sheet
from studio.ui import theme
from studio.ui.widgets import paint
from studio.ui.widgets.naming import named

_QUARTER, _LEAST, _MOST = 36.0, 0.05, 480.0
_ROW, _ROW_LOW, _ROW_HIGH = 11, 4, 28
_REST_BARS = 8
"""Bars to write into after the end of the piece."""


class Roll(QAbstractScrollArea):
    """Shows a `Sheet`. Mouse and keys change it through `Hands` and ``keys``."""

    seek_wanted = Signal(int)
    """A tick to play from."""
    chord_wanted = Signal(int)
    """A tick whose chord shall be written."""
    key_pressed = Signal(object)
    """A QKeyEvent that the page may take; it accepts it then."""
    menu_wanted = Signal(object)
    """A QPoint on the screen."""

    def __init__(self, sheet: Sheet, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "canvas", self.tr("Piano roll"))
        self.sheet, self.hand = sheet, hand
        self.quarter, self.row = _QUARTER, _ROW
        self.reading = Reading()
        self.playhead = 0
        self._rows_height = 0.0
        self.live: Sequence[tuple[int, Note]] = ()
        """Notes on their way from the model: track and note."""
        self.live_score: Score | None = None
        """Where the notes on their way are another piece: what is known of it. The sheet's are left out."""
        self.ghost: Change | None = None
        """What a drag under way does to the chosen notes."""
        self.fresh: Note | None = None
        """A note being drawn."""
        self.band: QRectF | None = None
        """The rubber band."""
        self.pan: QPointF | None = None
        self.painted = 0
        """Notes that the last full painting took."""
        self.takes_keys: frozenset[tuple[int, int]] = frozenset()
        """Keys and modifiers that the page takes while the roll has the focus, before the window does."""
        self.hands = Hands(self)
        self._track = 0
        self._layer = QPixmap()
        self._layer_of: tuple[object, ...] = ()
        self._bars: tuple[object, tuple[Bar, ...]] = (None, ())
        self._set_up()

    def _set_up(self) -> None:
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setMinimumSize(240, 110)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.sheet.changed.connect(self._on_sheet)
        self.sheet.chosen.connect(self._on_chosen)
        self.hand.changed.connect(self._on_hand)
        theme.theme().changed.connect(self.viewport().update)
        self._set_ranges()
        self.look_at_pitch(66)

    # ---- where things are

    @property
    def map(self) -> RollMap:
        """Where things are now."""
        left = DRUM_KEYS if self.sheet.is_drums else KEYS
        return RollMap(self.viewport().width(), self.viewport().height(), left, self.quarter, self.row,
                       self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    @property
    def score(self) -> Score:
        """What is seen: that of the sheet, or what comes in its place."""
        return self.sheet.arrangement.score if self.live_score is None else self.live_score

    @property
    def length(self) -> int:
        """Ticks to be seen: the piece, and some room after it."""
        score = self.score
        last = max([score.length, self.playhead, *(note.end for _, note in self.live)])
        return last + _REST_BARS * metres(score)[-1].bar

    @property
    def bars(self) -> tuple[Bar, ...]:
        """All bars to be seen."""
        key = (self.score.metres, self.length)
        if self._bars[0] != key:
            self._bars = key, grid.ruled(self.score, self.length)
        return self._bars[1]

    @property
    def chords(self) -> Sequence[Chord]:
        """Those of the piece, or else those told from its notes."""
        if self.live_score is not None:
            return ()
        return self.sheet.arrangement.score.chords or self.reading.chords

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Wider or narrower, with what is at ``at`` (by default the middle) staying there."""
        area = self.map
        at = area.left + (area.width - area.left) / 2 if at is None else at
        tick = area.tick_at(at)
        self.quarter = min(_MOST, max(_LEAST, self.quarter * factor))
        self._set_ranges()
        self.horizontalScrollBar().setValue(round(tick * self.quarter / TICKS - (at - area.left)))
        self.viewport().update()

    def zoom_rows(self, by: int, at: float | None = None) -> None:
        """Higher or lower rows."""
        area = self.map
        at = (area.top + area.bottom) / 2 if at is None else at
        pitch = area.pitch_at(at)
        self.row = min(_ROW_HIGH, max(_ROW_LOW, self.row + by))
        self._set_ranges()
        self.verticalScrollBar().setValue(round((127 - pitch + 0.5) * self.row - (at - area.top)))
        self.viewport().update()

    def fit(self) -> None:
        """All of the piece in view."""
        area = self.map
        ticks = max(self.sheet.end, 4 * TICKS)
        self.quarter = min(_QUARTER * 2, max(_LEAST, (area.width - area.left - 24) * TICKS / ticks))
        self._set_ranges()
        self.horizontalScrollBar().setValue(0)
        self._fit_rows()
        self.viewport().update()

    def _fit_rows(self) -> None:
        tracks = self.sheet.arrangement.score.tracks
        pitches = [note.pitch for track in tracks if not track.drums for note in track.notes]
        pitches = pitches or [note.pitch for track in tracks for note in track.notes]
        if pitches:
            low, high = min(pitches), max(pitches)
            self.row = min(_ROW + 3, max(_ROW_LOW + 3, int(self.map.notes.height() / (high - low + 5))))
            self._set_ranges()
            is_all = self.map.notes.height() >= (high - low + 1) * self.row
            self.look_at_pitch((low + high) // 2 if is_all else sorted(pitches)[len(pitches) // 2])

    def actual(self) -> None:
        """The usual size."""
        self.row = _ROW
        self.zoom(_QUARTER / self.quarter)

    def set_zoom(self, quarter: float | None, row: int) -> None:
        """As a draft has it; None and 0 are the usual sizes."""
        self.quarter = min(_MOST, max(_LEAST, quarter or _QUARTER))
        self.row = min(_ROW_HIGH, max(_ROW_LOW, row or _ROW))
        self._set_ranges()
        if not row:
            self.look_at_pitch(66)

    def look_at_pitch(self, pitch: int) -> None:
        """Scroll ``pitch`` to the middle."""
        area = self.map
        self.verticalScrollBar().setValue(round((127 - pitch + 0.5) * self.row - area.notes.height() / 2))

    def look_at(self, note: Note) -> None:
        """Scroll just so far that ``note`` is in view."""
        area = self.map
        place, rect = area.notes, area.rect(note.start, note.length, note.pitch)
        if rect.left() < place.left() or rect.left() > place.right() - 24:
            self.look_at_tick(note.start)
        if rect.top() < place.top() or rect.bottom() > place.bottom():
            self.look_at_pitch(note.pitch)

    def look_at_tick(self, tick: int) -> None:
        """Scroll ``tick`` to an eighth of the width, unless it is in view."""
        area = self.map
        if not area.left <= area.x_of(tick) <= area.width - 24:
            self.horizontalScrollBar().setValue(
                round(tick * self.quarter / TICKS - (area.width - area.left) / 8))

    # ---- what is shown

    def show_reading(self, reading: Reading) -> None:
        """The mood and the chords of the notes."""
        self.reading = reading
        self._repaint_all()

    def show_playhead(self, tick: int, *, follow: bool = False) -> None:
        """Where it plays; only two narrow strips are painted anew."""
        if tick != self.playhead:
            before, self.playhead = self.playhead, tick
            area = self.map
            if follow and area.left <= area.x_of(before) <= area.width:  # else it was scrolled away from
                self.look_at_tick(tick)
            for at in (before, tick):
                self.viewport().update(QRect(round(self.map.x_of(at)) - 7, 0, 14, self.viewport().height()))

    def show_live(self, notes: Sequence[tuple[int, Note]], score: Score | None = None) -> None:
        """Notes on their way from the model; ``score`` where they are a piece of their own, in place of that
        of the sheet."""
        is_first = bool(notes) and not self.live
        self.live, self.live_score = notes, score if notes else None
        self._set_ranges()
        if is_first:
            pitches = sorted(note.pitch for _, note in notes)
            self.look_at_pitch(pitches[len(pitches) // 2])
            self.look_at_tick(notes[0][1].start)
        self.viewport().update()

    def refresh(self) -> None:
        """A drag goes on."""
        self.viewport().update()

    def say(self, words: str) -> None:
        """What a screen reader tells of the place."""
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    # ---- Qt

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride \
                and self._is_ours(event):
            event.accept()  # undo, copy and the like are the roll's while it has the focus
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        event.ignore()
        if event.key() == Qt.Key.Key_Escape and self.hands.cancel():
            event.accept()
            return
        self.key_pressed.emit(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        pressed = (event.key(), event.modifiers().value & ~Qt.KeyboardModifier.KeypadModifier.value)
        return pressed in self.takes_keys or any(
            event.matches(key) for key in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo))

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Leave:
            self.viewport().unsetCursor()
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.hands.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.hands.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(QPoint(self.map.left + 8, self.map.top + 8))
        self.menu_wanted.emit(place)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        turn = event.angleDelta()
        keys = event.modifiers()
        if keys & Qt.KeyboardModifier.ControlModifier and keys & Qt.KeyboardModifier.ShiftModifier:
            self.zoom_rows(1 if turn.y() > 0 else -1, event.position().y())
        elif keys & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.2 ** (turn.y() / 120), event.position().x())
        elif keys & Qt.KeyboardModifier.ShiftModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (turn.y() or turn.x()))
        else:
            super().wheelEvent(event)
            return
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        down, before = self.verticalScrollBar(), self._rows_height
        self._set_ranges()  # what was in the middle stays there
        down.setValue(round(down.value() + (before - self._rows_height) / 2))

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        key = self._key()
        if key != self._layer_of:
            self._layer = self._paint_layer()
            self._layer_of = key
        with paint.smooth(self.viewport()) as painter:
            painter.drawPixmap(0, 0, self._layer)
            painter.setClipRect(event.rect())
            paint_over(self._scene(painter), self)

    def _paint_layer(self) -> QPixmap:
        scale = self.devicePixelRatioF()
        layer = QPixmap(self.viewport().size() * scale)
        layer.setDevicePixelRatio(scale)
        with QPainter(layer) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            scene = self._scene(painter)
            for draw in (paint_ground, paint_notes, paint_velocities, paint_mood, paint_ruler, paint_chords,
                         paint_keys, paint_heads):
                draw(scene)
        self.painted = scene.painted
        return layer

    def _scene(self, painter: QPainter) -> Scene:
        sheet = self.sheet
        arrangement = sheet.arrangement if self.live_score is None else Arrangement(self.live_score)
        return Scene(painter, self.map, paint.tones(self), arrangement,
                     [sheet.index(track) for track in range(len(sheet.arrangement.score.tracks))]
                     if self.live_score is None else [],
                     sheet.track, sheet.selection, self.bars, self.hand.ticks, self.chords,
                     not sheet.arrangement.score.chords, self.reading.felt if self.live_score is None else ())

    def _key(self) -> tuple[object, ...]:
        """What the layer under the chosen notes depends on."""
        return (self.map, self.sheet.revision, self.hand.ticks, theme.current().name, id(self.reading),
                self.devicePixelRatioF(), self.length, self.live_score is None)

    # ---- inside

    def _set_ranges(self) -> None:
        area = self.map
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(0, round(self.length * self.quarter / TICKS) - (area.width - area.left)))
        across.setPageStep(max(1, area.width - area.left))
        across.setSingleStep(max(1, round(self.quarter)))
        self._rows_height = area.notes.height()
        down.setRange(0, max(0, 128 * self.row - round(area.notes.height())))
        down.setPageStep(max(1, round(area.notes.height())))
        down.setSingleStep(self.row)

    def _on_sheet(self) -> None:
        self._set_ranges()
        self._repaint_all()

    def _on_chosen(self) -> None:
        if self.sheet.track != self._track:
            self._track = self.sheet.track
            self._look_at_track()
        self.viewport().update()

    def _look_at_track(self) -> None:
        """Scroll up or down to the notes of the track, unless some of them are in view."""
        tracks, area = self.sheet.arrangement.score.tracks, self.map
        pitches = sorted(note.pitch for note in tracks[self.sheet.track].notes) if tracks else []
        low, high = area.pitch_at(area.notes.bottom()), area.pitch_at(area.notes.top())
        if pitches and not any(low < pitch < high for pitch in pitches):
            self.look_at_pitch(pitches[len(pitches) // 2])

    def _on_hand(self) -> None:
        self.hands.show_cursor(None)
        self._repaint_all()

    def _repaint_all(self) -> None:
        self.viewport().update()
