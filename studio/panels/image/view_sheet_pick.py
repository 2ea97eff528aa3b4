"""A sheet on the canvas: the cell under the pointer lights up, and a click takes its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio.core.sheets import cell_at
from studio.panels.image.view_sheet import told
from studio.ui.widgets import canvas_paint, paint
from studio.ui.widgets.canvas import Canvas
from studio.ui.widgets.naming import named

_STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Table:
    """Where the cells of a sheet lie, in pixels of its picture."""

    facts: Mapping[str, Any]
    width: int
    height: int

    @classmethod
    def read(cls, facts: Mapping[str, Any]) -> Table | None:
        """The table of an asset with ``facts``; None for any other picture and for unsound facts."""
        width, height = facts.get("width"), facts.get("height")
        is_sized = isinstance(width, int) and isinstance(height, int) and width > 0 and height > 0
        made = cls(facts, width, height) if is_sized else None  # type: ignore[arg-type]
        return made if made is not None and made.settings(0, 0) is not None else None

    @property
    def columns(self) -> int:
        """How many."""
        return max(1, len(self.facts["sheet"]["xs"]))

    @property
    def rows(self) -> int:
        """How many."""
        return max(1, len(self.facts["sheet"]["ys"]))

    def rect(self, column: int, row: int) -> QRectF:
        """A cell."""
        sheet = self.facts["sheet"]
        wide, high = float(sheet["cell_width"]), float(sheet["cell_height"])
        return QRectF(sheet["left"] + column * wide, sheet["top"] + row * high, wide, high)

    def settings(self, column: int, row: int) -> dict[str, Any] | None:
        """Those of a cell."""
        try:
            middle = self.rect(column, row).center()
        except (KeyError, TypeError, ValueError):
            return None
        return cell_at(self.facts, middle.x(), middle.y())

    def cell(self, share: QPointF) -> tuple[int, int] | None:
        """Column and row at a place of the picture, in shares; None beside the cells."""
        x, y = share.x() * self.width, share.y() * self.height
        if cell_at(self.facts, x, y) is None:
            return None
        first = self.rect(0, 0)
        return int((x - first.left()) // first.width()), int((y - first.top()) // first.height())


class SheetPicker(QWidget):
    """Lies over the canvas and lets every click through; with the keyboard, arrows go and Enter takes."""

    taken = Signal(object)
    """dict: the settings of a cell."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        named(self, "sheet.cells", self.tr("Sheet"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._canvas = canvas
        self._table: Table | None = None
        self._at: tuple[int, int] | None = None
        canvas.installEventFilter(self)
        canvas.clicked.connect(self._on_click)
        canvas.looked.connect(self._place)
        self.hide()

    def show_facts(self, facts: Mapping[str, Any] | None) -> None:
        """What is on the canvas now; None, or facts of another picture, put the picker away."""
        self._table = Table.read(facts) if facts is not None else None
        self._at = None
        self.setVisible(self._table is not None)
        self._place()
        self._describe()

    @property
    def is_on(self) -> bool:
        """Whether a sheet can be clicked."""
        return self._table is not None and not self._canvas.brush.is_on

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if self.is_on and isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            self._go(self._cell(self._canvas.to_share(event.position())))
        elif self.is_on and event.type() == QEvent.Type.Leave and not self.hasFocus():
            self._go(None)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = Qt.Key(event.key())
        if self._table is None:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._step(*_STEPS[key])
        elif key in _TAKE and not event.modifiers():
            self._take(self._at)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        if self._at is None:
            self._go((0, 0))
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        self._go(None)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self._table is None or self._at is None or not self.is_on:
            return
        tone, rect = paint.tones(self), self._on_canvas(self._table.rect(*self._at))
        with paint.smooth(self) as painter:
            paint.box(painter, rect.adjusted(-2, -2, 2, 2), None, tone.room, width=4, radius=3)
            paint.box(painter, rect.adjusted(-1, -1, 1, 1), None, tone.accent, width=2, radius=2)
            settings = told(self._table.settings(*self._at) or {})
            by_key = self.hasFocus() and not self._canvas.underMouse()
            how = self.tr("Enter takes it") if by_key else self.tr("click to take it")
            words = f"{settings}  ·  {how}"
            at = QPointF(min(max(rect.center().x(), 208.0), max(self.width() - 208.0, 208.0)),
                         min(rect.bottom() + 6, self.height() - 28.0))
            canvas_paint.chip(painter, at, words, tone, side=0)

    def _cell(self, share: QPointF) -> tuple[int, int] | None:
        return None if self._table is None else self._table.cell(share)

    def _go(self, at: tuple[int, int] | None) -> None:
        if at != self._at:
            self._at = at
            self._describe()
            self.update()

    def _step(self, across: int, down: int) -> None:
        assert self._table is not None  # noqa: S101 - the caller looked
        column, row = self._at or (0, 0)
        self._go((min(max(column + across, 0), self._table.columns - 1),
                  min(max(row + down, 0), self._table.rows - 1)))

    def _on_click(self, share: QPointF) -> None:
        if self.is_on:
            self._take(self._cell(share))

    def _take(self, at: tuple[int, int] | None) -> None:
        if at is not None and self._table is not None and (found := self._table.settings(*at)) is not None:
            self.taken.emit(found)

    def _on_canvas(self, rect: QRectF) -> QRectF:
        """A part of the picture, on the canvas."""
        assert self._table is not None  # noqa: S101 - callers looked
        whole = self._canvas.picture_rect()
        wide, high = whole.width() / self._table.width, whole.height() / self._table.height
        return QRectF(whole.left() + rect.left() * wide, whole.top() + rect.top() * high,
                      rect.width() * wide, rect.height() * high)

    def _place(self) -> None:
        self.setGeometry(self._canvas.rect())
        self.update()

    def _describe(self) -> None:
        if self._table is None:
            return
        if self._at is None:
            text = self.tr("{columns} columns, {rows} rows. Click a picture to take its settings.")
            self.setAccessibleDescription(text.format(columns=self._table.columns, rows=self._table.rows))
        else:
            self.setAccessibleDescription(told(self._table.settings(*self._at) or {}))
