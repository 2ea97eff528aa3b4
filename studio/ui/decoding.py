"""Pictures for the screen, decoded in whichever thread asks."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QImageReader

if TYPE_CHECKING:
    from PIL import Image


def _bytes(grey: Image.Image) -> Image.Image:
    """A picture of one 16-bit channel with 8 bits, which Pillow would cut off instead."""
    import numpy as np
    from PIL import Image

    return Image.fromarray((np.asarray(grey, np.uint32) // 257).astype(np.uint8))


def decode(data: bytes | Path) -> QImage:
    """The picture in ``data`` or in a file; a null image if there is none.

    Not by way of `QImage.fromData`, which keeps Python's lock all the while and so stops the window for as
    long as a decode takes, in whatever thread (measured: 6 megapixels of PNG, 99 ms). And not from a QBuffer:
    one that Python made asks for Python's lock while Qt holds the lock of its picture formats, and whoever
    has the first and waits for the second, such as a window being painted, waits for ever.
    """
    if isinstance(data, Path):
        reader = QImageReader(str(data))
        reader.setDecideFormatFromContent(True)
        return reader.read()
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as found:
            pixels = (_bytes(found) if found.mode.startswith("I") else found).convert("RGBA")
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        return QImage()
    width, height = pixels.size
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
