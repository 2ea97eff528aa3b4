"""The masks of a panel's pictures, one for each.

While it is painted, a mask lives here and in the draft. It becomes an asset of the project, at the
picture's size, when a run needs it: the reel shows what was used, not every stroke.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from studio.core.jobs import Problem
from studio.ui.widgets.background import in_background
from studio.ui.widgets.canvas import Canvas
from studio.ui.widgets.mask_brush import mask_png
from studio.ui.widgets.picture_ref import PictureRef

if TYPE_CHECKING:
    from studio.ui.panel_view import PanelServices

_REST_MS = 400
"""A draft of the mask is kept this long after the last stroke."""


class Masks(QObject):
    """Takes strokes from the canvas's brush, keeps them in drafts and turns them into assets."""

    changed = Signal()
    """The mask of a photograph was painted, loaded or cleared."""
    failed = Signal(object)
    """Problem"""

    def __init__(self, canvas: Canvas, services: PanelServices) -> None:
        super().__init__(canvas)
        self._brush, self._services = canvas.brush, services
        self._images: dict[str, QImage] = {}
        """By content of the photograph: the mask as painted."""
        self._drafts: dict[str, str] = {}
        """The same as PNG in base 64."""
        self._refs: dict[str, PictureRef] = {}
        """The assets of those that were used as they are."""
        self._content: PictureRef | None = None
        self._is_dirty = False
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._take_strokes)
        self._brush.painted.connect(self._on_painted)

    def of(self, content: PictureRef) -> PictureRef | None:
        """The mask of ``content`` as an asset, if it has one and `settle` was done."""
        return self._refs.get(content.sha256)

    def has(self, content: PictureRef) -> bool:
        """Whether ``content`` has a mask."""
        self._take_strokes()
        return content.sha256 in self._images or content.sha256 in self._refs

    def is_settled(self, contents: Sequence[PictureRef]) -> bool:
        """Whether all masks of ``contents`` are assets."""
        self._take_strokes()
        return not self._unsettled(contents)

    def settle(self, contents: Sequence[PictureRef], then: Callable[[], None]) -> None:
        """Bring the masks of ``contents`` into the project, then ``then()``; not if that fails."""
        for content in self._unsettled(contents):
            image, size = self._images[content.sha256], QSize(content.width, content.height)
            keep = partial(self._import, content, image, contents, then)
            in_background(self, partial(mask_png, image, size if not size.isEmpty() else image.size()), keep)

    def show_for(self, content: PictureRef | None) -> None:
        """``content`` is on the canvas now: bring its mask."""
        self._take_strokes()
        self._content = content
        if content is None:
            return
        if (image := self._images.get(content.sha256)) is not None:
            self._show(content, image)
        elif (ref := self._refs.get(content.sha256)) is not None:
            self._services.load_image(ref.sha256, partial(self._show, content))

    def put(self, content: PictureRef, mask: PictureRef) -> None:
        """Use the asset ``mask`` for ``content``."""
        self._forget(content.sha256)
        self._refs[content.sha256] = mask

    def drop(self, content: PictureRef) -> None:
        """``content`` has no mask any more; what is on the canvas stays until `show_for`."""
        self._is_dirty = self._is_dirty and content is not self._content
        self._forget(content.sha256)

    def to_json(self) -> dict[str, Any]:
        """For a draft."""
        self._take_strokes()
        refs = {sha256: ref.to_json() for sha256, ref in self._refs.items()}
        return {"painted": dict(self._drafts), "used": refs}

    def set_json(self, data: object) -> None:
        """What `to_json` gave; damaged entries are passed over."""
        self._is_dirty = False
        found = data if isinstance(data, Mapping) else {}
        refs = {str(sha256): PictureRef.from_json(value) for sha256, value in _items(found.get("used"))}
        self._refs = {sha256: ref for sha256, ref in refs.items() if ref is not None}
        images = {str(sha256): (_decoded(text), text) for sha256, text in _items(found.get("painted"))}
        self._images = {sha256: image for sha256, (image, _) in images.items() if not image.isNull()}
        self._drafts = {sha256: images[sha256][1] for sha256 in self._images}

    def _unsettled(self, contents: Sequence[PictureRef]) -> list[PictureRef]:
        return [ref for ref in contents if ref.sha256 in self._images and ref.sha256 not in self._refs]

    def _on_painted(self) -> None:
        self._is_dirty = True
        self._rest.start()

    def _take_strokes(self) -> None:
        content = self._content
        if not self._is_dirty or content is None:
            return
        self._is_dirty = False
        self._forget(content.sha256)
        if self._brush.is_painted:
            image = self._images[content.sha256] = self._brush.image()
            in_background(self, partial(_encoded, image), partial(self._keep_draft, content.sha256, image))
        self.changed.emit()

    def _keep_draft(self, content: str, image: QImage, text: str) -> None:
        if self._images.get(content) is image:
            self._drafts[content] = text
            self.changed.emit()

    def _forget(self, content: str) -> None:
        for kept in (self._images, self._drafts, self._refs):
            kept.pop(content, None)

    def _show(self, content: PictureRef, image: QImage) -> None:
        if content is self._content and not self._is_dirty:
            self._brush.load(image)
            self.changed.emit()

    def _import(self, content: PictureRef, image: QImage, contents: Sequence[PictureRef],
                then: Callable[[], None], png: bytes) -> None:
        name = self.tr("Mask of {name}").format(name=content.name)
        self._services.import_bytes(png, name, partial(self._kept, content, image, contents, then))

    def _kept(self, content: PictureRef, image: QImage, contents: Sequence[PictureRef],
              then: Callable[[], None], answer: Any) -> None:
        if isinstance(answer, Problem):
            self.failed.emit(answer)
            return
        if self._images.get(content.sha256) is image:  # not painted on meanwhile
            self._refs[content.sha256] = PictureRef.of(answer)
        if not self._unsettled(contents):
            then()


def _items(value: object) -> list[tuple[Any, Any]]:
    return list(value.items()) if isinstance(value, Mapping) else []


def _encoded(image: QImage) -> str:
    return base64.b64encode(mask_png(image, image.size())).decode("ascii")


def _decoded(text: object) -> QImage:
    """The picture in ``text``, or a null image."""
    try:
        return QImage.fromData(base64.b64decode(text if isinstance(text, str) else "", validate=True))
    except binascii.Error:
        return QImage()
