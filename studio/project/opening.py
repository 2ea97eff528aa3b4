"""From a path to a usable connection: what the file is, who may write it, whether it is whole."""

from __future__ import annotations

import os
import secrets
import sqlite3
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

from studio.core.errors import StudioError
from studio.project.database import Database
from studio.project.failures import examined, translated
from studio.project.header import check_is_file, read_header
from studio.project.lock import FileLock
from studio.project.migrate import SCHEMA_VERSION, create_schema, migrate, version_of
from studio.project.structure import check_structure

_WAIT = 10.0
"""Seconds to wait for another process that is in the middle of a transaction."""
_LONGEST_NAME = 247
"""Bytes: SQLite adds "-journal" to the name, and most systems allow 255."""
# EXTRA is FULL and also syncs the folder, so that a commit survives a power cut as well as a kill.
# Freed pages leave the file when the trash is emptied; to overwrite them first would only need more room.
_SETTINGS = """
PRAGMA synchronous = EXTRA; PRAGMA secure_delete = OFF; PRAGMA fullfsync = ON; PRAGMA temp_store = MEMORY;
PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"""
_OPEN_HERE: dict[tuple[int, int], int] = {}
"""(device, inode) to how often this process has the file open; see `read_header`."""


class Opened:
    """A database and what has to be released with it."""

    def __init__(self, database: Database, resources: ExitStack) -> None:
        self.database = database
        self._resources = resources

    def close(self) -> None:
        """Close the connection, then give the lock back. Safe more than once."""
        self._resources.close()


def create(path: Path) -> None:
    """Write a new, empty project to ``path``, whole or not at all; an existing file is never replaced."""
    _check_name(path)
    if path.exists():
        raise _already_there(path)
    part = path.with_name(f".new-{secrets.token_hex(8)}.atelier")
    with translated(path):
        if not path.parent.is_dir():
            raise FileNotFoundError(path.parent)
        try:
            connection = _connect(part, "rwc")
            try:
                create_schema(connection)
            finally:
                connection.close()
            _move_into_place(part, path)
        finally:
            part.unlink(missing_ok=True)
            part.with_name(f"{part.name}-journal").unlink(missing_ok=True)


def open_database(path: Path, *, read_only: bool = False) -> Opened:
    """Open a project file. Raises StudioError for anything that is not a whole project.

    Opens for reading only, with `Database.read_only_reason` set, where the file cannot or must not be
    changed: asked for, no permission, made by a newer Atelier, open in another window.
    """
    check_is_file(path)
    with translated(path):
        path = path.resolve()  # the lock and the journal belong beside the file itself, not beside a link
    with ExitStack() as stack:
        _register(path, stack)
        reason = "It was opened for reading only." if read_only else _why_not_writable(path)
        lock = FileLock(path)
        stack.callback(lock.release)
        if not reason:
            reason = _take(lock)
        elif _is_interrupted(path):
            _recover(path, lock)
        with examined(path):
            connection = _open_connection(path, reason, stack)
            reason = reason or _why_not_by_version(connection)
            connection = _current(connection, path, reason, stack)
            check_structure(connection, path)
            if reason:
                connection.execute("PRAGMA query_only = ON")
        return Opened(Database(connection, path, reason), stack.pop_all())


def _open_connection(path: Path, reason: str, stack: ExitStack) -> sqlite3.Connection:
    connection = _connect(path, "ro" if reason else "rw")
    stack.callback(connection.close)
    if not reason and version_of(connection) <= SCHEMA_VERSION:
        connection.execute("PRAGMA journal_mode = DELETE")
    return connection


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_WAIT,
                                 isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    try:
        connection.executescript(_SETTINGS)
    except BaseException:
        connection.close()
        raise
    return connection


def _current(connection: sqlite3.Connection, path: Path, reason: str, stack: ExitStack) -> sqlite3.Connection:
    """The connection at the current schema: migrated in place, or as a temporary copy if read only."""
    if version_of(connection) >= SCHEMA_VERSION:
        return connection
    if not reason:
        migrate(connection)
        return connection
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="atelier-"))
    copy = _connect(Path(folder) / path.name, "rwc")
    stack.callback(copy.close)
    connection.backup(copy)
    migrate(copy)
    return copy


def _register(path: Path, stack: ExitStack) -> None:
    """Look at the header, unless this process has the file open already, and remember that it has."""
    with translated(path):
        status = path.stat()
    key = (status.st_dev, status.st_ino)
    if not _OPEN_HERE.get(key):
        read_header(path)
    _OPEN_HERE[key] = _OPEN_HERE.get(key, 0) + 1
    stack.callback(_forget, key)


def _forget(key: tuple[int, int]) -> None:
    _OPEN_HERE[key] -= 1
    if not _OPEN_HERE[key]:
        del _OPEN_HERE[key]


def _why_not_writable(path: Path) -> str:
    if len(os.fsencode(path.name)) > _LONGEST_NAME:
        return "The file's name is too long to save safely. Give it a shorter one."
    # the bits as well as access(): what a person marked read-only stays so even for an administrator
    if not os.access(path, os.W_OK) or not path.stat().st_mode & 0o222:
        return "The file is marked as read-only."
    if not os.access(path.parent, os.W_OK) or not path.parent.stat().st_mode & 0o222:
        return "Its folder is read-only. Copy it somewhere else to change it."
    return ""


def _why_not_by_version(connection: sqlite3.Connection) -> str:
    if version_of(connection) > SCHEMA_VERSION:
        return "It was saved by a newer Atelier. Update Atelier to change it."
    return ""


def _take(lock: FileLock) -> str:
    try:
        return "" if lock.acquire() else "It is open in another window."
    except OSError:
        return "Its folder is read-only. Copy it somewhere else to change it."


def _is_interrupted(path: Path) -> bool:
    return os.path.exists(f"{path}-journal")  # noqa: PTH110 Path.exists() raises for a name too long


def _recover(path: Path, lock: FileLock) -> None:
    """Let SQLite roll back what a killed writer left, if nobody is writing now and we may."""
    if _why_not_writable(path):
        return
    with suppress(OSError, sqlite3.Error):
        if lock.acquire():
            connection = _connect(path, "rw")
            try:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            finally:
                connection.close()
                lock.release()


def _check_name(path: Path) -> None:
    if len(os.fsencode(path.name)) > _LONGEST_NAME:
        raise StudioError("The name {name} is too long.", "Choose a shorter one.", name=path.name)


def _already_there(path: Path) -> StudioError:
    return StudioError("There is already a file {name}.", "Choose another name, or open it.", name=path.name)


def _move_into_place(part: Path, path: Path) -> None:
    try:
        os.link(part, path)  # unlike rename, refuses to replace a file that appeared meanwhile
    except FileExistsError:
        raise _already_there(path) from None
    except OSError:  # a file system without links
        part.rename(path)
