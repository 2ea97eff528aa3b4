"""How big the tiles are: reckoned from a small one that was tried, where that is worth it.

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
from studio.panels.upscale.plan import GRID, Size

SIDES = (256, 384, 512, 768, 1024)
"""What there is, the first of which is tried. The bigger, the less is seen twice."""
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
_LONG = 4.0
"""Seconds of the processor for one tile, at most, so that the work can be seen to go on."""
_MOST_BYTES = 1_000_000_000
"""That tiles may add to the process, at most."""


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

    def __init__(self, clock: Callable[[], float] = time.process_time,
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
        best = self._tried(work)
        with self._lock:
            return self._best.setdefault(key, best)

    def _tried(self, work: Callable[[int], object]) -> int:
        """Time and memory grow with the pixels.

        Bigger ones are not tried: their fresh memory alone takes longer than they could save or cost. It is
        the processor's time that counts: other programs come and go.
        """
        before = self._memory()
        work(SIDES[0])  # the first run of a network is slow
        held, start = max(0, self._memory() - before), self._clock()
        work(SIDES[0])
        seconds = self._clock() - start
        most = min(_LONG / max(seconds, 1e-9), _MOST_BYTES / max(held, 1)) * SIDES[0] ** 2
        return max(SIDES[0], *(side for side in SIDES if side * side <= most), 0)
