"""Whose a word is after a person changed it."""

from __future__ import annotations

import pytest

from studio.core.manuscript import Edit, Manuscript, Piece
from studio.core.piece_table import PieceTable
from studio.panels.write.touch import fixes

PAGE = Manuscript((Piece("I saw "), Piece("the", "model", 2, 0), Piece(" wan", "model", 2, 1),
                   Piece("derer", "model", 2, 2), Piece(" come", "model", 2, 3), Piece("夜里", "model", 2, 4),
                   Piece(" home", "yours")))
TEXT = PAGE.text


def after(at: int, removed: int, text: str) -> list[tuple[str, str, int]]:
    """(text, origin, option) of the page once ``text`` was put there, as Qt would: like what is before."""
    table = PieceTable(PAGE.pieces)
    near = table.slice(max(at - 1, 0), at)
    added = (Piece(text, near[0].origin, near[0].option, near[0].token),) if text and near else (
        (Piece(text),) if text else ())
    before, behind = table.slice(0, at), table.slice(at + removed, table.length)
    gone = table.replace(Edit(at, removed, added))
    for fix in list(fixes(before, gone, added, behind, at)):
        whole = "".join(piece.text for piece in table.slice(fix.start, fix.end))
        piece = Piece(whole, fix.origin, fix.option, fix.token)
        table.replace(Edit(fix.start, fix.end - fix.start, (piece,)))
    found: list[tuple[str, str, int]] = []
    for piece in table.pieces():
        if found and found[-1][1:] == (piece.origin, piece.option):
            found[-1] = (found[-1][0] + piece.text, piece.origin, piece.option)
        else:
            found.append((piece.text, piece.origin, piece.option))
    return found


def edited(found: list[tuple[str, str, int]]) -> list[str]:
    return [text for text, origin, _ in found if origin == "edited"]


def at(word: str) -> int:
    return TEXT.index(word)


@pytest.mark.parametrize(("place", "removed", "text", "changed"), [
    (at("nderer"), 0, "x", ["waxnderer"]),  # in the middle of a word, and of its two tokens
    (at("derer"), 0, "-", ["wan-derer"]),
    (at("nderer"), 0, " ", ["wa", "nderer"]),
    (at("nderer"), 2, "", ["waerer"]),
    (at("nderer"), 6, "", ["wa"]),
    (at("wanderer"), 2, "", ["nderer"]),
    (at("anderer"), 1, "o", ["wonderer"]),
    (at("wanderer"), 9, "", []),  # a whole word and its space
    (at("derer") + 5, 0, " tall", []),
    (at("come"), 0, "to ", []),
    (at("里"), 0, "深", ["夜深里"]),
    (at("里"), 1, "", ["夜"]),
    (0, 0, "Then ", []), (0, 2, "We ", []), (len(TEXT), 0, ".", []),
    (at(" home"), 0, "s", []), (at("home"), 2, "", []), (at("the"), 0, "to ", [])])
def test_a_word_that_is_changed_is_edited(place: int, removed: int, text: str, changed: list[str]) -> None:
    found = after(place, removed, text)
    assert edited(found) == changed
    if text and not changed:
        assert any(text in piece and origin == "yours" for piece, origin, _ in found)
    assert "".join(piece for piece, _, _ in found) == TEXT[:place] + text + TEXT[place + removed:]


def test_the_edited_word_stays_in_its_option() -> None:
    assert ("waxnderer", "edited", 2) in after(at("nderer"), 0, "x")


def test_a_long_text_put_into_a_word_is_the_persons() -> None:
    long = "x" * 40
    found = after(at("nderer"), 0, long)
    assert edited(found) == ["wa", "nderer"]
    assert (long, "yours", 0) in found
