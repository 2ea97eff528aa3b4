"""Reads from a row of pieces as from a file, without ever holding more than was asked for and one piece."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

_STEP = 1 << 20


class Pieces:
    """Bytes that come piece by piece; forward only."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._held = b""
        self.position = 0
        """Bytes read so far."""

    def peek(self, count: int) -> bytes:
        """The next ``count`` bytes, fewer at the end, which stay."""
        if len(self._held) < count:
            parts = [self._held]
            size = len(self._held)
            while size < count and (piece := next(self._pieces, b"")):
                parts.append(piece)
                size += len(piece)
            self._held = b"".join(parts)
        return self._held[:count]

    def read(self, count: int) -> bytes:
        """The next ``count`` bytes. Raises EOFError if there are fewer."""
        found = self.peek(count)
        if len(found) < count:
            raise EOFError(f"{len(found)} of {count} bytes at {self.position}")
        self._held = self._held[count:]
        self.position += count
        return found

    def copy(self, count: int, target: BinaryIO) -> None:
        """The next ``count`` bytes to ``target``. Raises EOFError, OSError."""
        while count:
            found = self.read(min(count, len(self._held) or _STEP))
            target.write(found)
            count -= len(found)

    def copy_rest(self, target: BinaryIO) -> None:
        """All that is left to ``target``. Raises OSError."""
        while piece := self._held or next(self._pieces, b""):
            self._held = b""
            target.write(piece)
            self.position += len(piece)
