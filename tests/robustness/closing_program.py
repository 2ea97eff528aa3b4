"""A studio closed in the middle of everything: ``python -m tests.robustness.closing_program FILE HOW``.

HOW is what runs when it closes: quick, hold (a job that never listens) or starting (nothing has started yet).
Says the pids of its engine processes, then leaves.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any


def main(path: Path, how: str) -> int:
    """Open, start a job and a look, close the window at once; 0 if all ended in time."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    from studio.engines.messages import HostSettings, Status
    from studio.ui.document import Document
    from studio.ui.runner import Runner
    from tests.fakes import TASKS, request

    app = QApplication([])
    host = HostSettings("", Path(), Path(), "tests.fakes:resolve", "tests.fakes:FakeCache", threads=1)

    class Window(QMainWindow):
        """Owns document and runner, as the real one does."""

        def __init__(self) -> None:
            super().__init__()
            self.document = Document(self)
            self.runner = Runner(self.document, TASKS, host=host, parent=self)
            self.in_time = False

        def closeEvent(self, event: QCloseEvent) -> None:
            stopped = self.runner.shutdown(8000)
            self.in_time = self.document.close() and stopped

    def begin(_: object) -> None:
        long = request("quick", steps=10_000, seconds=0.01)
        kind = request("stubborn", how="hold") if how == "hold" else long
        window.runner.submit([kind, kind], panel="quick", label="Long")
        window.runner.preview(long, lambda image: None)
        if how == "starting":
            QTimer.singleShot(0, window.close)
        else:
            window.runner.changed.connect(close_once_it_works)

    def close_once_it_works(job: Any) -> None:
        if job.text:
            QTimer.singleShot(0, window.close)

    def tell(status: Status) -> None:
        print(status.pid, flush=True)

    window = Window()
    for lane in window.runner.lanes:
        lane.status.connect(tell)
    window.show()
    window.document.create(path, begin)
    app.exec()
    return 0 if window.in_time else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
