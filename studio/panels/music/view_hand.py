"""The hand on the roll: which tool it holds, and the grid it keeps to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from studio.core.score import TICKS
from studio.panels.music import grid

TOOLS = ("select", "draw", "erase")


class Hand(QObject):
    """What the next note drawn is like follows the last one that was touched."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tool = "select"
        self.snap = grid.USUAL
        self.strength = 1.0
        """How far quantising goes, 0 to 1."""
        self.length = TICKS // 2
        self.velocity = 90

    @property
    def ticks(self) -> int:
        """Of the grid; 0 where there is none."""
        return dict(grid.SNAPS)[self.snap]

    @property
    def step(self) -> int:
        """What an arrow key moves by."""
        return self.ticks or grid.FINEST

    def take(self, tool: str) -> None:
        """Another tool."""
        if tool in TOOLS and tool != self.tool:
            self.tool = tool
            self.changed.emit()

    def set_snap(self, name: str) -> None:
        """Another grid."""
        if name in dict(grid.SNAPS) and name != self.snap:
            self.snap = name
            self.changed.emit()

    def set_strength(self, strength: float) -> None:
        """How far quantising goes."""
        self.strength = min(max(strength, 0.0), 1.0)
        self.changed.emit()
