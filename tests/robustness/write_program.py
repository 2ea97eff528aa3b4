"""A window in which a model writes: ``python -m tests.robustness.write_program PROJECT MODEL``.

Says again and again when it is (`time.monotonic`) and what stands on the page.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import studio.panels

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from studio.panels.write.view import WriteView

_WILD = {"length": 400, "temperature": 1.0, "top_p": 1.0, "min_p": 0.0, "repetition": 1.0}
"""The tiny model's own odds."""


def main(path: Path, model: str) -> int:
    """Works until it is killed."""
    from studio.app import Studio, make_application
    from studio.core.settings import PreferencesFile

    studio.panels.NAMES = ("write",)
    kept = PreferencesFile()
    app = make_application(kept)
    window = Studio(kept)
    window.window.show()
    window.ready.connect(lambda: _begin(window, model))
    window.start(path)
    return _run(app)


def _run(app: QApplication) -> int:
    return app.exec()


def _begin(window: object, model: str) -> None:
    from PySide6.QtCore import QTimer

    view: WriteView = window.room.panels.view("write")  # type: ignore[attr-defined]  # it is ready
    if view.page.editor.isReadOnly() or not window.room.document.is_open:  # type: ignore[attr-defined]
        QTimer.singleShot(20, view, lambda: _begin(window, model))
    else:
        window.room.runner.ended.connect(  # type: ignore[attr-defined]
            lambda _: QTimer.singleShot(0, view, view.run))
        _write(view, model)


def _write(view: WriteView, model: str) -> None:
    from studio.core.pieces import Piece

    view.page.editor.replace(0, 0, [Piece("Once upon a time")])
    view.page.editor.go_to(view.page.editor.length)
    view.settings.form.set_values({"model": model, **_WILD})
    view.page.editor.document().contentsChanged.connect(lambda: _say(view))
    view.run()


def _say(view: WriteView) -> None:
    print(f"{time.monotonic():.3f} {json.dumps(view.page.editor.text())}", flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
