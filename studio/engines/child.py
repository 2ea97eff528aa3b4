"""First steps of the engine process. Imports nothing heavy: thread limits must be set before numpy loads."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.engines.messages import HostSettings

_THREAD_LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_PR_SET_PDEATHSIG = 1


def main(connection: Connection, log: Path, threads: int, niceness: int, settings: HostSettings) -> None:
    """Body of the process: set it up, then serve until told to quit or the window is gone."""
    _log_to(log)
    _die_with_parent()
    _give_way(niceness)
    for name in _THREAD_LIMITS:
        os.environ[name] = str(threads or os.cpu_count() or 1)
    from studio.core import guard

    guard.install()
    from studio.engines.host import Host

    Host(connection, settings).serve()


def _log_to(log: Path) -> None:
    """Native libraries write their last words to descriptor 2, and so does faulthandler."""
    with contextlib.suppress(OSError):
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as stream:
            for descriptor in (1, 2):
                os.dup2(stream.fileno(), descriptor)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", buffering=1, errors="replace", closefd=False)
                              for number in (1, 2))
    faulthandler.enable(sys.stderr)


def _die_with_parent() -> None:
    """No orphans, even when the window is killed while a C call here holds Python's lock (Linux only)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the window
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _give_way(niceness: int) -> None:
    """The window goes first; and when memory runs out, this process is the one to go."""
    import psutil

    with contextlib.suppress(OSError, psutil.Error):
        psutil.Process().nice(niceness if os.name == "posix" else 0x4000)  # BELOW_NORMAL_PRIORITY_CLASS
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("700", encoding="ascii")
