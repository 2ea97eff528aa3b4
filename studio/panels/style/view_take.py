"""How pictures get into the Style panel: drops, the file chooser, the samples, assets from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studio.panels.style.view_samples import sample_files
from studio.ui.panel_view import AssetLike, PanelServices
from studio.ui.widgets import chooser, words
from studio.ui.widgets.intake import Dropped, Intake, as_one
from studio.ui.widgets.picture_batch import PictureBatch
from studio.ui.widgets.picture_ref import PictureRef
from studio.ui.widgets.weighted_wells import WeightedWells


class Taking(QObject):
    """Puts pictures where they belong."""

    told = Signal(str)
    """A short sentence for the person."""
    failed = Signal(object)
    """Problem"""

    def __init__(self, contents: PictureBatch, styles: WeightedWells, services: PanelServices,
                 window: QWidget) -> None:
        super().__init__(window)
        self._contents, self._styles, self._window = contents, styles, window
        self._intake = Intake(services, self)
        self._intake.failed.connect(lambda problems: self.failed.emit(as_one(problems)))
        contents.well.dropped.connect(partial(self.take, "content"))
        contents.well.browse_requested.connect(self.choose_contents)
        styles.dropped.connect(lambda dropped, place: self.take_styles(place, dropped))
        styles.browse_requested.connect(self.choose_styles)

    def give(self, assets: Sequence[AssetLike], role: str | None = None) -> None:
        """The first one is the photo, then comes the painting, unless ``role`` says which."""
        refs = [PictureRef.of(asset) for asset in assets if asset.kind == "image"]
        has_content, has_style = bool(self._contents.pictures()), bool(self._styles.pictures())
        if role is None and len(refs) == 2 and not has_content and not has_style:
            self._contents.set_pictures(refs[:1])
            self._styles.put(refs[1:], 0)
        elif role == "style" or (role is None and has_content and not has_style):
            self._put_styles(refs, len(self._styles.pictures()))
        elif refs:
            self._contents.set_pictures(refs)

    def take(self, role: str, dropped: Dropped) -> None:
        """Bring ``dropped`` into the project, for ``role``."""
        self._intake.take(dropped, partial(self.give, role=role))

    def take_styles(self, place: int, dropped: Dropped) -> None:
        """Bring paintings in, for the wells from ``place`` on."""
        self._intake.take(dropped, lambda assets: self._put_styles([PictureRef.of(a) for a in assets], place))

    def take_sample(self) -> None:
        """The sample photograph and painting."""
        if (files := sample_files()) is None:
            self.told.emit(self.tr("The samples are not installed."))
        else:
            self._intake.take(Dropped(paths=files), self.give)

    def choose_contents(self) -> None:
        """Let a person choose photographs."""
        chooser.choose_pictures(self._window, self.tr("Photos to restyle"), self._take_files, many=True)

    def choose_folder(self) -> None:
        """Let a person choose a folder of photographs."""
        chooser.choose_folder(self._window, self.tr("A folder of photos"), self._take_files)

    def choose_styles(self, place: int) -> None:
        """Let a person choose paintings for the wells from ``place`` on."""
        chooser.choose_pictures(self._window, self.tr("Paintings to follow"), lambda paths: self.take_styles(
            place, Dropped(paths=tuple(paths))), many=True)

    def swap(self) -> None:
        """The photo becomes the painting, and the other way round."""
        content, styles = self._contents.current, self._styles.pictures()
        if content is not None and styles:
            self._styles.set_pictures([(content, styles[0][1]), *styles[1:]])
            self._contents.set_pictures([styles[0][0]])

    def _take_files(self, paths: list[Path]) -> None:
        self.take("content", Dropped(paths=tuple(paths)))

    def _put_styles(self, refs: Sequence[PictureRef], place: int) -> None:
        if left := self._styles.put(refs, place):
            text = self.tr("There is room for four paintings; {pictures} did not fit.")
            self.told.emit(text.format(pictures=words.pictures(left)))
