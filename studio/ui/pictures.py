"""Pictures for the window: read and decoded off the UI thread, in the screen's colours.

A very large one is shown smaller than it is. Held whole it would take four bytes a pixel and as much again
while it is prepared; no screen shows that many, and who looks closely is shown parts.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from io import SEEK_END
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QColorSpace, QImage, QImageReader

from studio.core.errors import StudioError
from studio.ui.widgets.background import in_background

if TYPE_CHECKING:
    from studio.project.store import Project
    from studio.ui.document import Document

_WHOLE = 60_000_000
"""Pixels up to which a picture is held as it is."""
_SMALLER = 24_000_000
"""Pixels, about, that a larger one is shown with."""
_IN_MEMORY = 64_000_000
"""Bytes of a file up to which it is decoded from memory; a bigger one goes by a temporary file."""
_ALLOCATION_MB = 8192
"""What Qt may take for one picture; its own limit of 256 is too low for what is made here."""


class Pictures(QObject):
    """Loads contents of the open project as images."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document

    def load(self, what: Any, then: Callable[[QImage], None]) -> None:
        """``what`` is an asset or a SHA-256; ``then`` gets a null image where it cannot be read.

        A picture of very many pixels comes smaller, in the same proportions.
        """
        sha256 = what if isinstance(what, str) else what.sha256
        self._document.call(partial(_content, sha256),
                            lambda content: in_background(self, partial(_decoded, content), then),
                            lambda _: then(QImage()))


def decode(source: bytes | Path) -> QImage:
    """An encoded picture as 8-bit sRGB, or a null image. For any thread; never raises."""
    from studio.media.picture import probe

    try:
        found = probe(source)
    except (StudioError, OSError, ValueError):
        return QImage()
    if found.width * found.height <= _WHOLE:
        return _exact(source)
    with _as_file(source) as path:
        reader = _reader(path)
        size = reader.size()  # before it is turned upright
        return _smaller(reader, size if size.isValid() else QSize(found.width, found.height))


def _exact(source: bytes | Path) -> QImage:
    from studio.media.encode import to_bits
    from studio.media.picture import read, to_srgb

    try:
        picture = to_srgb(read(source))
    except (StudioError, OSError, ValueError, MemoryError):
        return QImage()
    pixels = to_bits(picture.pixels, 8)
    height, width, channels = pixels.shape
    form = QImage.Format.Format_RGBA8888 if channels == 4 else QImage.Format.Format_RGB888
    return QImage(pixels.tobytes(), width, height, width * channels, form).copy()


def _smaller(reader: QImageReader, size: QSize) -> QImage:
    """Qt's readers shrink while they read, or right after."""
    QImageReader.setAllocationLimit(_ALLOCATION_MB)
    share = (_SMALLER / (size.width() * size.height())) ** 0.5
    small = QSize(max(1, round(size.width() * share)), max(1, round(size.height() * share)))
    reader.setScaledSize(small)
    image = reader.read()
    srgb = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if image.isNull() or not image.colorSpace().isValid() or image.colorSpace() == srgb:
        return image
    converted = image.convertedToColorSpace(srgb)
    return image if converted.isNull() else converted


def _reader(path: Path) -> QImageReader:
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    return reader


@contextmanager
def _as_file(source: bytes | Path) -> Iterator[Path]:
    """``source`` as a file: a QBuffer made by Python may wait for ever, see `studio.ui.decoding`."""
    if isinstance(source, Path):
        yield source
        return
    with tempfile.TemporaryDirectory(prefix="atelier-picture-") as folder:
        path = Path(folder) / "picture"
        path.write_bytes(source)
        yield path


def _content(sha256: str, project: Project) -> bytes | Path:
    with project.content_file(sha256) as file:
        size = file.seek(0, SEEK_END)
    if size <= _IN_MEMORY:
        return project.blob(sha256)
    handle, name = tempfile.mkstemp(prefix="atelier-picture-")
    try:
        with os.fdopen(handle, "wb") as kept:
            kept.writelines(project.pieces(sha256))
    except BaseException:
        Path(name).unlink()
        raise
    return Path(name)


def _decoded(content: bytes | Path) -> QImage:
    """As `decode`; a temporary file is removed."""
    try:
        return decode(content)
    finally:
        if isinstance(content, Path):
            content.unlink(missing_ok=True)
