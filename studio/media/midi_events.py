"""A standard MIDI file as its chunks and events (MIDI 1.0, RP-001), before they mean anything.

Own code, as symusic 0.5.9 ends the whole program where a chunk is said to be longer than the file, counts
past 32 bits, and drops notes that are never ended. It is the judge in the tests.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from studio.core.errors import StudioError

MOST = 16_000_000
"""Bytes: some three million notes."""
LAST = 1 << 40
"""Ticks; later is no music."""
META = 0xFF
END = b"\x2f"
"""Type of the last event of a track."""
_DAMAGED = "Export it again, or open it in another program and save it as MIDI."


@dataclass(frozen=True, slots=True)
class Chunks:
    """``division`` is ticks to a quarter note; ``cut`` says that the file ends before its last track does."""

    form: int
    division: int
    tracks: tuple[bytes, ...]
    cut: bool


Event = tuple[int, int, bytes]
"""Tick, status (`META` has the type of the event as first byte of its data), data."""


def chunks(data: bytes, name: str = "This file") -> Chunks:
    """The header and tracks of a file. Raises StudioError: empty, too long, no MIDI, SMPTE time, form 2."""
    _check_size(data, name)
    at = _header_at(data, name)
    size, form, _, division = struct.unpack(">IHHH", data[at + 4 : at + 14])
    if division & 0x8000:
        raise StudioError("{name} counts time in film frames (SMPTE), not in beats.",
                          "Save it with ticks per quarter note.", name=name)
    if not division:
        raise StudioError("{name} is damaged: its beat has no length.", _DAMAGED, name=name)
    if form > 1:
        raise StudioError("{name} holds several pieces in one file (MIDI format {form}).",
                          "Save one of them as MIDI format 0 or 1.", name=name, form=form)
    tracks, cut = _tracks(data, at + 8 + size)
    return Chunks(form, division, tracks, cut)


def events(track: bytes, name: str = "This file") -> Iterator[Event]:
    """The events of a track in order; it may end in the middle of one, which is then left out.

    Raises StudioError where a byte stands that no event begins with, or time runs over.
    """
    at, tick, running = 0, 0, 0
    while at < len(track):
        wait = track[at]
        at += 1
        if wait > 127:
            wait, at = _number(track, at - 1)
        tick += wait
        if tick > LAST:
            raise StudioError("{name} is damaged: it would last for years.", _DAMAGED, name=name)
        status = track[at] if at < len(track) else 0
        if status >= 0x80:
            at += 1
        else:
            status = running
        found = _event(track, at, status, name) if at < len(track) else None
        if found is None:
            return
        data, at = found
        running = status if status < 0xF0 else 0
        yield tick, status, data
        if (status, data[:1]) == (META, END):
            return


def _check_size(data: bytes, name: str) -> None:
    if not data:
        raise StudioError("{name} is empty.", "Choose another file.", name=name)
    if len(data) > MOST:
        raise StudioError("{name} is too long: {size:,} MB; {most:,} MB is the most.",
                          "Cut it into shorter pieces.", name=name, size=-(-len(data) // 1_000_000),
                          most=MOST // 1_000_000)


def _header_at(data: bytes, name: str) -> int:
    """Where the header begins; a RIFF wrapper (.rmi) and a few bytes before it are passed over."""
    at = data.find(b"MThd", 0, 64)
    if at < 0 and not b"MThd".startswith(data[:4]):
        raise StudioError("{name} is not a MIDI file.", "Choose a .mid file.", name=name)
    if at < 0 or len(data) < at + 14:
        raise StudioError("{name} is damaged: it ends before the music begins.", _DAMAGED, name=name)
    return at


def _tracks(data: bytes, at: int) -> tuple[tuple[bytes, ...], bool]:
    """Chunks of other kinds are passed over. A track that is cut off gives what there is of it."""
    found: list[bytes] = []
    cut = False
    while at + 8 <= len(data):
        kind, size = struct.unpack(">4sI", data[at : at + 8])
        body = data[at + 8 : at + 8 + size]
        if kind == b"MTrk":
            found.append(body)
            cut = cut or len(body) < size
        at += 8 + size
    return tuple(found), cut


def _event(track: bytes, at: int, status: int, name: str) -> tuple[bytes, int] | None:
    """Data and the place after it; None where the track ends first."""
    if status < 0x80 or 0xF0 < status < 0xF7 or 0xF7 < status < 0xFF:
        raise _garbled(name)
    if status >= 0xF0:
        kind = track[at : at + 1] if status == META else b""
        size, begin = _number(track, at + len(kind))
        return (kind + track[begin : begin + size], begin + size) if begin + size <= len(track) else None
    end = at + (1 if status >> 4 in (0xC, 0xD) else 2)
    data = track[at:end]
    if not data.isascii():
        raise _garbled(name)
    return (data, end) if end <= len(track) else None


def _number(track: bytes, at: int) -> tuple[int, int]:
    """A number of variable length (four bytes at most), and the place after it."""
    value = 0
    for place in range(at, min(at + 4, len(track))):
        value = value << 7 | track[place] & 0x7F
        if track[place] < 0x80:
            return value, place + 1
    return value, min(at + 4, len(track))


def _garbled(name: str) -> StudioError:
    return StudioError("{name} is damaged: there is something else where a note should be.", _DAMAGED,
                       name=name)
