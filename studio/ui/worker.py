"""A thread with a queue of calls. What it works on is touched by that thread alone."""

from __future__ import annotations

import queue
from collections.abc import Callable

from PySide6.QtCore import QObject, QThread

from studio.ui.priority import give_way


class Worker(QThread):
    """Runs the calls given to `post`, in order. Calls must not raise."""

    def __init__(self, name: str, parent: QObject | None = None, *, gives_way: bool = True) -> None:
        """``gives_way`` to the window's thread; what must be in time for the ear does not."""
        super().__init__(parent)
        self._gives_way = gives_way
        self.setObjectName(name)
        self._calls: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._is_closed = False

    def post(self, call: Callable[[], None]) -> None:
        """Do it after all that was posted before; starts the thread. Ignored after `close`."""
        if self._is_closed:
            return
        self._calls.put(call)
        if not self.isRunning():
            self.start()

    def close(self, timeout_ms: int) -> bool:
        """Finish all that was posted, then end the thread; whether it ended in time."""
        self._is_closed = True
        self._calls.put(None)
        return not self.isRunning() or self.wait(timeout_ms)

    def run(self) -> None:
        """Body of the thread."""
        if self._gives_way:
            give_way()
        while (call := self._calls.get()) is not None:
            call()
            del call  # an idle thread must not keep the last call's pictures alive
