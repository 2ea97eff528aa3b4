"""Where things are. ``ATELIER_HOME`` moves what a person owns into one folder (tests, portable use)."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from platformdirs import PlatformDirs

_PACKAGE = Path(__file__).resolve().parent.parent


@functools.cache
def _dirs() -> PlatformDirs:
    from platformdirs import PlatformDirs  # costs as much as the rest of the core, and tests do without

    return PlatformDirs("atelier", appauthor=False)


def _shipped(name: str) -> Path:
    """A folder of the distribution: beside the package in a checkout, inside it in a wheel."""
    inside = _PACKAGE / f"_{name}"
    return inside if inside.is_dir() else _PACKAGE.parent / name


def _owned(kind: str, default: Callable[[], Path]) -> Path:
    home = os.environ.get("ATELIER_HOME")
    return Path(home) / kind if home else default()


@functools.cache
def assets() -> Path:
    """Icons, translations, samples."""
    return _shipped("assets")


def starter_models() -> Path:
    """Models in the box; read only."""
    return _shipped("models")


def user_models() -> Path:
    """Models people brought."""
    return _owned("models", lambda: _dirs().user_data_path / "models")


def wildcards() -> Path:
    """A person's lists for prompts, NAME.txt each."""
    return _owned("wildcards", lambda: _dirs().user_data_path / "wildcards")


def config() -> Path:
    """Preferences."""
    return _owned("config", lambda: _dirs().user_config_path)


def cache() -> Path:
    """Spool files and crash logs; may be emptied when no window is open."""
    return _owned("cache", lambda: _dirs().user_cache_path)


def documents() -> Path:
    """Where new projects go unless a person says otherwise."""
    return _owned("documents", lambda: _dirs().user_documents_path / "Atelier")


def system_data(name: str) -> list[Path]:
    """Folders called ``name`` in which the system keeps data for all programs; they need not be there."""
    from platformdirs import PlatformDirs

    found = PlatformDirs(name, appauthor=False, multipath=True).site_data_dir
    return [Path(folder) for folder in found.split(os.pathsep)]
