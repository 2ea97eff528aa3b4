"""How music gets onto the roll: drops, the reel, the file chooser, the sample. Each can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Signal

from studio.core.arrangement import Arrangement
from studio.core.errors import StudioError
from studio.core.jobs import Input, Problem, problem_of
from studio.panels.music.sample import sample
from studio.panels.music.view_drops import ENDINGS, score_files
from studio.panels.music.view_page import MusicPage
from studio.ui.panel_view import AssetLike, PanelServices
from studio.ui.reel_model import ASSET_MIME
from studio.ui.widgets import chooser
from studio.ui.widgets.background import in_background

Then = Callable[[AssetLike, Arrangement], None]


class Taking(QObject):
    """Reads scores off the UI thread."""

    told = Signal(str)
    failed = Signal(object)
    """Problem"""
    continue_wanted = Signal()
    """The model shall go on from what is on the roll now."""
    recording_taken = Signal(object)
    """The Input that a sound shall follow."""

    def __init__(self, page: MusicPage, services: PanelServices) -> None:
        super().__init__(page)
        self._page, self._services = page, services

    def give(self, assets: Sequence[AssetLike], *, goes_on: bool = False) -> None:
        """A score goes onto the roll, a recording is what a sound follows; of several, the first."""
        scores = [asset for asset in assets if asset.kind == "score"]
        recordings = [asset for asset in assets if asset.kind == "audio"]
        if scores:
            self.load(scores[0], partial(self.put, goes_on=goes_on))
        elif recordings:
            first = recordings[0]
            self.recording_taken.emit(Input("melody", first.sha256, first.name, asset=first.id))
        elif assets:
            self.told.emit(self.tr("{name} is no music: MIDI, MusicXML and ABC go onto the roll.").format(
                name=assets[0].name))

    def take(self, mime: QMimeData, goes_on: bool) -> None:
        """What was dropped on the page."""
        if mime.hasFormat(ASSET_MIME):
            ids = bytes(mime.data(ASSET_MIME).data()).decode("utf-8", "replace").split()
            for name in ids[:1]:
                self._services.find_asset(name, lambda asset: self.give(
                    [asset] if asset is not None else [], goes_on=goes_on))
        elif paths := score_files(mime):
            self.take_files(paths, goes_on=goes_on)

    def take_files(self, paths: Sequence[Path], *, goes_on: bool = False) -> None:
        """Bring scores into the project; the first goes onto the roll."""
        self._services.import_files(list(paths), partial(self._on_imported, goes_on))

    def choose(self) -> None:
        """Let a person choose a score."""
        kinds = self.tr("Scores") + " (" + " ".join(f"*{ending}" for ending in ENDINGS) + ")"
        chooser.choose_file(self._page, self.tr("Open a score"), kinds, self.take_files)

    def put_sample(self) -> None:
        """A well-known tune."""
        self._page.sheet.edit(sample(), ())
        self._page.roll.fit()
        self._page.roll.setFocus()

    def put(self, asset: AssetLike, arrangement: Arrangement, *, goes_on: bool = False) -> None:
        """Onto the roll; undo brings back what was there."""
        sheet = self._page.sheet
        was_empty = sheet.is_empty
        sheet.edit(arrangement, ())
        self._page.roll.fit()
        if goes_on:
            self.continue_wanted.emit()
        if not was_empty:
            words = self.tr("{name} is on the roll. Ctrl+Z there brings back what was before.")
            self.told.emit(words.format(name=asset.name))

    def load(self, asset: AssetLike, then: Then) -> None:
        """``then(asset, arrangement)``, or a card that says why not."""
        self._services.load_bytes(asset, partial(self._on_bytes, asset, then))

    def _on_imported(self, goes_on: bool, answers: Sequence[Any]) -> None:
        for problem in (answer for answer in answers if isinstance(answer, Problem)):
            self.failed.emit(problem)
        self.give([answer for answer in answers if not isinstance(answer, Problem)], goes_on=goes_on)

    def _on_bytes(self, asset: AssetLike, then: Then, answer: object) -> None:
        if not isinstance(answer, bytes):
            self.failed.emit(answer)
            return
        in_background(self, partial(_read, answer, asset.name), partial(self._on_read, asset, then))

    def _on_read(self, asset: AssetLike, then: Then, answer: Arrangement | Problem) -> None:
        if isinstance(answer, Problem):
            self.failed.emit(answer)
        else:
            then(asset, answer)


def _read(data: bytes, name: str) -> Arrangement | Problem:
    """MIDI, and what else a score asset can be."""
    try:
        if data.startswith(b"MThd"):
            from studio.media.arrangement_midi import read_arrangement

            return read_arrangement(data, name)
        from studio.media.scores import read

        return read(data, name)
    except StudioError as error:
        return problem_of(error)
