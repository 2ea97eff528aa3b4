"""How long things took on this machine, so that the window can say how long they will take."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.core import places
from studio.core.jobs import Request
from studio.core.settings import PreferencesFile

_KEPT = 12
"""Runs remembered for each kind of work."""
_DECIDING = ("model", "method", "steps", "scale")
"""Settings that change how long a task takes, beside the size of the picture."""

_MANY = ("sheet_x", "sheet_y")
"""Settings that make one job of many pictures: it says nothing about a single one."""


class Timings:
    """Remembers (megapixels, seconds) of finished runs for each task, model and method."""

    def __init__(self, path: Path | None = None) -> None:
        self._file = PreferencesFile(path or places.cache() / "timings.json")

    def record(self, request: Request, pixels: int, seconds: float) -> None:
        """Remember a run. Raises OSError."""
        kind = kind_of(request)
        runs = [*self._runs(kind), [round(pixels / 1e6, 4), round(seconds, 3)]]
        self._file.remember(kind, runs[-_KEPT:])

    def estimate(self, request: Request, pixels: int) -> float | None:
        """Seconds it will take, from runs like it; None if there were none."""
        return predict(self._runs(kind_of(request)), pixels / 1e6)

    def _runs(self, kind: str) -> list[tuple[float, float]]:
        found = self._file.recall(kind, [])
        return [(float(size), float(seconds)) for size, seconds in found] if _is_sound(found) else []


def kind_of(request: Request) -> str:
    """What makes two requests take equally long for equally many pixels."""
    params: Mapping[str, Any] = request.params
    told = [f"{name}={params[name]}" for name in _DECIDING if name in params]
    many = ["sheet"] if any(params.get(name) for name in _MANY) else []
    return "|".join([request.task, *told, *many])


def predict(runs: list[tuple[float, float]], size: float) -> float | None:
    """Seconds for ``size`` from (size, seconds) pairs: a line where sizes differ, else in proportion."""
    if not runs:
        return None
    import statistics  # loads fractions and decimal: not while the window opens

    sizes, seconds = [run[0] for run in runs], [run[1] for run in runs]
    if max(sizes) > 1.2 * min(sizes):
        slope, base = statistics.linear_regression(sizes, seconds)
        if slope >= 0 and base >= 0:
            return base + slope * size
    typical = statistics.median(sizes)
    return statistics.median(seconds) * (size / typical if typical else 1.0)


def _is_sound(found: object) -> bool:
    return isinstance(found, list) and all(
        isinstance(run, list | tuple) and len(run) == 2 and all(isinstance(n, int | float) for n in run)
        for run in found)
