"""Finding text in a page. Places are UTF-16 units."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from studio.core.errors import StudioError
from studio.core.pieces import joined, parted
from studio.media.manuscript import is_wide

_MOST = 100_000
"""Places that are found at most."""
_SECONDS = 2.0
"""A pattern may take this long in all; it is looked at after each paragraph."""


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

    def compiled(self) -> re.Pattern[str]:
        """As a pattern for `parted` text. Raises StudioError for a regular expression that is none."""
        inside = parted(self.text) if self.is_pattern else re.escape(parted(self.text))
        if self.is_whole and not any(is_wide(letter) for letter in self.text):
            inside = rf"(?<!\w)(?:{inside})(?!\w)"
        try:
            return re.compile(inside, re.MULTILINE if self.has_case else re.MULTILINE | re.IGNORECASE)
        except (re.error, RecursionError, OverflowError) as error:
            raise StudioError("This is no pattern: {reason}.", "Switch patterns off to find it as it stands.",
                              reason=str(error)) from error


@dataclass(frozen=True, slots=True)
class Match:
    """A place where it stands."""

    start: int
    end: int
    instead: str = ""
    """What a replacement puts there."""


def find_all(text: str, query: Query, replacement: str = "",
             clock: Callable[[], float] = time.monotonic) -> tuple[Match, ...]:
    """Every place, in order, without overlap. Raises StudioError: no pattern, or one that takes too long."""
    if not query.text:
        return ()
    pattern, start, found = query.compiled(), 0, list[Match]()
    ends = clock() + _SECONDS
    for part in parted(text).split("\n") if query.is_pattern else [parted(text)]:
        for item in pattern.finditer(part):
            if item.end() > item.start() and len(found) < _MOST:
                instead = joined(_instead(item, replacement)) if query.is_pattern else replacement
                found.append(Match(start + item.start(), start + item.end(), instead))
        if query.is_pattern and clock() > ends:
            raise StudioError("Looking for this takes too long.", "Try a simpler pattern.")
        start += len(part) + 1
    return tuple(found)


def _instead(found: re.Match[str], replacement: str) -> str:
    """``replacement`` with \\1 and \\g<name> filled, as regular expressions do it."""
    try:
        return found.expand(replacement)
    except (re.error, IndexError) as error:
        raise StudioError("The replacement is no pattern: {reason}.", "Write \\\\ for a backslash.",
                          reason=str(error)) from error
