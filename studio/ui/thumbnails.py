"""Small pictures of assets, fetched and decoded off the UI thread, newest wish first."""

from __future__ import annotations

import codecs
from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QPixmap

from studio.ui.decoding import decode
from studio.ui.priority import give_way
from studio.ui.text_picture import text_picture

if TYPE_CHECKING:
    from studio.core.jobs import Problem
    from studio.project.store import Asset, Project
    from studio.ui.document import Document

_KEPT = 800
"""Pixmaps kept; at 112 px and 2x that is some 160 MB at the very most."""
_OPENING = 1500
"""Bytes of a text that its picture shows; Chinese takes three for a character."""
_AT_ONCE = 8
"""Requests under way: few enough that what has scrolled away is never fetched."""


class Thumbnails(QObject):
    """Answers at once with what it has, and says `ready` when the rest has come."""

    ready = Signal(str)

    def __init__(self, document: Document, size: int, ratio: float = 1.0,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._size, self._ratio = document, size, ratio
        self._kept: OrderedDict[str, QPixmap] = OrderedDict()
        self._wanted: OrderedDict[str, None] = OrderedDict()
        self._under_way: set[str] = set()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def get(self, asset: str) -> QPixmap | None:
        """The thumbnail of ``asset``, or None now and `ready` later."""
        if (pixmap := self._kept.get(asset)) is not None:
            self._kept.move_to_end(asset)
            return pixmap
        if asset not in self._under_way:
            self._wanted[asset] = None
            self._wanted.move_to_end(asset)
            while len(self._wanted) > 4 * _AT_ONCE + 64:
                self._wanted.popitem(last=False)
            self._fetch()
        return None

    def clear(self) -> None:
        """Forget everything: another document was opened."""
        self._kept.clear()
        self._wanted.clear()
        self._under_way.clear()

    def close(self) -> None:
        """Wait for the decoder; call before the application ends."""
        self.clear()
        self._pool.waitForDone(2000)

    def _fetch(self) -> None:
        while self._wanted and len(self._under_way) < _AT_ONCE:
            asset, _ = self._wanted.popitem()
            self._under_way.add(asset)
            self._document.call(partial(_read, asset=asset), partial(self._decode, asset),
                                partial(self._fail, asset))

    def _decode(self, asset: str, data: bytes | str) -> None:
        job = _Decode(asset, data, round(self._size * self._ratio))
        job.done.decoded.connect(self._keep)
        self._pool.start(job)

    def _fail(self, asset: str, _problem: Problem) -> None:
        self._keep(asset, QImage())

    def _keep(self, asset: str, image: QImage) -> None:
        if asset not in self._under_way:
            return  # asked for before `clear`
        self._under_way.discard(asset)
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(self._ratio)
        self._kept[asset] = pixmap
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.ready.emit(asset)
        self._fetch()


def _read(project: Project, asset: str) -> bytes | str:
    """The encoded thumbnail; of a text how it begins."""
    if picture := project.thumbnail(asset):
        return picture
    found = project.asset(asset)
    return _opening(project, found) if found.kind == "text" else b""


def _opening(project: Project, asset: Asset) -> str:
    """The first kilobyte; its last letter may be cut through."""
    head = next(project.pieces(asset.sha256), b"")[:_OPENING]
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, "ignore")
    return head.decode("utf-8-sig", "ignore")


class _Signals(QObject):
    decoded = Signal(str, QImage)


class _Decode(QRunnable):
    """A thumbnail's bytes, or a text, to a QImage that fits a square of ``size`` pixels."""

    def __init__(self, asset: str, data: bytes | str, size: int) -> None:
        super().__init__()
        self._asset, self._data, self._box = asset, data, QSize(size, size)
        self.done = _Signals()

    def run(self) -> None:
        give_way()
        if isinstance(self._data, str):
            image = text_picture(self._data, self._box.height())
        elif not (image := decode(self._data)).isNull():
            image = image.scaled(self._box, Qt.AspectRatioMode.KeepAspectRatio,
                                 Qt.TransformationMode.SmoothTransformation)
        self.done.decoded.emit(self._asset, image)
