"""What the window offers a panel, kept in memory: pictures are QImages, imports answer at once or later."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget

from studio.core.jobs import JobState, Problem, Request
from studio.core.manuscript import Edit, Manuscript
from studio.ui.panel_view import PanelServices


@dataclass(frozen=True)
class FakeAsset:
    """An asset as a view sees it."""

    id: str
    name: str
    sha256: str
    kind: str = "image"
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FakeModel:
    """A model as a chooser shows it."""

    id: str
    title: str
    engine: str = "style.quick"


@dataclass
class FakeJob:
    """A job as a view shows it."""

    request: Request
    state: JobState = JobState.RUNNING
    fraction: float | None = None
    text: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    problem: Problem | None = None
    eta: float | None = None
    assets: tuple[FakeAsset, ...] = ()
    is_stopping: bool = False


class FakeProject:
    """Holds pictures by content, and answers as a document does."""

    def __init__(self) -> None:
        self.images: dict[str, QImage] = {}
        self.assets: dict[str, FakeAsset] = {}
        self.blobs: dict[str, bytes] = {}
        self.texts: dict[str, str] = {}
        self.recipes: dict[str, tuple[Request, dict[str, list[FakeAsset]]]] = {}
        """By asset: what made it."""
        self.page = Manuscript()
        self.versions: list[tuple[str, Manuscript]] = []
        self.models = [FakeModel("mosaic", "Mosaic", "style.fast"), FakeModel("mine", "Mine")]
        self.later: list[Callable[[], None]] | None = None
        """Answers wait here while it is a list; `answer` lets them out."""

    def services(self) -> PanelServices:
        """For a view's constructor."""
        return PanelServices(load_image=self._load, import_files=self._import_files,
                             import_bytes=self._import_bytes, find_asset=self._find,
                             models=lambda: self.models, estimate=lambda request: 12.0,
                             load_text=self._load_text, load_bytes=self._load_bytes,
                             recipe_of=lambda asset, then: self._give(
                                 lambda: then(self.recipes.get(asset.id))),
                             load_page=self._load_page, keep_edits=self._keep,
                             keep_version=self._keep_version)

    def picture(self, name: str, width: int = 64, height: int = 48, color: str = "#336699") -> FakeAsset:
        """A new asset of one colour."""
        image = QImage(width, height, QImage.Format.Format_RGB888)
        image.fill(color)
        return self.add(name, image, png(image) + name.encode())

    def add(self, name: str, image: QImage, data: bytes) -> FakeAsset:
        """An asset with this content."""
        sha256 = hashlib.sha256(data).hexdigest()
        asset = FakeAsset(f"id-{sha256[:6]}", name, sha256, facts={"width": image.width(),
                                                                  "height": image.height()})
        self.images[sha256], self.assets[asset.id], self.blobs[sha256] = image, asset, data
        return asset

    def text(self, name: str, text: str, **facts: Any) -> FakeAsset:
        """A new text asset."""
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        asset = FakeAsset(f"id-{sha256[:6]}", name, sha256, "text", facts)
        self.assets[asset.id], self.texts[asset.id] = asset, text
        return asset

    def answer(self) -> None:
        """Let the answers out that waited."""
        waiting, self.later = self.later or [], None
        for give in waiting:
            give()

    def _give(self, give: Callable[[], None]) -> None:
        if self.later is None:
            give()
        else:
            self.later.append(give)

    def _load(self, what: Any, then: Callable[[QImage], None]) -> None:
        sha256 = what if isinstance(what, str) else what.sha256
        self._give(lambda: then(self.images.get(sha256, QImage())))

    def _load_text(self, asset: Any, then: Callable[[Any], None]) -> None:
        lost = Problem("{name} is gone.", values={"name": asset.name})
        self._give(lambda: then(self.texts.get(asset.id, lost)))

    def _load_bytes(self, asset: Any, then: Callable[[Any], None]) -> None:
        lost = Problem("{name} is gone.", values={"name": asset.name})
        self._give(lambda: then(self.blobs.get(asset.sha256, lost)))

    def _load_page(self, then: Callable[[Manuscript], None]) -> None:
        self._give(lambda: then(self.page))

    def _keep_version(self, name: str, page: Manuscript, then: Callable[[Any], None]) -> None:
        self.versions.append((name, page))
        self._give(lambda: then(self.text(name, page.text)))

    def _keep(self, edits: Sequence[Edit]) -> None:
        self.page = self.page.apply(*edits)

    def _import_files(self, paths: Sequence[Path], then: Callable[[Any], None]) -> None:
        self._give(lambda: then([self._import(path.read_bytes(), path.stem) for path in paths]))

    def _import_bytes(self, data: bytes, name: str, then: Callable[[Any], None]) -> None:
        self._give(lambda: then(self._import(data, name)))

    def _import(self, data: bytes, name: str) -> FakeAsset | Problem:
        image = QImage.fromData(data)
        if image.isNull():
            return Problem("{name} is no picture.", "Try another file.", {"name": name})
        return self.add(name, image, data)

    def _find(self, asset: str, then: Callable[[Any], None]) -> None:
        self._give(lambda: then(self.assets.get(asset)))


def png(image: QImage) -> bytes:
    """``image`` as a PNG file."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def picture_file(path: Path, color: str = "#884422", width: int = 40, height: int = 30) -> Path:
    """A PNG of one colour at ``path``."""
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(color)
    path.write_bytes(png(image))
    return path


_COPY = Qt.DropAction.CopyAction
_LEFT = Qt.MouseButton.LeftButton
_NO_KEY = Qt.KeyboardModifier.NoModifier


def drag_in(widget: QWidget, mime: QMimeData, at: QPointF) -> bool:
    """Drag ``mime`` over ``widget``; whether it would take it."""
    enter = QDragEnterEvent(at.toPoint(), _COPY, mime, _LEFT, _NO_KEY)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDragMoveEvent(at.toPoint(), _COPY, mime, _LEFT, _NO_KEY))
    return enter.isAccepted()


def drag_out(widget: QWidget) -> None:
    """Take the drag away again."""
    QApplication.sendEvent(widget, QDragLeaveEvent())


def drop(widget: QWidget, mime: QMimeData, at: QPointF | None = None) -> bool:
    """Drag ``mime`` over ``widget`` and let go; whether it was taken."""
    place = at or QPointF(widget.rect().center())
    if not drag_in(widget, mime, place):
        return False
    event = QDropEvent(place, _COPY, mime, _LEFT, _NO_KEY)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()
