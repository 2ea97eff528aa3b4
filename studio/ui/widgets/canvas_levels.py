"""A picture at full, half, quarter size and so on, so that drawing it costs what the screen costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QImage

from studio.ui.widgets.background import in_background

_SMALLEST = 256
_AT_ONCE = 1_500_000
"""Pictures of up to this many pixels are prepared at once, in a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Largest first; each is half the one before, in the format that draws fastest."""

    images: tuple[QImage, ...]

    @property
    def size(self) -> QSize:
        """Of the picture itself."""
        return self.images[0].size()

    @property
    def has_alpha(self) -> bool:
        """Whether anything may shine through."""
        return self.images[0].hasAlphaChannel()

    def best(self, zoom: float) -> QImage:
        """The smallest one that still has a pixel for every device pixel at ``zoom``."""
        chosen = self.images[0]
        for image in self.images[1:]:
            if image.width() < self.images[0].width() * zoom:
                break
            chosen = image
        return chosen


def build(image: QImage) -> Levels:
    """The levels of ``image``. Slow for large pictures: call it off the UI thread."""
    images = [drawable(image)]
    while max(images[-1].width(), images[-1].height()) > _SMALLEST:
        last = images[-1]
        half = QSize(max(last.width() // 2, 1), max(last.height() // 2, 1))
        images.append(last.scaled(half, Qt.AspectRatioMode.IgnoreAspectRatio,
                                  Qt.TransformationMode.SmoothTransformation))
    return Levels(tuple(images))


def drawable(image: QImage) -> QImage:
    """``image`` in the format that draws fastest."""
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied if image.hasAlphaChannel()
                                 else QImage.Format.Format_RGB32)


def prepare(owner: QObject, image: QImage, then: Callable[[Levels], None]) -> None:
    """``then(levels)`` in the UI thread: at once for a small picture, later for a large one."""
    if image.width() * image.height() <= _AT_ONCE:
        then(build(image))
    else:
        in_background(owner, lambda: build(image), then)
