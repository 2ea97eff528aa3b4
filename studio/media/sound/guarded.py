"""A file for libsndfile to write into, whose errors are not lost."""

from __future__ import annotations

from typing import BinaryIO


class Guarded:
    """Exceptions cannot pass through libsndfile's C: the first is kept, and raised by `check`."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._error: OSError | None = None

    def check(self) -> None:
        """Raise the OSError that writing met, if there was one."""
        if self._error is not None:
            raise self._error

    def write(self, data: bytes) -> int:
        """Bytes written; after a failure all are said to be, so that libsndfile goes on quietly."""
        if self._error is None:
            try:
                self._file.write(data)
            except OSError as error:
                self._error = error
        return len(data)

    def read(self, size: int = -1) -> bytes:
        """As of a file."""
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """As of a file."""
        try:
            return self._file.seek(offset, whence)
        except OSError as error:
            self._error = self._error or error
            return 0

    def tell(self) -> int:
        """As of a file."""
        return self._file.tell()

    def flush(self) -> None:
        """Left to who owns the file."""
