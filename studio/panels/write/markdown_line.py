"""What the Markdown marks in one paragraph mean, for showing it while it is written.

The marks stay in the text: a page is plain text. Covers headings, quotes, lists, rules, emphasis and code
(CommonMark's forms of them that fit on one line). Places are UTF-16 units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from studio.core.pieces import parted

Kind = Literal["text", "heading", "quote", "list", "rule", "blank"]
Style = Literal["mark", "strong", "em", "both", "code"]
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_QUOTE = re.compile(r"[ \t]{0,3}>[ \t]?")
_LIST = re.compile(r"[ \t]*(?:[-*+]|\d{1,4}[.)])[ \t]+(?=\S)")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_INLINE = re.compile(r"\\[\\`*_#>]"
                     r"|(?P<code>`+)(?!`)(?:.+?)(?<!`)(?P=code)(?!`)"
                     r"|(?P<star>\*{1,3})(?![\s*])(?:.+?)(?<![\s*\\])(?P=star)(?!\*)"
                     r"|(?<![^\W_])(?P<line>_{1,3})(?![\s_])(?:.+?)(?<![\s_\\])(?P=line)(?![^\W_]|_)")
_LONGEST = 6000
"""Units: emphasis is not looked for in a paragraph longer than this."""
_STYLES: tuple[Style, ...] = ("em", "strong", "both")


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a paragraph that looks different."""

    start: int
    length: int
    style: Style


@dataclass(frozen=True, slots=True)
class Line:
    """What a paragraph is."""

    kind: Kind = "text"
    level: int = 0
    """1 to 6 for headings."""
    prefix: int = 0
    """How long the marks at its beginning are."""
    spans: tuple[Span, ...] = ()


@lru_cache(maxsize=512)
def parse(text: str) -> Line:
    """What the paragraph ``text``, without its line end, is."""
    text = parted(text)
    if not text.strip():
        return Line("blank")
    if _RULE.match(text):
        return Line("rule", spans=(Span(0, len(text), "mark"),))
    kind, prefix, level = _beginning(text)
    spans = [Span(0, prefix, "mark")] if prefix else []
    return Line(kind, level, prefix, tuple(spans + _inline(text, prefix)))


def _beginning(text: str) -> tuple[Kind, int, int]:
    if found := _HEADING.match(text):
        return "heading", found.end(), len(found[1])
    if found := _QUOTE.match(text):
        return "quote", found.end(), 0
    if found := _LIST.match(text):
        return "list", found.end(), 0
    return "text", 0, 0


def _inline(text: str, start: int) -> list[Span]:
    if len(text) > _LONGEST:
        return []
    spans: list[Span] = []
    for found in _INLINE.finditer(text, start):
        name = found.lastgroup
        if name is None:
            spans.append(Span(found.start(), 1, "mark"))
            continue
        mark = len(found[name])
        style: Style = "code" if name == "code" else _STYLES[mark - 1]
        spans += [Span(found.start(), mark, "mark"), Span(found.end() - mark, mark, "mark"),
                  Span(found.start() + mark, found.end() - found.start() - 2 * mark, style)]
    return spans
