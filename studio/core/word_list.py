"""The words a picture network knows: a prompt as their numbers, and what became of words it does not know."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_ALIKE = 0.78
"""How alike two words must be (Ratcliff and Obershelp's measure, as in difflib) to stand for each other."""
_LITTLE = frozenset(("a", "an", "and", "the", "of", "in", "on", "at", "with", "to", "for", "by", "from", "is",
                     "are", "its", "it", "very", "some"))
"""Say nothing about a picture."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A prompt as a network sees it: ``numbers`` of the known words; ``taken`` are words it does not know,
    each with the nearest that it does; ``unknown`` have none; ``left`` did not fit."""

    numbers: tuple[int, ...]
    taken: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class WordList:
    """``words`` in the order of their numbers; 0 is no word. ``room``: how many a network reads at once."""

    words: tuple[str, ...]
    room: int = 16
    _numbers: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_numbers", {word: n for n, word in enumerate(self.words) if n})

    def number(self, word: str) -> int:
        """The number of a word, 0 if it is not known."""
        return self._numbers.get(word, 0)

    def read(self, prompt: str, room: int | None = None) -> Reading:
        """What a network makes of a prompt; each word counts once, in its first place."""
        numbers: dict[int, None] = {}
        taken, unknown, left = [], [], []
        for word in dict.fromkeys(split_words(prompt)):
            known = word if self.number(word) else self._nearest(word)
            if not known:
                unknown.append(word)
            elif self.number(known) not in numbers and len(numbers) >= (self.room if room is None else room):
                left.append(word)
            else:
                numbers[self.number(known)] = None
                taken += [(word, known)] if known != word else []
        return Reading(tuple(numbers), tuple(taken), tuple(unknown), tuple(left))

    def _nearest(self, word: str) -> str:
        for plain in (word.removesuffix("s"), word.removesuffix("es"), f"{word}s"):
            if self.number(plain):
                return plain
        typed = [known for known in self._numbers if not known.startswith("<")]  # no marks of styles
        alike = difflib.get_close_matches(word, typed, 1, _ALIKE) if len(word) > 3 else []
        return alike[0] if alike else ""


def split_words(text: str) -> list[str]:
    """The words of a text that may say something of a picture, in small letters."""
    return [word for word in _WORD.findall(text.lower().replace("’", "'")) if word not in _LITTLE]


def padded(numbers: Sequence[int], room: int) -> list[int]:
    """``room`` numbers, with no words behind."""
    return [*numbers[:room], *[0] * (room - len(numbers))]
