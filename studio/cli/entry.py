"""The way in: what the words on the command line mean, and how a command ends."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studio import __version__
from studio.cli.console import NAME, Console
from studio.core.errors import Cancelled, StudioError
from studio.panels import panels

if TYPE_CHECKING:
    import argparse

DONE, FAILED, USAGE, STOPPED = 0, 1, 2, 130
Command = Callable[["argparse.Namespace", Console], int]
OpenWindow = Callable[[Path | None], int]


def main(argv: Sequence[str], open_window: OpenWindow | None = None) -> int:
    """Run the command ``argv`` names and return its exit code. Never raises.

    No command, or one project file, means the window: ``open_window`` gets the project to open.
    """
    console = Console(is_json="--json" in argv, is_quiet="--quiet" in argv)
    try:
        code = _guarded(list(argv), console, open_window)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has gone; nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return code


def _guarded(argv: list[str], console: Console, open_window: OpenWindow | None) -> int:
    """The exit code, whatever happens; BrokenPipeError passes."""
    try:
        return _run(argv, console, open_window)
    except SystemExit as end:  # argparse: help (0) or wrong usage (2)
        return end.code if isinstance(end.code, int) else USAGE
    except (KeyboardInterrupt, Cancelled):
        console.say("Stopped.")
        return STOPPED
    except StudioError as error:
        console.problem(error)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the last resort: a person gets a sentence, a file the details
        from studio.cli.failures import error_of
        from studio.core.jobs import problem_of

        console.problem(error_of(problem_of(error)))
    return FAILED


def build_parser() -> argparse.ArgumentParser:
    """Everything the command line understands."""
    import argparse  # the window does without

    from studio.cli import models, panel, projects

    parser = argparse.ArgumentParser(
        prog=NAME,
        allow_abbrev=False,
        description=("Atelier, an offline creative studio. Without a command the window opens."),
    )
    parser.add_argument("--version", action="version", version=f"Atelier {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for spec in panels():
        panel.add(commands, spec)
    models.add(commands)
    projects.add(commands)
    return parser


def _run(argv: list[str], console: Console, open_window: OpenWindow | None) -> int:
    if open_window and _means_window(argv):
        from studio.cli import display

        display.check()
        return open_window(Path(argv[0]) if argv else None)
    args = build_parser().parse_args(argv)
    gc.enable()  # `studio.__main__` starts without
    command: Command = args.command
    return command(args, console)


def _means_window(argv: Sequence[str]) -> bool:
    return not argv or (len(argv) == 1 and argv[0].lower().endswith(".atelier"))
