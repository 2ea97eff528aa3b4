"""A page of writing: its text, and where each part of it came from.

Places and lengths are UTF-16 code units, as text widgets count them: an emoji is two long. `units` says how
long a text is. Paragraphs end with "\\n".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from studio.core.piece_table import PieceTable
from studio.core.pieces import ORIGINS, Edit, Origin, Piece, merged, packed, units, unpacked

__all__ = ["ORIGINS", "Edit", "Manuscript", "Origin", "Piece", "units"]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A page. Equal neighbours are one piece, and none is empty."""

    pieces: tuple[Piece, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "pieces", tuple(merged(self.pieces)))

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
        table = PieceTable(self.pieces)
        for edit in edits:
            table.replace(edit)
        return Manuscript(table.pieces())

    def slice(self, start: int, end: int) -> Manuscript:
        """From ``start`` up to ``end``, in UTF-16 units."""
        return Manuscript(PieceTable(self.pieces).slice(start, end))

    def origins(self) -> Mapping[Origin, int]:
        """Characters of each origin, spaces too; every origin is a key."""
        return {origin: sum(len(piece.text) for piece in self.pieces if piece.origin == origin)
                for origin in ORIGINS}

    def to_json(self) -> list[Any]:
        """Plain values: a text of the person, or [origin, option, token, texts...], of tokens in a row."""
        return list(packed(self.pieces))

    @classmethod
    def from_json(cls, values: object) -> Self:
        """What `to_json` gave. Raises StudioError for anything else."""
        return cls(tuple(unpacked(values)))
