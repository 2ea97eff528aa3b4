"""Where sound goes: the machine's own output, or a clock where there is none."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator
from typing import Any, Protocol

from PySide6.QtCore import QObject, qInstallMessageHandler

from studio.media.sound.tape import FRAME

RATE = 44_100
_AHEAD = 0.25
"""Seconds given to the device before they are heard: a busy window may be late by as much."""

_ON_ITS_WAY = 0.02
"""Seconds from the device's buffer to the ear."""


class Sink(Protocol):
    """Takes 16-bit stereo frames and plays them at ``rate``."""

    @property
    def rate(self) -> int:
        """Frames a second."""
        ...

    def start(self) -> None:
        """Begin anew: nothing is waiting, nothing was heard."""
        ...

    def room(self) -> int:
        """Frames it takes now."""
        ...

    def write(self, data: bytes) -> None:
        """Frames to be heard next."""
        ...

    def heard(self) -> int:
        """Frames that were heard since `start`."""
        ...

    def pause(self) -> None:
        """Hold everything where it is."""
        ...

    def resume(self) -> None:
        """Go on."""
        ...

    def stop(self) -> None:
        """Be silent at once."""
        ...

    def set_volume(self, volume: float) -> None:
        """0 to 1, as the ear takes it."""
        ...

    @property
    def is_lost(self) -> bool:
        """Whether the device has gone."""
        ...


class SilentSink:
    """Nobody hears anything, yet time goes on; for machines without a sound device."""

    rate = RATE
    is_lost = False

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._written, self._heard, self._since = 0, 0.0, 0.0
        self._runs = False

    def start(self) -> None:
        """As `Sink`."""
        self._written, self._heard, self._since, self._runs = 0, 0.0, self._now(), True

    def room(self) -> int:
        """As `Sink`."""
        return max(0, self.heard() + round(_AHEAD * RATE) - self._written)

    def write(self, data: bytes) -> None:
        """As `Sink`."""
        self.heard()  # time that passed without sound does not count
        self._written += len(data) // FRAME

    def heard(self) -> int:
        """As `Sink`."""
        now = self._now()
        if self._runs:
            self._heard = min(float(self._written), self._heard + (now - self._since) * RATE)
        self._since = now
        return int(self._heard)

    def pause(self) -> None:
        """As `Sink`."""
        self.heard()
        self._runs = False

    def resume(self) -> None:
        """As `Sink`."""
        self.heard()
        self._runs = True

    def stop(self) -> None:
        """As `Sink`."""
        self._runs = False

    def set_volume(self, volume: float) -> None:
        """As `Sink`."""


class DeviceSink:
    """Qt's audio output, which is given sound as it has room."""

    def __init__(self, device: Any, parent: QObject | None = None) -> None:
        from PySide6.QtMultimedia import QAudioFormat, QAudioSink

        form = QAudioFormat()
        form.setSampleRate(RATE)
        form.setChannelCount(2)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if not device.isFormatSupported(form):
            form.setSampleRate(device.preferredFormat().sampleRate())
        self.rate = form.sampleRate()
        self._sink = QAudioSink(device, form, parent)
        self._sink.setBufferSize(round(_AHEAD * self.rate) * FRAME)
        self._io: Any = None
        self._written = 0

    @property
    def is_lost(self) -> bool:
        """As `Sink`."""
        from PySide6.QtMultimedia import QtAudio

        return bool(self._sink.error() not in (QtAudio.Error.NoError, QtAudio.Error.UnderrunError))

    def start(self) -> None:
        """As `Sink`."""
        self._sink.reset()
        self._io, self._written = self._sink.start(), 0

    def room(self) -> int:
        """As `Sink`."""
        return int(self._sink.bytesFree()) // FRAME

    def write(self, data: bytes) -> None:
        """As `Sink`."""
        if self._io is not None:
            self._io.write(data)
            self._written += len(data) // FRAME

    def heard(self) -> int:
        """What was given less what still waits in the buffer, and no more than the device has fetched.

        Measured with PulseAudio: what it fetches is heard some 20 ms later. Some systems count as processed
        what lies in the buffer, others do not; the smaller of the two is right for both.
        """
        waiting = (int(self._sink.bufferSize()) - int(self._sink.bytesFree())) // FRAME
        processed = int(self._sink.processedUSecs()) * self.rate // 1_000_000
        return max(0, min(self._written - max(0, waiting), processed) - round(_ON_ITS_WAY * self.rate))

    def pause(self) -> None:
        """As `Sink`."""
        self._sink.suspend()

    def resume(self) -> None:
        """As `Sink`."""
        self._sink.resume()

    def stop(self) -> None:
        """As `Sink`."""
        self._sink.reset()
        self._io = None

    def set_volume(self, volume: float) -> None:
        """As `Sink`."""
        self._sink.setVolume(volume ** 2)


def open_sink(parent: QObject | None = None) -> Sink | None:
    """The machine's sound output; None where it has none. Takes a moment the first time."""
    with _quiet():
        try:
            from PySide6.QtMultimedia import QMediaDevices
        except ImportError:  # a system without the sound libraries Qt wants
            return None
        device = QMediaDevices.defaultAudioOutput()
        return None if device.isNull() else DeviceSink(device, parent)


@contextlib.contextmanager
def _quiet() -> Generator[None]:
    """Qt names every sound library it looks for and does not find; nobody needs to know."""
    before = qInstallMessageHandler(lambda *_: None)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
