"""A page that is being edited: an edit costs the same wherever it is, and however many pieces there are.

Pieces in chunks of some hundreds, like the leaves of a B-tree with a flat top. Inside, each UTF-16 unit is
one character, so that a place may be within a pair.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from studio.core.pieces import Edit, Piece, joined, kind, merged, parted

_LONG = 4096
"""Units: what is typed joins the piece before it up to here, and long pieces are stored in parts of it."""
_MANY = 512
"""Pieces in a chunk; twice as many are split."""


@dataclass(slots=True)
class _Chunk:
    pieces: list[Piece]
    length: int


class PieceTable:
    """The pieces of a page."""

    def __init__(self, pieces: Iterable[Piece] = ()) -> None:
        self._chunks = _chunks([part for piece in pieces for part in _parts(_units(piece))])
        self.length = sum(chunk.length for chunk in self._chunks)
        """In UTF-16 units."""

    def replace(self, edit: Edit) -> tuple[Piece, ...]:
        """Do ``edit``; what it removed. What lies outside the page counts as its end."""
        first, begin = self._seek(edit.at)
        last, end = self._seek(edit.at + edit.removed)
        removed = self._between(first, begin, last, end)
        before, after = self._chunks[first].pieces[:begin], self._chunks[last].pieces[end:]
        for piece in edit.added:
            _put(before, _units(piece))
        self._chunks[first : last + 1] = _chunks(before + after)
        self.length += _units_of(edit.added) - sum(len(piece.text) for piece in removed)
        return _finished(removed)

    def slice(self, start: int, end: int) -> tuple[Piece, ...]:
        """From ``start`` up to ``end``."""
        first, begin = self._seek(start)
        last, stop = self._seek(max(start, end))
        return _finished(self._between(first, begin, last, stop))

    def pieces(self) -> tuple[Piece, ...]:
        """All of them."""
        return _finished(self._all())

    def region(self, options: Collection[int]) -> tuple[int, int] | None:
        """From the first to the last unit that belongs to one of ``options``; None if none does."""
        at, start, end = 0, -1, -1
        for piece in self._all():
            after = at + len(piece.text)
            if piece.option in options:
                start, end = (at if start < 0 else start), after
            at = after
        return (start, end) if start >= 0 else None

    def spans(self) -> dict[int, tuple[int, int]]:
        """For every option that is there, from its first unit to its last."""
        found: dict[int, tuple[int, int]] = {}
        at, option, start = 0, 0, 0
        for piece in self._all():
            if piece.option != option:
                if option:
                    found[option] = (found[option][0] if option in found else start, at)
                option, start = piece.option, at
            at += len(piece.text)
        if option:
            found[option] = (found[option][0] if option in found else start, at)
        return found

    def _all(self) -> Iterator[Piece]:
        return chain.from_iterable(chunk.pieces for chunk in self._chunks)

    def _seek(self, at: int) -> tuple[int, int]:
        """Chunk and piece that begin at ``at``, where a piece is cut if need be."""
        at = max(0, at)
        for number, chunk in enumerate(self._chunks):
            if at <= chunk.length:
                return number, _begin(chunk.pieces, at)
            at -= chunk.length
        return len(self._chunks) - 1, len(self._chunks[-1].pieces)

    def _between(self, first: int, begin: int, last: int, end: int) -> list[Piece]:
        if first == last:
            return self._chunks[first].pieces[begin:end]
        inner = (chunk.pieces for chunk in self._chunks[first + 1 : last])
        return [*self._chunks[first].pieces[begin:], *chain.from_iterable(inner),
                *self._chunks[last].pieces[:end]]


def _chunks(pieces: list[Piece]) -> list[_Chunk]:
    """``pieces`` in chunks, at least one."""
    step = len(pieces) if len(pieces) <= 2 * _MANY else _MANY
    parts = [pieces[at : at + step] for at in range(0, len(pieces), step or 1)] or [[]]
    return [_Chunk(part, sum(len(piece.text) for piece in part)) for part in parts]


def _begin(pieces: list[Piece], at: int) -> int:
    """The number of the piece that begins at ``at``, cut to do so."""
    for number, piece in enumerate(pieces):
        if at <= 0:
            return number
        if at < len(piece.text):
            pieces[number : number + 1] = _cut(piece, at)
            return number + 1
        at -= len(piece.text)
    return len(pieces)


def _put(pieces: list[Piece], piece: Piece) -> None:
    last = pieces[-1] if pieces else None
    if last is not None and kind(last) == kind(piece) and len(last.text) + len(piece.text) < _LONG:
        pieces[-1] = replace(last, text=last.text + piece.text)
    else:
        pieces += _parts(piece)


def _units_of(pieces: Iterable[Piece]) -> int:
    return sum(len(_units(piece).text) for piece in pieces)


def trimmed(edit: Edit, removed: tuple[Piece, ...]) -> Edit:
    """``edit`` without the letters at both ends that stand in ``removed``, what it takes away, as well."""
    before = parted("".join(piece.text for piece in removed))
    after = parted("".join(piece.text for piece in edit.added))
    most = min(len(before), len(after))
    start = next((i for i in range(most) if before[i] != after[i]), most)
    end = next((i for i in range(most - start) if before[-1 - i] != after[-1 - i]), most - start)
    start -= start > 0 and "\ud800" <= after[start - 1] <= "\udbff"  # no character is cut
    end -= end > 0 and "\udc00" <= after[-end] <= "\udfff"
    if not start and not end:
        return edit
    rest = PieceTable(edit.added).slice(start, len(after) - end)
    return Edit(edit.at + start, edit.removed - start - end, rest)


def _cut(piece: Piece, at: int) -> tuple[Piece, Piece]:
    return replace(piece, text=piece.text[:at]), replace(piece, text=piece.text[at:])


def _parts(piece: Piece) -> list[Piece]:
    if len(piece.text) <= _LONG:
        return [piece] if piece.text else []
    return [replace(piece, text=piece.text[at:at + _LONG]) for at in range(0, len(piece.text), _LONG)]


def _units(piece: Piece) -> Piece:
    text = parted(piece.text)
    return piece if text is piece.text else replace(piece, text=text)


def _finished(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    return tuple(_whole(piece) for piece in merged(pieces))


def _whole(piece: Piece) -> Piece:
    text = joined(piece.text)
    return piece if text is piece.text else replace(piece, text=text)
