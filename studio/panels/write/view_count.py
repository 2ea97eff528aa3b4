"""Keeps the count of what fits in the model's context, off the UI thread."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from studio.core.errors import StudioError
from studio.core.pieces import units
from studio.engines.write.room import MOST_CONTEXT
from studio.panels.write import trace
from studio.panels.write.context import USUAL, Counter, Fit, Learned, fit
from studio.panels.write.prompt import Sheet
from studio.ui.widgets.background import in_background

_SOON_MS = 350


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be counted."""

    sheet: Sheet
    model: str
    context: int
    length: int
    cut: int
    """Where in the page, in UTF-16 units, the text of ``sheet`` begins."""


class Counting(QObject):
    """Asks for what there is a little after the last change, and tells what of it fits."""

    counted = Signal(object, int)
    """Fit, and where on the page the model begins to see; 0 where it sees all of it."""

    def __init__(self, ask: Callable[[], Asked], parent: QObject) -> None:
        super().__init__(parent)
        self._ask, self._last = ask, Asked(Sheet(""), "", 0, 0, -1)
        self.learned = Learned()
        self.is_resting = False
        """While the model writes: it has read what it sees, and reading along would hold it up."""
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.count_now)

    def count_soon(self) -> None:
        """Something changed: count once nothing does for a moment."""
        if not self.is_resting:
            self._soon.start()

    def learn(self, model: str, facts: Mapping[str, Any]) -> None:
        """From a result of ``model``; the file is small, but disks can be slow."""
        in_background(self, partial(self._learned, model, dict(facts)), lambda _: self.count_soon())

    def _learned(self, model: str, facts: Mapping[str, Any]) -> None:
        with contextlib.suppress(OSError, StudioError, ValueError):  # a lost measurement is no news
            written = "".join(token.text for token in trace.unpack(str(facts.get("trace", ""))))
            self.learned.learn(model, written, facts)

    def count_now(self) -> None:
        """Count what there is."""
        self._last = asked = self._ask()
        scale = self.learned.scale(asked.model)
        in_background(self, partial(_counted, asked, scale), partial(self._on_counted, asked))

    def _on_counted(self, asked: Asked, found: tuple[Fit, int]) -> None:
        if asked is self._last:
            self.counted.emit(*found)


def context_of(facts: object) -> int:
    """Tokens that a model of these facts will see at once here, as far as they tell."""
    found = facts.get("context") if isinstance(facts, dict) else None
    return min(found, MOST_CONTEXT) if isinstance(found, int) and found > 0 else USUAL


def _counted(asked: Asked, scale: float) -> tuple[Fit, int]:
    found = fit(asked.sheet, Counter(asked.context, scale), asked.length)
    start = asked.cut + units(asked.sheet.text[:found.start])
    return replace(found, start=start), start
