"""Hearing the piece: the player is made at the first press of play, and the playhead follows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, cast

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, SignalInstance

from studio.core.arrangement import Arrangement
from studio.panels.music.view_live import Arriving
from studio.panels.music.view_roll import Roll

if TYPE_CHECKING:
    from studio.ui.playback import Player

_SOON_MS = 120
"""Edits that follow each other are handed over together."""


class PlayerLike(Protocol):
    """What is needed of `studio.ui.playback.Player`."""

    moved: SignalInstance
    state_changed: SignalInstance
    failed: SignalInstance

    @property
    def state(self) -> str: ...

    @property
    def reason(self) -> str: ...

    def set_arrangement(self, arrangement: Arrangement) -> None: ...

    def set_grows(self, grows: bool) -> None: ...

    def play(self, from_tick: int | None = None) -> None: ...

    def pause(self) -> None: ...

    def stop(self) -> None: ...

    def seek(self, tick: int) -> None: ...

    def set_loop(self, loop: tuple[int, int] | None) -> None: ...

    def set_volume(self, volume: float) -> None: ...

    def close(self, timeout_ms: int = 5000) -> bool: ...


class Playing(QObject):
    """Hands the sheet, and what is on its way from the model, to the player."""

    changed = Signal()
    """It plays, or no longer; or why nothing is heard."""
    moved = Signal(int)
    failed = Signal(object)
    """Problem"""

    def __init__(self, roll: Roll, arriving: Arriving) -> None:
        super().__init__(roll)
        self.make: Callable[[], PlayerLike] = _player
        """Makes the player; tests have their own."""
        self._roll, self._arriving = roll, arriving
        self._player: PlayerLike | None = None
        self._volume = 0.8
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._hand_over)
        roll.sheet.changed.connect(self._on_change)
        arriving.changed.connect(self._on_change)
        roll.sheet.chosen.connect(self._on_loop)
        roll.seek_wanted.connect(self.seek)

    @property
    def is_playing(self) -> bool:
        """Whether it plays now."""
        return self._player is not None and self._player.state == "playing"

    @property
    def reason(self) -> str:
        """Why nothing is heard, in words."""
        return self._player.reason if self._player is not None else ""

    @property
    def volume(self) -> float:
        """0 to 1."""
        return self._volume

    def toggle(self) -> None:
        """Play from the playhead, or hold there."""
        if self.is_playing:
            self._made().pause()
        elif not (self._roll.sheet.is_empty and not self._arriving.notes):
            player = self._made()
            self._hand_over()
            player.play(self._start())

    def stop(self) -> None:
        """Be silent and go back to where it began."""
        if self._player is not None and self._player.state != "stopped":
            self._player.stop()
        else:
            self.seek(self._roll.sheet.loop[0] if self._roll.sheet.loop else 0)

    def seek(self, tick: int) -> None:
        """Go to ``tick``, playing or not."""
        if self._player is not None:
            self._player.seek(tick)
        self._show(tick)
        self._roll.look_at_tick(tick)

    def set_volume(self, volume: float) -> None:
        """0 to 1."""
        self._volume = volume
        if self._player is not None:
            self._player.set_volume(volume)

    def close(self) -> None:
        """Be silent and end the player's thread; the next press of play makes another one."""
        player, self._player = self._player, None
        if player is not None:
            player.close()
            self.changed.emit()

    # ---- inside

    def _made(self) -> PlayerLike:
        if self._player is None:
            player = self._player = self.make()
            player.set_volume(self._volume)
            player.set_loop(self._roll.sheet.loop)
            player.moved.connect(self._show)
            player.state_changed.connect(self.changed)
            player.failed.connect(self.failed)
            _close_with(self, player)
        return self._player

    def _start(self) -> int:
        """The playhead; the start of the loop, or of the piece, where it is outside."""
        first, last = self._roll.sheet.loop or (0, self._arriving.shown().score.length)
        return self._roll.playhead if first <= self._roll.playhead < last else first

    def _show(self, tick: int) -> None:
        self._roll.show_playhead(tick, follow=True)
        self.moved.emit(tick)

    def _on_change(self) -> None:
        if self._player is not None:
            self._soon.start()

    def _on_loop(self) -> None:
        if self._player is not None:
            self._player.set_loop(self._roll.sheet.loop)

    def _hand_over(self) -> None:
        self._soon.stop()
        if self._player is not None:
            self._player.set_arrangement(self._arriving.shown())
            self._player.set_grows(self._arriving.is_on)


def _player() -> PlayerLike:
    """The real one; its modules are loaded when something is first played."""
    from studio.ui.playback import Player

    made: Player = Player()
    return cast(PlayerLike, made)


def _close_with(owner: QObject, player: Any) -> None:
    """Its thread ends with the page, or with the program."""
    def end() -> None:
        if shiboken6.isValid(player):
            player.close()
    owner.destroyed.connect(end)
    if (app := QCoreApplication.instance()) is not None:
        app.aboutToQuit.connect(end)
