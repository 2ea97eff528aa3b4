"""Bugs, for a person at a terminal: one sentence, and a file with the details."""

from __future__ import annotations

import os

from studio import __version__
from studio.core import places
from studio.core.errors import StudioError
from studio.core.jobs import Problem


def error_of(problem: Problem) -> StudioError:
    """``problem`` as an error to raise; the details of a bug are kept in a file that it names."""
    if not problem.is_bug:
        return StudioError(problem.message, problem.hint, details=problem.details, **dict(problem.values))
    path = places.cache() / f"crash-{os.getpid()}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"Atelier {__version__}\n{problem.details}", encoding="utf-8", errors="backslashreplace"
        )
    except OSError:
        return StudioError(problem.message, "Try it once more.", details=problem.details)
    return StudioError(problem.message, "The details are in {path}.", details=problem.details, path=path)


def named(error: StudioError, name: str) -> StudioError:
    """``error`` with the file it is about in front, unless it says so itself or there is no ``name``."""
    if not name or name[:40] in str(error):
        return error
    values = error.values | {"file": name, "sentence": error.message}
    return StudioError("{file}: {sentence}", error.hint_template, details=error.details, **values)
