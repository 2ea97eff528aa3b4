"""How soon a slider shows: ``python -m benchmarks.preview [MOVES]``.

Moves the strength slider of Quick at 256 px, waits for the picture each time, and prints how long that took,
from the move to the decoded picture in the window's process. Aim: within 300 ms.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from benchmarks.bench import Bench, bench, percentile, wait_until


def main(moves: int) -> None:
    """Measure and print."""
    with bench() as studio:
        first = look(studio, 0.5)
        times = [look(studio, 0.5 + 0.4 * move / moves) for move in range(moves)]
    print(f"first look, model loaded on the way: {first:.0f} ms")
    print(f"{moves} looks: half {percentile(times, 0.5):.0f} ms   95% {percentile(times, 0.95):.0f} ms   "
          f"worst {max(times):.0f} ms (aim 300)")


def look(studio: Bench, strength: float) -> float:
    """Milliseconds from a move to its picture."""
    images: list[Any] = []
    start = time.perf_counter()
    studio.runner.preview(studio.style("quick", 256, strength=strength), images.append, images.append)
    wait_until(lambda: bool(images))
    if hasattr(images[0], "details"):
        raise SystemExit(images[0].details)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
