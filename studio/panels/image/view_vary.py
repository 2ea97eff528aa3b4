"""Variations of a picture: a few near it, or a few far from it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.core.jobs import Request
from studio.panels.image.params import TASK
from studio.ui.widgets.naming import named

NEAR, FAR, COUNT = 0.15, 0.5, 4
_NUDGES = (-0.1, -0.05, 0.05, 0.1)
"""Near a variation are those a little less and a little more of it."""
_SEEDS = 2**32


class VaryButtons(QWidget):
    """Near and far; asleep while no picture of this panel is shown."""

    wanted = Signal(bool)
    """Variations of the picture shown; True: far ones."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        caption = QLabel(self.tr("Four more of the picture shown"), self)
        self.near = named(QPushButton(self.tr("Near it"), self), "vary.near", self.tr("Vary near"),
                          self.tr("Four pictures that differ a little from the one shown"))
        self.far = named(QPushButton(self.tr("Far from it"), self), "vary.far", self.tr("Vary far"),
                         self.tr("Four pictures that share only something with the one shown"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.near, 1)
        row.addWidget(self.far, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(caption)
        layout.addLayout(row)
        self.near.clicked.connect(lambda: self.wanted.emit(False))
        self.far.clicked.connect(lambda: self.wanted.emit(True))


def can_vary(request: Request | None) -> bool:
    """Whether there are variations of what ``request`` made: one picture of this panel."""
    return request is not None and request.task == TASK and not (
        request.params.get("sheet_x") or request.params.get("sheet_y"))


def variations(request: Request, *, is_far: bool,
               draw: Callable[[int], int] = secrets.randbelow) -> list[Request]:
    """`COUNT` requests for pictures like that of ``request``; ``draw(n)`` gives seeds below n."""
    now = float(request.params.get("variation", 0.0))
    if now and not is_far:
        return [_varied(request, abs(1 - abs(1 - abs(now + by))), request.params["variation_seed"])
                for by in _NUDGES]
    return [_varied(request, FAR if is_far else NEAR, draw(_SEEDS)) for _ in range(COUNT)]


def _varied(request: Request, variation: float, seed: int) -> Request:
    params = {**request.params, "variation": round(variation, 4), "variation_seed": seed, "count": 1}
    return replace(request, params=params)
