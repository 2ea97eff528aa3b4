"""Weights in a prompt as AUTOMATIC1111's interface and its many relatives write them, to and from our own.

There ``(red)`` wants the red 1.1 times as much, ``[red]`` as much less, ``(red:1.3)`` 1.3 times; a backslash
makes a mark plain text. Here only the last is a weight (`studio.core.emphasis`). Nothing is an error.
"""

from __future__ import annotations

import re

from studio.core.emphasis import spans

STEP = 1.1
"""What a pair of marks without a number is worth."""
_MARKS = re.compile(r"[\\()\[\]]")
_NUMBER = re.compile(r":\s*[\d.]{1,11}\s*$")
_LONGEST_NUMBER = 20


def to_others(prompt: str) -> str:
    """Our ``prompt`` as others understand it; groups within groups become one."""
    return "".join(_plain(span.text) if span.weight == 1 else f"({_plain(span.text)}:{span.weight:.6g})"
                   for span in spans(prompt))


def from_others(prompt: str) -> str:
    """Their ``prompt`` as ours: it weighs the same. Marks that belong to no pair stay as they are."""
    reader, at = _Reader(), 0
    for found in _MARKS.finditer(prompt):
        if found.start() < at:  # behind a backslash
            continue
        reader.add(prompt[at:found.start()])
        at = found.end()
        if found[0] == "\\":
            reader.add(_unescaped(prompt, at))
            at += 1
        else:
            reader.mark(found[0])
    reader.add(prompt[at:])
    return "".join(reader.parts)


class _Reader:
    """The prompt so far in parts, and where groups opened."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._opened: dict[str, list[int]] = {"(": [], "[": []}

    def add(self, text: str) -> None:
        if text:
            self.parts.append(text)

    def mark(self, letter: str) -> None:
        if letter in self._opened:
            self._opened[letter].append(len(self.parts))
        elif own := self._opened["(" if letter == ")" else "["]:
            start = own.pop()
            other = self._opened["[" if letter == ")" else "("]
            while other and other[-1] > start:  # left open inside this group: plain text
                other.pop()
            self._close(start, letter)
            return
        self.add(letter)

    def _close(self, start: int, letter: str) -> None:
        tail = "".join(self.parts[start + 1:][-3:])[-_LONGEST_NUMBER:]
        if letter == ")":
            self.add(")" if _NUMBER.search(tail) else f":{STEP:g})")
        elif _NUMBER.search(tail):  # [cat:dog:0.5] changes the words on the way, which nobody does here
            self.add("]")
        else:
            self.parts[start] = "("
            self.add(f":{1 / STEP:.3g})")


def _plain(text: str) -> str:
    return _MARKS.sub(lambda found: "\\" + found[0], text)


def _unescaped(prompt: str, at: int) -> str:
    """What the letter at ``at`` is in ours, behind a backslash."""
    letter = prompt[at:at + 1]
    if letter in ("(", ")"):
        return "\\" + letter
    return "" if letter == "\\" and prompt[at + 1:at + 2] in ("(", ")") else letter
