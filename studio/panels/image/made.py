"""A painted picture, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from studio.core.jobs import JobContext
from studio.media.values import Pixels

_LONGEST = 200


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """One picture."""

    pixels: Pixels
    """(height, width, 3 or 4)."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What it was made with; see `studio.panels.image.result`."""


class Watch:
    """Tells how a painting gets on, shows it, and hears whether the person has had enough."""

    def __init__(self, ctx: JobContext, begin: float = 0.0, end: float = 0.9) -> None:
        """The painting is the part from ``begin`` to ``end`` of all there is to do."""
        self._ctx, self._begin, self._end = ctx, begin, end
        self.is_stopped = False

    def step(self, step: int, total: int, picture: Callable[[], Pixels | None]) -> bool:
        """One more step is done; False keeps what is there."""
        done = self._begin + (self._end - self._begin) * step / max(1, total)
        self._ctx.progress(done, "Step {step} of {steps}", step=step, steps=total)
        shown = picture()
        if shown is not None:
            self._ctx.preview(np.asarray(shown, np.uint8))
        self.is_stopped = self._ctx.wants_finish and step < total
        return not self.is_stopped


def shortened(text: str) -> str:
    """``text`` for a sentence, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
