"""What of the page a model will see, guessed without the model: how many letters make a token is learned.

The guess goes through `studio.panels.write.prompt.view` itself, so that it is cut as the task will cut it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from studio.core import places
from studio.core.engine import TextModel
from studio.core.errors import StudioError
from studio.core.settings import PreferencesFile
from studio.panels.write import prompt
from studio.panels.write.prompt import Sheet

USUAL = 4096
"""Context where a model's facts tell of none, tokens."""
_LETTERS = 4.0
"""Letters to a token in scripts with spaces, to begin with."""
_WIDE_TOKENS = 1.1
"""Tokens to an ideograph, to begin with."""
_WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_SLOW = 0.5
"""Share of what a new measurement says that is believed."""
_LEAST, _MOST = 0.2, 12.0
"""Bounds of what is learned: a tokeniser of single bytes, and one that does not fit the language."""
KEEP = 8
"""Letters to a token beyond which no text is sent along with a request."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What fits."""

    context: int
    """Tokens that the model sees at once."""
    fixed: int = 0
    """Tokens of memory, cards and note."""
    shown: int = 0
    """Tokens of the text."""
    length: int = 0
    """Tokens that are to be written."""
    start: int = 0
    """First character of the text that is seen; 0 where it is all of it."""
    cards: tuple[str, ...] = ()
    """Names of the cards that are seen."""
    problem: StudioError | None = field(default=None, compare=False)
    """Why nothing fits."""

    @property
    def used(self) -> float:
        """Share of the context that is taken, 0 to 1."""
        return min(1.0, (self.fixed + self.shown + self.length) / max(1, self.context))


@dataclass(frozen=True, slots=True)
class Counter:
    """Stands in for a model where only counting matters."""

    context: int
    scale: float = 1.0
    """How many tokens the model really makes where one is guessed."""

    def count(self, text: str) -> int:
        """About so many tokens."""
        narrow = len(_WIDE.sub("", text))
        tokens = narrow / _LETTERS + (len(text) - narrow) * _WIDE_TOKENS
        return round(tokens * self.scale) if text else 0

    def tokenise(self, text: str, *, begins: bool = False, marks: bool = False) -> range:
        """As many as `count` says."""
        return range(self.count(text) + begins)


def fit(sheet: Sheet, counter: Counter, length: int) -> Fit:
    """What of ``sheet`` a model sees that is to write ``length`` tokens. Costs about the context's length."""
    try:
        seen = prompt.view(sheet, cast(TextModel, counter), length)
    except StudioError as error:
        return Fit(counter.context, problem=error)
    return Fit(counter.context, seen.fixed, seen.shown, length, seen.start, seen.cards)


def tail(length: int, context: int) -> int:
    """The first character of a text of ``length`` that has to be sent to a model of ``context`` tokens.

    It moves in long steps, so that what the model has read stays read while the text grows.
    """
    keep = max(1, context) * KEEP
    step = max(1, keep // 2)
    return max(0, length - keep) // step * step


class Learned:
    """Remembers for each model how many tokens it makes, in the cache of this machine."""

    def __init__(self, path: Path | None = None) -> None:
        self._file = PreferencesFile(path or places.cache() / "tokens.json")

    def scale(self, model: str) -> float:
        """For `Counter`; 1 for a model that has written nothing here yet."""
        found = self._file.recall(model, 1.0)
        return min(max(float(found), _LEAST), _MOST) if isinstance(found, int | float) else 1.0

    def learn(self, model: str, text: str, facts: Mapping[str, Any]) -> None:
        """From a result of ``model``: ``text`` is what it wrote. Raises OSError."""
        tokens = facts.get("tokens")
        guess = Counter(0).count(text)
        if isinstance(tokens, int) and tokens >= 16 and guess >= 8:
            old = self._file.recall(model, None)
            scale = min(max(tokens / guess, _LEAST), _MOST)
            known = isinstance(old, int | float)
            self._file.remember(model, scale if not known else old + (scale - old) * _SLOW)
