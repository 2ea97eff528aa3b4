"""Finished pieces of interrupted work, so that the same command goes on after the last of them.

They lie in the cache, in a folder named after the request; it goes once the work is done.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from dataclasses import replace
from pathlib import Path

from studio import __version__
from studio.core import places
from studio.core.jobs import Request
from studio.project.batch.finished import fingerprint

_KEPT = 14 * 86_400
"""Seconds after which nobody comes back for the pieces."""
_SEED = "seed"


class Unfinished:
    """The pieces of one request. Use it around the work; `over` says that they are not needed any more."""

    def __init__(self, request: Request, *, with_seed: bool) -> None:
        """With ``with_seed`` False the seed was drawn by lot, and an earlier try's seed is taken over."""
        key = fingerprint(request, with_seed=with_seed)[:32]
        self.folder = places.cache() / "unfinished" / f"{__version__}-{key}"
        seed = request.seed if with_seed else self._kept_seed(request.seed)
        self.request = replace(request, seed=seed)
        """What to do."""
        with contextlib.suppress(OSError):  # without a place for pieces the work is done in one go
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / _SEED).write_text(str(seed), encoding="ascii")

    def over(self) -> None:
        """Forget the pieces."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def leave(self) -> None:
        """The work ended without a result: keep the pieces if there are any."""
        if not any(self.folder.glob("*.part")):
            self.over()

    def _kept_seed(self, drawn: int) -> int:
        try:
            return int((self.folder / _SEED).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return drawn


def sweep() -> None:
    """Remove what was left two weeks ago and more. Never raises."""
    for folder in _folders():
        with contextlib.suppress(OSError):
            if time.time() - folder.stat().st_mtime > _KEPT:
                shutil.rmtree(folder, ignore_errors=True)


def _folders() -> list[Path]:
    try:
        return [path for path in (places.cache() / "unfinished").iterdir() if path.is_dir()]
    except OSError:
        return []
