"""Which files are music that the roll can show."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

ENDINGS = (".mid", ".midi", ".musicxml", ".xml", ".mxl", ".abc")


def score_files(mime: QMimeData) -> list[Path]:
    """The scores in ``mime``, if nothing else is in it."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return paths if paths and all(path.suffix.lower() in ENDINGS for path in paths) else []
