"""Gets the bytes of a file a person named, and says plainly what is wrong with it if that fails."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from studio.core.errors import StudioError

MAX_BYTES = 4_000_000_000
"""No picture in use is bigger; a film dropped by mistake is."""


def load(source: Path | bytes) -> bytes:
    """All bytes of ``source``. Raises StudioError: missing, a folder, unreadable, empty, too big."""
    if not isinstance(source, bytes | bytearray | memoryview):
        return _load_file(Path(source))
    if not len(source):
        raise StudioError("This file is empty: it has 0 bytes.")
    return bytes(source)


def head(source: Path | bytes, count: int = 4096) -> bytes:
    """The first ``count`` bytes. Raises StudioError as `load` does."""
    if isinstance(source, bytes | bytearray | memoryview):
        return load(source)[:count]
    path = Path(source)
    size_of(path)
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError as error:
        raise reading_problem(path, error) from error


def size_of(path: Path) -> int:
    """Bytes in a regular, non-empty file. Raises StudioError."""
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise reading_problem(path, error) from error
    if stat.S_ISDIR(found.st_mode):
        raise StudioError("{name} is a folder, not a file.", "Choose a file inside it.",
                          name=path.name or str(path))
    if not stat.S_ISREG(found.st_mode):
        raise StudioError("{name} is a device or a pipe, not a file.", name=path.name)
    if not found.st_size:
        raise StudioError("This file is empty: it has 0 bytes.", name=path.name)
    return found.st_size


def reading_problem(path: Path, error: Exception) -> StudioError:
    """The sentence for an ``error`` met while opening or reading ``path``."""
    name = path.name or str(path)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return StudioError("There is no file {name}.", "Was it moved or renamed?", name=name,
                           details=repr(error))
    if isinstance(error, PermissionError):
        return StudioError("You are not allowed to read {name}.", "Change its permissions, or make a copy.",
                           name=name, details=repr(error))
    if isinstance(error, ValueError) or name_is_too_long(path):
        return StudioError("{name} is not a possible file name.", name=name[:60] + "…", details=repr(error))
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else type(error).__name__
    return StudioError("{name} cannot be read: {reason}.", "Is the disk still connected?", name=name,
                       reason=reason, details=repr(error))


def name_is_too_long(path: Path) -> bool:
    """Whether the last part is longer than the 255 bytes that file systems take."""
    return len(os.fsencode(path.name)) > 255


def _load_file(path: Path) -> bytes:
    size = size_of(path)
    if size > MAX_BYTES:
        raise StudioError("This file is too big for a picture: {size:,} MB; {limit:,} MB is the most.",
                          size=size // 1_000_000, limit=MAX_BYTES // 1_000_000, name=path.name)
    try:
        return path.read_bytes()
    except OSError as error:
        raise reading_problem(path, error) from error
