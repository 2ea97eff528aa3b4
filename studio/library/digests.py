"""SHA-256 of files, remembered for as long as they stay as they are: big ones from one start to the next."""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path

from studio.core import places
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.media.files import write_atomic
from studio.media.sources import reading_problem

Stamp = tuple[str, int, int, int]
"""Path, size, time and number of a file."""
_PIECE = 1 << 20
_BIG = 32 << 20
"""Bytes from which a file is remembered on the disk: smaller ones are read in a moment."""
_MOST = 400
_digests: dict[Stamp, str] = {}
_loaded: set[Path] = set()


def digest_of(path: Path) -> str:
    """SHA-256 of a file; remembered for as long as its size and time stay. Raises StudioError."""
    try:
        key = stamp(path)
        _load()
        if key not in _digests:
            _digests[key] = digest_now(path)
            if key[1] >= _BIG:
                _keep()
        return _digests[key]
    except OSError as error:
        raise reading_problem(path, error) from error


def stamp(path: Path) -> Stamp:
    """Changes when the file does. Raises OSError."""
    found = path.stat()
    return str(path.absolute()), found.st_size, found.st_mtime_ns, found.st_ino


def digest_now(path: Path, cancel: CancelToken | None = None) -> str:
    """SHA-256 of a file, read now. Raises OSError, Cancelled."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            if cancel:
                cancel.check()
            digest.update(piece)
    return digest.hexdigest()


def _file() -> Path:
    return places.cache() / "digests.json"


def _load() -> None:
    """What an earlier start found out; a damaged list is begun anew."""
    if (path := _file()) in _loaded:
        return
    _loaded.add(path)
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        kept = json.loads(path.read_text(encoding="utf-8"))
        _digests.update({(str(name), int(size), int(time), int(number)): str(digest)
                         for name, size, time, number, digest in kept})


def _keep() -> None:
    """The newest; where there is no room for the list, files are read again next time."""
    big = [[*key, digest] for key, digest in _digests.items() if key[1] >= _BIG][-_MOST:]
    with contextlib.suppress(OSError, StudioError):
        _file().parent.mkdir(parents=True, exist_ok=True)
        write_atomic(_file(), json.dumps(big).encode())
