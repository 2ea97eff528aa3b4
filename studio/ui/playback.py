"""Plays an arrangement while one works on it; the playhead is where the ear is."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from studio.core.arrangement import Arrangement
from studio.core.jobs import problem_of
from studio.core.score import Score
from studio.media.sound.clock import Clock
from studio.media.sound.tape import Tape
from studio.ui.playback_sinks import RATE, SilentSink, Sink, open_sink
from studio.ui.worker import Worker

if TYPE_CHECKING:
    from studio.media.sound.live import Live, Wanted

_EVERY_MS = 15
_AHEAD = 4.0
"""Seconds that are rendered before they are needed."""
_ALMOST = 0.03
"""Seconds that may be missing at the end: no device says that the very last bit was heard."""
_MARGIN = 0.3
"""Seconds after an edit until it is heard: what is nearer is on its way to the ear already."""
Open = Callable[[QObject | None], Sink | None]


class State(StrEnum):
    """What the player does."""

    STOPPED = "stopped"
    PLAYING = "playing"
    PAUSED = "paused"


class Player(QObject):
    """Renders on a thread of its own, a few seconds ahead; edits are heard a third of a second later.

    Where there is no sound device, time goes on in silence, so that the playhead still moves. Call `close`
    when it is no longer needed.
    """

    moved = Signal(int)
    """The tick that is heard now, some sixty times a second while it plays."""
    state_changed = Signal()
    """`state`, `available` or `reason` is another."""
    failed = Signal(object)
    """A `Problem`: nothing can be played."""

    def __init__(self, parent: QObject | None = None, *, open_sink: Open = open_sink,
                 font: Path | None = None, reverb: float = 0.2) -> None:
        """``font``: another SoundFont than the piece's; ``reverb``: the room's share, 0 to 1."""
        super().__init__(parent)
        self._open, self._is_silent = open_sink, False
        self._sink: Sink | None = None
        self._worker, self._renderer = Worker("playback", self, gives_way=False), _Renderer()
        self._renderer.made.connect(self._on_made)
        self._renderer.failed.connect(self._on_failed)
        self._arrangement, self._clock = Arrangement(Score()), Clock(Score())
        self._state, self._tick, self._from = State.STOPPED, 0, 0
        self._loop: tuple[int, int] | None = None
        self._volume, self._reverb, self._font = 0.8, reverb, font
        self._tape, self._is_whole, self._is_asked, self._grows = Tape(1), False, False, False
        self._timer = QTimer(self, interval=_EVERY_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._step)

    # ---- what one can ask for

    @property
    def state(self) -> State:
        """What it does."""
        return self._state

    @property
    def tick(self) -> int:
        """Where it is."""
        return self._tick

    @property
    def available(self) -> bool:
        """Whether it can be heard; False once it turned out that there is no sound device."""
        return not self._is_silent

    @property
    def reason(self) -> str:
        """Why it cannot be heard, in words; "" if it can."""
        return self.tr("This machine has no sound device.") if self._is_silent else ""

    def set_arrangement(self, arrangement: Arrangement) -> None:
        """Play this from now on, going on where it is; longer, shorter, other notes or another mix."""
        if arrangement != self._arrangement:
            self._arrangement, self._clock = arrangement, Clock(arrangement.score)
            self._change()

    def set_grows(self, grows: bool) -> None:
        """While the piece is still being written it waits at the end instead of stopping."""
        if grows != self._grows:
            self._grows = grows
            self._change()

    def play(self, from_tick: int | None = None) -> None:
        """From a tick, or from where it is; goes on after a pause."""
        if from_tick is None and self._state is State.PAUSED and self._sink:
            self._sink.resume()
            self._set_state(State.PLAYING)
            self._timer.start()
            return
        self._begin(self._tick if from_tick is None else from_tick)

    def pause(self) -> None:
        """Hold where it is."""
        if self._state is State.PLAYING and self._sink:
            self._sink.pause()
            self._timer.stop()
            self._set_state(State.PAUSED)

    def stop(self) -> None:
        """Be silent, and go back to where it began."""
        self._halt()
        self._move(self._from)
        self._set_state(State.STOPPED)

    def seek(self, tick: int) -> None:
        """Go to a tick, playing or not."""
        tick = max(0, tick)
        if self._state is State.PLAYING:
            self._begin(tick)
        else:
            self._halt()
            self._move(tick)
            self._set_state(State.STOPPED)

    def set_loop(self, loop: tuple[int, int] | None) -> None:
        """Round and round from the first tick to the last, or None for all of it once."""
        self._loop = loop if loop and loop[1] > loop[0] else None
        self._change()

    def set_volume(self, volume: float) -> None:
        """0 to 1."""
        self._volume = min(1.0, max(0.0, volume))
        if self._sink:
            self._sink.set_volume(self._volume)

    def warm(self) -> None:
        """Load what rendering needs, so that the first sound comes at once."""
        self._worker.post(self._renderer.warm)

    def close(self, timeout_ms: int = 5000) -> bool:
        """Stop for good and end the thread; whether it ended in time."""
        self._halt()
        self._sink = None
        return self._worker.close(timeout_ms)

    # ---- how it goes on

    def _begin(self, tick: int) -> None:
        sink = self._sink or self._opened()
        self._from = self._tick = max(0, tick)
        self._tape = Tape(sink.rate)
        sink.start()
        sink.set_volume(self._volume)
        self._ask(self._tick, b"")
        self._timer.start()
        self._set_state(State.PLAYING)

    def _opened(self) -> Sink:
        found = self._open(self)
        self._is_silent = found is None
        self._sink = found or SilentSink()
        return self._sink

    def _change(self) -> None:
        """What comes next is made anew; what is about to be heard stays."""
        if self._state is State.STOPPED or self._sink is None:
            return
        frame = min(self._tape.end, self._tape.taken + round(_MARGIN * self._tape.rate))
        seconds = self._tape.place(frame)
        lead = self._tape.cut(frame)
        self._ask(self._tick if seconds is None else round(self._clock.tick(seconds)), lead)

    def _ask(self, tick: int, lead: bytes) -> None:
        from studio.media.sound.live import Wanted

        self._is_whole, self._is_asked = False, True
        wanted = Wanted(self._arrangement, tick, self._loop, self._grows, self._font, self._reverb)
        number = self._renderer.number = self._renderer.number + 1
        self._worker.post(partial(self._renderer.begin, number, wanted, self._tape.rate, lead))

    def _on_made(self, number: int, seconds: float, data: bytes) -> None:
        if number != self._renderer.number:
            return
        self._is_asked = False
        if data:
            self._tape.add(seconds, data)
        else:
            self._is_whole = True
        if self._state is State.PLAYING:
            self._step()

    def _step(self) -> None:
        """Give the device what it has room for, say where we are, and order more."""
        if self._sink is not None and self._sink.is_lost:
            self._lose()
        if (sink := self._sink) is None:
            return
        if room := min(sink.room(), self._tape.end - self._tape.taken):
            sink.write(self._tape.take(room))
        heard = sink.heard()
        if (seconds := self._tape.place(heard)) is not None:
            self._move(min(round(self._clock.tick(seconds)), self._arrangement.score.length))
        if self._is_whole and heard + _ALMOST * sink.rate >= self._tape.end and not self._grows:
            self.stop()
        elif self._wants_more(heard):
            self._is_asked = True
            self._worker.post(partial(self._renderer.more, self._renderer.number))

    def _wants_more(self, heard: int) -> bool:
        return not (self._is_whole or self._is_asked) and self._tape.end - heard < _AHEAD * self._tape.rate

    def _lose(self) -> None:
        """The device was unplugged: on in silence."""
        if self._sink:
            self._sink.stop()
        self._sink, self._is_silent = SilentSink(), True
        self._begin(self._tick)
        self.state_changed.emit()

    def _halt(self) -> None:
        self._timer.stop()
        self._renderer.number += 1
        if self._sink and self._state is not State.STOPPED:
            self._sink.stop()

    def _move(self, tick: int) -> None:
        self._tick = tick
        self.moved.emit(tick)

    def _set_state(self, state: State) -> None:
        if state is not self._state or self._is_silent:
            self._state = state
            self.state_changed.emit()

    def _on_failed(self, number: int, problem: object) -> None:
        if number == self._renderer.number:
            self.stop()
            self.failed.emit(problem)


class _Renderer(QObject):
    """Lives on the worker's thread, but for ``number``: what is asked for under an older one is not made."""

    made = Signal(int, float, bytes)
    """(number, second of the piece, sound); no sound at the end."""
    failed = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self.number = 0
        self._live: Live | None = None
        self._coming: Iterator[tuple[float, bytes]] = iter(())

    def warm(self) -> None:
        with contextlib.suppress(Exception):  # what is wrong is told when something is to be played
            self._at(RATE).warm()

    def begin(self, number: int, wanted: Wanted, rate: int, lead: bytes) -> None:
        if number == self.number:
            self._coming = self._at(rate).play(wanted, lead)
            self.more(number)

    def _at(self, rate: int) -> Live:
        from studio.media.sound.live import Live

        if self._live is None or self._live.rate != rate:
            self._live = Live(rate)
        return self._live

    def more(self, number: int) -> None:
        if number != self.number:
            return
        try:
            seconds, data = next(self._coming, (0.0, b""))
        except Exception as error:  # noqa: BLE001 - told in the window
            self.failed.emit(number, problem_of(error))
        else:
            self.made.emit(number, seconds, data)
