"""The pictures of a run, side by side as they come; a click shows one large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from studio.core.jobs import JobState, Request
from studio.ui import theme
from studio.ui.panel_view import AssetLike, JobLike
from studio.ui.widgets import paint
from studio.ui.widgets.icon_button import draw_icon
from studio.ui.widgets.naming import named

_SIDE = 64
_CELL = QSize(_SIDE + 16, _SIDE + 16)
_GLYPHS = {JobState.QUEUED: "clock", JobState.RUNNING: "brush", JobState.FAILED: "warn",
           JobState.CANCELLED: "stop"}


@dataclass
class _Cell:
    """A picture of the run."""

    request: Request
    state: JobState = JobState.QUEUED
    asset: AssetLike | None = None


class Strip(QWidget):
    """Hidden where there is but one picture."""

    chosen = Signal(object)
    """The asset of a picture that a person wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: list[_Cell] = []
        self._is_quiet = False
        self.is_pinned = False
        """Whether a person looks at one of them: the next ones must not come before it."""
        self.list = named(QListWidget(self), "strip", self.tr("Pictures of this run"),
                          self.tr("Shows one of them large"))
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setFlow(QListWidget.Flow.LeftToRight)
        self.list.setWrapping(False)
        self.list.setIconSize(QSize(_SIDE, _SIDE))
        self.list.setGridSize(_CELL)
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setHorizontalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setFixedHeight(_CELL.height() + 16)
        self.list.currentRowChanged.connect(self._on_row)
        self.list.itemClicked.connect(lambda item: self._on_row(self.list.row(item)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.addWidget(self.list)
        theme.theme().changed.connect(self._draw_again)

    def begin(self, requests: Sequence[Request]) -> None:
        """A new run: places for its pictures."""
        self._cells, self.is_pinned = [_Cell(request) for request in requests], False
        self._is_quiet = True
        self.list.clear()
        for place in range(len(self._cells)):
            self.list.addItem(QListWidgetItem())
            self._describe(place)
        self._is_quiet = False
        self.setVisible(len(self._cells) > 1)

    def clear(self) -> None:
        """Another project."""
        self.begin([])

    def follow(self, job: JobLike) -> None:
        """How one of them stands."""
        if (place := self._place(job.request)) is None:
            return
        cell = self._cells[place]
        if cell.state is not job.state:
            cell.state, cell.asset = job.state, job.assets[0] if job.assets else cell.asset
            self._describe(place)
            if job.state is JobState.RUNNING:
                self._go_to(place)

    def place_of(self, request: Request) -> tuple[int, int] | None:
        """Which one it is, from 1, and of how many; None where it is none of them."""
        place = self._place(request)
        return None if place is None else (place + 1, len(self._cells))

    def show_preview(self, request: Request, image: QImage) -> None:
        """How it looks so far."""
        if (place := self._place(request)) is not None:
            self._put(place, image)

    def show_result(self, asset: AssetLike, image: QImage) -> bool:
        """Its picture; whether it is one of them."""
        made = [cell.asset.id if cell.asset is not None else "" for cell in self._cells]
        if asset.id not in made:
            return False
        place = made.index(asset.id)
        self._put(place, image)
        if all(cell.state is not JobState.RUNNING for cell in self._cells):  # else the next is there already
            self._go_to(place)
        return True

    def results(self) -> list[AssetLike]:
        """Those that are done."""
        return [cell.asset for cell in self._cells if cell.asset is not None]

    def stop(self) -> None:
        """What has not begun will not come."""
        for place, cell in enumerate(self._cells):
            if not cell.state.is_final:
                cell.state = JobState.CANCELLED
                self._describe(place)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone = paint.tones(self)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), tone.surface)
            painter.fillRect(0, 0, self.width(), 1, tone.border)

    def _place(self, request: Request) -> int | None:
        return next((at for at, cell in enumerate(self._cells) if cell.request == request), None)

    def _on_row(self, place: int) -> None:
        if self._is_quiet or not 0 <= place < len(self._cells):
            return
        self.is_pinned = True
        if (asset := self._cells[place].asset) is not None:
            self.chosen.emit(asset)

    def _go_to(self, place: int) -> None:
        """Follow the run, unless a person looks at another one."""
        if not self.is_pinned:
            self._is_quiet = True
            self.list.setCurrentRow(place)
            self._is_quiet = False

    def _put(self, place: int, image: QImage) -> None:
        small = image.scaled(2 * _SIDE, 2 * _SIDE, Qt.AspectRatioMode.KeepAspectRatio,
                             Qt.TransformationMode.SmoothTransformation)
        self.list.item(place).setIcon(_plain(QPixmap.fromImage(small)))

    def _describe(self, place: int) -> None:
        cell, item = self._cells[place], self.list.item(place)
        words = self.tr("Picture {at} of {count}, seed {seed}: {state}").format(
            at=place + 1, count=len(self._cells), seed=cell.request.seed, state=self._state(cell))
        item.setToolTip(words)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        if cell.asset is None and cell.state in _GLYPHS and (item.icon().isNull() or cell.state.is_final):
            item.setIcon(_glyph(_GLYPHS[cell.state]))

    def _state(self, cell: _Cell) -> str:
        if cell.asset is not None and cell.asset.facts.get("unfinished"):
            return self.tr("unfinished")
        return {JobState.QUEUED: self.tr("waiting"), JobState.RUNNING: self.tr("being painted"),
                JobState.DONE: self.tr("done"), JobState.FAILED: self.tr("failed"),
                JobState.CANCELLED: self.tr("stopped")}[cell.state]

    def _draw_again(self) -> None:
        for place, cell in enumerate(self._cells):
            if cell.asset is None and cell.state in _GLYPHS:
                self.list.item(place).setIcon(_glyph(_GLYPHS[cell.state]))


def _glyph(name: str) -> QIcon:
    """A quiet plate with a sign on it."""
    tokens = theme.current()
    pixmap = QPixmap(2 * _SIDE, 2 * _SIDE)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = pixmap.rect().toRectF()
        paint.box(painter, rect, QColor(tokens.raised), QColor(tokens.border), width=2.0)
        draw_icon(painter, name, rect, QColor(tokens.muted), 56)
    return _plain(pixmap)


def _plain(pixmap: QPixmap) -> QIcon:
    """Not tinted where it is chosen: the frame says so."""
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon
