"""``atelier`` and ``python -m studio``: the window, or a command without one."""

from __future__ import annotations

import gc
import os
import sys
import warnings
from pathlib import Path

STOPPED = 130


def main() -> int:
    """Run the command line; returns the exit code."""
    if getattr(sys, "frozen", False):  # the engine process of a bundle starts here as well
        from multiprocessing import freeze_support

        freeze_support()
    if not sys.warnoptions:  # a library's warnings are for us, not for whoever runs a command
        warnings.simplefilter("ignore")
    code = _run()
    if code == STOPPED:  # a library stopped while it was loading would crash in Python's own end
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


def _run() -> int:
    try:
        gc.disable()  # all that a start makes stays; for the window `studio.ui.garbage` takes over later
        from studio.cli import main as run
        from studio.core import guard

        guard.install()
        return run(sys.argv[1:], _open_window)
    except KeyboardInterrupt:  # so early that nothing was there to notice it
        sys.stderr.write("Stopped.\n")
        return STOPPED


def _open_window(project: Path | None) -> int:
    from studio.app import run

    return run(project)


if __name__ == "__main__":
    sys.exit(main())
