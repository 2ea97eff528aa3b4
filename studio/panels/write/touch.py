"""What a person's edit does to the origins around it.

What is typed is the person's, but for letters put into the middle of one of the model's words: they are part
of it, and the word is "edited" from then on, as is one that letters are taken out of. In scripts without
spaces between words a token of the model counts as a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studio.core.manuscript import Origin, Piece, units
from studio.core.pieces import kind, parted
from studio.media.manuscript import is_wide

_SMALL = 24
"""Letters that may be put into a word and still be a part of it."""
_INNER = "'’-"


@dataclass(frozen=True, slots=True)
class Fix:
    """Characters from ``start`` up to ``end``, in UTF-16 units, are to be of this origin."""

    start: int
    end: int
    origin: Origin = "yours"
    option: int = 0
    token: int = -1


def fixes(before: Sequence[Piece], removed: Sequence[Piece], added: Sequence[Piece], after: Sequence[Piece],
          at: int) -> Iterator[Fix]:
    """What has to be put right after ``removed`` was replaced by ``added`` at ``at``.

    ``before`` and ``after`` are what stands around it in the paragraph, as far as a word may reach.
    """
    left, right = _last(before), _first(after)
    end = at + _length(added)
    is_inside = _is_one_word(left, right)
    text = "".join(piece.text for piece in added)
    if text:
        yield from _of_added(at, end, added, left if is_inside and _is_small(text) else None)
    if is_inside or _is_one_word(left, _first(removed)):
        yield from _edited(before, at, is_before=True)
    if is_inside or _is_one_word(_last(removed), right):
        yield from _edited(after, end, is_before=False)


def _of_added(at: int, end: int, added: Sequence[Piece], word: Piece | None) -> Iterator[Fix]:
    fix = Fix(at, end) if word is None else Fix(at, end, "edited", word.option, word.token)
    if any(kind(piece) != (fix.origin, fix.option, fix.token) for piece in added):
        yield fix


def _edited(pieces: Sequence[Piece], at: int, *, is_before: bool) -> Iterator[Fix]:
    """The part of a word next to ``at``, where the model wrote it, is the person's change of it now."""
    first = _last(pieces) if is_before else _first(pieces)
    if first is None:
        return
    for piece in reversed(pieces) if is_before else pieces:
        count = _reach(piece, first, is_before=is_before)
        start = at - count if is_before else at
        if count and piece.origin == "model":
            yield Fix(start, start + count, "edited", piece.option, piece.token)
        at = start if is_before else start + count
        if count < units(piece.text):
            return


def _reach(piece: Piece, first: Piece, *, is_before: bool) -> int:
    """How many units of ``piece``, from its side, belong to the word that ``first`` is the nearest of."""
    if is_wide(first.text):
        is_same = piece.token >= 0 and kind(piece)[1:] == kind(first)[1:]
        return units(piece.text) if is_same else 0
    letters = parted(piece.text)
    count = 0
    for letter in reversed(letters) if is_before else letters:
        if not _is_letter(letter):
            break
        count += 1
    return count


def _is_one_word(one: Piece | None, other: Piece | None) -> bool:
    """Whether two neighbouring characters are of one word of the model."""
    if one is None or other is None or "yours" in (one.origin, other.origin) or one.option != other.option:
        return False
    if one.token >= 0 and one.token == other.token:
        return not (one.text.isspace() or other.text.isspace())
    return _is_letter(one.text) and _is_letter(other.text)


def _is_letter(letter: str) -> bool:
    return (letter.isalnum() or letter in _INNER) and not is_wide(letter)


def _is_small(text: str) -> bool:
    return len(text) <= _SMALL and not any(letter.isspace() for letter in text)


def _last(pieces: Sequence[Piece]) -> Piece | None:
    return _one(pieces[-1], pieces[-1].text[-1]) if pieces else None


def _first(pieces: Sequence[Piece]) -> Piece | None:
    return _one(pieces[0], pieces[0].text[0]) if pieces else None


def _one(piece: Piece, letter: str) -> Piece:
    return Piece(letter, piece.origin, piece.option, piece.token)


def _length(pieces: Sequence[Piece]) -> int:
    return sum(units(piece.text) for piece in pieces)
