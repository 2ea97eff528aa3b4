"""All shortcuts on one page, taken from the actions themselves."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from studio.ui.actions import keys, title
from studio.ui.page import Card, Page, label


class ShortcutsPage(Page):
    """Two columns: what it does, which keys."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget | None = None) -> None:
        super().__init__("shortcuts", parent)
        self.begin(self.tr("Shortcuts"), self.tr("Everything can also be found with Ctrl+K."))
        self._section(self.tr("In the window"), [(title(a), keys(a)) for a in actions if a.shortcuts()])
        self._section(self.tr("On a picture"), self._on_a_picture())
        self._section(self.tr("On the piano roll"), self._on_the_roll())
        self._section(self.tr("In the reel"), self._in_the_reel())
        self.finish()

    def _on_a_picture(self) -> list[tuple[str, str]]:
        return [(self.tr("Zoom at the pointer"), self.tr("Ctrl+wheel")),
                (self.tr("Move the picture"), self.tr("Space and drag")),
                (self.tr("Fit"), "0"), (self.tr("Actual size"), "1")]

    def _on_the_roll(self) -> list[tuple[str, str]]:
        return [(self.tr("Play or pause"), self.tr("Space")),
                (self.tr("Choose, draw, erase"), "V, B, E"),
                (self.tr("From note to note"), self.tr("Ctrl+left, Ctrl+right")),
                (self.tr("Move the chosen notes"), self.tr("Arrow keys; with Shift an octave")),
                (self.tr("Shorter, longer"), self.tr("Shift+left, Shift+right")),
                (self.tr("Softer, louder"), self.tr("Ctrl+down, Ctrl+up")),
                (self.tr("To the grid, lock, loop, chord"), "Q, K, L, C"),
                (self.tr("A note at the playhead"), self.tr("Enter")),
                (self.tr("The track before, the next one"), "[, ]"),
                (self.tr("Narrower, wider, all, usual size"), "-, +, 0, 1")]

    def _in_the_reel(self) -> list[tuple[str, str]]:
        return [(self.tr("Give stars"), self.tr("0 to 5")), (self.tr("Show large"), self.tr("Enter")),
                (self.tr("Move to trash"), self.tr("Delete"))]

    def _section(self, heading: str, rows: list[tuple[str, str]]) -> None:
        self.column.addWidget(label(heading, "title"))
        card, grid = Card(), QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for row, (what, which) in enumerate(rows):
            grid.addWidget(QLabel(what), row, 0)
            grid.addWidget(QLabel(which), row, 1)
        card.column.addLayout(grid)
        self.column.addWidget(card)
