"""What the canvas of the Style panel shows: previews only where the mask is painted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from studio.ui.panel_view import PanelServices
from studio.ui.widgets.canvas import Canvas
from studio.ui.widgets.masks import Masks
from studio.ui.widgets.picture_batch import PictureBatch
from studio.ui.widgets.picture_ref import PictureRef
from studio.ui.widgets.showcase import Showcase


class MaskedShowcase(Showcase):
    """The photograph in front with its mask."""

    def __init__(self, canvas: Canvas, contents: PictureBatch, masks: Masks, services: PanelServices) -> None:
        super().__init__(canvas, contents, "content", services)
        self._masks = masks
        canvas.brush.painted.connect(self._lay_preview)

    def _change_to(self, picture: PictureRef | None) -> None:
        self._masks.show_for(picture)  # first keeps the last strokes, before the canvas forgets them

    def _lay_preview(self) -> None:
        if self._preview.isNull() or self._canvas.before is None:
            return
        mask = self._canvas.brush.image() if self._canvas.brush.is_painted else QImage()
        self._canvas.set_preview(_masked(self._preview, mask), is_part=not mask.isNull())


def _masked(image: QImage, mask: QImage) -> QImage:
    """``image``, seen where ``mask`` is white; all of it for a null mask."""
    if mask.isNull():
        return image
    result = image.convertToFormat(QImage.Format.Format_ARGB32)
    result.setAlphaChannel(mask.scaled(image.size(), Qt.AspectRatioMode.IgnoreAspectRatio,
                                       Qt.TransformationMode.SmoothTransformation))
    return result
