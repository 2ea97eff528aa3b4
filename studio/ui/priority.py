"""The window's thread goes first, before the others of its own process too."""

from __future__ import annotations

import contextlib
import os
import sys
import threading

_done = threading.local()
_NICENESS = 5
"""Less than an engine process has: who holds Python's lock must not wait for the engine."""


def give_way() -> None:
    """Let the calling thread run after the window's. Only Linux knows threads of unequal rank."""
    if sys.platform == "linux" and not getattr(_done, "yes", False):
        _done.yes = True
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
