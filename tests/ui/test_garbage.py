"""Objects of Qt that are garbage are destroyed in the UI thread, whoever makes garbage collection due."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from studio.ui.garbage import Garbage


class Tangled(QTimer):
    """A timer in a cycle, which only the collector can free."""

    freed_in: list[str] = []  # noqa: RUF012 - filled by every one of them

    def __init__(self) -> None:
        super().__init__(interval=1000)
        self.me = self
        self.start()

    def __del__(self) -> None:
        self.freed_in.append(threading.current_thread().name)


def litter() -> None:
    """Enough garbage to make a collection due."""
    for _ in range(2000):
        tangle: list[object] = []
        tangle.append(tangle)


def test_garbage_of_qt_is_freed_in_the_ui_thread(qtbot: QtBot) -> None:
    Tangled.freed_in.clear()
    garbage = Garbage()
    assert not gc.isenabled()
    Tangled()
    worker = threading.Thread(target=litter, name="worker")
    worker.start()
    worker.join()
    assert Tangled.freed_in == []
    garbage.collect()
    assert Tangled.freed_in == [threading.main_thread().name]
    garbage.close()
    assert gc.isenabled()


def test_it_collects_by_itself(qtbot: QtBot) -> None:
    parent = QObject()
    Garbage(parent).close()
    assert gc.isenabled()
    garbage = Garbage(parent)
    with qtbot.waitSignal(garbage._timer.timeout, timeout=10_000):
        pass
    garbage.close()
