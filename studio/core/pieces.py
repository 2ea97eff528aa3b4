"""Parts of a page of writing: where each came from, and what an edit is.

Places and lengths are UTF-16 code units, as text widgets count them: an emoji is two long. `units` says how
long a text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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
        return [self.at, self.removed, *packed(self.added)]

    @classmethod
    def from_json(cls, values: object) -> Self:
        """What `to_json` gave. Raises StudioError for anything else."""
        try:
            at, removed, *added = _sequence(values)
            return cls(_whole(at, 0), _whole(removed, 0), tuple(unpacked(added)))
        except (ValueError, TypeError, IndexError) as error:
            raise _damaged(error) from error


def units(text: str) -> int:
    """How many UTF-16 units ``text`` is long."""
    return len(text) + (0 if text.isascii() else sum(1 for _ in _PAIRS.finditer(text)))


def parted(text: str) -> str:
    """Each character beyond the first plane as the two surrogates of its UTF-16."""
    return text if text.isascii() else _PAIRS.sub(_pair, text)


def joined(text: str) -> str:
    """The characters again; a surrogate without its other half becomes U+FFFD, as long as before."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Equal neighbours as one piece, none empty."""
    first, texts = None, list[str]()
    for piece in pieces:
        if not piece.text:
            continue
        if first is not None and piece.token == first.token and piece.option == first.option \
                and piece.origin == first.origin:
            texts.append(piece.text)
            continue
        if first is not None:
            yield replace(first, text="".join(texts)) if len(texts) > 1 else first
        first, texts = piece, [piece.text]
    if first is not None:
        yield replace(first, text="".join(texts)) if len(texts) > 1 else first


def kind(piece: Piece) -> tuple[Origin, int, int]:
    """What makes neighbours one piece."""
    return piece.origin, piece.option, piece.token


def packed(pieces: Sequence[Piece]) -> Iterator[Any]:
    """Plain values: a text of the person, or [origin, option, token, texts...], of tokens in a row."""
    def row(item: tuple[int, Piece]) -> tuple[Origin, int, int]:
        index, piece = item
        return piece.origin, piece.option, piece.token - index if piece.token >= 0 else -1 - len(pieces)

    for _, group in groupby(enumerate(pieces), row):
        found = [piece for _, piece in group]
        if found[0].token < 0:
            yield from (_alone(piece) for piece in found)
        else:
            yield [*_head(found[0]), *(piece.text for piece in found)]


def unpacked(values: object) -> Iterator[Piece]:
    """What `packed` was given. Raises StudioError for anything else."""
    try:
        for entry in _sequence(values):
            if isinstance(entry, str):
                yield Piece(joined(entry))
                continue
            origin, option, token, *texts = _sequence(entry)
            first = _whole(token, -1)
            for index, text in enumerate(texts):
                yield Piece(_sound(text), ORIGINS[_whole(origin, 0)], _whole(option, 0),
                            first + index if first >= 0 else -1)
    except (ValueError, TypeError, IndexError) as error:
        raise _damaged(error) from error


def _pair(found: re.Match[str]) -> str:
    value = ord(found[0]) - 0x10000
    return chr(0xD800 + (value >> 10)) + chr(0xDC00 + (value & 0x3FF))


def _alone(piece: Piece) -> Any:
    is_plain = piece.origin == "yours" and not piece.option
    return piece.text if is_plain else [*_head(piece), piece.text]


def _head(piece: Piece) -> list[int]:
    return [ORIGINS.index(piece.origin), piece.option, piece.token]


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
    return joined(text)


def _damaged(error: Exception) -> StudioError:
    return StudioError("A part of this page is damaged.", details=repr(error)[:300])
