"""Letters as a printer sets them: quotes that curl, dashes, and how wide a line is."""

from __future__ import annotations

import re
import unicodedata

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

QUOTES = {"de": "„“‚‘", "fr": ("«\u202f", "\u202f»", "“", "”"), "ru": "«»„“", "uk": "«»„“", "it": "“”‘’",
          "pl": "„”‚’", "cs": "„“‚‘", "da": "»«›‹", "sv": "””’’", "fi": "””’’", "ja": "「」『』"}
"""Double and single ones, opening and closing, by language; “”‘’ in all others."""
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DASH = re.compile(r"(?<!-)--(-?)(?!-)")
_DOTS = re.compile(r"(?<!\.)\.\.\.(?!\.)")


def teach(parser: MarkdownIt, language: str) -> None:
    """Let ``parser`` set quotes as in ``language``, "--" as a dash and "..." as an ellipsis."""
    parser.options["typographer"] = True
    parser.options["quotes"] = QUOTES.get(language.partition("-")[0], "“”‘’")
    parser.enable("smartquotes")
    parser.core.ruler.before("smartquotes", "dashes", _dashes)


def printable(text: str) -> str:
    """``text`` without characters that no XML document can hold (XML 1.0, 2.2); tabs are spaces."""
    return _UNPRINTABLE.sub("", text.replace("\t", "    ").replace("\f", "\n"))


def columns(text: str) -> int:
    """How wide ``text`` is, in Latin letters: Chinese ones count as two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def is_close(before: str, after: str) -> bool:
    """Whether no space belongs between the two: both are Chinese or Japanese."""
    return bool(before and after) and _is_ideograph(before[-1]) and _is_ideograph(after[0])


def is_rightward(text: str) -> bool:
    """Whether ``text`` reads from left to right: so says its first strong letter (UAX #9, P2 and P3)."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return kind == "L"
    return True


def is_ideographic(text: str) -> bool:
    """Whether most of ``text`` is Chinese or Japanese."""
    return 2 * sum(map(_is_ideograph, text)) > len(text)


def _is_ideograph(letter: str) -> bool:
    return "\u3000" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff" or "\uff00" <= letter <= "\uffef"


def _dashes(state: StateCore) -> None:
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "text":
                child.content = _DOTS.sub("…", _DASH.sub("—", child.content))
