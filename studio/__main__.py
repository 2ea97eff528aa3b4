"""``atelier`` and ``python -m studio``: the window, or a command without one."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; returns the exit code."""
    if getattr(sys, "frozen", False):  # the engine process of a bundle starts here as well
        from multiprocessing import freeze_support

        freeze_support()
    from studio.cli import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
