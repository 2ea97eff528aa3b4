"""What the canvas of the Style panel shows: the photograph in front, previews and results over it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage

from studio.core.jobs import JobState, Request
from studio.panels.style.view_contents import Contents
from studio.panels.style.view_mask import Masks
from studio.ui.panel_view import AssetLike, JobLike, PanelServices
from studio.ui.widgets.canvas import Canvas
from studio.ui.widgets.canvas_levels import Levels
from studio.ui.widgets.picture_ref import PictureRef

_ALIKE = 0.02
"""Difference in proportions up to which a picture counts as made of the photograph."""


class Showcase(QObject):
    """Keeps pictures that come late, or for another photograph, off the canvas."""

    def __init__(self, canvas: Canvas, contents: Contents, masks: Masks, services: PanelServices) -> None:
        super().__init__(canvas)
        self._canvas, self._contents, self._masks, self._services = canvas, contents, masks, services
        self._levels: Levels | None = None
        """The photograph, while another picture is on the canvas."""
        self._results: dict[str, AssetLike] = {}
        """The last result of each photograph, by the photograph's content."""
        self._followed: Request | None = None
        self._is_preview_late = False
        self._preview = QImage()
        canvas.brush.painted.connect(self._lay_preview)

    def forget(self) -> None:
        """Another project: earlier results are not of it."""
        self._results.clear()

    def load_content(self) -> None:
        """Other photographs, or another one of them in front."""
        content = self._contents.current
        self._levels, self._preview = None, QImage()
        self._masks.show_for(None)  # keeps the last strokes, before the canvas forgets them
        self._canvas.set_before(None)
        if content is not None:
            self._services.load_image(content.sha256, partial(self._show_content, content))

    def follow(self, job: JobLike) -> None:
        """Go through a batch with its jobs, and remember what was made of each photograph."""
        content = content_of(job.request)
        if job.state is JobState.RUNNING and self._followed is not job.request:
            self._followed = job.request
            self._go_to(content)
        elif job.state is JobState.DONE and job.assets:
            self._results[content] = job.assets[0]

    def expect_preview(self) -> None:
        """A preview is about to be asked for: put the photograph it belongs to back."""
        self._restore_content()
        self._is_preview_late = False

    def show_preview(self, image: QImage, job: JobLike | None) -> None:
        """Over the photograph it belongs to: that of ``job``, or the one in front."""
        content = self._contents.current
        if content is None or (job is None and self._is_preview_late):
            return
        if job is None or content_of(job.request) == content.sha256:
            self._preview = image
            self._lay_preview()

    def show_asset(self, asset: AssetLike, image: QImage) -> None:
        """A result over its photograph; another picture by itself."""
        self._preview = QImage()
        self._is_preview_late = True  # one asked for earlier must not cover this
        self._go_to(next((sha256 for sha256, made in self._results.items() if made.id == asset.id), ""))
        content = self._contents.current
        if content is not None and asset.sha256 == content.sha256:
            self._restore_content()
            self._canvas.set_after(None)
        elif content is not None and _is_alike(content, image):
            self._restore_content()
            self._canvas.set_after(image)
        else:
            self._levels = self._canvas.before or self._levels
            self._masks.show_for(None)
            self._canvas.set_before(None)
            self._canvas.set_after(image)
            self._canvas.show_new()

    def _show_content(self, content: PictureRef, image: QImage) -> None:
        if content is not self._contents.current or image.isNull():
            return
        self._canvas.set_before(image)
        self._canvas.show_new()
        self._contents.show_image(image)
        self._masks.show_for(content)
        if (result := self._results.get(content.sha256)) is not None and self._canvas.after is None:
            self._services.load_image(result.sha256, partial(self._show_result, content))

    def _show_result(self, content: PictureRef, image: QImage) -> None:
        if content is self._contents.current and self._canvas.after is None and not image.isNull():
            self._canvas.set_after(image)

    def _lay_preview(self) -> None:
        """The preview, only where the mask is painted."""
        if self._preview.isNull() or self._canvas.before is None:
            return
        mask = self._canvas.brush.image() if self._canvas.brush.is_painted else QImage()
        self._canvas.set_preview(_masked(self._preview, mask), is_part=not mask.isNull())

    def _go_to(self, content: str) -> None:
        """Bring the photograph with this content to the front, if it is one of ours."""
        place = next((at for at, ref in enumerate(self._contents.pictures()) if ref.sha256 == content), None)
        if place is not None and place != self._contents.at:
            self._contents.go(place)

    def _restore_content(self) -> None:
        content = self._contents.current
        if self._canvas.before is not None or content is None:
            return
        if self._levels is not None:
            self._canvas.set_before(self._levels)
            self._masks.show_for(content)
        else:  # it had not come when something else was shown
            self._services.load_image(content.sha256, partial(self._show_content, content))


def content_of(request: Request) -> str:
    """SHA-256 of the photograph a request restyles."""
    return next((item.sha256 for item in request.inputs if item.role == "content"), "")


def _masked(image: QImage, mask: QImage) -> QImage:
    """``image``, seen where ``mask`` is white; all of it for a null mask."""
    if mask.isNull():
        return image
    result = image.convertToFormat(QImage.Format.Format_ARGB32)
    result.setAlphaChannel(mask.scaled(image.size(), Qt.AspectRatioMode.IgnoreAspectRatio,
                                       Qt.TransformationMode.SmoothTransformation))
    return result


def _is_alike(content: PictureRef, image: QImage) -> bool:
    """Whether it has the photograph's proportions."""
    if not content.height or not image.height():
        return False
    return abs((content.width / content.height) / (image.width() / image.height()) - 1) < _ALIKE
