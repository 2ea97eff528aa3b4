"""A page that is being edited: pieces before a place and after it; edits near one another cost little.

A gap buffer of pieces. Inside, each UTF-16 unit is one character, so that a place may be within a pair.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import chain

from studio.core.pieces import Edit, Piece, joined, kind, merged, parted

_LONG = 4096
"""Units: what is typed joins the piece before it up to here, and long pieces are stored in parts of it."""


class PieceTable:
    """The pieces of a page; `replace` costs the distance in pieces from the last one."""

    def __init__(self, pieces: Iterable[Piece] = ()) -> None:
        self._before: list[Piece] = []
        self._after = [part for piece in pieces for part in _parts(_units(piece))]
        self._after.reverse()
        self._at = 0
        self.length = sum(len(piece.text) for piece in self._after)
        """In UTF-16 units."""

    def replace(self, edit: Edit) -> tuple[Piece, ...]:
        """Do ``edit``; what it removed. What lies outside the page counts as its end."""
        self._go_to(edit.at)
        removed = self._take(edit.removed)
        for piece in edit.added:
            self._put(_units(piece))
        return _finished(removed)

    def slice(self, start: int, end: int) -> tuple[Piece, ...]:
        """From ``start`` up to ``end``."""
        self._go_to(start)
        found, length, index = [], end - self._at, len(self._after) - 1
        while length > 0 and index >= 0:
            piece = self._after[index]
            found.append(piece if len(piece.text) <= length else _cut(piece, length)[0])
            length -= len(piece.text)
            index -= 1
        return _finished(found)

    def pieces(self) -> tuple[Piece, ...]:
        """All of them."""
        return _finished([*self._before, *reversed(self._after)])

    def region(self, options: Collection[int]) -> tuple[int, int] | None:
        """From the first to the last unit that belongs to one of ``options``; None if none does."""
        at, start, end = 0, -1, -1
        for piece in chain(self._before, reversed(self._after)):
            after = at + len(piece.text)
            if piece.option in options:
                start, end = (at if start < 0 else start), after
            at = after
        return (start, end) if start >= 0 else None

    def spans(self) -> dict[int, tuple[int, int]]:
        """For every option that is there, from its first unit to its last."""
        found: dict[int, tuple[int, int]] = {}
        at, option, start = 0, 0, 0
        for piece in chain(self._before, reversed(self._after)):
            if piece.option != option:
                if option:
                    found[option] = (found[option][0] if option in found else start, at)
                option, start = piece.option, at
            at += len(piece.text)
        if option:
            found[option] = (found[option][0] if option in found else start, at)
        return found

    def _go_to(self, at: int) -> None:
        before, after, place = self._before, self._after, self._at
        while place > at and before:
            piece = before.pop()
            place -= len(piece.text)
            after.append(piece)
        while place < at and after:
            piece = after.pop()
            if place + len(piece.text) > at:
                piece, rest = _cut(piece, at - place)
                after.append(rest)
            before.append(piece)
            place += len(piece.text)
        self._at = place

    def _take(self, count: int) -> list[Piece]:
        found = []
        while count > 0 and self._after:
            piece = self._after.pop()
            if len(piece.text) > count:
                piece, rest = _cut(piece, count)
                self._after.append(rest)
            found.append(piece)
            count -= len(piece.text)
            self.length -= len(piece.text)
        return found

    def _put(self, piece: Piece) -> None:
        self._at += len(piece.text)
        self.length += len(piece.text)
        last = self._before[-1] if self._before else None
        if last is not None and kind(last) == kind(piece) and len(last.text) + len(piece.text) < _LONG:
            self._before[-1] = replace(last, text=last.text + piece.text)
        else:
            self._before += _parts(piece)


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
