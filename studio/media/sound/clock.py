"""Ticks to seconds and back, quickly, for a whole piece. Standard library only: the window uses it too."""

from __future__ import annotations

from bisect import bisect_right

from studio.core.score import TICKS, Score

_USUAL = 500_000
"""Microseconds of a quarter note where nothing is said, as in MIDI."""


class Clock:
    """The tempo map of a score."""

    def __init__(self, score: Score) -> None:
        self._ticks, self._micros, self._seconds = [0], [_USUAL], [0.0]
        for tempo in score.tempos:
            now = self.seconds(tempo.at)
            if tempo.at == 0:
                self._micros[0] = tempo.micros
            else:
                self._ticks.append(tempo.at)
                self._micros.append(tempo.micros)
                self._seconds.append(now)

    def seconds(self, tick: float) -> float:
        """When a tick comes, in seconds from the start."""
        at = bisect_right(self._ticks, tick) - 1
        return self._seconds[at] + (tick - self._ticks[at]) * self._micros[at] / TICKS / 1e6

    def tick(self, seconds: float) -> float:
        """The tick at a time, with its fraction."""
        at = bisect_right(self._seconds, seconds) - 1
        at = max(0, at)
        return self._ticks[at] + (seconds - self._seconds[at]) * TICKS * 1e6 / self._micros[at]
