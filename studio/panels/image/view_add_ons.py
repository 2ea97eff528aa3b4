"""Add-ons (LoRAs) that a model takes along, and how much each counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from math import isfinite

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from studio.core.params import Setting
from studio.panels.image import view_fits
from studio.ui import icons
from studio.ui.widgets.fields import ModelChoice
from studio.ui.widgets.icon_button import IconButton
from studio.ui.widgets.naming import named
from studio.ui.widgets.number import Number

LEAST, MOST = -4.0, 4.0
_WEIGHT = Setting("float", 1.0, "Weight", low=LEAST, high=MOST, step=0.05)
AddOns = list[tuple[str, float]]


class AddOnsField(QWidget):
    """A line for each; the button adds one of those a person brought."""

    changed = Signal()

    def __init__(self, models: Callable[[], Sequence[ModelChoice]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models, self._family = models, ""
        self._chosen: AddOns = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        text = self.tr("Add-on…")
        self.add = named(QPushButton(text, self), "param.add_ons", self.tr("Add an add-on"),
                         self.tr("LoRAs that you brought; each changes what the model paints"))
        icons.wear(self.add, "plus")
        self.add.clicked.connect(self._show_list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._rows)
        layout.addWidget(self.add)

    def value(self) -> str:
        """As requests say it."""
        return ", ".join(f"{name}:{weight:g}" for name, weight in self._chosen)

    def set_value(self, text: str) -> None:
        """Show those of ``text``."""
        if (found := parsed(text)) != self._chosen:
            self._chosen = found
            self._show_rows()

    def set_family(self, family: str) -> None:
        """Offer those for models of ``family``; "" offers all."""
        self._family = family

    def has_any(self) -> bool:
        """Whether there is one to add, or one is chosen."""
        return bool(self._chosen or view_fits.of_engine(self._models(), (view_fits.ADD_ON,)))

    def menu(self) -> QMenu:
        """Those there are; those for models of another family cannot be chosen."""
        menu = QMenu(self)
        for model in view_fits.of_engine(self._models(), (view_fits.ADD_ON,)):
            family = view_fits.family_of(model)
            action = QAction(model.title.replace("&", "&&"), menu)
            action.setEnabled(not family or not self._family or family == self._family)
            action.triggered.connect(lambda _=False, name=model.id: self._add(name))
            menu.addAction(action)
        if menu.isEmpty():
            menu.addAction(self.tr("None here yet: drop a LoRA on the window")).setEnabled(False)
        return menu

    def _show_list(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.add.mapToGlobal(QPoint(0, self.add.height())))

    def _add(self, name: str) -> None:
        if name not in [known for known, _ in self._chosen]:
            self._chosen.append((name, 1.0))
            self._show_rows()
            self.changed.emit()

    def _show_rows(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        titles = {model.id: model.title for model in self._models()}
        for place, (name, weight) in enumerate(self._chosen):
            self._rows.addWidget(self._row(place, titles.get(name, name), weight))

    def _row(self, place: int, title: str, weight: float) -> QWidget:
        row = QWidget(self)
        number = named(Number(_WEIGHT, row), f"add_on{place + 1}.weight", title,
                       self.tr("How much it counts; below 0 the other way"))
        number.show_number(weight)
        number.valueChanged.connect(lambda _: self._on_weight(place, number.number()))
        remove = named(IconButton("minus", row), f"add_on{place + 1}.remove",
                       self.tr("Leave {name} out").format(name=title), self.tr("Leave it out"))
        remove.clicked.connect(lambda: self._remove(place))
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        label = QLabel(title, row)
        label.setBuddy(number)
        label.setToolTip(title)
        label.setMinimumWidth(0)
        layout.addWidget(label, 1)
        layout.addWidget(number)
        layout.addWidget(remove)
        return row

    def _on_weight(self, place: int, weight: float) -> None:
        self._chosen[place] = (self._chosen[place][0], weight)
        self.changed.emit()

    def _remove(self, place: int) -> None:
        del self._chosen[place]
        self._show_rows()
        self.changed.emit()


def parsed(text: str) -> AddOns:
    """Names with their weights in ``text``; a missing or damaged weight is 1."""
    found: dict[str, float] = {}
    for part in text.split(","):
        name, colon, weight = part.strip().rpartition(":")
        name, number = (name.strip(), 1.0) if colon else (weight.strip(), 1.0)
        with suppress(ValueError):
            number = float(weight) if colon else 1.0
        if name:
            found[name] = min(MOST, max(LEAST, number)) if isfinite(number) else 1.0
    return list(found.items())
