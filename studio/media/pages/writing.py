"""Blocks as Markdown that reads back as the same blocks, and as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

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
from studio.media.pages.markdown import parse

_MARKS = re.compile(r"[*`]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|\\(?=[!-/:-@\[-`{-~]|$)|(?<=\])[(\[]")
_START = re.compile(r"(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|-(?=[- \t]*$)|~(?=~~)|_(?=[_ ]*$))")
_CLOSING = re.compile(r"(?<!\S)#+$")
"""Signs at the end of a heading that would count as its other end."""
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def markdown(blocks: Iterable[Block]) -> str:
    """Markdown, a blank line between any two blocks, a new line at the end of what is not empty."""
    text = "\n\n".join(_apart(list(blocks)))
    return text + "\n" if text else ""


def plain_text(blocks: Iterable[Block]) -> str:
    """The letters, without marks: lists keep theirs, quotes and code stand four columns in."""
    text = "\n\n".join(filter(None, map(_letters, blocks)))
    return text + "\n" if text else ""


def _apart(blocks: Sequence[Block]) -> list[str]:
    """Each as Markdown. Two lists in a row take different marks, or they would be one."""
    found: list[str] = []
    is_other = False
    for index, block in enumerate(blocks):
        before = blocks[index - 1] if index else None
        both = isinstance(before, Items) and isinstance(block, Items)
        is_other = both and _kind(before) == _kind(block) and not is_other
        found.append(_items(block, is_other=is_other) if isinstance(block, Items) else _marked(block))
    return [text for text in found if text]


def _kind(block: Block | None) -> bool:
    return isinstance(block, Items) and block.first is None


def _marked(block: Block) -> str:
    match block:
        case Heading(level, runs):
            return f"{'#' * level} " + _CLOSING.sub(r"\\\g<0>", _inline(runs))
        case Quote(blocks):
            return _indented("\n\n".join(_apart(blocks)), "> ", "> ")
        case Items():
            return _items(block)
        case Code(text):
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
            return f"{fence}\n{text}\n{fence}"
        case Rule():
            return "***"
        case Paragraph() | Verse():
            return _inline(block.runs)


def _items(block: Items, *, is_other: bool = False) -> str:
    dot, dash = (")", "+") if is_other else (".", "-")
    marks = [f"{dash} " if block.first is None else f"{block.first + index}{dot} "
             for index in range(len(block.items))]
    return "\n".join(_indented("\n\n".join(_apart(blocks)), mark, " " * len(mark))
                     for mark, blocks in zip(marks, block.items, strict=True))


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join(((rest if number else first) + line).rstrip() for number, line in enumerate(lines))


def _inline(runs: Runs) -> str:
    """The runs with their marks; without where marks would be taken for letters, as beside some signs."""
    text = "\n".join(_line(line) for line in _lines(runs))
    if not any(run.strong or run.emphasis or run.strike or run.code or run.link for run in runs):
        return text
    back = parse(text)
    is_same = len(back) == 1 and isinstance(back[0], Paragraph | Verse) and back[0].runs == _trimmed(runs)
    return text if is_same else "\n".join(_line((Run(plain(line)),)) for line in _lines(runs))


def _trimmed(runs: Runs) -> Runs:
    """As a parser gives them back: no space at either end of a line."""
    lines = [joined(line) for line in _lines(runs)]
    return joined(run for index, line in enumerate(lines) for run in ((BREAK,) if index else ()) + line)


def _lines(runs: Runs) -> list[Runs]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run == BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    return [tuple(line) for line in lines if plain(line).strip()]


def _line(runs: Runs) -> str:
    text = "".join(map(_run, runs)).strip()
    text = _START.sub(r"\\\1", text, count=1) if _START.match(text) else text
    return _NUMBER.sub(r"\1\\\2", text, count=1) if _NUMBER.match(text) else text


def _run(run: Run) -> str:
    """One run; the spaces at its ends stay outside the marks, which would not count otherwise."""
    bare = run.text.strip()
    if not bare:
        return run.text
    if run.code:
        fence = "``" if "`" in bare else "`"
        inside = f"{fence}{' ' if len(fence) > 1 else ''}{bare}{' ' if len(fence) > 1 else ''}{fence}"
    else:
        inside = _MARKS.sub(lambda found: "\\" + found[0], bare)
    for mark, is_on in (("~~", run.strike), ("*", run.emphasis), ("**", run.strong)):
        inside = f"{mark}{inside}{mark}" if is_on else inside
    inside = f"[{inside}]({run.link})" if run.link else inside
    start = run.text[:len(run.text) - len(run.text.lstrip())]
    return start + inside + run.text[len(start) + len(bare):]


def _letters(block: Block) -> str:
    match block:
        case Quote(blocks):
            return _indented(plain_text(blocks).rstrip("\n"), "    ", "    ")
        case Items(items, first):
            marks = ["- " if first is None else f"{first + index}. " for index in range(len(items))]
            return "\n".join(_indented(plain_text(blocks).rstrip("\n"), mark, " " * len(mark))
                             for mark, blocks in zip(marks, items, strict=True))
        case Code(text):
            return _indented(text, "    ", "    ")
        case Rule():
            return "* * *"
        case Heading() | Paragraph() | Verse():
            return plain(block.runs)
