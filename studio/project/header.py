"""What a file is, judged by its first bytes, before SQLite touches it."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path

from studio.core.errors import StudioError
from studio.project.failures import damaged, translated
from studio.project.migrate import APPLICATION_ID

_MAGIC = b"SQLite format 3\x00"
_LENGTH = 100
_CHOOSE = "Choose a file that ends in .atelier."
_KNOWN = ((b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"PK\x03\x04", "a ZIP file"),
          (b"GIF8", "a GIF picture"), (b"RIFF", "a sound or WebP file"), (b"%PDF", "a PDF document"),
          (b"\x1f\x8b", "a compressed file"), (b"MThd", "a MIDI file"))


@dataclass(frozen=True, slots=True)
class Header:
    """The two numbers SQLite keeps for applications."""

    application_id: int
    version: int


def check_is_file(path: Path) -> None:
    """Raise StudioError unless ``path`` is an ordinary file."""
    with translated(path):
        mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise StudioError("{name} is a folder, not a project.", _CHOOSE, name=path.name)
    if not stat.S_ISREG(mode):
        raise StudioError("{name} is not an ordinary file.", _CHOOSE, name=path.name)


def read_header(path: Path) -> Header:
    """The header of a project file. Raises StudioError for anything that is not one.

    Not for a file this process already has open as a project: closing the handle here would drop
    the locks SQLite holds on it.
    """
    with translated(path), path.open("rb") as file:
        start = file.read(_LENGTH)
    if not start:
        raise StudioError("{name} is empty.",
                          "It holds no project. Open another file, or start a new project.", name=path.name)
    if not start.startswith(_MAGIC):
        raise _foreign(path, start)
    if len(start) < _LENGTH:
        raise damaged(path, "shorter than a header")
    header = _checked(path, Header(int.from_bytes(start[68:72], "big"), int.from_bytes(start[60:64], "big")))
    if start[18:20] not in (b"\x01\x01", b"\x02\x02"):  # rollback journal, or WAL if another tool left it so
        raise damaged(path, f"file format {start[18:20]!r}")
    return header


def _checked(path: Path, header: Header) -> Header:
    if header.application_id != APPLICATION_ID:
        raise StudioError("{name} belongs to another program.",
                          "It is a database, but not an Atelier project.", name=path.name,
                          details=f"application_id {header.application_id:#x}")
    if header.version < 1:
        raise damaged(path, "schema version 0")
    return header


def _foreign(path: Path, start: bytes) -> StudioError:
    known = next((what for magic, what in _KNOWN if start.startswith(magic)), "")
    if known:
        return StudioError("{name} is {what}, not a project.", _CHOOSE, name=path.name, what=known)
    if path.suffix.lower() == ".atelier":
        return damaged(path, f"starts with {start[:16]!r}")
    return StudioError("{name} is not an Atelier project.", _CHOOSE, name=path.name)
