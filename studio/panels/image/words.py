"""A prompt for the sticker painter: known words, how much each counts, what became of the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from studio.core.emphasis import plain, spans
from studio.core.word_list import Reading, WordList, split_words

Rows = tuple[tuple[tuple[int, ...], float], ...]
"""As `studio.core.stickers.Sketch.told`."""
_MOST_READ = 60
"""Words looked up: finding the nearest to one that is not known takes a while, and few fit in."""
_MOST_WEIGHTS = 3
"""Different weights in one prompt: each costs as much time as the prompt itself."""
_NAMED = (r"\b(?:in\s+(?:an?\s+|the\s+)?)?{name}\s+(?:style|art|look|drawing|sticker|icon)\b"
          r"|,\s*{name}\s*$")
"""How a prompt names a style."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a painter makes of a prompt."""

    rows: Rows
    """Shares add up to 1."""
    reading: Reading
    """``left`` holds also words that were not looked up."""
    style: str
    """The manner of drawing it names, or ""."""

    @property
    def count(self) -> int:
        """Words that count: those read and those left out."""
        return len(self.reading.numbers) + len(self.reading.left)


def told(prompt: str, words: WordList, styles: Sequence[str]) -> Told:
    """``prompt`` with its weights; a style's mark comes first, as in the captions it was taught with.

    A weight w of some words leads w times as far from the prompt without them to the prompt with them.
    """
    style, bare = _style(plain(prompt), styles)
    mark = (words.number(f"<{style}>"),) if style and words.number(f"<{style}>") else ()
    asked = split_words(bare)
    read = words.read(" ".join(asked[:_MOST_READ]), words.room - len(mark))
    left = dict.fromkeys((*read.left, *asked[_MOST_READ:]))
    reading = Reading(read.numbers, read.taken, read.unknown, tuple(left))
    return Told(_rows(prompt, mark, reading.numbers, words), reading, style)


def mixed(one: Rows, other: Rows, share: float) -> Rows:
    """``share`` of the way from ``one`` to ``other``."""
    found = [(words, part * (1 - share)) for words, part in one]
    found += [(words, part * share) for words, part in other]
    return tuple((words, part) for words, part in found if part) or one[:1]


def _rows(prompt: str, mark: tuple[int, ...], numbers: tuple[int, ...], words: WordList) -> Rows:
    groups: dict[float, set[int]] = {}
    for span in spans(prompt):
        if span.weight != 1:
            some = " ".join(split_words(span.text)[:_MOST_READ])
            groups.setdefault(span.weight, set()).update(words.read(some).numbers)
    rows = [((*mark, *(n for n in numbers if n not in group)), 1 - weight)
            for weight, group in list(groups.items())[:_MOST_WEIGHTS] if group & set(numbers)]
    whole = 1 - sum(share for _, share in rows)
    return ((*mark, *numbers), whole), *rows


def _style(prompt: str, styles: Sequence[str]) -> tuple[str, str]:
    """The style that a prompt names, such as "flat style", or ends with (", flat"); and the other words."""
    for style in styles:
        named = re.search(_NAMED.format(name=re.escape(style)), prompt, re.IGNORECASE)
        if named:
            return style, prompt[:named.start()] + prompt[named.end():]
    return "", prompt
