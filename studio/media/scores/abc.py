"""ABC as a `Score`, read by music21 in a process of its own.

It takes seconds to be loaded, memory for good, and as long as it likes over a text that means nothing: a
process can be given a limit, and the window does not feel it.
"""

from __future__ import annotations

import multiprocessing
import re
from collections.abc import Callable
from multiprocessing.connection import Connection

from studio.core.errors import StudioError
from studio.core.score import Score

MOST = 1_000_000
"""Bytes of a text; a tune has about one thousand."""
SECONDS = 120.0
"""Longer than that nothing is read; a tune takes about five, most of it for music21 itself."""
_HINT = "Save it as MIDI or MusicXML in the program it comes from."
_TUNE = re.compile(r"^X:", re.MULTILINE)


def read_abc(data: bytes, name: str = "This file", seconds: float = SECONDS) -> Score:
    """The first tune in ``data``. Raises StudioError: empty, too long, no ABC, no notes, no end."""
    text = first_tune(data, name)
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=answer, args=(there, text), name="abc", daemon=True)
    process.start()
    there.close()
    try:
        return _answered(here, name, seconds)
    finally:
        process.kill()
        process.join()
        here.close()


def first_tune(data: bytes, name: str) -> str:
    """The text of the first tune, with what stands before it. Raises StudioError."""
    if not data.strip():
        raise StudioError("{name} is empty.", "Choose another file.", name=name)
    if len(data) > MOST:
        raise StudioError("{name} is too long: {size:,} MB; {most:,} MB is the most.",
                          "Cut it into shorter pieces.", name=name, size=-(-len(data) // 1_000_000),
                          most=MOST // 1_000_000)
    text = _decoded(data)
    tunes = [found.start() for found in _TUNE.finditer(text)]
    if not tunes and not re.search(r"^K:", text, re.MULTILINE):
        raise StudioError("{name} is not a tune in ABC.", "Choose another file.", name=name)
    return text[:tunes[1]] if len(tunes) > 1 else text


def answer(connection: Connection, text: str) -> None:
    """In the other process: read, send the score or what is wrong, end."""
    from studio.core import guard

    guard.install()
    _limit()
    from studio.media.scores.abc_stream import score_of

    connection.send(_tried(lambda: score_of(text)))
    connection.close()


def _tried(work: Callable[[], Score]) -> Score | str:
    try:
        return work()
    except (Exception, RecursionError) as error:  # noqa: BLE001 - a library that raises anything
        return f"{type(error).__name__}: {error}"[:500]


def _answered(connection: Connection, name: str, seconds: float) -> Score:
    try:
        found = connection.recv() if connection.poll(seconds) else "it took too long"
    except EOFError:
        found = "the reader ended"
    if not isinstance(found, Score):
        raise StudioError("{name} cannot be read: its ABC has something that is not understood.", _HINT,
                          name=name, details=str(found))
    if not found.notes:
        raise StudioError("{name} has no notes.", "Choose another file.", name=name)
    return found


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _limit() -> None:
    """No more memory than a big score needs, where the system can be told."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
