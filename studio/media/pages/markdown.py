"""Markdown to blocks, by the CommonMark specification (0.31) and what writers do beside it.

Lines count: a text from an editor has no line that was broken by chance. A paragraph of short lines is
verse; where lines are long, each is a paragraph. Only a text that was wrapped at a width, as files of old
are, has its lines joined. Mark-up that would fetch or run something is text here: no HTML, and of a picture
its description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, zip_longest

from markdown_it import MarkdownIt
from markdown_it.token import Token

from studio.media.pages import typography
from studio.media.pages.blocks import (
    BREAK,
    Block,
    Code,
    Heading,
    Items,
    Paragraph,
    Quote,
    Rule,
    Run,
    Runs,
    Verse,
    joined,
    plain,
)

_LONGEST_VERSE = 80
"""Columns; a line of a poem is shorter, and most paragraphs are longer."""
_WIDTHS = range(50, 101)
"""Columns that texts are wrapped at."""
_FRONT = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n\n?", re.DOTALL)
_LINKS = ("http://", "https://", "mailto:")
_MARKS = {"strong_open": "strong", "em_open": "emphasis", "s_open": "strike"}


def without_front_matter(text: str) -> str:
    """``text`` without the YAML above it, if there is any."""
    found = _FRONT.match(text)
    is_yaml = found and all(":" in line or line.startswith((" ", "-", "#")) for line in
                            found[0].strip().splitlines()[1:-1] if line.strip())
    return text[found.end():] if found and is_yaml else text


def parse(text: str, *, language: str = "") -> tuple[Block, ...]:
    """The blocks of ``text``, which has no front matter.

    With a ``language`` (a BCP 47 tag) straight quotes become that language's, and "--" a dash; without one
    every character stays.
    """
    text = typography.printable(text)
    return tuple(_Reader(_parser(language).parse(text), is_wrapped=is_wrapped(text)).blocks("end of text"))


@lru_cache(8)
def _parser(language: str) -> MarkdownIt:
    """Parsing leaves no trace in it."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")
    # a deep indent is no code in a poem, and dashes below a line are a change of scene, not its heading
    parser.disable(["code", "lheading", "html_block", "html_inline", "entity"])
    if language:
        typography.teach(parser, language)
    return parser


def is_wrapped(text: str) -> bool:
    """Whether nearly every line ends where its next word would have gone beyond one width."""
    groups = ([line.strip() for line in group.strip().split("\n")] for group in text.split("\n\n"))
    pairs = [(line, below.split(" ", 1)[0]) for lines in groups for line, below in pairwise(lines)]
    if len(pairs) < 3:
        return False
    width = max(len(line) for line, _ in pairs)
    full = sum(len(line) + 1 + len(word) > width - 2 for line, word in pairs)
    return width in _WIDTHS and full >= 0.9 * len(pairs)


@dataclass(slots=True)
class _Reader:
    """Walks along the tokens."""

    tokens: Sequence[Token]
    is_wrapped: bool
    at: int = 0

    def blocks(self, end: str) -> list[Block]:
        """Those up to the token of type ``end``, which is passed."""
        found: list[Block] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == end:
                break
            found.extend(self._of(token))
        return found

    def _of(self, token: Token) -> Sequence[Block]:
        match token.type:
            case "heading_open":
                runs = _on_one_line(self._runs())
                return [Heading(int(token.tag[1:]), runs) if plain(runs).strip() else Rule()]
            case "paragraph_open":
                return self._paragraphs()
            case "blockquote_open":
                return [Quote(tuple(self.blocks("blockquote_close")))]
            case "bullet_list_open" | "ordered_list_open":
                return [self._items(token)]
            case "fence" | "code_block":
                return [Code(token.content.removesuffix("\n"))]
            case "hr":
                return [Rule()]
        return []

    def _items(self, token: Token) -> Items:
        close, items = token.type.replace("open", "close"), []
        while self.tokens[self.at].type == "list_item_open":
            self.at += 1
            items.append(tuple(self.blocks("list_item_close")))
        self.at += self.tokens[self.at].type == close
        start = int(token.attrGet("start") or 1) if token.type.startswith("ordered") else None
        return Items(tuple(items), start)

    def _runs(self) -> Runs:
        """What the inline token says, up to the end of its block."""
        inline = self.tokens[self.at]
        self.at += 2
        runs = joined(_inline(inline.children or ()))
        return joined(replace(run, text=run.text.rstrip(" ")) if below == BREAK and run != BREAK else run
                      for run, below in zip_longest(runs, runs[1:]))

    def _paragraphs(self) -> list[Block]:
        runs = self._runs()
        lines = [line for line in _lines(runs) if plain(line).strip()]
        if len(lines) < 2:
            return [Paragraph(line) for line in lines]
        if self.is_wrapped:
            return [Paragraph(_on_one_line(runs))]
        if max(typography.columns(plain(line)) for line in lines) > _LONGEST_VERSE:
            return [Paragraph(line) for line in lines]
        return [Verse(runs)]


def _inline(tokens: Sequence[Token]) -> Iterator[Run]:
    look = Run("")
    for token in tokens:
        mark = _MARKS.get(token.type.replace("_close", "_open"))
        if mark:
            look = _marked(look, mark, token.nesting == 1)
        elif token.type == "link_open":
            address = str(token.attrGet("href") or "")
            look = replace(look, link=address if address.lower().startswith(_LINKS) else "")
        elif token.type == "link_close":
            look = replace(look, link="")
        elif token.type in ("softbreak", "hardbreak"):
            yield BREAK
        elif token.type == "code_inline":
            yield replace(look, text=token.content, code=True)
        else:  # text, and of a picture what it shows
            yield replace(look, text=token.content)


def _lines(runs: Runs) -> list[Runs]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run == BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    return [tuple(line) for line in lines]


def _on_one_line(runs: Runs) -> Runs:
    """Line breaks become spaces; none between two characters that are written without."""
    found: list[Run] = []
    for index, run in enumerate(runs):
        if run != BREAK:
            found.append(run)
        elif 0 < index < len(runs) - 1:
            before, after = runs[index - 1], runs[index + 1]
            found += [] if typography.is_close(before.text, after.text) else [replace(before, text=" ")]
    return joined(found)


def _marked(look: Run, mark: str, is_on: bool) -> Run:
    return Run("", is_on if mark == "strong" else look.strong, is_on if mark == "emphasis" else look.emphasis,
               is_on if mark == "strike" else look.strike, link=look.link)
