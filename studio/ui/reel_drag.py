"""Files for dragging out of the window: written while the mouse is pressed, ready when the drag starts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.core import places

if TYPE_CHECKING:
    from studio.project.store import Asset, Project
    from studio.ui.document import Document

_SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "image/tiff": ".tif",
             "text/markdown": ".md", "text/plain": ".txt", "audio/wav": ".wav", "audio/flac": ".flac",
             "audio/ogg": ".ogg", "audio/midi": ".mid"}
_MOST = 20
"""More than this many at once is what Export is for."""


class DragFiles(QObject):
    """Copies of assets under their own names, in the cache, made off the UI thread."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._ready: dict[str, Path] = {}

    def prepare(self, assets: Sequence[Asset]) -> None:
        """Start writing what a drag of ``assets`` would need."""
        for asset in assets[:_MOST]:
            if asset.id not in self._ready:
                self._document.call(partial(_write, asset=asset), partial(self._keep, asset.id),
                                    lambda _problem: None)

    def _keep(self, asset_id: str, path: Path) -> None:
        self._ready[asset_id] = path

    def ready(self, ids: Sequence[str]) -> list[Path]:
        """The files of ``ids`` that are written by now."""
        return [path for asset_id in ids if (path := self._ready.get(asset_id)) and path.exists()]


def _write(project: Project, asset: Asset) -> Path:
    stem = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", Path(asset.name).stem)[:80] or "atelier"
    folder = places.cache() / "drag" / asset.sha256[:12]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (stem + _SUFFIXES.get(asset.media_type, ""))
    if not path.exists():
        project.export_blob(asset.sha256, path)
    return path
