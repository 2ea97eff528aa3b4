"""The prompts that pictures were made with, newest first, in all projects."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from studio.core import places
from studio.core.settings import PreferencesFile

_MOST = 300
_LONGEST = 20_000


class PromptHistory:
    """Kept beside the preferences. One that cannot be written is kept as long as the window is open."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or places.config() / "image-prompts.json"
        self._prompts: list[str] | None = None

    def all(self) -> list[str]:
        """Every prompt, the last one used first."""
        if self._prompts is None:
            kept = PreferencesFile(self._path).recall("prompts", [])
            found = kept if isinstance(kept, list) else []
            self._prompts = [text for text in found if isinstance(text, str)]
        return list(self._prompts)

    def add(self, prompt: str) -> None:
        """``prompt`` was used now."""
        text = prompt.strip()
        if not text or len(text) > _LONGEST or self.all()[:1] == [text]:
            return
        self._prompts = [text, *(old for old in self.all() if old != text)][:_MOST]
        self._keep()

    def clear(self) -> None:
        """Forget them all."""
        self._prompts = []
        self._keep()

    def _keep(self) -> None:
        with suppress(OSError):  # a history that is lost is no news
            PreferencesFile(self._path).remember("prompts", self.all())
