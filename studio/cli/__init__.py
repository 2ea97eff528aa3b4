"""The studio without a window: one command for every panel, and commands for models and projects.

Exit codes: 0 done, 1 failed (one line on standard error), 2 wrong usage, 130 stopped.
"""

from studio.cli.entry import main

__all__ = ["main"]
