"""Content by its SHA-256: stored once, in pieces, checked whenever it is read."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from studio.core.errors import StudioError
from studio.project.database import Database
from studio.project.failures import damaged, translated

_CHUNK = 1 << 20
"""Bytes in a row of blob_chunk."""
_CHUNKS_PER_COMMIT = 16
"""Bounds the memory and the time one transaction takes while a big content comes in."""


class Blobs:
    """The contents of a project."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def put(self, source: bytes | Path, sha256: str = "") -> str:
        """Store a content unless it is there already; its SHA-256, which the caller may know.

        Outside a transaction a big one is written in several and becomes visible with the last. It stays
        even if nothing refers to it, until the trash is emptied in a later session.
        """
        sha256 = sha256 or digest(source)
        if not self.has(sha256):
            self._insert(source, sha256)
        return sha256

    def put_ahead(self, source: bytes | Path, sha256: str) -> None:
        """Store a big content before the transaction that needs it, which stays short by that."""
        if _size(source) > _CHUNKS_PER_COMMIT * _CHUNK:
            self.put(source, sha256)

    def has(self, sha256: str) -> bool:
        """Whether the content is here, whole."""
        return self._db.row("SELECT 1 FROM blob WHERE sha256 = ? AND is_complete", (sha256,)) is not None

    def size(self, sha256: str) -> int:
        """Its length in bytes. Raises StudioError if it is not here."""
        return int(self._find(sha256)[1])

    def read(self, sha256: str) -> bytes:
        """The content. Raises StudioError if it is not here, ProjectDamaged if it is not what was stored."""
        return b"".join(self.chunks(sha256))

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """The content piece by piece; raises ProjectDamaged at the end if it is not what was stored."""
        number, _ = self._find(sha256)
        check = hashlib.sha256()
        seq = 0
        while row := self._db.row("SELECT data FROM blob_chunk WHERE blob = ? AND seq = ?", (number, seq)):
            check.update(row[0])
            yield row[0]
            seq += 1
        if check.hexdigest() != sha256:
            raise damaged(self._db.path, f"content {sha256} does not match")

    def piece(self, sha256: str, seq: int) -> bytes:
        """One piece of it, a megabyte but for the last. Raises StudioError, ProjectDamaged."""
        number, _ = self._find(sha256)
        row = self._db.row("SELECT data FROM blob_chunk WHERE blob = ? AND seq = ?", (number, seq))
        if row is None:
            raise damaged(self._db.path, f"content {sha256} ends early")
        return bytes(row[0])

    def _find(self, sha256: str) -> tuple[int, int]:
        row = self._db.row("SELECT id, size FROM blob WHERE sha256 = ? AND is_complete", (sha256,))
        if row is None:
            raise StudioError("The original file is not in this project any more.",
                              details=f"content {sha256}")
        return row[0], row[1]

    def _insert(self, source: bytes | Path, sha256: str) -> None:
        """Row first, then the pieces, then the mark that it is whole."""
        pieces = enumerate(_pieces(source, sha256))
        with self._db.transaction():
            self._db.write("DELETE FROM blob WHERE sha256 = ?", (sha256,))
            self._db.write("INSERT INTO blob (sha256, size) VALUES (?, 0)", (sha256,))
            number = int((self._db.row("SELECT last_insert_rowid()") or (0,))[0])
            is_done = self._append(number, pieces)
        try:
            while not is_done:
                with self._db.transaction():
                    is_done = self._append(number, pieces)
        except BaseException:
            with suppress(StudioError), self._db.transaction():  # else the next opening sweeps it
                self._db.write("DELETE FROM blob WHERE id = ?", (number,))
            raise

    def _append(self, number: int, pieces: Iterator[tuple[int, bytes]]) -> bool:
        """Store the next few pieces; mark the content as whole and return True after the last."""
        for _ in range(_CHUNKS_PER_COMMIT):
            seq, piece = next(pieces, (-1, b""))
            if seq < 0:
                self._finish(number)
                return True
            self._db.write("INSERT INTO blob_chunk VALUES (?, ?, ?)", (number, seq, piece))
        return False

    def _finish(self, number: int) -> None:
        self._db.write("""UPDATE blob SET is_complete = 1, size = (
            SELECT coalesce(sum(length(data)), 0) FROM blob_chunk WHERE blob = id) WHERE id = ?""", (number,))


class BlobFile(io.RawIOBase):
    """A content to read in, from anywhere; nothing checks it. Raises StudioError if it is not here."""

    def __init__(self, blobs: Blobs, sha256: str) -> None:
        super().__init__()
        self._blobs, self._sha256 = blobs, sha256
        self._size, self._at = blobs.size(sha256), 0
        self._piece: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """As for every file."""
        self._at = max(0, offset + (0, self._at, self._size)[whence])
        return self._at

    def tell(self) -> int:
        """As for every file."""
        return self._at

    def readinto(self, buffer: Any) -> int:
        """As for every file."""
        number, start = divmod(self._at, _CHUNK)
        if self._at >= self._size:
            return 0
        if self._piece[0] != number:
            self._piece = number, self._blobs.piece(self._sha256, number)
        found = self._piece[1][start:start + len(buffer)]
        buffer[:len(found)] = found
        self._at += len(found)
        return len(found)


def _pieces(source: bytes | Path, sha256: str) -> Iterator[bytes]:
    if isinstance(source, bytes):
        for start in range(0, len(source), _CHUNK):
            yield source[start:start + _CHUNK]
        return
    check = hashlib.sha256()
    with translated(source), source.open("rb") as file:
        while piece := file.read(_CHUNK):
            check.update(piece)
            yield piece
    if check.hexdigest() != sha256:
        raise StudioError("{name} changed while it was being read.", "Try again.", name=source.name)


def _size(source: bytes | Path) -> int:
    if isinstance(source, bytes):
        return len(source)
    with translated(source):
        return source.stat().st_size


def digest(source: bytes | Path) -> str:
    """The SHA-256 of bytes or of a file. Raises StudioError if it cannot be read."""
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    with translated(source), source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
