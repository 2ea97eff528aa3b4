"""Pictures for the window: read and decoded off the UI thread, in the screen's colours."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from studio.core.errors import StudioError
from studio.ui.widgets.background import in_background

if TYPE_CHECKING:
    from studio.project.store import Project
    from studio.ui.document import Document


class Pictures(QObject):
    """Loads contents of the open project as images."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document

    def load(self, what: Any, then: Callable[[QImage], None]) -> None:
        """``what`` is an asset or a SHA-256; ``then`` gets a null image where it cannot be read."""
        sha256 = what if isinstance(what, str) else what.sha256
        self._document.call(partial(_content, sha256),
                            lambda data: in_background(self, partial(decode, data), then),
                            lambda _: then(QImage()))


def decode(data: bytes) -> QImage:
    """An encoded picture as 8-bit sRGB, or a null image. For any thread; never raises."""
    from studio.media.encode import to_bits
    from studio.media.picture import read, to_srgb

    try:
        picture = to_srgb(read(data))
    except (StudioError, OSError, ValueError, MemoryError):
        return QImage()
    pixels = to_bits(picture.pixels, 8)
    height, width, channels = pixels.shape
    form = QImage.Format.Format_RGBA8888 if channels == 4 else QImage.Format.Format_RGB888
    return QImage(pixels.tobytes(), width, height, width * channels, form).copy()


def _content(sha256: str, project: Project) -> bytes:
    return project.blob(sha256)
