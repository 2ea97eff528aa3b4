"""Cuts text into sentences and paragraphs, in scripts with spaces between words and without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_CLOSING = r"[”’\"'」』）\)\]]*"
_END = re.compile(rf"[。！？]+{_CLOSING}\s*|[.!?…]+{_CLOSING}(?:\s+(?![a-z])|\s*$)|……{_CLOSING}")
_SHORTENED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Messrs|Mme|Mlle|Prof|Capt|Col|Gen|Lt|Rev|Hon|Esq|vs|No|Vol|"
                        r"Fig|Jr|Sr|[A-Z])\.\s*$")
_GAP = re.compile(r"\n[ \t\u3000]*\n\s*")


def sentences(text: str) -> Iterator[str]:
    """The sentences of one paragraph, without the spaces between them."""
    start = 0
    for found in _END.finditer(text):
        if not _SHORTENED.search(text[start:found.end()]):
            yield text[start:found.end()].strip()
            start = found.end()
    if text[start:].strip():
        yield text[start:].strip()


def paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """(paragraph, the gap after it) pairs that make up ``text`` again."""
    start = 0
    for gap in _GAP.finditer(text):
        yield text[start:gap.start()], gap.group()
        start = gap.end()
    if text[start:]:
        yield text[start:], ""


def parts(text: str, most: int, count: Callable[[str], int]) -> Iterator[tuple[str, str]]:
    """(part, the gap after it) pairs: whole paragraphs, as many as have ``most`` tokens by ``count``.

    A longer paragraph is cut between sentences, a longer sentence anywhere.
    """
    held = gap_before = ""
    room = most
    for piece, gap in _small(text, most, count):
        size = count(piece)
        if held and size + 2 > room:
            yield held, gap_before
            held, room = "", most
        held = held + gap_before + piece if held else piece
        gap_before, room = gap, room - size - 2
    if held:
        yield held, gap_before


def _small(text: str, most: int, count: Callable[[str], int]) -> Iterator[tuple[str, str]]:
    """Paragraphs, cut where they are too long."""
    for paragraph, gap in paragraphs(text):
        if count(paragraph) <= most:
            yield paragraph, gap
            continue
        pieces = [piece for sentence in sentences(paragraph) for piece in _cut(sentence, most, count)]
        space = " " if " " in paragraph.strip() else ""
        for at, piece in enumerate(pieces):
            yield piece, gap if at == len(pieces) - 1 else space


def _cut(sentence: str, most: int, count: Callable[[str], int]) -> Iterator[str]:
    if count(sentence) <= most:
        yield sentence
        return
    length = max(1, most // 4)  # four bytes a letter, a token each
    for start in range(0, len(sentence), length):
        yield sentence[start:start + length]
