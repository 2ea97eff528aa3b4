"""Notes on the clipboard: JSON, counted from the first of them, so that other pages can take them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from studio.core.score import Note

MIME = "application/x-atelier-notes"
MOST = 100_000


def to_bytes(notes: Collection[Note], origin: int) -> bytes:
    """``notes`` with their starts counted from tick ``origin``."""
    rows = [[note.start - origin, note.pitch, note.length, note.velocity] for note in sorted(notes)]
    return json.dumps(rows, separators=(",", ":")).encode()


def from_bytes(data: bytes, at: int) -> list[Note]:
    """What `to_bytes` wrote, from tick ``at`` on; nothing where it is something else."""
    try:
        rows = json.loads(data)
        return list(_notes(rows[:MOST], at))
    except (ValueError, TypeError, KeyError):
        return []


def _notes(rows: Iterable[list[int]], at: int) -> Iterable[Note]:
    for start, pitch, length, velocity in rows:
        yield Note(at + start, pitch, length, velocity)
