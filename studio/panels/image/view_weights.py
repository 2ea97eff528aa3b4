"""Weights in a prompt as a person changes them with two keys: ``red`` becomes ``(red:1.1)``, and back.

What the marks mean says `studio.core.emphasis`; here is where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from studio.core.emphasis import LEAST, MOST

STEP = 0.1
"""Of a weight, for a press of a key."""
_MARK = re.compile(r"\\[()]|[()]")
_NUMBER = re.compile(r":\s*(\d{1,4}(?:\.\d{0,6})?|\.\d{1,6})\s*$")
_WORD = re.compile(r"[\w'’-]+")


class Group(NamedTuple):
    """``(text:1.2)``: where it opens, where its colon stands, the place behind it, its number."""

    start: int
    colon: int
    end: int
    weight: float


class Change(NamedTuple):
    """``text`` in place of what stands from ``start`` to ``end``; then ``chosen`` is selected."""

    start: int
    end: int
    text: str
    chosen: tuple[int, int]


def groups(text: str) -> Iterator[Group]:
    """All groups with a number, the inner ones first."""
    opened: list[int] = []
    for mark in _MARK.finditer(text):
        if mark.group() == "(":
            opened.append(mark.start())
        elif mark.group() == ")" and opened:
            start = opened.pop()
            if number := _NUMBER.search(text, start + 1, mark.start()):
                yield Group(start, number.start(), mark.end(), float(number.group(1)))


def changed(text: str, start: int, end: int, by: float) -> Change | None:
    """``text`` with the weight of what is selected, or of the word at ``start``, raised by ``by``.

    None where there is nothing to weigh, or half a group.
    """
    place = _trimmed(text, start, end) if end > start else (start, start)
    group = _group_at(text, *place)
    if group is not None:
        inner = text[group.start + 1:group.colon]
        inside = (place[0] - group.start - 1, place[1] - group.start - 1)
        return _put(group.start, group.end, inner, group.weight + by, inside, has_choice=end > start)
    if end > start:
        return _wrapped(text, *place, by)
    words = (found.span() for found in _WORD.finditer(text))
    word = next((span for span in words if span[0] <= start <= span[1]), None)
    if word is None:
        return None
    inside = (start - word[0], start - word[0])
    return _put(*word, text[slice(*word)], 1 + by, inside, has_choice=False)


def _wrapped(text: str, start: int, end: int, by: float) -> Change | None:
    inner = text[start:end]
    marks = [mark.group() for mark in _MARK.finditer(inner) if len(mark.group()) == 1]
    if not inner or marks.count("(") != marks.count(")"):
        return None
    return _put(start, end, inner, 1 + by, (0, len(inner)), has_choice=True)


def _put(start: int, end: int, inner: str, weight: float, inside: tuple[int, int], *,
         has_choice: bool) -> Change:
    weight = round(min(MOST, max(LEAST, weight)), 2)
    is_plain = abs(weight - 1) < STEP / 20
    left = start + (0 if is_plain else 1)
    chosen = (0, len(inner)) if has_choice else (min(max(at, 0), len(inner)) for at in inside)
    first, last = (left + at for at in chosen)
    return Change(start, end, inner if is_plain else f"({inner}:{weight:g})", (first, last))


def _group_at(text: str, start: int, end: int) -> Group | None:
    """The innermost group that is selected, its text or all of it, or that the caret is in."""
    if start == end:
        around = (group for group in groups(text) if group.start <= start <= group.end)
        return min(around, key=lambda group: group.end - group.start, default=None)
    return next((group for group in groups(text) if (start, end) in (
        (group.start, group.end), (group.start + 1, group.colon))), None)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    chosen = text[start:end]
    return start + len(chosen) - len(chosen.lstrip()), end - len(chosen) + len(chosen.rstrip())
