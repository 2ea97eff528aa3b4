"""What a canvas shows: the picture in front, previews and results over it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from studio.core.jobs import JobState, Request
from studio.ui.widgets.canvas import Canvas
from studio.ui.widgets.canvas_levels import Levels
from studio.ui.widgets.picture_batch import PictureBatch
from studio.ui.widgets.picture_ref import PictureRef

if TYPE_CHECKING:
    from studio.ui.panel_view import AssetLike, JobLike, PanelServices

_ALIKE = 0.02
"""Difference in proportions up to which a picture counts as made of the one in front."""


class Showcase(QObject):
    """Keeps pictures that come late, or for another picture of the batch, off the canvas."""

    def __init__(self, canvas: Canvas, batch: PictureBatch, role: str, services: PanelServices) -> None:
        """``role`` is what requests call the pictures of ``batch``."""
        super().__init__(canvas)
        self._canvas, self._batch, self._role, self._services = canvas, batch, role, services
        self._levels: Levels | None = None
        """The picture in front, while another one is on the canvas."""
        self._results: dict[str, AssetLike] = {}
        """The last result of each picture, by the picture's content."""
        self._followed: Request | None = None
        self._is_preview_late = False
        self._preview = QImage()

    def forget(self) -> None:
        """Another project: earlier results are not of it."""
        self._results.clear()

    def load_picture(self) -> None:
        """Other pictures, or another one of them in front."""
        picture = self._batch.current
        self._levels, self._preview = None, QImage()
        self._change_to(None)
        self._canvas.set_before(None)
        if picture is not None:
            self._services.load_image(picture.sha256, partial(self._show_picture, picture))

    def picture_of(self, request: Request) -> str:
        """SHA-256 of the picture ``request`` starts from."""
        return next((item.sha256 for item in request.inputs if item.role == self._role), "")

    def follow(self, job: JobLike) -> None:
        """Go through a batch with its jobs, and remember what was made of each picture."""
        picture = self.picture_of(job.request)
        if job.state is JobState.RUNNING and self._followed is not job.request:
            self._followed = job.request
            self._go_to(picture)
        elif job.state is JobState.DONE and job.assets:
            self._results[picture] = job.assets[0]

    def expect_preview(self) -> None:
        """A preview is about to be asked for: put the picture it belongs to back."""
        self._restore_picture()
        self._is_preview_late = False

    def show_preview(self, image: QImage, job: JobLike | None) -> None:
        """Over the picture it belongs to: that of ``job``, or the one in front."""
        picture = self._batch.current
        if picture is None or (job is None and self._is_preview_late):
            return
        if job is None or self.picture_of(job.request) == picture.sha256:
            self._preview = image
            self._lay_preview()

    def show_asset(self, asset: AssetLike, image: QImage) -> None:
        """A result over its picture; another one by itself."""
        self._preview = QImage()
        self._is_preview_late = True  # one asked for earlier must not cover this
        of = next((sha256 for sha256, made in self._results.items() if made.id == asset.id), "")
        self._go_to(of)
        picture = self._batch.current
        if picture is not None and asset.sha256 == picture.sha256:
            self._restore_picture()
            self._canvas.set_after(None)
        elif picture is not None and (picture.sha256 == of or is_alike(picture, image)):
            self._restore_picture()
            self._canvas.set_after(image)
        else:
            self._show_alone(image)

    def _show_alone(self, image: QImage) -> None:
        self._levels = self._canvas.before or self._levels
        self._change_to(None)
        self._canvas.set_before(None)
        self._canvas.set_after(image)
        self._canvas.show_new()

    def _show_picture(self, picture: PictureRef, image: QImage) -> None:
        if picture is not self._batch.current or image.isNull():
            return
        self._canvas.set_before(image)
        self._canvas.show_new()
        self._batch.show_image(image)
        self._change_to(picture)
        if (result := self._results.get(picture.sha256)) is not None and self._canvas.after is None:
            self._services.load_image(result.sha256, partial(self._show_result, picture))

    def _show_result(self, picture: PictureRef, image: QImage) -> None:
        if picture is self._batch.current and self._canvas.after is None and not image.isNull():
            self._canvas.set_after(image)

    def _lay_preview(self) -> None:
        """Put the preview on the canvas."""
        if not self._preview.isNull() and self._canvas.before is not None:
            self._canvas.set_preview(self._preview, is_part=self._preview.hasAlphaChannel())

    def _change_to(self, picture: PictureRef | None) -> None:
        """``picture`` has come to the canvas; None: the last one is about to leave it."""

    def _go_to(self, sha256: str) -> None:
        """Bring the picture with this content to the front, if it is one of ours."""
        place = next((at for at, ref in enumerate(self._batch.pictures()) if ref.sha256 == sha256), None)
        if place is not None and place != self._batch.at:
            self._batch.go(place)

    def _restore_picture(self) -> None:
        picture = self._batch.current
        if self._canvas.before is not None or picture is None:
            return
        if self._levels is not None:
            self._canvas.set_before(self._levels)
            self._change_to(picture)
        else:  # it had not come when something else was shown
            self._services.load_image(picture.sha256, partial(self._show_picture, picture))


def is_alike(picture: PictureRef, image: QImage) -> bool:
    """Whether it has the picture's proportions."""
    if not picture.height or not image.height():
        return False
    return abs((picture.width / picture.height) / (image.width() / image.height()) - 1) < _ALIKE
