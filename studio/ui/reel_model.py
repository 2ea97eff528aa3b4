"""The reel's list: everything in the project, newest first, filtered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from studio.ui.widgets import words

if TYPE_CHECKING:
    from studio.project.store import Asset
    from studio.ui.thumbnails import Thumbnails

ASSET_MIME = "application/x-atelier-asset"
"""Ids of dragged assets, one a line, in UTF-8."""
ASSET_ROLE = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Filter:
    """What the reel shows."""

    origin: str = ""
    """"made", "imported", or both when empty."""
    starred: bool = False
    trashed: bool = False
    words: str = ""

    def takes(self, asset: Asset) -> bool:
        """Whether ``asset`` is shown."""
        return (asset.is_trashed == self.trashed and (not self.origin or asset.origin == self.origin)
                and (not self.starred or asset.stars > 0)
                and all(word in asset.name.casefold() for word in self.words.casefold().split()))


class ReelModel(QAbstractListModel):
    """Assets newest first; changed ones are merged without resetting the view's scroll."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: dict[str, Asset] = {}
        self._shown: list[Asset] = []
        self._rows: dict[str, int] = {}
        self._filter = Filter()
        self._thumbnails = thumbnails
        self._files: Callable[[Sequence[str]], QMimeData] = lambda _: QMimeData()
        thumbnails.ready.connect(self._on_ready)

    def set_drag_source(self, make: Callable[[Sequence[str]], QMimeData]) -> None:
        """``make`` gives the files and pictures that a drag to the desktop carries."""
        self._files = make

    def reset(self, assets: Iterable[Asset]) -> None:
        """Show another document."""
        self._all = {asset.id: asset for asset in assets}
        self._refilter()

    def merge(self, changed: Iterable[Asset], gone: Iterable[str] = ()) -> None:
        """Take in assets that are new or changed, and forget those ``gone``."""
        for asset in changed:
            self._merge_one(asset)
        for asset_id in gone:
            self._all.pop(asset_id, None)
            self._remove(asset_id)

    def set_filter(self, wanted: Filter) -> None:
        """Show only what ``wanted`` takes."""
        self._filter = wanted
        self._refilter()

    def asset(self, asset_id: str) -> Asset | None:
        """An asset of the project by its id, shown or not."""
        return self._all.get(asset_id)

    def asset_at(self, index: Index) -> Asset:
        """The asset in a row."""
        return self._shown[index.row()]

    def index_of(self, asset_id: str) -> QModelIndex:
        """The row that shows ``asset_id``; invalid if it is filtered out."""
        row = self._rows.get(asset_id, -1)
        return self.index(row) if row >= 0 else QModelIndex()

    def count(self) -> int:
        """How many assets the project has, the trash left out."""
        return sum(not asset.is_trashed for asset in self._all.values())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own default
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        asset = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return asset.name
            case Qt.ItemDataRole.ToolTipRole:
                return self._told(asset)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(asset)
            case Qt.ItemDataRole.DecorationRole:
                return self._thumbnails.get(asset.id)
        return asset if role == ASSET_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:  # noqa: N802
        return [ASSET_MIME, "text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        ids = [self.asset_at(index).id for index in indexes]
        mime = self._files(ids)
        mime.setData(ASSET_MIME, "\n".join(ids).encode())
        return mime

    def _spoken(self, asset: Asset) -> str:
        stars = self.tr("{count} stars").format(count=asset.stars) if asset.stars else ""
        return ", ".join(filter(None, (asset.name, stars)))

    def _told(self, asset: Asset) -> str:
        """Its name; of a text also how long it is, and how it begins; of music how long it plays."""
        if asset.kind in ("score", "audio"):
            return "\n".join((asset.name, *filter(None, [self._heard(asset)])))
        if asset.kind != "text" or "words" not in asset.facts:
            return asset.name
        length = self.tr("{count} words").format(count=QLocale().toString(int(asset.facts["words"])))
        opening = str(asset.facts.get("opening", ""))
        # as rich text, so that a long line is wrapped
        lines = (f"<b>{escape(asset.name)}</b>", length, escape(opening))
        return f"<p>{'<br>'.join(filter(None, lines))}</p>"

    def _heard(self, asset: Asset) -> str:
        """Its bars, length, key and metre, as far as they are known."""
        facts = asset.facts
        number = QLocale().toString(int(facts.get("bars") or 0))
        said = (self.tr("{count} bars").format(count=number) if facts.get("bars") else "",
                words.length(float(facts["seconds"])) if facts.get("seconds") else "",
                str(facts.get("key") or ""), str(facts.get("metre") or ""))
        return " · ".join(filter(None, said))

    def _merge_one(self, asset: Asset) -> None:
        self._all[asset.id] = asset
        row, shown = self._rows.get(asset.id), self._filter.takes(asset)
        if row is not None and shown:
            self._shown[row] = asset
            self.dataChanged.emit(self.index(row), self.index(row))
        elif row is not None:
            self._remove(asset.id)
        elif shown:
            self._insert(asset)

    def _insert(self, asset: Asset) -> None:
        later = (n for n, other in enumerate(self._shown) if _order(other) <= _order(asset))
        row = next(later, len(self._shown))
        self.beginInsertRows(QModelIndex(), row, row)
        self._shown.insert(row, asset)
        self._number()
        self.endInsertRows()

    def _remove(self, asset_id: str) -> None:
        row = self._rows.get(asset_id)
        if row is None:
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._shown[row]
        self._number()
        self.endRemoveRows()

    def _refilter(self) -> None:
        self.beginResetModel()
        self._shown = sorted(filter(self._filter.takes, self._all.values()), key=_order, reverse=True)
        self._number()
        self.endResetModel()

    def _number(self) -> None:
        self._rows = {asset.id: row for row, asset in enumerate(self._shown)}

    def _on_ready(self, asset_id: str) -> None:
        if (row := self._rows.get(asset_id)) is not None:
            self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])


def _order(asset: Asset) -> tuple[str, str]:
    return asset.created, asset.id
