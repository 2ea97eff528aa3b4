"""Finished rows of a job, kept small, so that it goes on where it was when the machine went off."""

from __future__ import annotations

import struct
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Self, cast

import imagecodecs
import numpy as np

from studio.core.jobs import JobContext
from studio.media.values import Pixels

_HEAD = struct.Struct("<IIIB")
"""Rows, columns, channels, bytes of a number."""
_MOST_WAITING = 4
"""Pieces that wait to be packed; more would only take memory."""


class Kept:
    """The rows of one picture in ``ctx``'s parts, a piece after the other; ``name`` tells pictures apart.

    Pieces are packed by a thread of its own, while the network works on; all are kept when this is left.
    """

    def __init__(self, ctx: JobContext, name: str) -> None:
        self._ctx, self._name = ctx, name
        self._packer = ThreadPoolExecutor(1, "pack")
        self._waiting: list[tuple[str, Future[bytes]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        with self._packer:
            self._write(0)

    def recall(self, top: int) -> Pixels | None:
        """The rows from row ``top`` on that were finished as one piece, or None. A damaged piece is none."""
        data = self._ctx.part(self._key(top))
        return None if data is None else _unpacked(data)

    def keep(self, top: int, rows: Pixels) -> None:
        """Keep ``rows`` (n, W, channels), the first of them number ``top``; they stay as they are.

        Raises OSError, also for a piece before.
        """
        if self._ctx.keeps_parts:
            self._waiting.append((self._key(top), self._packer.submit(_packed, rows)))
            self._write(_MOST_WAITING)

    def _write(self, most: int) -> None:
        """Write what is packed, and wait for more until at most ``most`` are left."""
        while self._waiting and (len(self._waiting) > most or self._waiting[0][1].done()):
            key, packed = self._waiting.pop(0)
            self._ctx.finish_part(key, packed.result())

    def _key(self, top: int) -> str:
        return f"{self._name} from row {top}"


def _packed(rows: Pixels) -> bytes:
    """Differences to the left neighbour, then Zstandard at its fastest: half the size, at disk speed."""
    steps = np.diff(rows, axis=1, prepend=rows.dtype.type(0))
    head = _HEAD.pack(*rows.shape, rows.dtype.itemsize)
    return head + cast(bytes, imagecodecs.zstd_encode(np.ascontiguousarray(steps).tobytes(), level=1))


def _unpacked(data: bytes) -> Pixels | None:
    try:
        height, width, channels, size = _HEAD.unpack_from(data)
        steps = imagecodecs.zstd_decode(data[_HEAD.size:])
        shaped = np.frombuffer(steps, f"u{size}").reshape(height, width, channels)
    except (struct.error, TypeError, ValueError, RuntimeError):
        return None
    return cast(Pixels, np.cumsum(shaped, axis=1, dtype=shaped.dtype))
