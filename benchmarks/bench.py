"""What the benchmarks share: a studio without a window, on a project that is thrown away."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studio.core.jobs import Request
    from studio.ui.document import Document
    from studio.ui.runner import Runner


class Bench:
    """A project with a photograph and a painting in it, and the runner that works on it."""

    def __init__(self, document: Document, runner: Runner) -> None:
        self.document, self.runner = document, runner
        samples = Path(__file__).parents[1] / "assets" / "samples"
        found = [self.ask(lambda project, p=samples / name: project.import_file(p))
                 for name in ("lake.jpg", "van-gogh-field.jpg")]
        self._content, self._style = (asset.sha256 for asset in found)

    def ask(self, fn: Callable[[Any], Any]) -> Any:
        """What ``fn`` says of the project, waited for."""
        answers: list[Any] = []
        self.document.call(fn, answers.append, answers.append)
        wait_until(lambda: bool(answers))
        return answers[0]

    def style(self, method: str, size: int, seed: int = 0, **params: Any) -> Request:
        """A request for the Style task."""
        from studio.core.jobs import Input, Request
        from studio.panels.style import PANEL

        settings = PANEL.params.from_json({"method": method, "size": size, **params}).to_json()
        inputs = (Input("content", self._content, "lake.jpg"), Input("style", self._style, "field.jpg"))
        return Request("style", 1, settings, inputs, seed)


@contextmanager
def bench(tasks: dict[str, str] | None = None) -> Generator[Bench]:
    """A bench on a temporary folder; all is stopped and removed at the end."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["ATELIER_HOME"] = home
        from PySide6.QtWidgets import QApplication

        from studio.panels import panels
        from studio.ui.document import Document
        from studio.ui.runner import Runner

        app = QApplication.instance() or QApplication([])
        document = Document()
        runner = Runner(document, {panel.id: panel.task for panel in panels()} | (tasks or {}))
        opened: list[object] = []
        document.create(Path(home) / "bench.atelier", opened.append)
        wait_until(lambda: bool(opened))
        try:
            yield Bench(document, runner)
        finally:
            runner.shutdown()
            document.close()
            app.processEvents()


def wait_until(is_true: Callable[[], bool], seconds: float = 300.0) -> None:
    """Turn the event loop until it is so. Raises TimeoutError."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, timer, end = QEventLoop(), QTimer(interval=2), QTimer(singleShot=True)
    timer.timeout.connect(lambda: loop.quit() if is_true() else None)
    end.timeout.connect(loop.quit)
    timer.start()
    end.start(round(seconds * 1000))
    if not is_true():
        loop.exec()
    if not is_true():
        raise TimeoutError


def percentile(values: list[float], share: float) -> float:
    """The value that ``share`` (0 to 1) of ``values`` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
