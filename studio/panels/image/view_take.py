"""How pictures to start from get into the Image panel: drops, the file chooser, assets from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studio.ui.panel_view import AssetLike, PanelServices
from studio.ui.widgets import chooser
from studio.ui.widgets.intake import Dropped, Intake, as_one
from studio.ui.widgets.picture_batch import PictureBatch
from studio.ui.widgets.picture_ref import PictureRef


class Taking(QObject):
    """Puts pictures where they belong."""

    failed = Signal(object)
    """Problem"""
    mask_given = Signal(object)
    """The asset of a mask for the picture in front."""

    def __init__(self, pictures: PictureBatch, services: PanelServices, window: QWidget) -> None:
        super().__init__(window)
        self._pictures, self._window = pictures, window
        self._intake = Intake(services, self)
        self._intake.failed.connect(lambda problems: self.failed.emit(as_one(problems)))
        pictures.well.dropped.connect(partial(self.take, "picture"))
        pictures.well.browse_requested.connect(self.choose)

    def give(self, assets: Sequence[AssetLike], role: str | None = None) -> None:
        """These pictures to start from, or one as a mask."""
        found = [asset for asset in assets if asset.kind == "image"]
        if role == "mask" and found:
            self.mask_given.emit(found[0])
        elif found:
            self._pictures.set_pictures([PictureRef.of(asset) for asset in found])

    def take(self, role: str, dropped: Dropped) -> None:
        """Bring ``dropped`` into the project, for ``role``."""
        self._intake.take(dropped, partial(self.give, role=role))

    def choose(self) -> None:
        """Let a person choose pictures to start from."""
        chooser.choose_pictures(self._window, self.tr("Pictures to start from"), self._take_files, many=True)

    def _take_files(self, paths: list[Path]) -> None:
        self.take("picture", Dropped(paths=tuple(paths)))
