"""Tells files that are whole from those still being copied, for folders that are watched."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

SETTLED = 2.0
"""Seconds without a change after which a file counts as whole."""
PATIENCE = 60.0
"""Seconds without a change after which nobody writes to a file any more: what is wrong with it stays so."""
_OLD = 10.0
"""Seconds since its last change after which a file just found counts as whole at once."""
_Stamp = tuple[int, int, int]


@dataclass(slots=True)
class _Watched:
    stamp: _Stamp
    since: float
    """When this stamp was first seen."""
    due: float
    """When it may be taken; infinite once it was."""


class Settling:
    """Remembers what was seen. ``clock`` and ``wall`` are `time.monotonic` and `time.time`."""

    def __init__(self, seconds: float = SETTLED, patience: float = PATIENCE,
                 clock: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time) -> None:
        self._seconds, self._patience, self._clock, self._wall = seconds, patience, clock, wall
        self._seen: dict[Path, _Watched] = {}

    def look(self, paths: Iterable[Path]) -> list[Path]:
        """Those of ``paths`` that are whole now and were not returned since they last changed."""
        present = {path: stamp for path in paths if (stamp := _stamp(path)) is not None}
        self._seen = {path: seen for path, seen in self._seen.items() if path in present}
        return [path for path, stamp in present.items() if self._is_ready(path, stamp)]

    def is_young(self, path: Path) -> bool:
        """Whether somebody may still be writing to it."""
        seen = self._seen.get(path)
        return seen is not None and self._clock() - seen.since < self._patience

    def postpone(self, path: Path) -> None:
        """It was not whole after all: return it again once it changes, or when nobody can be writing."""
        if seen := self._seen.get(path):
            seen.due = seen.since + self._patience

    @property
    def is_waiting(self) -> bool:
        """Whether a file is there that is not whole yet."""
        return any(seen.due != float("inf") for seen in self._seen.values())

    def _is_ready(self, path: Path, stamp: _Stamp) -> bool:
        now, seen = self._clock(), self._seen.get(path)
        if seen is None or seen.stamp != stamp:
            is_old = seen is None and self._wall() - stamp[1] / 1e9 > _OLD
            wait = self._patience if not stamp[0] else 0.0 if is_old else self._seconds
            seen = self._seen[path] = _Watched(stamp, now, now + wait)
        if now < seen.due:
            return False
        seen.due = float("inf")
        return True


def _stamp(path: Path) -> _Stamp | None:
    """Size, time and number of a file; None if it is gone."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino
