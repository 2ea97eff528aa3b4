"""The person's preferences: one JSON file, written whole or not at all."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.core import places
from studio.core.params import Params, setting


@dataclass(frozen=True, slots=True)
class Preferences(Params):
    """What a person chose once for all projects."""

    theme: str = setting("choice", "system", "Theme", choices=(
        ("system", "Like the system"), ("dark", "Dark"), ("light", "Light")))
    language: str = setting("choice", "system", "Language", choices=(
        ("system", "Like the system"), ("en", "English"), ("zh_CN", "简体中文")))
    device: str = setting("choice", "auto", "Compute on", choices=(
        ("auto", "Best available"), ("cpu", "CPU"), ("cuda", "NVIDIA GPU"), ("mps", "Apple GPU")))
    memory_share: float = setting("float", 0.5, "Memory for models", low=0.1, high=0.9, step=0.05,
                                  help="Share of the free memory that loaded models may keep.")
    reduce_motion: bool = setting("bool", False, "Reduce motion")


class PreferencesFile:
    """Reads and writes preferences and a few remembered facts (recent projects, window places)."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or places.config() / "preferences.json"
        self._data = _read(self._path)

    @property
    def preferences(self) -> Preferences:
        """What was chosen; defaults for anything missing or damaged."""
        known = Preferences.settings()
        return Preferences(**{n: v for n, v in self._data.get("preferences", {}).items()
                              if n in known and _is_valid(n, v)})

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
