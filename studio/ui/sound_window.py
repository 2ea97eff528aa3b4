"""A sound to look at and to hear: its outline, its frequencies, and where in it one is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.core.jobs import Problem
from studio.ui.playback_sound import SoundPlayer
from studio.ui.sound_looks import SoundLooks, look
from studio.ui.translation import problem_texts
from studio.ui.widgets import paint
from studio.ui.widgets.background import in_background
from studio.ui.widgets.icon_button import IconButton

if TYPE_CHECKING:
    from studio.project.store import Asset
    from studio.ui.document import Document

_STEP, _LEAP = 1.0, 10.0
"""Seconds that the arrow and page keys go."""


class SoundPicture(QWidget):
    """The outline above, the spectrogram below, a line where one is. A press goes there."""

    sought = Signal(float)
    """A second."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks: SoundLooks | None = None
        self._now = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(720, 360)

    def show_looks(self, looks: SoundLooks | None) -> None:
        """Another sound, or none."""
        self._looks, self._now = looks, 0.0
        self.update()

    def show_place(self, seconds: float) -> None:
        """Move the line."""
        self._now = seconds
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, rect = paint.tones(self), QRectF(self.rect())
        with paint.smooth(self) as painter:
            paint.box(painter, rect, tone.canvas)
            if (looks := self._looks) is None:
                return
            upper = QRectF(rect.left(), rect.top(), rect.width(), rect.height() * 0.4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tone.accent)
            painter.drawPolygon(_outline(looks, upper))
            lower = QRectF(rect.left(), upper.bottom(), rect.width(), rect.height() - upper.height())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(lower, looks.spectrogram)
            self._draw_place(painter, rect, looks)
            if self.hasFocus():
                paint.focus_ring(painter, rect, tone.accent)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._seek_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._seek_to(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        keys = {Qt.Key.Key_Left: -_STEP, Qt.Key.Key_Right: _STEP, Qt.Key.Key_PageUp: -_LEAP,
                Qt.Key.Key_PageDown: _LEAP, Qt.Key.Key_Home: -1e9, Qt.Key.Key_End: 1e9}
        step = keys.get(Qt.Key(event.key()))
        if step is None or self._looks is None:
            super().keyPressEvent(event)
        else:
            self.sought.emit(min(self._looks.seconds, max(0.0, self._now + step)))

    def _seek_to(self, x: float) -> None:
        if self._looks is not None:
            self.sought.emit(min(1.0, max(0.0, x / max(1, self.width()))) * self._looks.seconds)

    def _draw_place(self, painter: QPainter, rect: QRectF, looks: SoundLooks) -> None:
        """Light on dark on light, so that it can be seen on any colour."""
        x = rect.left() + rect.width() * self._now / max(looks.seconds, 1e-6)
        tone = paint.tones(self)
        painter.fillRect(QRectF(x - 1.5, rect.top(), 3, rect.height()), tone.room)
        painter.fillRect(QRectF(x - 0.5, rect.top(), 1, rect.height()), tone.text)


class SoundWindow(QDialog):
    """One sound of the project, beside the work."""

    def __init__(self, document: Document, parent: QWidget | None = None,
                 player: SoundPlayer | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sound")
        self.setModal(False)
        self.setWindowTitle(self.tr("Sound"))
        self._document, self._player = document, player or SoundPlayer(self)
        self._asset, self._now, self._seconds = "", 0.0, 0.0
        self.picture, self.button = SoundPicture(self), IconButton("play", self)
        self.facts, self.time = QLabel(self), QLabel(self)
        self.picture.setAccessibleName(self.tr("Outline and frequencies of the sound"))
        self.picture.setAccessibleDescription(self.tr("The arrow keys go one second, the page keys ten."))
        self.facts.setWordWrap(True)
        row = QHBoxLayout()
        for widget, stretch in ((self.button, 0), (self.time, 0), (self.facts, 1)):
            row.addWidget(widget, stretch)
        page = QVBoxLayout(self)
        page.addWidget(self.picture, 1)
        page.addLayout(row)
        self.button.clicked.connect(self.toggle)
        self.picture.sought.connect(self.seek)
        self._player.moved.connect(self._show_place)
        self._player.state_changed.connect(self._on_state)
        self._on_state()

    def show_asset(self, asset: Asset) -> None:
        """Fetch ``asset``, a sound, and show it."""
        self._player.set_sound(b"")
        self._asset, self._now = asset.id, 0.0
        self.setWindowTitle(asset.name)
        self.picture.show_looks(None)
        self.button.setEnabled(False)
        self.facts.setText(self.tr("Reading…"))
        self.time.clear()
        self._document.call(lambda project: project.content(asset.id), partial(self._look_at, asset),
                            partial(self._show, asset.id))
        self.show()
        self.raise_()

    def toggle(self) -> None:
        """Play from the line, or hold there."""
        if self._player.is_playing:
            self._player.stop()
        else:
            self._player.play(self._now if self._now < self._seconds - 0.05 else 0.0)

    def seek(self, seconds: float) -> None:
        """Go there, playing or not."""
        self._show_place(seconds)
        if self._player.is_playing:
            self._player.play(seconds)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Space and self.button.isEnabled():
            self.toggle()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QEvent) -> None:  # noqa: N802
        self._player.stop()
        super().hideEvent(event)  # type: ignore[arg-type]

    def _look_at(self, asset: Asset, data: bytes) -> None:
        in_background(self, partial(look, data, asset.name), partial(self._show, asset.id))

    def _show(self, asset: str, found: SoundLooks | Problem) -> None:
        if asset != self._asset:  # another was asked for meanwhile
            return
        if isinstance(found, Problem):
            self.facts.setText(" ".join(problem_texts(found)))
            return
        self._seconds = found.seconds
        self.picture.show_looks(found)
        self._player.set_sound(found.data)
        self.button.setEnabled(True)
        self.facts.setText(self._facts(found))
        self._show_place(0.0)
        self.picture.setFocus()

    def _facts(self, found: SoundLooks) -> str:
        channels = self.tr("stereo") if found.channels == 2 else self.tr("mono") if found.channels == 1 else \
            self.tr("{count} channels").format(count=found.channels)
        loud = self.tr("{level:.1f} LUFS").format(level=found.loudness) if found.loudness > -100 else \
            self.tr("silence")
        return " · ".join((f"{found.rate / 1000:g} kHz", channels, loud))

    def _show_place(self, seconds: float) -> None:
        self._now = seconds
        self.picture.show_place(seconds)
        self.time.setText(f"{_clock(seconds)} / {_clock(self._seconds)}")

    def _on_state(self) -> None:
        playing = self._player.is_playing
        self.button.set_glyph("pause" if playing else "play")
        name = self.tr("Pause") if playing else self.tr("Play")
        self.button.setAccessibleName(name)
        self.button.setToolTip(self._player.reason or name)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _outline(looks: SoundLooks, rect: QRectF) -> QPolygonF:
    step, middle, reach = rect.width() / max(1, len(looks.peaks) - 1), rect.center().y(), rect.height() / 2
    top = [QPointF(rect.left() + number * step, middle - min(1.0, high) * reach)
           for number, (_, high) in enumerate(looks.peaks)]
    bottom = [QPointF(rect.left() + number * step, middle - max(-1.0, low) * reach + 1)
              for number, (low, _) in enumerate(looks.peaks)]
    return QPolygonF([*top, *reversed(bottom)])
