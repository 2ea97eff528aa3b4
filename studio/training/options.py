"""The command line that recipes of models of several sizes share."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path


def recipe_parser(module: str, about: str | None, sizes: Iterable[str], default: str, folder: str,
                  ) -> argparse.ArgumentParser:
    """Options of ``python -m module``; ``folder`` names what --data must contain."""
    top = argparse.ArgumentParser(prog=f"python -m {module}", description=about,
                                  formatter_class=argparse.RawDescriptionHelpFormatter)
    top.add_argument("--data", type=Path, required=True, help=f"folder with {folder}")
    top.add_argument("--out", type=Path, required=True, help="folder for the model")
    top.add_argument("--runs", type=Path, default=Path("runs"))
    top.add_argument("--size", choices=tuple(sizes), default=default)
    top.add_argument("--minutes", type=float, help="of training, over all runs together")
    top.add_argument("--threads", type=int, default=2)
    top.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    top.add_argument("--resume", action="store_true")
    top.add_argument("--evaluate", action="store_true", help="export, measure and describe what is trained")
    return top
