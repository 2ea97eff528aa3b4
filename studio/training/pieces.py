"""How text is cut before byte pairs are merged: the rule that llama.cpp calls `llama-bpe`.

A word takes the one sign before it with it (a space, an opening quotation mark), an apostrophe goes with
its ending, digits go by threes, signs take the line ends after them. llama.cpp has code of its own for this
rule; other rules run through std::regex there, whose recursion can overflow on one very long word.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

_SPACE = "\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""Unicode's White_Space, as llama.cpp has it; Python's own class holds a few control signs more."""


@cache
def splitter() -> re.Pattern[str]:
    """`findall` gives the pieces of a text in order; nothing is lost between them."""
    letter, digit = _category("L"), _category("N")
    rule = "|".join((
        r"'(?:[sdmtSDMT]|[rR][eE]|[vV][eE]|[lL][lL])",
        rf"[^\r\n{letter}{digit}]?[{letter}]+",
        rf"[{digit}]{{1,3}}",
        rf" ?[^{_SPACE}{letter}{digit}]+[\r\n]*",
        rf"[{_SPACE}]*[\r\n]+",
        rf"[{_SPACE}]+(?![^{_SPACE}])",
        rf"[{_SPACE}]+",
    ))
    return re.compile(rule)


def _category(initial: str) -> str:
    """Ranges of a regular expression's class with every code point whose category begins so."""
    ranges: list[list[int]] = []
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code))[0] == initial:
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
