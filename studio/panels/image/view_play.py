"""The playground: towards another seed or another prompt, and about in the room around a seed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from studio.core.sheets import Axis
from studio.panels.image.params import ImageParams
from studio.panels.image.view_pad import Pad
from studio.panels.image.view_sheet import GRID
from studio.ui import icons, theme
from studio.ui.widgets.fields import NumberField
from studio.ui.widgets.naming import named
from studio.ui.widgets.seed import HIGHEST, SeedField

LOOK: Mapping[str, Any] = {"size": "64x64", "steps": 6, "extend": ""}
"""Settings of a picture that is only looked at while one plays: small and quick."""
GRID_LOOK: Mapping[str, Any] = {"size": "128x128", "steps": 8}
"""Settings of the pictures of a grid: 64 of them must not take minutes."""


class OtherSeed(SeedField):
    """The seed to go towards. It is never rolled by itself, so it has no lock."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lock.hide()
        named(self.edit, "play.seed", self.tr("Other seed"), self.tr("The seed to go towards"))
        named(self.dice, "play.dice", self.tr("New other seed"), self.tr("Roll another seed to go towards"))
        caption = self.findChild(QLabel)
        if caption is not None:
            caption.setText(self.tr("Other seed"))


class PlayBox(QWidget):
    """What can be done depends on the model: only the kind in the box goes between prompts and wanders."""

    changed = Signal()
    """A person moved something."""
    grid_wanted = Signal(str, str)
    """The settings "sheet_x" and "sheet_y" of a grid around the seed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("play")
        known = ImageParams.settings()
        self.variation = NumberField("variation", known["variation"], self)
        self.seed = OtherSeed(self)
        self.room = QWidget(self)
        self.prompt = named(QLineEdit(self.room), "play.prompt", self.tr("Other prompt"),
                            self.tr("What to go towards; empty is the prompt itself"))
        self.prompt.setPlaceholderText(self.tr("Other prompt, such as a green pear"))
        self.toward = NumberField("toward", known["toward"], self.room)
        self.pad = Pad(self.room)
        self.place = QLabel(self.room)
        self.place.setProperty("role", "muted")
        self.place.setFont(theme.number_font(12))
        self.grid = named(QPushButton(self.tr("8 × 8 around here"), self.room), "play.grid",
                          self.tr("A grid of 8 by 8 pictures around here"),
                          self.tr("A sheet of the room around this seed; click a picture there to take it"))
        icons.wear(self.grid, "pictures")
        self.grid_time = QLabel(self.room)
        self.grid_time.setProperty("role", "muted")
        self._lay_out()
        self._connect()
        self.set_values({})

    def values(self) -> dict[str, Any]:
        """The settings of the playground."""
        return {"variation": self.variation.value(), "variation_seed": self.seed.seed(),
                "other_prompt": self.prompt.text().strip(), "toward": self.toward.value(),
                "aside": self.pad.aside, "along": self.pad.along}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show ``values``; what is missing is as in an empty panel."""
        known = ImageParams.settings()
        asked = {name: values.get(name, known[name].default) for name in self.values()}
        self.variation.set_value(asked["variation"])
        self.seed.set_seed(int(asked["variation_seed"]))
        self.prompt.setText(str(asked["other_prompt"]))
        self.toward.set_value(asked["toward"])
        self.pad.set_point(float(asked["aside"]), float(asked["along"]))
        self._show()

    def set_room(self, has_room: bool) -> None:
        """Whether the model goes between prompts, and wanders."""
        self.room.setVisible(has_room)

    @property
    def has_room(self) -> bool:
        """Whether it does."""
        return not self.room.isHidden()

    def show_grid_time(self, text: str) -> None:
        """How many pictures the grid has, and how long they take."""
        self.grid_time.setText(text)

    def grid_axes(self) -> tuple[str, str]:
        """The grid, as settings of a sheet."""
        return Axis("aside", GRID).format(), Axis("along", GRID).format()

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self.room)
        inner.setContentsMargins(0, 8, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.prompt)
        inner.addWidget(self.toward)
        row = QHBoxLayout()
        caption = QLabel(self.tr("Around here"), self.room)
        caption.setBuddy(self.pad)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(caption)
        words.addWidget(self.place)
        words.addStretch(1)
        row.addLayout(words, 1)
        row.addWidget(self.pad)
        inner.addLayout(row)
        inner.addWidget(self.grid)
        inner.addWidget(self.grid_time)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.variation, self.seed, self.room):
            layout.addWidget(widget)

    def _connect(self) -> None:
        self.variation.changed.connect(self._on_variation)
        self.prompt.textEdited.connect(lambda _: self._on_change())
        for part in (self.seed, self.toward, self.pad):
            part.changed.connect(self._on_change)
        self.grid.clicked.connect(lambda: self.grid_wanted.emit(*self.grid_axes()))

    def _on_variation(self) -> None:
        """A first step towards another seed: one is needed."""
        if self.variation.value() and not self.seed.seed():
            self.seed.set_seed(1 + secrets.randbelow(HIGHEST))
        self._on_change()

    def _on_change(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.toward.setEnabled(bool(self.prompt.text().strip()))
        place = self.tr("{aside} aside\n{along} along")
        aside, along = (f"{way:+.2f}".replace("-", "−") for way in (self.pad.aside, self.pad.along))
        self.place.setText(place.format(aside=aside, along=along))
