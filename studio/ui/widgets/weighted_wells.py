"""Up to four pictures side by side, each with its fader."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from studio.ui.widgets.fader import Fader
from studio.ui.widgets.picture_ref import PictureRef
from studio.ui.widgets.well import Well

LoadImage = Callable[[PictureRef, Callable[[QImage], None]], None]


class WeightedWells(QWidget):
    """Filled wells, then an empty one while there is room. The faders show from the second picture on."""

    changed = Signal()
    dropped = Signal(object, int)
    """Dropped, and the place it was dropped on; a place beyond the last adds."""
    browse_requested = Signal(int)
    hovered = Signal(object)

    def __init__(self, name: str, texts: tuple[str, str, str], high: int, load: LoadImage,
                 parent: QWidget | None = None) -> None:
        """``texts``: the invitation of the first well, of further ones, and what a drop does."""
        super().__init__(parent)
        self._name, self._texts, self._high, self._load = name, texts, high, load
        self._refs: list[tuple[PictureRef, float]] = []
        self.cells: list[_Cell] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)
        for place in range(high):
            self._add_cell(place)
        self._show()

    def pictures(self) -> list[tuple[PictureRef, float]]:
        """What is in them, with weights 0 to 1."""
        return list(self._refs)

    def set_pictures(self, pictures: Sequence[tuple[PictureRef, float]]) -> None:
        """Hold ``pictures``; those beyond the last well are left out."""
        self._refs = list(pictures[: self._high])
        self._show()

    def put(self, refs: Sequence[PictureRef], place: int) -> int:
        """Put ``refs`` into the wells from ``place`` on; returns how many there was no room for."""
        taken = 0
        for ref in refs:
            if place < len(self._refs):
                self._refs[place] = (ref, self._refs[place][1])
            elif len(self._refs) < self._high:
                self._refs.append((ref, 1.0))
            else:
                break
            place, taken = min(place, len(self._refs) - 1) + 1, taken + 1
        self._show()
        self.changed.emit()
        return len(refs) - taken

    def remove(self, place: int) -> None:
        """Take one out."""
        del self._refs[place]
        self._show()
        self.changed.emit()

    def _add_cell(self, place: int) -> None:
        cell = _Cell(f"{self._name}{place + 1}", self._texts, self)
        cell.well.dropped.connect(lambda dropped: self.dropped.emit(dropped, place))
        cell.well.browse_requested.connect(lambda: self.browse_requested.emit(place))
        cell.well.clear_requested.connect(lambda: self.remove(place))
        cell.well.hovered.connect(self.hovered)
        cell.fader.changed.connect(lambda weight: self._on_weight(place, weight))
        self.cells.append(cell)

    def _on_weight(self, place: int, weight: float) -> None:
        self._refs[place] = (self._refs[place][0], weight)
        self.changed.emit()

    def _show(self) -> None:
        count = len(self._refs)
        for place, cell in enumerate(self.cells):
            is_free = place == count
            cell.setVisible(place <= count)
            cell.fader.setVisible(count > 1 and place < count)
            cell.well.invitation = self._texts[0 if count == 0 else 1]
            cell.well.is_low = is_free and place > 0 and place % 2 == 0
            cell.well.updateGeometry()
            self._grid.removeWidget(cell)
            across = 2 if is_free and place % 2 == 0 else 1
            self._grid.addWidget(cell, place // 2, place % 2, 1, across, Qt.AlignmentFlag.AlignTop)
            self._fill(cell, place)

    def _fill(self, cell: _Cell, place: int) -> None:
        if place >= len(self._refs):
            cell.well.show_picture(None)
            return
        ref, weight = self._refs[place]
        is_new = cell.well.ref is None or cell.well.ref.sha256 != ref.sha256
        cell.well.show_picture(ref)
        cell.fader.set_weight(weight)
        cell.fader.slider.setAccessibleName(self.tr("Share of {name}").format(name=ref.name))
        if is_new:
            self._load(ref, cell.well.show_image)


class _Cell(QWidget):
    """A well and its fader."""

    def __init__(self, name: str, texts: tuple[str, str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.well = Well(name, texts[0], texts[2], glyph="palette", is_tile=True, parent=self)
        self.fader = Fader(name, texts[2], self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.well)
        layout.addWidget(self.fader)
