"""Work off the UI thread for widgets: one function, its answer back in the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from studio.ui.priority import give_way

T = TypeVar("T")


class _Relay(QObject):
    """Lives in the UI thread and hands the answer over there."""

    done = Signal(object)

    def __init__(self, owner: QObject, then: Callable[[object], None]) -> None:
        super().__init__()
        self._owner, self._then = owner, then
        self.done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _deliver(self, answer: object) -> None:
        _under_way.discard(self)
        if shiboken6.isValid(self._owner):
            self._then(answer)


class _Work(QRunnable):
    def __init__(self, work: Callable[[], object], relay: _Relay) -> None:
        super().__init__()
        self._work, self._relay = work, relay

    def run(self) -> None:
        give_way()
        self._relay.done.emit(self._work())


_under_way: set[_Relay] = set()


def in_background(owner: QObject, work: Callable[[], T], then: Callable[[T], None]) -> None:
    """Run ``work`` in the pool, then ``then(answer)`` in the UI thread unless ``owner`` is gone by then.

    ``work`` must not raise and must touch no widget.
    """
    relay = _Relay(owner, then)  # type: ignore[arg-type]  # the answer's type is T by construction
    _under_way.add(relay)
    QThreadPool.globalInstance().start(_Work(work, relay))
