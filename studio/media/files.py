"""Writes a file whole or not at all, and never harms the one that was there."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Callable, Generator
from pathlib import Path
from typing import BinaryIO

from studio.core.errors import StudioError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_MOST = 1 << 24
"""Bytes given to one write call."""


def write_atomic(path: Path, data: bytes | Callable[[BinaryIO], None]) -> None:
    """Put ``data``, or what a callable writes into the file it is given, at ``path``.

    A callable may read and seek in that file too. Written beside it under a temporary name, flushed to the
    disk, then renamed over it (POSIX rename is atomic). A link is followed, the old file's permissions
    stay. Raises StudioError for a missing folder, a read-only place, a full disk, a name too long; what a
    callable raises passes through. In every case the old file is whole and no part file is left.
    """
    target = Path(os.path.realpath(path))
    check_target(target)
    part = target.parent / f".atelier-{os.getpid()}-{secrets.token_hex(4)}.part"
    try:
        _write(part, data)
        _keep_mode(target, part)
        part.replace(target)
        _flush_folder(target.parent)
    except OSError as error:
        raise writing_problem(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def told(path: Path) -> Generator[None]:
    """Puts an OSError met while writing ``path`` into words: raises `writing_problem`."""
    try:
        yield
    except OSError as error:
        raise writing_problem(path, error) from error


def writing_problem(path: Path, error: OSError) -> StudioError:
    """The sentence for an ``error`` met while writing ``path``."""
    name, folder, details = path.name, str(path.parent), repr(error)
    if error.errno in _FULL:
        return StudioError("The disk is full: {name} was not written.",
                           "Free some space, or save it elsewhere.", name=name, details=details)
    if error.errno in _FORBIDDEN:
        return StudioError("{name} cannot be written into {folder}: it is read-only.",
                           "Choose another folder.", name=name, folder=folder, details=details)
    if error.errno == errno.ENAMETOOLONG:
        return _too_long(path)
    reason = os.strerror(error.errno) if error.errno else type(error).__name__
    return StudioError("{name} cannot be written: {reason}.", "Choose another folder.", name=name,
                       reason=reason, details=details)


def check_target(target: Path) -> None:
    """Raise StudioError where `write_atomic` would, as far as that shows before writing."""
    if len(os.fsencode(target.name)) > 255:
        raise _too_long(target)
    if not target.parent.is_dir():
        raise StudioError("There is no folder {folder}.", "Make it first, or choose another.",
                          folder=str(target.parent))
    if target.is_dir():
        raise StudioError("{name} is a folder; a file cannot take its place.", "Choose another name.",
                          name=target.name or str(target))
    if target.exists():
        _check_old(target)


def _check_old(target: Path) -> None:
    """Renaming would replace a file even where writing to it is not allowed."""
    mode = target.stat().st_mode
    if not stat.S_ISREG(mode):
        raise StudioError("{name} is a device or a pipe, not a file.", "Choose another name.",
                          name=target.name)
    if not mode & 0o222 or not os.access(target, os.W_OK):
        raise StudioError("{name} is read-only.", "Choose another name, or allow writing to it.",
                          name=target.name)


def _too_long(path: Path) -> StudioError:
    return StudioError("The name {start}… is too long: it takes {size} bytes, and 255 is the most.",
                       "Choose a shorter name.", start=path.name[:40], size=len(os.fsencode(path.name)))


def _write(part: Path, data: bytes | Callable[[BinaryIO], None]) -> None:
    with part.open("x+b") as file:
        if callable(data):
            data(file)
        else:
            for start in range(0, len(data), _MOST):
                file.write(data[start:start + _MOST])
        file.flush()
        os.fsync(file.fileno())


def _keep_mode(target: Path, part: Path) -> None:
    if target.exists():
        part.chmod(stat.S_IMODE(target.stat().st_mode))


def _flush_folder(folder: Path) -> None:
    """Makes the new name last through a power cut. Not every system lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
