"""Outcomes on their way between processes: bytes travel as files, never inside a pickle; files just move."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import uuid
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core import places
from studio.core.jobs import Outcome, Output
from studio.engines.messages import Ended, Raw, Spooled

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

_numbers = itertools.count()


def folder() -> Path:
    """A new name for a spool folder of this process; nothing is made yet."""
    return places.cache() / "spool" / str(os.getpid()) / uuid.uuid4().hex


def remove(path: Path) -> None:
    """Remove what `folder` named, and the process's own folder with the last of them. Never raises."""
    shutil.rmtree(path, ignore_errors=True)
    with contextlib.suppress(OSError):
        path.parent.rmdir()


def remove_stale() -> None:
    """Remove what windows that were killed left behind. Never raises."""
    import psutil  # takes a while to load, so not in the UI thread

    for path in (places.cache() / "spool").glob("[0-9]*"):
        if path.name.isdigit() and not psutil.pid_exists(int(path.name)):
            shutil.rmtree(path, ignore_errors=True)


def scratch(spool: Path, number: int) -> Path:
    """A name for the folder of big files of run ``number``; nothing is made yet."""
    return spool / f"scratch-{os.getpid()}-{number}"


def remove_scratch(spool: Path) -> None:
    """Remove the scratch folders of a process that is gone. Never raises."""
    for path in spool.glob("scratch-*"):
        shutil.rmtree(path, ignore_errors=True)


def write_outcome(spool: Path, number: int, outcome: Outcome) -> Ended:
    """Write the outputs' bytes to files in ``spool``. Raises OSError (a full disk)."""
    outputs = tuple(_write(spool, output) for output in outcome.outputs)
    return Ended(number, replace(outcome, outputs=()), outputs)


def read_outcome(ended: Ended) -> Outcome:
    """The outcome with its bytes again, whose files are removed; an output that was a file is one here.

    Raises OSError.
    """
    return replace(ended.outcome, outputs=tuple(_read(item) for item in ended.outputs))


def write_preview(spool: Path, pixels: NDArray[uint8]) -> Raw:
    """Write bare pixels (height, width, channels) to a file in ``spool``. Raises OSError."""
    path = _fresh(spool, "preview")
    path.write_bytes(pixels.tobytes())
    height, width, channels = pixels.shape
    return Raw(path, height, width, channels)


def take(path: Path) -> bytes:
    """The bytes of ``path``, which is then removed. Raises OSError."""
    data = path.read_bytes()
    with contextlib.suppress(OSError):
        path.unlink()
    return data


def _write(spool: Path, output: Output) -> Spooled:
    path, stays = _fresh(spool, "output"), isinstance(output.data, Path)
    if isinstance(output.data, Path):
        shutil.move(output.data, path)  # a new name only, where scratch and spool are on one disk
    else:
        path.write_bytes(output.data)
    return Spooled(output.kind, output.media_type, output.name, path, output.seed, output.facts,
                   output.thumbnail, stays)


def _read(item: Spooled) -> Output:
    data = _there(item.path) if item.stays else take(item.path)
    return Output(item.kind, item.media_type, item.name, data, item.seed, item.facts, item.thumbnail)


def _there(path: Path) -> Path:
    path.stat()
    return path


def _fresh(spool: Path, stem: str) -> Path:
    return spool / f"{stem}-{os.getpid()}-{next(_numbers)}"
