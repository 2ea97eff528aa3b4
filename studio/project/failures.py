"""What SQLite and the system report, in a person's words."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from studio.core.errors import StudioError


class ProjectDamaged(StudioError):
    """The file's bytes are not what was written. Nothing was changed."""


class ProjectReadOnly(StudioError):
    """A change was asked of a project that is open for reading only."""


_PRIMARY = 0xFF  # extended SQLite codes keep the primary code in the low byte


def damaged(path: Path, details: str) -> ProjectDamaged:
    """The error for a file that cannot be trusted any more."""
    return ProjectDamaged("{name} is damaged.",
                          "It was left exactly as it is. Open a backup copy if you have one.",
                          name=path.name, details=details)


def disk_full(path: Path, details: str = "") -> StudioError:
    """The error for a disk without room; the transaction was rolled back."""
    return StudioError("The disk is full: {name} could not be changed.",
                       "Free some space and try again. Everything saved so far is safe.",
                       name=path.name, details=details)


def from_sqlite(error: sqlite3.Error, path: Path) -> StudioError | None:
    """The error a person can act on, or None if ``error`` is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    details = f"{getattr(error, 'sqlite_errorname', type(error).__name__)}: {error}"
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or "decode to UTF-8" in str(error):
        return damaged(path, details)
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_ROLLBACK:
        return StudioError("{name} was interrupted while it was saved and has to be put right first.",
                           "Copy it to another folder together with {name}-journal, and open it there.",
                           name=path.name, details=details)
    if code == sqlite3.SQLITE_FULL:
        return disk_full(path, details)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StudioError("Another program is using {name} just now.", "Wait a moment and try again.",
                           name=path.name, details=details)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return StudioError("{name} cannot be written or its folder cannot be used.",
                           "Check the permissions, or save a copy somewhere else.",
                           name=path.name, details=details)
    if code == sqlite3.SQLITE_IOERR:
        return StudioError("{name} could not be read or written.", "Is the drive still connected?",
                           name=path.name, details=details)
    if code == sqlite3.SQLITE_NOMEM:
        return StudioError("There was not enough memory to use {name}.",
                           "Close other programs and try again.", name=path.name, details=details)
    return None


def from_system(error: OSError, path: Path) -> StudioError:
    """The error for a failed file operation on ``path``."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return disk_full(path, repr(error))
    if isinstance(error, FileNotFoundError):
        return StudioError("There is no file {path}.", "Was it moved or renamed?", path=path,
                           details=repr(error))
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return StudioError("You have no permission to use {path}.",
                           "Check the permissions of the file and folder.", path=path, details=repr(error))
    if error.errno == errno.ENAMETOOLONG:
        return StudioError("The name {name} is too long.", "Choose a shorter one.", name=path.name,
                           details=repr(error))
    return StudioError("{path} could not be read or written.", "Is the drive still connected?", path=path,
                       details=repr(error))


@contextmanager
def translated(path: Path) -> Generator[None]:
    """Turn what SQLite and the system raise inside the block into StudioErrors; bugs pass as they are."""
    try:
        yield
    except sqlite3.Error as error:
        known = from_sqlite(error, path)
        if known is None:
            raise
        raise known from error
    except UnicodeDecodeError as error:  # sqlite3 quotes damaged bytes in its messages
        raise damaged(path, repr(error)) from error
    except OSError as error:
        if isinstance(error, StudioError):
            raise
        raise from_system(error, path) from error


@contextmanager
def examined(path: Path) -> Generator[None]:
    """As `translated`, for a first look at a file: whatever SQLite says then, the file is the reason."""
    try:
        with translated(path):
            yield
    except sqlite3.Error as error:
        raise damaged(path, repr(error)) from error
