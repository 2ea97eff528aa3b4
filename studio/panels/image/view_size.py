"""How large the picture is: what the model paints best, a shape, or a size of one's own."""

from __future__ import annotations

import re
from math import sqrt
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studio.core.painting import LARGEST, Sizes
from studio.core.params import Setting
from studio.ui.widgets import words
from studio.ui.widgets.fields import Field
from studio.ui.widgets.icon_button import IconButton
from studio.ui.widgets.naming import named
from studio.ui.widgets.number import Combo, Number

SHAPES = ((1, 1), (4, 3), (3, 2), (16, 9), (3, 4), (2, 3), (9, 16))
"""Width to height, as they are offered."""
_SIZE = re.compile(r"\s*(\d{1,6})\s*(?:[x×*,]\s*(\d{1,6})\s*)?", re.IGNORECASE)
_LABEL = 84
_OWN = "own"


class SizeField(Field):
    """A list of shapes at about as many pixels as the model was taught; "My own" opens two numbers, which
    go to what the model can paint."""

    def __init__(self, name: str, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(name, setting, parent)
        self._sizes = Sizes(512, 512, 64)
        self._picture: tuple[int, int] | None = None
        self.combo = Combo(self)
        self._named(self.combo)
        self.numbers = QWidget(self)
        self.width_number, self.height_number = (self._number(side) for side in ("width", "height"))
        self.swap = named(IconButton("swap", self), f"param.{name}.swap", self.tr("Swap width and height"),
                          self.tr("Swap width and height"))
        self._lay_out()
        self._list_shapes()
        self.combo.activated.connect(lambda _: self._on_choice())
        self.width_number.editingFinished.connect(self._fit)
        self.height_number.editingFinished.connect(self._fit)
        self.swap.clicked.connect(self._swap)
        self.set_value(setting.default)

    def value(self) -> str:
        """"512x768", or "" for what the model paints best."""
        chosen = str(self.combo.currentData() or "")
        if chosen != _OWN:
            return chosen
        return f"{round(self.width_number.number())}x{round(self.height_number.number())}"

    def set_value(self, value: Any) -> None:
        pair = pair_of(str(value))
        text = f"{pair[0]}x{pair[1]}" if pair else ""
        at = self.combo.findData(text)
        self.combo.setCurrentIndex(at if at >= 0 else self.combo.count() - 1)
        self._show_numbers(pair or (self._sizes.width, self._sizes.height))

    def pixels(self) -> tuple[int, int]:
        """Width and height of what will be painted."""
        return pair_of(self.value()) or self._picture or (self._sizes.width, self._sizes.height)

    def set_picture(self, picture: tuple[int, int] | None) -> None:
        """Width and height of the picture to start from, which decides where no size is chosen."""
        if picture != self._picture:
            self._picture = picture
            self._name_best()

    def set_sizes(self, sizes: Sizes) -> None:
        """Another model: its shapes. A size of one's own goes to the nearest that it can paint."""
        if sizes == self._sizes:
            return
        kept, at = self.value(), self.combo.currentIndex()
        is_own = self.combo.currentData() == _OWN
        self._sizes = sizes
        self._list_shapes()
        pair = pair_of(kept)
        if not is_own:  # the same shape of the other model
            self.combo.setCurrentIndex(max(at, 0))
            self._show_numbers(self.pixels())
        elif pair:
            self.set_value("x".join(map(str, sizes.fit(*pair))))

    def _number(self, side: str) -> Number:
        label = self.tr("Width") if side == "width" else self.tr("Height")
        number = Number(Setting("int", 512, label, low=1, high=LARGEST, step=self._sizes.multiple), self)
        return named(number, f"param.{self.name}.{side}", label,
                     self.tr("Goes to a size that the model can paint"))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        caption = self._caption(self.combo)
        caption.setFixedWidth(_LABEL)
        top.addWidget(caption)
        top.addWidget(self.combo, 1)
        row = QHBoxLayout(self.numbers)
        row.setContentsMargins(_LABEL + 8, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.width_number, QLabel("×", self), self.height_number, self.swap):
            row.addWidget(widget)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.numbers)

    def _list_shapes(self) -> None:
        self.combo.clear()
        self.combo.addItem("", "")
        self._name_best()
        for shape in SHAPES:
            width, height = shaped(shape, self._sizes)
            text = f"{shape[0]} : {shape[1]}  ·  {words.pixels(width, height)}"
            self.combo.addItem(text, f"{width}x{height}")
        self.combo.addItem(self.tr("My own…"), _OWN)
        for number in (self.width_number, self.height_number):
            number.setSingleStep(self._sizes.multiple)

    def _name_best(self) -> None:
        best = words.pixels(self._sizes.width, self._sizes.height)
        text = self.tr("Best  ·  {size}").format(size=best)
        tip = self.tr("What the model paints best")
        if self._picture is not None:
            text, tip = self.tr("As the picture"), self.tr("The proportions of the picture to start from")
        self.combo.setItemText(0, text)
        self.combo.setItemData(0, tip, Qt.ItemDataRole.ToolTipRole)

    def _on_choice(self) -> None:
        if self.combo.currentData() == _OWN:
            self.numbers.show()
            self.width_number.setFocus()
            self.width_number.selectAll()
        else:
            self._show_numbers(self.pixels())
        self.changed.emit()

    def _show_numbers(self, pair: tuple[int, int]) -> None:
        self.width_number.show_number(pair[0])
        self.height_number.show_number(pair[1])
        self.numbers.setVisible(self.combo.currentData() == _OWN)

    def _fit(self) -> None:
        pair = (round(self.width_number.number()), round(self.height_number.number()))
        self._show_numbers(self._sizes.fit(*pair))
        self.changed.emit()

    def _swap(self) -> None:
        width, height = self.pixels()
        self.combo.setCurrentIndex(self.combo.count() - 1)
        self._show_numbers((height, width))
        self.changed.emit()


def pair_of(size: str) -> tuple[int, int] | None:
    """Width and height in ``size``, such as "512x768" or "512"; None where it says neither."""
    found = _SIZE.fullmatch(size)
    return (int(found.group(1)), int(found.group(2) or found.group(1))) if found else None


def shaped(shape: tuple[int, int], sizes: Sizes) -> tuple[int, int]:
    """A size of this ``shape`` with about as many pixels as the model was taught."""
    side = sqrt(sizes.width * sizes.height / (shape[0] * shape[1]))
    return sizes.fit(round(shape[0] * side), round(shape[1] * side))
