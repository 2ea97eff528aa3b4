"""How texts get into the page: drops, the reel, the file chooser, the sample; and how versions are kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from studio.core.jobs import Problem
from studio.core.pieces import Piece
from studio.panels.write.view_page import WritePage
from studio.panels.write.view_tasks import Errands
from studio.project.texts import manuscript_of
from studio.ui.panel_view import AssetLike, PanelServices
from studio.ui.widgets import chooser

_NAME = 60
ENDINGS = "*.txt *.md *.markdown *.docx"


class Taking(QObject):
    """Puts texts into the page or beside it."""

    told = Signal(str)
    failed = Signal(object)
    """Problem"""
    kept = Signal(object)
    """The asset that a version was kept as, to be exported."""

    def __init__(self, page: WritePage, errands: Errands, services: PanelServices) -> None:
        super().__init__(page)
        self._page, self._errands, self._services = page, errands, services

    def give(self, assets: Sequence[AssetLike]) -> None:
        """The first text: it is the page where that is blank, else it goes in at the cursor."""
        for asset in [asset for asset in assets if asset.kind == "text"][:1]:
            self._services.load_text(asset, partial(self._put_asset, asset))

    def show(self, asset: AssetLike) -> None:
        """A text beside the page."""
        self._services.load_text(asset, partial(self._show, asset))

    def put(self, pieces: Sequence[Piece]) -> None:
        """``pieces`` at the cursor, one step of undo."""
        editor = self._page.editor
        at, length = editor.selection()[1], editor.length
        editor.replace(at, at, pieces)
        editor.go_to(at + editor.length - length)

    def put_sample(self) -> None:
        """The opening of a story."""
        self.put([Piece(self.tr("The lighthouse had been dark for eleven years when the lamp came on again. "
                                "Nobody in the village slept that night."))])
        self._page.editor.setFocus()

    def choose(self) -> None:
        """Let a person choose a text."""
        chooser.choose_file(self._page, self.tr("Open a text"), self.tr("Texts") + f" ({ENDINGS})",
                            self._take_files)

    def keep_version(self, then: Any = None) -> None:
        """Keep the page as it is as a text in the reel; then ``then(asset)``."""
        text = self._page.editor.text(0, 400)
        if not self._page.editor.length:
            self.told.emit(self.tr("The page is blank."))
            return
        first = next((line for line in text.splitlines() if line.strip()), "")
        name = " ".join(first.strip("#*_ ").split())[:_NAME] or self.tr("Page")
        answer = partial(self._on_kept, then)
        self._services.keep_version(name, self._page.editor.manuscript(), answer)

    def export(self) -> None:
        """Keep the page as it is, and ask where it goes as a file."""
        self.keep_version(self.kept.emit)

    def _take_files(self, paths: list[Path]) -> None:
        self._services.import_files(paths, self._on_imported)

    def _on_imported(self, answers: Sequence[Any]) -> None:
        for problem in (answer for answer in answers if isinstance(answer, Problem)):
            self.failed.emit(problem)
        self.give([answer for answer in answers if not isinstance(answer, Problem)])

    def _put_asset(self, asset: AssetLike, text: object) -> None:
        if not isinstance(text, str):
            self.failed.emit(text)
            return
        editor = self._page.editor
        is_blank, at = not editor.length, editor.selection()[1]
        is_amid = "\n" in text.strip() and editor.text(max(0, at - 1), at) not in ("", "\n")
        self.put([*([Piece("\n\n")] if is_amid else []), *_pieces(asset, text)])
        if not is_blank:
            words = self.tr("{name} stands at the cursor now. Undo takes it out again.")
            self.told.emit(words.format(name=asset.name))

    def _show(self, asset: AssetLike, text: object) -> None:
        if isinstance(text, str):
            self._errands.show_text(asset.name, text, asset.facts)
        else:
            self.failed.emit(text)

    def _on_kept(self, then: Any, answer: Any) -> None:
        if isinstance(answer, Problem):
            self.failed.emit(answer)
        elif then is not None:
            then(answer)
        else:
            self.told.emit(self.tr("Kept as {name}.").format(name=answer.name))


def _pieces(asset: AssetLike, text: str) -> Sequence[Piece]:
    """Each part of ``text`` by who wrote it: as a kept page tells, or as a model's result does."""
    if "runs" in asset.facts:
        return manuscript_of(text, asset.facts).pieces
    start = asset.facts.get("start", 0) if "trace" in asset.facts else len(text)
    start = start if isinstance(start, int) else 0
    return [piece for piece in (Piece(text[:start]), Piece(text[start:], "model")) if piece.text]
