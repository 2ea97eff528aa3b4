"""One window of the picture through the network: colours first, then opacity as a pass of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from studio.core.engine import Floats, Upscaler
from studio.core.jobs import CancelToken
from studio.media.opacity import bounded
from studio.panels.upscale.finish import to_floats
from studio.panels.upscale.plan import Box
from studio.panels.upscale.source import Original
from studio.panels.upscale.tiles import planes


@dataclass(frozen=True, slots=True)
class Windows:
    """Enlarges windows of the part ``cut`` of a picture."""

    original: Original
    cut: Box
    upscaler: Upscaler
    scale: int
    clean: float
    cancel: CancelToken
    report: Callable[[], None] = lambda: None
    """Called after each."""

    def run(self, rows: slice, columns: slice) -> Floats:
        """(scale x rows, scale x columns, channels), not clipped; the slices count within the cut.

        Raises OutOfMemory, Cancelled and what the engine says in words.
        """
        self.cancel.check()
        place = (slice(rows.start + self.cut.top, rows.stop + self.cut.top),
                 slice(columns.start + self.cut.left, columns.stop + self.cut.left))
        made = self._enlarged(to_floats(self.original.colours[place]), self.clean)
        if self.original.alpha is not None:
            opacity = self._opacity(to_floats(self.original.alpha[place]))
            both = planes(made.shape[0], made.shape[1], made.shape[2] + 1)
            both[..., :-1], both[..., -1] = made, opacity
            made = both
        self.report()
        return made

    def _opacity(self, alpha: Floats) -> Floats:
        """Never cleaned: its edges are meant."""
        if alpha.min() == alpha.max():
            return np.full((alpha.shape[0] * self.scale, alpha.shape[1] * self.scale), alpha.flat[0])
        made = self._enlarged(alpha[..., np.newaxis], 0.0)
        return bounded(made[..., 0], alpha, self.scale)

    def _enlarged(self, values: Floats, clean: float) -> Floats:
        """(H, W, 1 or 3) through the network; one channel goes as three equal ones."""
        is_grey = values.shape[2] == 1
        colours = np.repeat(values, 3, axis=2) if is_grey else values
        made = self.upscaler.upscale(colours, scale=self.scale, clean=clean, cancel=self.cancel)
        return made.mean(axis=2, keepdims=True) if is_grey else made
