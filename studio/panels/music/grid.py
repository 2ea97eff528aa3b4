"""The grid that notes snap to, and where a tick lies in bars and beats."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from studio.core.score import TICKS, Bar, Metre, Score, bars, metres

SNAPS = (("off", 0), ("1/4", TICKS), ("1/8", TICKS // 2), ("1/16", TICKS // 4), ("1/32", TICKS // 8),
         ("1/4 T", TICKS * 2 // 3), ("1/8 T", TICKS // 3), ("1/16 T", TICKS // 6))
"""Name and ticks; T are triplets, 0 is no grid."""
USUAL = "1/16"
FINEST = TICKS // 32
"""What counts as a step where there is no grid."""


def nearest(tick: int, step: int) -> int:
    """The line of a grid of ``step`` ticks nearest to ``tick``; halfway goes to the later one."""
    return tick if step <= 1 else (tick + step // 2) // step * step


def before(tick: int, step: int) -> int:
    """The last line of the grid at or before ``tick``."""
    return tick if step <= 1 else tick // step * step


def pulled(tick: int, step: int, strength: float) -> int:
    """``tick`` brought ``strength`` (0 to 1) of the way to the nearest line."""
    return tick + round((nearest(tick, step) - tick) * strength)


def ruled(score: Score, length: int) -> tuple[Bar, ...]:
    """The bars of ``score`` up to ``length`` ticks at least, those after its end too."""
    return bars(Score(metres=metres(score), length=max(length, 1)))


def end_of_bar(score: Score) -> int:
    """The tick at which the last bar of the piece ends; 0 for an empty one."""
    found = bars(score)
    return found[-1].end if found else 0


def bar_at(ruler: Sequence[Bar], tick: int) -> Bar:
    """The bar of ``ruler`` that ``tick`` lies in; the last one after its end."""
    return ruler[max(0, bisect_right(ruler, tick, key=lambda bar: bar.start) - 1)]


def place_of(ruler: Sequence[Bar], tick: int) -> tuple[int, int]:
    """Bar and beat of ``tick``, both from 1."""
    bar = bar_at(ruler, tick)
    return bar.number + 1, (tick - bar.start) // beat_of(bar.metre) + 1


def beat_of(metre: Metre) -> int:
    """Ticks of a beat as the metre writes it."""
    return max(1, 4 * TICKS // metre.unit)
