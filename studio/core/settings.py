"""The person's preferences: one JSON file, written whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from studio.core import places

if TYPE_CHECKING:
    from studio.core.preferences import Preferences

_LOOKS = {"theme": ("dark", "light"), "language": ("en", "zh_CN")}
"""What can be chosen instead of the system's."""


class Look(NamedTuple):
    """The preferences that count before the window is shown."""

    theme: str = "system"
    language: str = "system"
    reduce_motion: bool = False


class PreferencesFile:
    """Reads and writes preferences and a few remembered facts (recent projects, window places)."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or places.config() / "preferences.json"
        self._data = _read(self._path)

    @property
    def preferences(self) -> Preferences:
        """What was chosen; defaults for anything missing or damaged."""
        from studio.core.preferences import Preferences  # a fiftieth of the start, which does with `look`

        known = Preferences.settings()
        return Preferences(**{n: v for n, v in self._chosen.items() if n in known and _is_valid(n, v)})

    def look(self) -> Look:
        """The same of what the window needs first."""
        chosen = {name: self._chosen.get(name) for name in _LOOKS}
        known = {name: value for name, value in chosen.items() if value in _LOOKS[name]}
        return Look(**known, reduce_motion=self._chosen.get("reduce_motion") is True)

    @property
    def _chosen(self) -> dict[str, Any]:
        found = self._data.get("preferences")
        return found if isinstance(found, dict) else {}

    def save(self, preferences: Preferences) -> None:
        """Keep ``preferences``."""
        self.remember("preferences", preferences.to_json())

    def recall(self, key: str, default: Any = None) -> Any:
        """A remembered JSON value."""
        return self._data.get(key, default)

    def remember(self, key: str, value: Any) -> None:
        """Keep a JSON value. Raises OSError if it cannot be written; the old file is then whole."""
        self._data[key] = value
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_suffix(f".{os.getpid()}.part")
        part.write_text(json.dumps(self._data, ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(self._path)


def _is_valid(name: str, value: object) -> bool:
    from studio.core.preferences import Preferences

    try:
        Preferences.from_json({name: value})
    except Exception:  # a damaged preference must never keep the window from opening
        return False
    return True


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
