"""Types into a page whose project is FILE until it is killed; tells what was typed and what is kept."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.core.manuscript import Edit, Manuscript
from studio.core.text import Token
from studio.panels.write.view_editor import Editor
from studio.ui.document import Document
from studio.ui.pages import Pages


def main(path: Path, way: str) -> None:
    """``way`` is "typing" or "streaming"."""
    app = QApplication([])
    document = Document()
    pages, editor = Pages(document), Editor()

    def keep(edits: Sequence[Edit]) -> None:
        pages.keep("write", edits)
        document.call(lambda project: None, partial(told, editor.length))  # done after the edits are

    def told(length: int, _: None) -> None:
        print(f"kept {length} {time.monotonic():.3f}", flush=True)

    def type_on() -> None:
        if way == "typing":
            QTest.keyClicks(editor, "ab ")
        else:
            editor.write([Token("ab ", 0.5)])
        print(f"typed {editor.length} {time.monotonic():.3f}", flush=True)

    timer = QTimer(interval=20)
    timer.timeout.connect(type_on)

    def begin(page: Manuscript) -> None:
        editor.set_manuscript(page)
        editor.go_to(editor.length)
        if way == "streaming":
            editor.begin_writing(1)
        timer.start()

    editor.edited.connect(keep)
    pages.load("write", begin)
    document.open(path)
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
