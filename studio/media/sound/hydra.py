"""The tables of a SoundFont: what presets, instruments and samples there are, before anything is played.

Source: SoundFont Technical Specification 2.04 (E-mu Systems, 2006), sections 4 to 7. In an .sf3, MuseScore's
variant, each sample is a Vorbis stream and its place is counted in bytes.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.core.errors import StudioError
from studio.media.sources import reading_problem, size_of

AGAIN = "Copy it or get it once more."
_TABLES: dict[bytes, list[tuple[str, str]]] = {
    b"phdr": [("name", "S20"), ("program", "<u2"), ("bank", "<u2"), ("bag", "<u2"), ("rest", "V12")],
    b"pbag": [("generator", "<u2"), ("modulator", "<u2")], b"pgen": [("kind", "<u2"), ("amount", "<i2")],
    b"inst": [("name", "S20"), ("bag", "<u2")],
    b"ibag": [("generator", "<u2"), ("modulator", "<u2")], b"igen": [("kind", "<u2"), ("amount", "<i2")],
    b"shdr": [("name", "S20"), ("start", "<u4"), ("end", "<u4"), ("loop_start", "<u4"), ("loop_end", "<u4"),
              ("rate", "<u4"), ("pitch", "u1"), ("correction", "i1"), ("link", "<u2"), ("type", "<u2")],
}
_COMPRESSED = 0x10
Table = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Hydra:
    """A SoundFont's tables, each with the terminal entry that closes it, and where its samples lie."""

    path: Path
    name: str
    """What it calls itself; "" if nothing."""
    tables: dict[bytes, Table] = field(repr=False)
    samples_at: int
    """Place of the sample data in the file."""
    samples_size: int
    """Bytes of it."""

    @property
    def is_compressed(self) -> bool:
        """Whether its samples are Vorbis (.sf3)."""
        return bool((self.tables[b"shdr"]["type"][:-1] & _COMPRESSED).any())

    @property
    def presets(self) -> list[tuple[int, int]]:
        """(bank, program) of all there are."""
        return [(int(row["bank"]), int(row["program"])) for row in self.tables[b"phdr"][:-1]]


def read(path: Path) -> Hydra:
    """The tables of the SoundFont at ``path``. Raises StudioError: cut off, damaged, or something else."""
    size = size_of(path)
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _read(path, data, size)
    except OSError as error:
        raise reading_problem(path, error) from error
    except (struct.error, ValueError, IndexError) as error:
        raise damaged(path, repr(error)) from error


def damaged(path: Path, details: str = "") -> StudioError:
    """The sentence for a SoundFont that contradicts itself."""
    return StudioError("The SoundFont {name} is damaged.", AGAIN, name=path.name, details=details)


def _read(path: Path, data: mmap.mmap, size: int) -> Hydra:
    if data[:4] != b"RIFF" or data[8:12] != b"sfbk":
        raise StudioError("{name} is not a SoundFont.", "SoundFonts end in .sf2 or .sf3.", name=path.name)
    whole = 8 + int(struct.unpack_from("<I", data, 4)[0])
    if size < whole:
        raise StudioError("The SoundFont {name} is cut off: {size:,} of {whole:,} KB are there.", AGAIN,
                          name=path.name, size=size // 1000, whole=whole // 1000)
    places = {name: (at, length) for name, at, length in _leaves(data, whole)}
    if b"smpl" not in places or not places[b"smpl"][1]:
        raise StudioError("The SoundFont {name} has no sound in it.", "Choose another.", name=path.name)
    tables = {name: _table(data, name, *places[name]) for name in _TABLES if name in places}
    title = data[slice(*_span(places, b"INAM"))].split(b"\0")[0].decode("utf-8", "replace")
    found = Hydra(path, title, tables, *places[b"smpl"])
    _check(found)
    return found


def _leaves(data: mmap.mmap, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(name, place, bytes) of the chunks in the three lists."""
    at = 12
    while at + 8 <= end:
        name, size = struct.unpack_from("<4sI", data, at)
        if at + 8 + size > end:
            raise ValueError(f"chunk {name!r} leaves the file")
        if name == b"LIST":
            at += 12  # its kind follows; what is inside comes next
            continue
        yield name, at + 8, size
        at += 8 + size + size % 2


def _span(places: dict[bytes, tuple[int, int]], name: bytes) -> tuple[int, int]:
    at, size = places.get(name, (0, 0))
    return at, at + size


def _table(data: mmap.mmap, name: bytes, at: int, size: int) -> Table:
    kind = np.dtype(_TABLES[name])
    return np.frombuffer(data[at:at + size - size % kind.itemsize], kind)


def _check(found: Hydra) -> None:
    """All that later steps rely on. Raises ValueError, StudioError."""
    tables = found.tables
    if len(tables) < len(_TABLES) or any(not len(table) for table in tables.values()):
        raise ValueError(f"tables are missing: {sorted(tables)}")
    if len(tables[b"phdr"]) < 2 or len(tables[b"shdr"]) < 2:
        raise StudioError("The SoundFont {name} has no instruments.", "Choose another.",
                          name=found.path.name)
    for head, column, body in ((b"phdr", "bag", b"pbag"), (b"inst", "bag", b"ibag"),
                               (b"pbag", "generator", b"pgen"), (b"ibag", "generator", b"igen")):
        column_of = tables[head][column].astype(np.int64)
        if (np.diff(column_of) < 0).any() or column_of[-1] > len(tables[body]):
            raise ValueError(f"{head!r} leads out of {body!r}")
