"""A page of writing: its text, and where each part of it came from.

Places and lengths are UTF-16 code units, as text widgets count them: an emoji is two long. `units` says how
long a text is. Paragraphs end with "\\n".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal, Self

from studio.core.errors import StudioError

Origin = Literal["yours", "model", "edited"]
"""Written by the person, by the model, or by the model and changed by the person."""
ORIGINS: tuple[Origin, ...] = ("yours", "model", "edited")
"""In the order of their numbers in a file: new ones go to the end."""
_PAIRS = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one origin."""

    text: str
    origin: Origin = "yours"
    option: int = 0
    """The alternative it belongs to; 0 is none."""
    token: int = -1
    """Which token of that alternative's trace it is; -1 is none."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement."""

    at: int
    """Where it begins, in UTF-16 units."""
    removed: int
    """How many units are gone."""
    added: tuple[Piece, ...] = ()
    """What stands there instead."""

    def to_json(self) -> list[Any]:
        """Plain values for `from_json`."""
        return [self.at, self.removed, *_packed(self.added)]

    @classmethod
    def from_json(cls, values: object) -> Self:
        """What `to_json` gave. Raises StudioError for anything else."""
        try:
            at, removed, *added = _sequence(values)
            return cls(_whole(at, 0), _whole(removed, 0), tuple(_unpacked(added)))
        except (ValueError, TypeError, IndexError) as error:
            raise _damaged(error) from error


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A page. Equal neighbours are one piece, and none is empty."""

    pieces: tuple[Piece, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "pieces", tuple(_merged(self.pieces)))

    @classmethod
    def of(cls, text: str) -> Self:
        """A page that the person wrote."""
        return cls((Piece(text),))

    @property
    def text(self) -> str:
        """All of it, put together anew at each call."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def length(self) -> int:
        """In UTF-16 units."""
        return sum(units(piece.text) for piece in self.pieces)

    def apply(self, *edits: Edit) -> Manuscript:
        """The page after ``edits``, each at its place after those before it.

        What lies outside the page counts as its end. Costs the length of the page once, and little for
        each of many edits that stand near one another.
        """
        table = _Table(self.pieces)
        for edit in edits:
            table.replace(edit)
        return Manuscript(table.pieces())

    def slice(self, start: int, end: int) -> Manuscript:
        """From ``start`` up to ``end``, in UTF-16 units."""
        table = _Table(self.pieces)
        table.go_to(max(end, start))
        table.after.clear()
        table.go_to(start)
        table.before.clear()
        return Manuscript(table.pieces())

    def origins(self) -> Mapping[Origin, int]:
        """Characters of each origin, spaces too; every origin is a key."""
        return {origin: sum(len(piece.text) for piece in self.pieces if piece.origin == origin)
                for origin in ORIGINS}

    def to_json(self) -> list[Any]:
        """Plain values: a text of the person, or [origin, option, token, texts...], of tokens in a row."""
        return list(_packed(self.pieces))

    @classmethod
    def from_json(cls, values: object) -> Self:
        """What `to_json` gave. Raises StudioError for anything else."""
        try:
            return cls(tuple(_unpacked(_sequence(values))))
        except (ValueError, TypeError, IndexError) as error:
            raise _damaged(error) from error


def units(text: str) -> int:
    """How many UTF-16 units ``text`` is long."""
    return len(text) + sum(1 for _ in _PAIRS.finditer(text))


class _Table:
    """Pieces before a place and after it, so that edits near one another cost little.

    Inside, each UTF-16 unit is one character, so that a place may also be within a pair.
    """

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.before: list[Piece] = []
        self.after = [replace(piece, text=_parted(piece.text)) for piece in pieces][::-1]
        """Last first."""
        self._at = 0

    def go_to(self, at: int) -> None:
        """Let the place be ``at``, or the end."""
        while self._at > max(at, 0):
            piece = self.before.pop()
            self._at -= len(piece.text)
            self.after.append(piece)
        while self._at < at and self.after:
            piece = self.after.pop()
            first, rest = _cut(piece, at - self._at)
            self.before.append(first)
            self._at += len(first.text)
            if rest.text:
                self.after.append(rest)

    def replace(self, edit: Edit) -> None:
        """Do ``edit``; the place is behind it then."""
        self.go_to(edit.at)
        self._take(edit.removed)
        for piece in edit.added:
            self.before.append(replace(piece, text=_parted(piece.text)))
            self._at += len(self.before[-1].text)

    def _take(self, count: int) -> None:
        while count > 0 and self.after:
            first, rest = _cut(self.after.pop(), count)
            count -= len(first.text)
            if rest.text:
                self.after.append(rest)

    def pieces(self) -> tuple[Piece, ...]:
        """All of them."""
        found = _merged([*self.before, *reversed(self.after)])
        return tuple(replace(piece, text=_joined(piece.text)) for piece in found)


def _cut(piece: Piece, at: int) -> tuple[Piece, Piece]:
    return replace(piece, text=piece.text[:at]), replace(piece, text=piece.text[at:])


def _parted(text: str) -> str:
    """Each character beyond the first plane as the two surrogates of its UTF-16."""
    return _PAIRS.sub(_pair, text)


def _pair(found: re.Match[str]) -> str:
    value = ord(found[0]) - 0x10000
    return chr(0xD800 + (value >> 10)) + chr(0xDC00 + (value & 0x3FF))


def _joined(text: str) -> str:
    """The characters again; a surrogate without its other half becomes U+FFFD, as long as before."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    full = (piece for piece in pieces if piece.text)
    for _, group in groupby(full, lambda piece: (piece.origin, piece.option, piece.token)):
        first, *rest = group
        yield replace(first, text="".join([first.text, *(piece.text for piece in rest)])) if rest else first


def _packed(pieces: Sequence[Piece]) -> Iterator[Any]:
    """Pieces that are tokens in a row share an entry."""
    def row(item: tuple[int, Piece]) -> tuple[Origin, int, int]:
        index, piece = item
        return piece.origin, piece.option, piece.token - index if piece.token >= 0 else -1 - len(pieces)

    for _, group in groupby(enumerate(pieces), row):
        found = [piece for _, piece in group]
        if found[0].token < 0:
            yield from (_alone(piece) for piece in found)
        else:
            yield [*_head(found[0]), *(piece.text for piece in found)]


def _alone(piece: Piece) -> Any:
    is_plain = piece.origin == "yours" and not piece.option
    return piece.text if is_plain else [*_head(piece), piece.text]


def _head(piece: Piece) -> list[int]:
    return [ORIGINS.index(piece.origin), piece.option, piece.token]


def _unpacked(entries: Sequence[Any]) -> Iterator[Piece]:
    for entry in entries:
        if isinstance(entry, str):
            yield Piece(_sound(entry))
            continue
        origin, option, token, *texts = _sequence(entry)
        kind = ORIGINS[_whole(origin, 0)]
        first = _whole(token, -1)
        for index, text in enumerate(texts):
            yield Piece(_sound(text), kind, _whole(option, 0), first + index if first >= 0 else -1)


def _sequence(values: object) -> Sequence[Any]:
    if not isinstance(values, list | tuple):
        raise TypeError(f"{type(values).__name__} where a list should be")
    return values


def _whole(value: object, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ValueError(f"{value!r} where a number should be")
    return value


def _sound(text: object) -> str:
    if not isinstance(text, str):
        raise TypeError(f"{type(text).__name__} where a text should be")
    return _joined(text)


def _damaged(error: Exception) -> StudioError:
    return StudioError("A part of this page is damaged.", details=repr(error)[:300])
