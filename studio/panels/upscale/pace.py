"""How big the tiles are: found by trying, with the first windows of a picture, where that is worth it.

Only the speed depends on it. A network that sees no further than its margin gives the same pixels for every
cut; for one that sees more the size is fixed, so that the same recipe gives the same result everywhere.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import psutil

from studio.core.engine import Upscaler
from studio.core.errors import OutOfMemory
from studio.panels.upscale.plan import GRID, Size

SIDES = (256, 384, 512, 768, 1024)
"""What is tried, smallest first; in smaller ones the overlap costs more than a lucky measurement can tell."""
USUAL = 512
"""Where nothing was tried: the picture is about as small."""
UNBOUNDED = 256
"""For networks whose look depends on all they see."""
LEAST = 32
"""No tile gets smaller when memory runs short."""
FADE = 8
"""Pixels of the picture over which neighbouring tiles cross, where they can differ."""
_WORTH = 4 * USUAL * USUAL
"""Pixels of a picture from which on trying pays."""
_SLOWER = 0.95
"""Share of the best speed so far below which no bigger tile is tried: equally fast, the bigger one wins."""
_LONG = 2.0
"""Seconds for one tile after which no bigger one is tried, so that a stop comes soon."""
_MOST_BYTES = 600_000_000
"""That a trial may add to the process before no bigger one is tried."""


@dataclass(frozen=True, slots=True)
class Cut:
    """How windows are laid."""

    tile: Size
    """Of the cores, at most."""
    margin: int
    fade: int


def cut_for(upscaler: Upscaler, side: int) -> Cut:
    """Cores of ``side`` and what ``upscaler`` needs around them; a network of one size gets that."""
    fade = 0 if upscaler.is_local else FADE
    height, width = upscaler.tile
    if not height:
        return Cut((side, side), upscaler.margin, fade)
    around = min(upscaler.margin + fade, min(height, width) // 4) // GRID * GRID
    fade = min(fade, around // 2)
    inner = (max(GRID, (length - 2 * around) // GRID * GRID) for length in (height, width))
    return Cut((next(inner), next(inner)), around - fade, fade)


class Pace:
    """Remembers the best tile of each model for as long as the process lives. Safe from any thread."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter,
                 memory: Callable[[], int] = lambda: int(psutil.Process().memory_info().rss)) -> None:
        self._clock, self._memory = clock, memory
        self._best: dict[str, int] = {}
        self._lock = threading.Lock()

    def side(self, model: str, upscaler: Upscaler, size: Size, scale: int,
             work: Callable[[int], object]) -> int:
        """The side of a tile for a picture of ``size``; ``work`` enlarges one window with a core of a side.

        Raises what ``work`` raises, unless a smaller tile went well.
        """
        if not upscaler.is_local or max(upscaler.tile):
            return UNBOUNDED
        key = f"{model} {scale} {upscaler.device} {upscaler.precision}"
        with self._lock:
            if key in self._best:
                return self._best[key]
        if size[0] * size[1] < _WORTH:
            return USUAL
        best = self._tried(min(size), work)
        with self._lock:
            return self._best.setdefault(key, best)

    def _tried(self, most: int, work: Callable[[int], object]) -> int:
        work(SIDES[0])  # the first run of a network is slow
        best, speed, before = SIDES[0], 0.0, self._memory()
        for side in (side for side in SIDES if side <= max(most, SIDES[0])):
            start = self._clock()
            try:
                work(side)
            except (OutOfMemory, MemoryError):
                return best
            seconds = self._clock() - start
            if side * side / max(seconds, 1e-9) < speed * _SLOWER:
                return best
            best, speed = side, side * side / max(seconds, 1e-9)
            if seconds > _LONG or self._memory() - before > _MOST_BYTES:
                return best
        return best
