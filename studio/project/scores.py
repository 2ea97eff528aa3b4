"""Scores that are brought in: whatever they were written in, a project keeps one kind of bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any

SUFFIXES = frozenset({".mid", ".midi", ".rmi", ".kar", ".musicxml", ".xml", ".mxl", ".abc"})
"""Endings of what is a score; as `studio.media.scores.SUFFIXES`, which costs more to ask."""
MEDIA_TYPE = "audio/midi"


def taken_in(source: bytes | Path, name: str) -> bytes:
    """The bytes of `write_arrangement` for what is in ``source``. ABC takes seconds.

    Raises StudioError for what is no score, or one that cannot be read.
    """
    from studio.media.arrangement_midi import write_arrangement
    from studio.media.scores import read
    from studio.media.sources import load

    return write_arrangement(read(load(source), PurePath(name).name or "This file"))


def is_slow(path: Path) -> bool:
    """Whether reading takes long enough that nobody should wait for it."""
    return path.suffix.lower() in SUFFIXES


def facts(data: bytes) -> Mapping[str, Any]:
    """What a list shows of the bytes of `taken_in`."""
    from studio.media.arrangement_midi import read_arrangement
    from studio.media.scores.facts import facts_of

    return facts_of(read_arrangement(data))
