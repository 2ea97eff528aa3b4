"""What the canvas of the Image panel shows: pictures that come out of nothing, or over one to start from."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage

from studio.ui.panel_view import AssetLike, JobLike, PanelServices
from studio.ui.widgets.canvas import Canvas
from studio.ui.widgets.picture_batch import PictureBatch
from studio.ui.widgets.picture_ref import PictureRef
from studio.ui.widgets.showcase import Showcase, is_alike

_LARGEST = 1024
"""Pixels of a side of what stands in for a picture that is still to come."""


class PaintShowcase(Showcase):
    """Without a picture to start from, previews stand where the picture will be, as large as it will be."""

    came = Signal(object)
    """The PictureRef that has come to the canvas; None: the last one is about to leave it."""

    def __init__(self, canvas: Canvas, batch: PictureBatch, services: PanelServices) -> None:
        super().__init__(canvas, batch, "picture", services)
        self._stands_in = QSize()
        """The size of the picture that a preview stands in for; empty while a real one is shown."""
        self.size_wanted = QSize()
        """Of the picture that is being painted, as far as it is known."""

    def show_preview(self, image: QImage, job: JobLike | None) -> None:
        """How it looks so far."""
        if self._goes_over(image):
            super().show_preview(image, job)
        elif self._is_over(image):
            self._canvas.set_preview(image)
        else:
            self._stand_in(image)

    def show_asset(self, asset: AssetLike, image: QImage) -> None:
        """A result, or another picture."""
        was_standing, self._stands_in = not self._stands_in.isEmpty(), QSize()
        size = self._canvas.after.size if self._canvas.after is not None else QSize()
        if self._batch.current is None and (was_standing or size == image.size()):
            self._canvas.set_after(image)  # in place of the preview: nothing moves
        elif self._batch.current is not None and not self._goes_over(image):
            self._show_alone(image)  # painted beyond the edges: it does not lie over what it began with
        else:
            super().show_asset(asset, image)

    def drop_preview(self) -> None:
        """No result will come of it: what was there before is back."""
        if not self._stands_in.isEmpty():
            self._stands_in = QSize()
            self._canvas.set_after(None)
        else:
            self._canvas.set_preview(None)

    @property
    def is_standing_in(self) -> bool:
        """Whether a preview is all there is."""
        return not self._stands_in.isEmpty()

    def _change_to(self, picture: PictureRef | None) -> None:
        self.came.emit(picture)

    def _goes_over(self, image: QImage) -> bool:
        """Whether there is a picture to start from, of the same proportions."""
        picture = self._batch.current
        return picture is not None and is_alike(picture, image)

    def _is_over(self, image: QImage) -> bool:
        """Whether it lies over a picture of its size, which is on the canvas now."""
        after = self._canvas.after
        return after is not None and after.size == self._wanted(image)

    def _stand_in(self, image: QImage) -> None:
        size = self._wanted(image)
        if size == self._stands_in:
            return  # it is on its way to the canvas
        self._stands_in = size
        self._canvas.set_after(image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio,
                                            Qt.TransformationMode.SmoothTransformation))
        self._canvas.show_new()

    def _wanted(self, image: QImage) -> QSize:
        size = image.size() if self.size_wanted.isEmpty() else QSize(self.size_wanted)
        if max(size.width(), size.height()) > _LARGEST:
            size.scale(_LARGEST, _LARGEST, Qt.AspectRatioMode.KeepAspectRatio)
        return size
