"""Weights in a prompt, as image generators know them: ``a (red:1.3) apple`` wants the red more.

Parentheses without a number are plain text, and so are ``\\(`` and ``\\)``. Groups may stand in one another;
their weights are multiplied. Nothing a person types is an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

LEAST, MOST = 0.0, 3.0
"""Weights beyond these only break pictures."""
_NUMBER = re.compile(r":\s*(\d{1,4}(?:\.\d{0,6})?|\.\d{1,6})\s*$")
_LONGEST_NUMBER = 20


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a prompt and how much of it is wanted; 1 is normal."""

    text: str
    weight: float


class _Scanner:
    """The letters read so far with their weights, and where parentheses opened."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.weights: list[float] = []
        self._opened: list[int] = []

    def add(self, letter: str) -> None:
        self.letters.append(letter)
        self.weights.append(1.0)

    def open(self) -> None:
        self._opened.append(len(self.letters))
        self.add("(")

    def close(self) -> None:
        """End a group: where it ends in a number it is one, else its parentheses are text."""
        start = self._opened.pop() if self._opened else -1
        tail = "".join(self.letters[max(start + 1, len(self.letters) - _LONGEST_NUMBER):])
        found = _NUMBER.search(tail) if start >= 0 else None
        if not found:
            self.add(")")
            return
        end = len(self.letters) - (len(tail) - found.start())
        weight = float(found.group(1))
        self.letters[start:] = self.letters[start + 1:end]
        self.weights[start:] = [own * weight for own in self.weights[start + 1:end]]


def spans(prompt: str) -> tuple[Span, ...]:
    """``prompt`` without its marks, in parts of one weight each (`LEAST` to `MOST`); () where it is empty."""
    scanner, at = _Scanner(), 0
    while at < len(prompt):
        if prompt[at] == "\\" and prompt[at + 1:at + 2] in ("(", ")"):
            scanner.add(prompt[at + 1])
            at += 2
            continue
        {"(": scanner.open, ")": scanner.close}.get(prompt[at], lambda at=at: scanner.add(prompt[at]))()
        at += 1
    pairs = zip(scanner.letters, (min(MOST, max(LEAST, one)) for one in scanner.weights), strict=True)
    return tuple(Span("".join(letter for letter, _ in part), weight)
                 for weight, part in groupby(pairs, key=lambda pair: pair[1]))


def plain(prompt: str) -> str:
    """``prompt`` without its marks."""
    return "".join(span.text for span in spans(prompt))
