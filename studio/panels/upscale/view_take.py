"""How pictures get into the Upscale panel: drops, the file chooser, the sample, assets from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studio.ui.panel_view import AssetLike, PanelServices
from studio.ui.samples import first_sample
from studio.ui.widgets import chooser
from studio.ui.widgets.intake import Dropped, Intake, as_one
from studio.ui.widgets.picture_batch import PictureBatch
from studio.ui.widgets.picture_ref import PictureRef


class Taking(QObject):
    """Puts pictures into the batch."""

    told = Signal(str)
    """A short sentence for the person."""
    failed = Signal(object)
    """Problem"""

    def __init__(self, batch: PictureBatch, services: PanelServices, window: QWidget) -> None:
        super().__init__(window)
        self._batch, self._window = batch, window
        self._intake = Intake(services, self)
        self._intake.failed.connect(lambda problems: self.failed.emit(as_one(problems)))
        batch.well.dropped.connect(self.take)
        batch.well.browse_requested.connect(self.choose)

    def give(self, assets: Sequence[AssetLike]) -> None:
        """These instead of what is there."""
        if refs := [PictureRef.of(asset) for asset in assets if asset.kind == "image"]:
            self._batch.set_pictures(refs)

    def take(self, dropped: Dropped) -> None:
        """Bring ``dropped`` into the project."""
        self._intake.take(dropped, self.give)

    def take_sample(self) -> None:
        """The sample photograph."""
        if (photo := first_sample("photo")) is None:
            self.told.emit(self.tr("The samples are not installed."))
        else:
            self.take(Dropped(paths=(photo,)))

    def choose(self) -> None:
        """Let a person choose pictures."""
        chooser.choose_pictures(self._window, self.tr("Pictures to enlarge"), self._take_files, many=True)

    def choose_folder(self) -> None:
        """Let a person choose a folder of pictures."""
        chooser.choose_folder(self._window, self.tr("A folder of pictures"), self._take_files)

    def _take_files(self, paths: list[Path]) -> None:
        self.take(Dropped(paths=tuple(paths)))
