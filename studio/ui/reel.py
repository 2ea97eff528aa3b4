"""The reel: everything made in this project and brought into it, along the bottom of the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMimeData, QModelIndex, QPoint, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from studio.ui.reel_delegate import CELL, PICTURE, ReelDelegate
from studio.ui.reel_drag import DragFiles
from studio.ui.reel_model import Filter, ReelModel
from studio.ui.thumbnails import Thumbnails

if TYPE_CHECKING:
    from studio.core.panel import PanelSpec
    from studio.project.store import Asset, Changes, Project
    from studio.ui.document import Document

_FEW = 200
"""Up to this many changed assets are merged one by one; more are read afresh."""


class Reel(QWidget):
    """Thumbnails, newest first. What has to be done with them is asked for by signals."""

    opened = Signal(object)
    """Asset: show it large."""
    use_settings_requested = Signal(object)
    use_seed_requested = Signal(object)
    vary_requested = Signal(object)
    send_requested = Signal(object, str)
    """List of assets, panel id."""
    export_requested = Signal(object)
    lineage_requested = Signal(object)
    trashed = Signal(object)
    """List of assets moved to the trash, for the notice with Undo."""

    def __init__(self, document: Document, panels: Sequence[PanelSpec],
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reel")
        self._document, self._panels = document, panels
        self._thumbnails = Thumbnails(document, PICTURE, self.devicePixelRatioF(), self)
        self.model = ReelModel(self._thumbnails, self)
        self._files = DragFiles(document, self)
        self.model.set_drag_source(self._drag)
        self._view = _ReelView(self)
        self._build()
        document.changed.connect(self._on_changed)

    def reload(self) -> None:
        """Read everything afresh: another document was opened."""
        self._thumbnails.clear()
        self._document.call(_everything, self.model.reset)

    def select(self, asset_id: str) -> None:
        """Make ``asset_id`` the current one and bring it into view."""
        if (index := self.model.index_of(asset_id)).isValid():
            self._view.setCurrentIndex(index)

    def selected(self) -> list[Asset]:
        """The chosen assets, in the order shown."""
        rows = sorted(self._view.selectionModel().selectedIndexes(), key=lambda index: index.row())
        return [self.model.asset_at(index) for index in rows]

    def close_down(self) -> None:
        """Stop decoding; call before the application ends."""
        self._thumbnails.close()

    def _build(self) -> None:
        self._view.setModel(self.model)
        self._view.setItemDelegate(ReelDelegate(self._view))
        self._view.activated.connect(lambda index: self.opened.emit(self.model.asset_at(index)))
        self._view.clicked.connect(lambda index: self.opened.emit(self.model.asset_at(index)))
        self._view.customContextMenuRequested.connect(self._show_menu)
        self._view.pressed.connect(self._on_pressed)
        self._view.key_pressed.connect(self._on_key)
        self._empty = QLabel(self.tr("What you make and bring in gathers here."), self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 4)
        layout.setSpacing(4)
        layout.addLayout(self._filter_row())
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._view, 1)
        for signal in (self.model.modelReset, self.model.rowsInserted, self.model.rowsRemoved):
            signal.connect(self._show_count)
        self._show_count()

    def _filter_row(self) -> QHBoxLayout:
        self._what = QComboBox(self)
        for label, wanted in self._filters():
            self._what.addItem(label, wanted)
        self._what.setObjectName("reel.filter")
        self._what.setAccessibleName(self.tr("Show in the reel"))
        self._words = QLineEdit(self)
        self._words.setObjectName("reel.search")
        self._words.setPlaceholderText(self.tr("Find by name"))
        self._words.setAccessibleName(self.tr("Find by name"))
        self._words.setClearButtonEnabled(True)
        self._words.setMaximumWidth(240)
        self._count = QLabel(self)
        self._count.setProperty("role", "muted")
        self._what.currentIndexChanged.connect(self._apply_filter)
        self._words.textChanged.connect(self._apply_filter)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._what)
        row.addWidget(self._words)
        row.addStretch(1)
        row.addWidget(self._count)
        return row

    def _filters(self) -> list[tuple[str, Filter]]:
        return [(self.tr("Everything"), Filter()), (self.tr("Made here"), Filter(origin="made")),
                (self.tr("Brought in"), Filter(origin="imported")),
                (self.tr("With stars"), Filter(starred=True)), (self.tr("Trash"), Filter(trashed=True))]

    def _apply_filter(self) -> None:
        wanted: Filter = self._what.currentData()
        self.model.set_filter(Filter(wanted.origin, wanted.starred, wanted.trashed, self._words.text()))

    def _show_count(self) -> None:
        shown, total = self.model.rowCount(), self.model.count()
        self._count.setText(self.tr("{shown} of {total}").format(shown=shown, total=total))
        self._empty.setVisible(shown == 0)
        self._view.setVisible(shown > 0)

    def _on_changed(self, changes: Changes) -> None:
        ids = tuple(changes.assets)
        if not ids:
            return
        if len(ids) > _FEW:
            self._document.call(_everything, self.model.reset)
        else:
            self._document.call(lambda project: _some(project, ids), lambda found: self.model.merge(*found))

    def _on_pressed(self, index: QModelIndex) -> None:
        self._files.prepare(self.selected() or [self.model.asset_at(index)])

    def _drag(self, ids: Sequence[str]) -> QMimeData:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in self._files.ready(ids)])
        return mime

    def _on_key(self, event: QKeyEvent) -> None:
        chosen = self.selected()
        if not chosen:
            return
        if Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_5 and not event.modifiers():
            self.star(chosen, event.key() - Qt.Key.Key_0)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.trash(chosen)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(chosen[0])

    def star(self, assets: Sequence[Asset], stars: int) -> None:
        """Give ``assets`` 0 to 5 stars."""
        ids = [asset.id for asset in assets]
        self._document.call(lambda project: project.star(ids, stars))

    def trash(self, assets: Sequence[Asset]) -> None:
        """Move to the trash; can be undone."""
        ids, kept = [asset.id for asset in assets], list(assets)
        self._document.call(lambda project: project.trash(ids), lambda _: self.trashed.emit(kept))

    def restore(self, assets: Sequence[Asset]) -> None:
        """Take out of the trash."""
        ids = [asset.id for asset in assets]
        self._document.call(lambda project: project.restore(ids))

    def _show_menu(self, place: QPoint) -> None:
        if chosen := self.selected():
            menu = self.menu(chosen)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self._view.viewport().mapToGlobal(place))

    def menu(self, chosen: Sequence[Asset]) -> QMenu:
        """What can be done with ``chosen``; the caller owns the menu."""
        menu, first = QMenu(self), chosen[0]
        if first.is_trashed:
            self._add(menu, self.tr("Restore"), lambda: self.restore(chosen))
            return menu
        self._add(menu, self.tr("Open"), lambda: self.opened.emit(first))
        if first.origin == "made" and len(chosen) == 1:
            self._add(menu, self.tr("Use these settings"), lambda: self.use_settings_requested.emit(first))
            self._add(menu, self.tr("Use this seed"), lambda: self.use_seed_requested.emit(first))
            self._add(menu, self.tr("Vary"), lambda: self.vary_requested.emit(first))
        self._send_menu(menu, chosen)
        menu.addSeparator()
        self._star_menu(menu, chosen)
        self._add(menu, self.tr("Show lineage"), lambda: self.lineage_requested.emit(first))
        self._add(menu, self.tr("Export…"), lambda: self.export_requested.emit(list(chosen)))
        menu.addSeparator()
        self._add(menu, self.tr("Move to trash"), lambda: self.trash(chosen))
        return menu

    def _send_menu(self, menu: QMenu, chosen: Sequence[Asset]) -> None:
        kinds = {asset.kind for asset in chosen}
        takers = [panel for panel in self._panels if kinds & {role.kind for role in panel.roles}]
        send = menu.addMenu(self.tr("Send to"))
        send.setEnabled(bool(takers))
        for panel in takers:
            title = QCoreApplication.translate("Panels", panel.title)
            self._add(send, title, lambda p=panel: self.send_requested.emit(list(chosen), p.id))

    def _star_menu(self, menu: QMenu, chosen: Sequence[Asset]) -> None:
        stars = menu.addMenu(self.tr("Stars"))
        for count in range(6):
            self._add(stars, "★" * count or self.tr("None"), lambda n=count: self.star(chosen, n))

    def _add(self, menu: QMenu, text: str, do: object) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda: do())  # type: ignore[operator]
        return action


class _ReelView(QListView):
    """One row that scrolls sideways; the wheel moves along it."""

    key_pressed = Signal(QKeyEvent)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("reel.view")
        self.setAccessibleName(self.tr("Reel"))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setGridSize(QSize(CELL, CELL))
        self.setFixedHeight(CELL + 16)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        own = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in own or (Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_5 and not event.modifiers()):
            self.key_pressed.emit(event)
        else:
            super().keyPressEvent(event)


def _everything(project: Project) -> list[Asset]:
    return [*project.assets(), *project.assets(trashed=True)]


def _some(project: Project, ids: Sequence[str]) -> tuple[list[Asset], list[str]]:
    from studio.core.errors import StudioError

    found, gone = [], []
    for asset_id in ids:
        try:
            found.append(project.asset(asset_id))
        except (StudioError, KeyError):  # undone or emptied from the trash
            gone.append(asset_id)
    return found, gone
