"""Finding text in a page. Places are UTF-16 units."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from studio.core.errors import StudioError
from studio.core.pieces import joined, parted
from studio.media.manuscript import is_wide

_MOST = 100_000
"""Places that are found at most."""
_SECONDS = 0.5
"""Of the processor's time that a person's pattern may take in all: the window waits for it."""
_COUNT = re.compile(r"\{(\d+)")
_REPEATS = 200_000
"""Counts of a pattern multiplied, at most: `regex` lays out nested ones before it looks for anything."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for."""

    text: str = ""
    has_case: bool = False
    """Whether capitals matter."""
    is_whole: bool = False
    """Whole words only; without meaning for scripts that put no spaces between words."""
    is_pattern: bool = False
    """A regular expression, within one paragraph."""

    def plain(self) -> re.Pattern[str]:
        """The text as it stands, for `parted` text."""
        return re.compile(self._bounded(re.escape(parted(self.text))), self._flags())

    def pattern(self) -> Any:
        """The text as a pattern of `regex` for `parted` text. Raises StudioError where it is none."""
        import regex  # `re` cannot be stopped; loaded when a person uses patterns, not while the window opens

        try:
            if math.prod(max(1, int(count)) for count in _COUNT.findall(self.text)) > _REPEATS:
                raise OverflowError("it repeats too often")
            return regex.compile(self._bounded(parted(self.text)), self._flags())
        except (regex.error, RecursionError, OverflowError, ValueError) as error:
            raise StudioError("This is no pattern: {reason}.", "Switch patterns off to find it as it stands.",
                              reason=str(error)) from error

    def _bounded(self, inside: str) -> str:
        if not self.is_whole or any(is_wide(letter) for letter in self.text):
            return inside
        return rf"(?<!\w)(?:{inside})(?!\w)"

    def _flags(self) -> int:
        """The same numbers in `re` and in `regex`."""
        return int(re.MULTILINE if self.has_case else re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """A place where it stands."""

    start: int
    end: int
    instead: str = ""
    """What a replacement puts there."""


def find_all(text: str, query: Query, replacement: str = "",
             clock: Callable[[], float] = time.thread_time) -> tuple[Match, ...]:
    """Every place, in order, without overlap. Raises StudioError: no pattern, or one that takes too long."""
    if not query.text:
        return ()
    found = _patterned(parted(text), query.pattern(), replacement, clock) if query.is_pattern else (
        Match(item.start(), item.end(), replacement) for item in query.plain().finditer(parted(text)))
    return tuple(islice(found, _MOST))


def _patterned(text: str, pattern: Any, replacement: str, clock: Callable[[], float]) -> Iterator[Match]:
    """Places in each paragraph by itself."""
    start, ends = 0, clock() + _SECONDS
    for part in text.split("\n"):
        try:
            for item in pattern.finditer(part, timeout=max(0.0, ends - clock())):
                if item.end() > item.start():
                    yield Match(start + item.start(), start + item.end(), joined(_instead(item, replacement)))
        except TimeoutError as error:
            raise StudioError("Looking for this takes too long.", "Try a simpler pattern.") from error
        start += len(part) + 1


def _instead(found: Any, replacement: str) -> str:
    """``replacement`` with \\1 and \\g<name> filled, as regular expressions do it."""
    import regex

    try:
        return str(found.expand(replacement))
    except (regex.error, IndexError) as error:
        raise StudioError("The replacement is no pattern: {reason}.", "Write \\\\ for a backslash.",
                          reason=str(error)) from error
