"""Plays a finished sound from anywhere in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from studio.media.sound.tape import FRAME
from studio.ui.playback_sinks import RATE, SilentSink, Sink, open_sink

_EVERY_MS = 15
_ALMOST = 0.03
"""Seconds that may be missing at the end: no device says that the very last bit was heard."""


class SoundPlayer(QObject):
    """16-bit stereo at `RATE`. Where there is no sound device, time goes on in silence."""

    moved = Signal(float)
    """The second that is heard now."""
    state_changed = Signal()

    def __init__(self, parent: QObject | None = None, *,
                 open_sink: Callable[[QObject | None], Sink | None] = open_sink) -> None:
        super().__init__(parent)
        self._open = open_sink
        self._sink: Sink | None = None
        self._data, self._given, self._from = b"", 0, 0
        self.reason = ""
        """Why nothing is heard, in words."""
        self._timer = QTimer(self, interval=_EVERY_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._step)

    @property
    def is_playing(self) -> bool:
        """Whether it plays now."""
        return self._timer.isActive()

    def set_sound(self, data: bytes) -> None:
        """Another one, from its start."""
        self.stop()
        self._data = data

    def play(self, seconds: float) -> None:
        """From there on."""
        sink = self._sink or self._opened()
        self._from = self._given = min(len(self._data) // FRAME, max(0, round(seconds * RATE)))
        sink.start()
        self._timer.start()
        self.state_changed.emit()

    def stop(self) -> None:
        """Be silent; the place stays."""
        self._timer.stop()
        if self._sink is not None:
            self._sink.stop()
        self.state_changed.emit()

    def _opened(self) -> Sink:
        found = self._open(self)
        if found is None or found.rate != RATE:  # what wants another rate would play it at another pitch
            self.reason = self.tr("This machine has no sound device.")
            found = SilentSink()
        self._sink = found
        return found

    def _step(self) -> None:
        if (sink := self._sink) is None or sink.is_lost:
            self.stop()
            return
        end = min(self._given + sink.room(), len(self._data) // FRAME)
        if end > self._given:
            sink.write(self._data[self._given * FRAME:end * FRAME])
            self._given = end
        now = self._from + sink.heard()
        self.moved.emit(now / RATE)
        if now + _ALMOST * RATE >= len(self._data) // FRAME:
            self.stop()
