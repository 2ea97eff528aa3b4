"""Masks of the Style panel: one for each photograph, kept as assets of the project."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from studio.core.jobs import Problem
from studio.ui.panel_view import PanelServices
from studio.ui.widgets.background import in_background
from studio.ui.widgets.canvas import Canvas
from studio.ui.widgets.mask_brush import mask_png
from studio.ui.widgets.picture_ref import PictureRef

_REST_MS = 400
"""A mask is kept this long after the last stroke."""


class Masks(QObject):
    """Takes strokes from the canvas's brush and turns them into assets."""

    changed = Signal()
    """The mask of the picture in front was kept, loaded or cleared."""
    failed = Signal(object)
    """Problem"""

    def __init__(self, canvas: Canvas, services: PanelServices) -> None:
        super().__init__(canvas)
        self._brush, self._services = canvas.brush, services
        self._refs: dict[str, PictureRef] = {}
        self._content: PictureRef | None = None
        self._is_dirty, self._under_way = False, 0
        self._when_kept: Callable[[], None] | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._keep)
        self._brush.painted.connect(self._on_painted)

    def of(self, content: PictureRef) -> PictureRef | None:
        """The mask of ``content``, if it has one."""
        return self._refs.get(content.sha256)

    @property
    def is_settled(self) -> bool:
        """Whether every stroke is in the project."""
        return not self._is_dirty and not self._under_way

    def settle(self, then: Callable[[], None]) -> None:
        """Keep what was painted now; ``then`` once it is in the project."""
        self._when_kept = then
        self._rest.stop()
        self._keep()

    def show_for(self, content: PictureRef | None) -> None:
        """``content`` is on the canvas now: bring its mask."""
        if self._is_dirty:
            self._keep()
        self._content = content
        mask = self._refs.get(content.sha256) if content is not None else None
        if mask is not None:
            self._services.load_image(mask.sha256, partial(self._show, content))

    def put(self, content: PictureRef, mask: PictureRef) -> None:
        """Use ``mask`` for ``content``."""
        self._refs[content.sha256] = mask

    def to_json(self) -> dict[str, Any]:
        """For a draft."""
        return {sha256: ref.to_json() for sha256, ref in self._refs.items()}

    def set_json(self, data: object) -> None:
        """What `to_json` gave; damaged entries are passed over."""
        found = data if isinstance(data, Mapping) else {}
        refs = {str(sha256): PictureRef.from_json(value) for sha256, value in found.items()}
        self._refs = {sha256: ref for sha256, ref in refs.items() if ref is not None}
        self._is_dirty = False
        self._rest.stop()

    def _show(self, content: PictureRef | None, image: QImage) -> None:
        if content is self._content and not self._is_dirty:
            self._brush.load(image)
            self.changed.emit()

    def _on_painted(self) -> None:
        self._is_dirty = True
        self._rest.start()

    def _keep(self) -> None:
        content = self._content
        if not self._is_dirty or content is None:
            self._tell_kept()
            return
        self._is_dirty = False
        if not self._brush.is_painted:
            self._refs.pop(content.sha256, None)
            self.changed.emit()
            self._tell_kept()
            return
        self._under_way += 1
        image, size = self._brush.image(), QSize(content.width, content.height)
        size = size if not size.isEmpty() else self._brush.picture_size
        in_background(self, partial(mask_png, image, size), partial(self._import, content))

    def _import(self, content: PictureRef, png: bytes) -> None:
        name = self.tr("Mask of {name}").format(name=content.name)
        self._services.import_bytes(png, name, partial(self._kept, content))

    def _kept(self, content: PictureRef, answer: Any) -> None:
        self._under_way -= 1
        if isinstance(answer, Problem):
            self.failed.emit(answer)
        else:
            self._refs[content.sha256] = PictureRef.of(answer)
            if content is self._content and not self._is_dirty and not self._brush.is_painted:
                self.show_for(content)  # the canvas went elsewhere and came back meanwhile
            self.changed.emit()
        self._tell_kept()

    def _tell_kept(self) -> None:
        if self.is_settled and (then := self._when_kept) is not None:
            self._when_kept = None
            then()
