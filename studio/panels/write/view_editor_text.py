"""Pieces of a page in a QTextDocument: origin and option are properties of the characters.

Tokens are not: a word of several would be shaped in parts, without its kerning and ligatures, and a page
that a model wrote would take long to show. The editor keeps them beside the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

from studio.core.manuscript import ORIGINS, Manuscript, Origin, Piece
from studio.core.pieces import joined, merged

ORIGIN = QTextFormat.Property.UserProperty + 1
"""Index in `ORIGINS`; missing for what the person wrote."""
OPTION = QTextFormat.Property.UserProperty + 2
_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_NOT_TEXT = re.compile("[\0\ufdd0\ufdd1\ufffc]")


def clean(text: str) -> str:
    """``text`` as a page can hold it: paragraphs end with "\\n", and nothing in it has a meaning to Qt."""
    return _NOT_TEXT.sub("", _ENDS.sub("\n", text))


def cleaned(manuscript: Manuscript) -> Manuscript:
    """`clean` for every piece."""
    return Manuscript(tuple(Piece(clean(piece.text), piece.origin, piece.option, piece.token)
                            for piece in manuscript.pieces))


@lru_cache(maxsize=4096)
def format_of(origin: Origin = "yours", option: int = 0) -> QTextCharFormat:
    """How characters of such a piece are marked; the look is the layout's business."""
    found = QTextCharFormat()
    if origin != "yours":
        found.setProperty(ORIGIN, ORIGINS.index(origin))
    if option:
        found.setProperty(OPTION, option)
    return found


def piece_of(text: str, form: QTextFormat) -> Piece:
    """The piece that characters marked with ``form`` are, but for its token."""
    return Piece(text, ORIGINS[form.intProperty(ORIGIN)], form.intProperty(OPTION))


def insert(cursor: QTextCursor, pieces: Iterable[Piece]) -> None:
    """Write ``pieces`` where the cursor is, one edit."""
    cursor.beginEditBlock()
    for piece in merged(Piece(piece.text, piece.origin, piece.option) for piece in pieces):
        cursor.insertText(piece.text, format_of(piece.origin, piece.option))
    cursor.endEditBlock()


def read(document: QTextDocument, start: int, end: int) -> tuple[Piece, ...]:
    """The pieces from ``start`` up to ``end``, UTF-16 units, without their tokens."""
    found = merged(_read(document, start, end))
    return tuple(Piece(joined(piece.text), piece.origin, piece.option, piece.token) for piece in found)


def _read(document: QTextDocument, start: int, end: int) -> Iterator[Piece]:
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        yield from _read_block(block, start, end)
        after = block.position() + block.length()
        if after <= end and block.next().isValid():
            yield piece_of("\n", block.next().charFormat())
        block = block.next()


def _read_block(block: QTextBlock, start: int, end: int) -> Iterator[Piece]:
    part = block.begin()
    while not part.atEnd():
        fragment = part.fragment()
        part += 1
        text, at = fragment.text(), fragment.position()
        if at >= end or at + fragment.length() <= start:
            continue
        if at < start or at + fragment.length() > end:
            data = text.encode("utf-16-le", "surrogatepass")[max(0, start - at) * 2:(end - at) * 2]
            text = data.decode("utf-16-le", "surrogatepass")
        yield piece_of(text, fragment.charFormat())
