"""One writer per project: an advisory lock that the system releases when its holder dies.

The lock is on a small hidden file beside the project, not on the project: closing any other handle of a
file drops POSIX locks, SQLite's own among them. A lock file left by a killed program, or copied along with
a folder, holds nothing.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


class FileLock:
    """Held from `acquire` until `release`, or until the process ends in whatever way."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f".{path.name}.lock")
        self._handle: int | None = None

    def acquire(self) -> bool:
        """Take the lock without waiting; False if another window has it. Raises OSError."""
        while True:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
            if not _lock(handle):
                os.close(handle)
                return False
            if self._is_current(handle):
                self._handle = handle
                return True
            os.close(handle)  # its holder removed the file between our open and our lock

    def release(self) -> None:
        """Give the lock back and remove its file. Safe more than once."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        if sys.platform == "win32":  # cannot remove an open file; another's handle keeps it, which is fine
            os.close(handle)
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            return
        finally:
            if sys.platform != "win32":
                os.close(handle)

    def _is_current(self, handle: int) -> bool:
        try:
            return os.path.samestat(os.fstat(handle), self._path.stat())
        except FileNotFoundError:
            return False


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
