"""``atelier`` and ``python -m studio``: the window, or a command without one."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path


def main() -> int:
    """Run the command line; returns the exit code."""
    if getattr(sys, "frozen", False):  # the engine process of a bundle starts here as well
        from multiprocessing import freeze_support

        freeze_support()
    if not sys.warnoptions:  # a library's warnings are for us, not for whoever runs a command
        warnings.simplefilter("ignore")
    from studio.cli import main as run
    from studio.core import guard

    guard.install()
    return run(sys.argv[1:], _open_window)


def _open_window(project: Path | None) -> int:
    from studio.app import run

    return run(project)


if __name__ == "__main__":
    sys.exit(main())
