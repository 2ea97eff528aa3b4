"""Story cards: what the model is told of people and places once their words come up."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from studio.core.errors import StudioError

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_MOST = 2000
"""Cards in one story."""


@dataclass(frozen=True, slots=True)
class Card:
    """A person, place or thing."""

    name: str
    text: str
    words: tuple[str, ...] = ()
    """What brings it up, whatever the case; its name, if there are none."""
    is_on: bool = True

    @property
    def triggers(self) -> tuple[str, ...]:
        """The words that bring it up."""
        return self.words or ((self.name,) if self.name.strip() else ())


def parse(text: str) -> tuple[Card, ...]:
    """Cards from JSON, a list of {"name", "text", "words", "on"}; none from "". Raises StudioError."""
    if not text.strip():
        return ()
    try:
        found = json.loads(text)
        if not isinstance(found, list) or len(found) > _MOST:
            raise ValueError(f"{type(found).__name__}, {_MOST} at most")
        return tuple(_card(item) for item in found)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StudioError("The story cards cannot be read.", "Import them again.",
                          details=repr(error)[:500]) from error


def to_json(cards: Sequence[Card]) -> str:
    """``cards`` as `parse` reads them, fit to be read by people too."""
    return json.dumps([{"name": card.name, "text": card.text, "words": list(card.words), "on": card.is_on}
                       for card in cards], ensure_ascii=False, indent=1)


def awake(cards: Sequence[Card], text: str) -> tuple[Card, ...]:
    """The cards whose words stand in ``text``, in order."""
    return tuple(card for card in cards if card.is_on and card.text.strip() and _is_named(card, text))


def _is_named(card: Card, text: str) -> bool:
    return any(_pattern(word.strip()).search(text) for word in card.triggers if word.strip())


def _pattern(word: str) -> re.Pattern[str]:
    """Whole words, except in scripts that put no spaces between them."""
    inside = re.escape(word)
    return re.compile(inside if _WIDE.search(word) else rf"(?<!\w){inside}(?!\w)", re.IGNORECASE)


def _card(item: dict[str, object]) -> Card:
    words = item.get("words", [])
    if isinstance(words, str):
        words = words.split(",")
    if not isinstance(words, list):
        raise TypeError(f"words: {words!r}")
    return Card(str(item["name"]), str(item["text"]), tuple(str(word).strip() for word in words),
                item.get("on", True) is not False)
