"""What waits to be heard, and which place of the piece each bit of it is. Standard library only."""

from __future__ import annotations

from bisect import bisect_right

FRAME = 4
"""Bytes of a frame: two channels of 16 bits."""


class Tape:
    """Frames are counted from when playing began; pieces of it may come from anywhere in the music."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._data = bytearray()
        self._taken = 0
        self._starts: list[int] = []
        self._seconds: list[float] = []

    @property
    def taken(self) -> int:
        """Frames given away."""
        return self._taken

    @property
    def end(self) -> int:
        """Frames there were in all."""
        return self._taken + len(self._data) // FRAME

    def add(self, seconds: float, data: bytes) -> None:
        """``data`` comes next; it is what the piece has from ``seconds`` on."""
        self._starts.append(self.end)
        self._seconds.append(seconds)
        self._data += data

    def take(self, frames: int) -> bytes:
        """Up to ``frames`` from the front."""
        part = bytes(self._data[:frames * FRAME])
        del self._data[:len(part)]
        self._taken += len(part) // FRAME
        return part

    def cut(self, frame: int) -> bytes:
        """Forget what comes from ``frame`` on, as far as it is still here; what it was."""
        at = max(0, frame - self._taken) * FRAME
        rest = bytes(self._data[at:])
        del self._data[at:]
        while self._starts and self._starts[-1] >= self.end:
            self._starts.pop()
            self._seconds.pop()
        return rest

    def place(self, frame: int) -> float | None:
        """The second of the piece that ``frame`` is; None before anything was added."""
        at = bisect_right(self._starts, frame) - 1
        if at < 0:
            return self._seconds[0] if self._seconds else None
        if at > 256:  # hours of a loop
            del self._starts[:at - 8], self._seconds[:at - 8]
            at = 8
        return self._seconds[at] + (frame - self._starts[at]) / self.rate
