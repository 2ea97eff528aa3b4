"""How much memory the process held at its worst look."""

from __future__ import annotations

import psutil


class Gauge:
    """The most of all looks; between them it may have been more for a moment."""

    def __init__(self) -> None:
        self._process, self.most = psutil.Process(), 0

    def look(self) -> None:
        """Look now."""
        self.most = max(self.most, int(self._process.memory_info().rss))
