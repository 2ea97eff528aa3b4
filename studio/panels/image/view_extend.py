"""Painting on beyond the edges of a picture: how far, as numbers, and a button that shows the handles."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.core.params import Setting
from studio.ui import icons
from studio.ui.widgets import words
from studio.ui.widgets.naming import named
from studio.ui.widgets.number import Number

Edges = tuple[int, int, int, int]
"""Pixels of the picture to the left, above, to the right and below."""
NONE: Edges = (0, 0, 0, 0)
MOST, STEP = 2048, 8
SIDES = ("left", "top", "right", "bottom")


class ExtendBox(QWidget):
    """Four numbers and a button; holds how far the picture goes on. Asleep while there is no picture."""

    changed = Signal()
    """A person changed how far."""
    shown = Signal(bool)
    """The handles are wanted, or no longer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("extend")
        self._picture = QSize()
        self.button = named(QPushButton(self.tr("Paint beyond the edges…"), self), "extend.toggle",
                            self.tr("Paint beyond the edges"),
                            self.tr("Drag the edges outwards: what lies beyond is painted anew"))
        self.button.setCheckable(True)
        icons.wear(self.button, "crop")
        self._rows = QWidget(self)
        grid = QGridLayout(self._rows)
        self.numbers = self._make_numbers(grid)
        self.result = QLabel(self._rows)
        self.result.setProperty("role", "muted")
        self._lay_out(grid)
        self.button.toggled.connect(self._on_toggled)
        self.set_picture(None)

    @property
    def edges(self) -> Edges:
        """How far; nothing while there is no picture."""
        return NONE if self._picture.isEmpty() else self.kept

    @property
    def kept(self) -> Edges:
        """How far, also while there is no picture."""
        left, top, right, bottom = (round(number.value()) for number in self.numbers)
        return left, top, right, bottom

    def value(self) -> str:
        """The setting "extend"."""
        return "" if self.edges == NONE else ",".join(map(str, self.edges))

    def set_value(self, text: str) -> None:
        """Show a setting "extend"; one that makes no sense is none."""
        self.set_edges(read(text))

    def set_edges(self, edges: Edges) -> None:
        """Show how far, without saying so."""
        for number, pixels in zip(self.numbers, edges, strict=True):
            number.show_number(float(pixels))
        self._show()

    def drag(self, edges: Edges) -> None:
        """A person pulled at the edges."""
        if edges != self.edges:
            self.set_edges(edges)
            self.changed.emit()

    def set_picture(self, size: QSize | None) -> None:
        """The picture that is extended, in pixels."""
        self._picture = QSize(size or QSize())
        has_picture = not self._picture.isEmpty()
        self.button.setEnabled(has_picture)
        if not has_picture:
            self.button.setChecked(False)
        self._show()

    @property
    def picture(self) -> QSize:
        """In pixels; empty for none."""
        return QSize(self._picture)

    def full_size(self) -> QSize:
        """Of the result."""
        left, top, right, bottom = self.edges
        return QSize(self._picture.width() + left + right, self._picture.height() + top + bottom)

    def _make_numbers(self, grid: QGridLayout) -> tuple[Number, ...]:
        labels = self.tr("Left"), self.tr("Top"), self.tr("Right"), self.tr("Bottom")
        asked = Setting("int", 0, "", low=0, high=MOST, step=STEP, unit="px")
        made = []
        for place, (side, label) in enumerate(zip(SIDES, labels, strict=True)):
            number = named(Number(asked, self._rows), f"extend.{side}", label,
                           self.tr("Pixels to paint beyond this edge"))
            caption = QLabel(label, self._rows)
            caption.setBuddy(number)
            grid.addWidget(caption, place // 2, place % 2 * 2)
            grid.addWidget(number, place // 2, place % 2 * 2 + 1)
            number.valueChanged.connect(self._on_number)
            made.append(number)
        return tuple(made)

    def _lay_out(self, grid: QGridLayout) -> None:
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(self.result, 2, 0, 1, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.button)
        layout.addWidget(self._rows)

    def _on_number(self) -> None:
        self._show()
        self.changed.emit()

    def _on_toggled(self, is_on: bool) -> None:
        self._show()
        self.shown.emit(is_on)

    def _show(self) -> None:
        self._rows.setVisible(not self._picture.isEmpty()
                              and (self.button.isChecked() or self.edges != NONE))
        size = words.pixels(self.full_size().width(), self.full_size().height())
        self.result.setText(self.tr("{size} afterwards").format(size=size))


def read(text: str) -> Edges:
    """A setting "extend" as numbers; what makes no sense is none."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != len(SIDES) or not all(part.isdecimal() and len(part) < 6 for part in parts):
        return NONE
    left, top, right, bottom = (min(int(part), MOST) for part in parts)
    return left, top, right, bottom
