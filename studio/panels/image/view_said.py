"""What the task said of a prompt: how much of it is read, and as what."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate
_TOLD = 3
"""Words told of by name; the tooltip has all of them."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer to ``do="count"``."""

    count: int = 0
    limit: int = 0
    """0 where there is none."""
    cut: str = ""
    """Text that is not read."""
    read: tuple[tuple[str, str], ...] = ()
    """Words that the model does not know, each with the one that answers for it."""
    unknown: tuple[str, ...] = ()
    """Words that mean nothing to it."""

    @property
    def is_trouble(self) -> bool:
        """Whether something of the prompt is lost."""
        return bool(self.cut or self.unknown)


def parse(text: str) -> Said | None:
    """The answer in ``text`` (JSON), None where it is none."""
    try:
        data = json.loads(text)
        pairs = tuple((str(word), str(known)) for word, known in data.get("read") or ())
        unknown = tuple(str(word) for word in data.get("unknown") or ())
        count, limit = int(data["count"]), int(data.get("limit") or 0)
        return Said(count, limit, str(data.get("cut") or ""), pairs, unknown)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def count_words(said: Said, *, in_words: bool) -> str:
    """How many tokens, or words, the prompt has, and of how many."""
    if in_words:
        text = translate("Prompt", "{count} of {limit} words") if said.limit else translate(
            "Prompt", "{count} words")
    else:
        text = translate("Prompt", "{count} of {limit} tokens") if said.limit else translate(
            "Prompt", "{count} tokens")
    return text.format(count=said.count, limit=said.limit)


def lines(said: Said, most: int = _TOLD) -> list[str]:
    """What becomes of words that are not known, and what is not read; at most ``most`` of each by name."""
    found = []
    if said.read:
        pairs = (translate("Prompt", "“{word}” as “{known}”").format(word=word, known=known)
                 for word, known in said.read[:most])
        found.append(translate("Prompt", "Read {words}").format(words=_joined(pairs, len(said.read) - most)))
    if said.unknown:
        words = _joined((f"“{word}”" for word in said.unknown[:most]), len(said.unknown) - most)
        found.append(translate("Prompt", "Not known: {words}").format(words=words))
    if said.cut:
        found.append(translate("Prompt", "Not read: {text}").format(text=_short(said.cut, most)))
    return found


def _joined(parts: Iterable[str], left: int) -> str:
    words = ", ".join(parts)
    return words + (translate("Prompt", " and {count} more").format(count=left) if left > 0 else "")


def _short(text: str, most: int) -> str:
    words = " ".join(text.split())
    room = 24 * most
    return words if len(words) <= room else f"{words[:room].rstrip()}…"
