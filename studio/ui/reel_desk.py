"""What the reel asks for: show, use again, send on, export, lineage, and Undo after the trash."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from studio.core.jobs import Problem, problem_of
from studio.ui.notices import Offer
from studio.ui.parts import Parts
from studio.ui.widgets import words
from studio.ui.widgets.background import in_background

if TYPE_CHECKING:
    from studio.project.store import Asset, Project
    from studio.ui.export_dialog import ExportOrder
    from studio.ui.lineage import LineageWindow
    from studio.ui.panel_desk import PanelDesk


_RENDERED = frozenset({"wav", "flac", "ogg", "stems"})


class ReelDesk(QObject):
    """Connects the reel with panels, project and dialogs."""

    def __init__(self, parts: Parts, panels: PanelDesk) -> None:
        super().__init__(parts.window)
        self._parts, self._window, self._document = parts, parts.window, parts.document
        self._panels = panels
        self._lineage: LineageWindow | None = None
        reel = parts.reel
        reel.opened.connect(panels.show_asset)
        reel.use_settings_requested.connect(panels.use_settings)
        reel.use_seed_requested.connect(panels.use_seed)
        reel.vary_requested.connect(panels.vary)
        reel.send_requested.connect(panels.give)
        reel.export_requested.connect(self.ask_export)
        reel.lineage_requested.connect(self.show_lineage)
        reel.trashed.connect(self._on_trashed)

    def export_chosen(self) -> None:
        """Export what is chosen in the reel."""
        chosen = self._parts.reel.selected()
        if chosen:
            self.ask_export(chosen)
        else:
            self._window.notices.show_notice(self.tr("Choose something in the reel first."))

    def ask_export(self, assets: Sequence[Asset]) -> None:
        """Ask for format, name and folder."""
        from studio.ui.export_dialog import ExportDialog

        recall, remembered = self._parts.kept.recall, _remembered({asset.kind for asset in assets})
        last = recall("export_folder", "")
        dialog = ExportDialog(assets, Path(last) if last else None, self._window,
                              author=str(recall("author", "")), wanted=str(recall(remembered, "")))
        dialog.ordered.connect(self._export)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_lineage(self, asset: Asset) -> None:
        """Where ``asset`` came from and what was made of it."""
        from studio.ui.lineage import LineageWindow

        if self._lineage is None:
            self._lineage = LineageWindow(self._document, self._window)
            self._lineage.opened.connect(self._panels.show_asset)
        self._lineage.show_asset(asset.id)
        self._lineage.show()
        self._lineage.raise_()

    def ask_empty_trash(self) -> None:
        """The one thing that asks first: it cannot be undone."""
        self._window.notices.show_notice(
            self.tr("Empty the trash? This cannot be undone."),
            Offer(self.tr("Empty it"), self._empty_trash), Offer(self.tr("Keep it"), lambda: None),
            kind="warn")

    def _empty_trash(self) -> None:
        self._document.call(lambda project: project.empty_trash(), self._emptied)

    def _emptied(self, freed: int) -> None:
        self._parts.reel.reload()
        text = self.tr("The trash is empty: {size:.1f} MB freed.").format(size=freed / 1e6)
        self._window.notices.show_notice(text, kind="ok")

    def _on_trashed(self, assets: Sequence[Asset]) -> None:
        counted = words.counted(len(assets), {asset.kind for asset in assets})
        text = self.tr("Moved “{name}” to the trash.").format(name=assets[0].name) if len(assets) == 1 else \
            self.tr("Moved {pictures} to the trash.").format(pictures=counted)
        undo = Offer(self.tr("Undo"), lambda: self._parts.reel.restore(assets))
        self._window.notices.show_notice(text, undo)

    def _export(self, order: ExportOrder) -> None:
        self._parts.kept.remember("export_folder", str(order.folder))
        if "author" in order.options:
            self._parts.kept.remember("author", order.options["author"])
        if order.is_slow:  # a long text or a song takes a while, and the project is not kept waiting
            self._parts.kept.remember(_remembered(order.kinds), order.exporter)
            self._document.call(partial(_prepared, order), partial(self._write_slowly, order))
        else:
            self._document.call(partial(_export, order), partial(self._exported, order.folder, order.kinds))

    def _write_slowly(self, order: ExportOrder, work: Callable[[], list[Path]]) -> None:
        if order.exporter in _RENDERED:
            words = self.tr("Rendering the sound; the file is there when it is done.")
            self._window.notices.show_notice(words)
        in_background(self, partial(_done, work), partial(self._written, order))

    def _written(self, order: ExportOrder, answer: list[Path] | Problem) -> None:
        if isinstance(answer, Problem):
            self._window.notices.show_problem(answer)
        else:
            self._exported(order.folder, order.kinds, answer)

    def _exported(self, folder: Path, kinds: Collection[str], files: Sequence[Path]) -> None:
        show = Offer(self.tr("Show the folder"),
                     lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        text = self.tr("Exported {name}.").format(name=files[0].name) if len(files) == 1 else \
            self.tr("Exported {pictures}.").format(pictures=words.counted(len(files), kinds))
        self._window.notices.show_notice(text, show, kind="ok")


def _remembered(kinds: Collection[str]) -> str:
    """The setting that has the format such things left in last."""
    return "export_text" if "text" in kinds else "export_music"


def _prepared(order: ExportOrder, project: Project) -> Callable[[], list[Path]]:
    from studio.project.exporters import prepare_export

    assets = [project.asset(asset) for asset in order.assets]
    return prepare_export(project, assets, order.folder, format=order.exporter, template=order.template,
                         options=order.options)


def _done(work: Callable[[], list[Path]]) -> list[Path] | Problem:
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - becomes a Problem
        return problem_of(error)


def _export(order: ExportOrder, project: Project) -> list[Path]:
    from studio.project.exporters import export_assets

    assets = [project.asset(asset) for asset in order.assets]
    return export_assets(project, assets, order.folder, format=order.exporter, template=order.template,
                         options=order.options)
