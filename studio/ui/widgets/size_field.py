"""How large the result is: the picture's own size, a usual one, or a number."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.core.params import Setting
from studio.ui.widgets.fields import Field
from studio.ui.widgets.number import Combo, Number

_USUAL = (512, 1024, 1536, 2048, 3072, 4096, 6144, 8192)


class SizeField(Field):
    """A list of usual sizes; "Other" opens a number. 0 keeps the picture's own size."""

    def __init__(self, name: str, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(name, setting, parent)
        self.combo, self.number = Combo(self), Number(setting, self)
        self._named(self.combo)
        self._named(self.number, "number")
        self.combo.addItem(self.tr("The picture's own"), 0)
        for size in _USUAL:
            self.combo.addItem(self.tr("{size} px").format(size=size), size)
        self.combo.addItem(self.tr("Other…"), -1)
        self.combo.activated.connect(self._on_choice)
        self.number.valueChanged.connect(lambda _: self.changed.emit())
        self._lay_out()
        self.set_value(setting.default)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.combo, 1)
        row.addWidget(self.number)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._caption(self.combo))
        layout.addLayout(row)

    def value(self) -> int:
        chosen = int(self.combo.currentData())
        return round(self.number.number()) if chosen < 0 else chosen

    def set_value(self, value: Any) -> None:
        index = self.combo.findData(int(value))
        is_other = index < 0
        self.combo.setCurrentIndex(self.combo.count() - 1 if is_other else index)
        self.number.show_number(float(value or 1024))
        self.number.setVisible(is_other)

    def _on_choice(self) -> None:
        is_other = self.combo.currentData() == -1
        self.number.setVisible(is_other)
        if is_other:
            self.number.setFocus()
            self.number.selectAll()
        self.changed.emit()
