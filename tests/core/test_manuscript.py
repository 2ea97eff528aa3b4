"""Pages of writing: edits, places in UTF-16 units, and what is kept of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.errors import StudioError
from studio.core.manuscript import ORIGINS, Edit, Manuscript, Piece, units
from studio.core.piece_table import PieceTable, trimmed

texts = st.text(st.sampled_from("ab \n夜🌲שé"), max_size=6)
pieces = st.lists(st.builds(Piece, texts, st.sampled_from(ORIGINS), st.integers(0, 3), st.integers(-1, 4)),
                  max_size=6).map(tuple)
edits = st.builds(Edit, st.integers(0, 30), st.integers(0, 12), pieces)
PAGE = Manuscript((Piece("I went "), Piece("to", "model", 1, 0), Piece(" the", "model", 1, 1),
                   Piece(" sea 🌊", "edited", 1, 2)))


def in_units(page: Manuscript) -> list[tuple[bytes, Any]]:
    """Each UTF-16 unit with what it is: the simplest thing that can be right."""
    found = []
    for piece in page.pieces:
        data = piece.text.encode("utf-16-le")
        found += [(data[at:at + 2], (piece.origin, piece.option, piece.token))
                  for at in range(0, len(data), 2)]
    return found


def is_whole(cells: Sequence[tuple[bytes, Any]]) -> bool:
    """Whether no pair was cut, each half in a piece with its other half."""
    try:
        b"".join(cell for cell, _ in cells).decode("utf-16-le")
    except UnicodeDecodeError:
        return False
    return all(b[1] == a[1] for a, b in pairwise(cells) if a[0][1] in range(0xD8, 0xDC))


@given(pieces, st.lists(edits, max_size=5))
@settings(max_examples=80)
def test_edits_do_what_they_say(before: tuple[Piece, ...], changes: list[Edit]) -> None:
    page = Manuscript(before)
    cells = in_units(page)
    has_cut = False
    for edit in changes:
        at = min(edit.at, len(cells))
        cells[at:at + edit.removed] = in_units(Manuscript(edit.added))
        has_cut = has_cut or not is_whole(cells)
    after = page.apply(*changes)
    assert after.length == len(cells)
    assert [kind for _, kind in in_units(after)] == [kind for _, kind in cells]
    if not has_cut:
        assert in_units(after) == cells


@given(pieces, st.integers(0, 30), st.integers(0, 30))
@settings(max_examples=40)
def test_a_slice_is_a_part(before: tuple[Piece, ...], start: int, end: int) -> None:
    page = Manuscript(before)
    cells = in_units(page)[start:end]
    part = page.slice(start, end)
    assert part.length == len(cells)
    if is_whole(cells):
        assert in_units(part) == cells


@given(pieces)
@settings(max_examples=40)
def test_a_page_is_kept(before: tuple[Piece, ...]) -> None:
    page = Manuscript(before)
    assert Manuscript.from_json(json.loads(json.dumps(page.to_json()))) == page
    edit = Edit(3, 2, page.pieces)
    assert Edit.from_json(json.loads(json.dumps(edit.to_json()))) == edit
    assert units(page.text) == page.length
    assert page.apply() == page


def test_neighbours_that_are_equal_are_one() -> None:
    assert Manuscript((Piece("a"), Piece(""), Piece("b"), Piece("c", "model"))).pieces == (
        Piece("ab"), Piece("c", "model"))


def test_tokens_in_a_row_are_kept_small() -> None:
    assert PAGE.to_json() == ["I went ", [1, 1, 0, "to", " the"], [2, 1, 2, " sea 🌊"]]


def test_origins_count_characters() -> None:
    assert PAGE.origins() == {"yours": 7, "model": 6, "edited": 6}
    assert Manuscript().origins() == {"yours": 0, "model": 0, "edited": 0}


def test_half_a_pair_is_no_half_character() -> None:
    page = Manuscript.of("a🌲b").apply(Edit(2, 1))
    assert page.text == "a\ufffdb"
    assert page.apply(Edit(1, 1, (Piece("🌲"),))).text == "a🌲b"


@pytest.mark.parametrize("damage", [
    None, "text", 3, [3], [[1, 0]], [[9, 0, -1, "a"]], [[-1, 0, -1, "a"]], [[0, -2, -1, "a"]],
    [[1, 0, 0, 5]], [[1, 0.5, 0, "a"]], [[True, 0, 0, "a"]], {"a": 1}])
def test_damage_is_a_sentence(damage: object) -> None:
    with pytest.raises(StudioError, match="damaged"):
        Manuscript.from_json(damage)
    with pytest.raises(StudioError, match="damaged"):
        Edit.from_json(damage)


@pytest.mark.parametrize("damage", [[], [1], [-1, 0], [0, -1], [0, "1"], [0, 0, 3]])
def test_a_damaged_edit_is_a_sentence(damage: object) -> None:
    with pytest.raises(StudioError, match="damaged"):
        Edit.from_json(damage)


def test_many_edits_of_a_long_page() -> None:
    """Ten thousand keystrokes in a novel are put together in one go, not each for itself."""
    page = Manuscript.of("word " * 150_000)
    typed = [Edit(400_000 + index, 0, (Piece("x"),)) for index in range(10_000)]
    after = page.apply(*typed)
    assert after.length == page.length + 10_000
    assert after.slice(400_000, 410_000).text == "x" * 10_000


@given(st.lists(texts, min_size=3, max_size=3), texts)
@settings(max_examples=60)
def test_a_trimmed_edit_does_the_same(parts: list[str], new: str) -> None:
    first, old, last = parts
    page = Manuscript.of(f"{first}{old}{last}")
    edit = Edit(0, page.length, (Piece(first), Piece(new), Piece(last)))
    small = trimmed(edit, page.pieces)
    assert page.apply(small).text == first + new + last
    assert PieceTable(page.pieces).replace(small) == page.slice(small.at, small.at + small.removed).pieces
    assert "\ufffd" not in "".join(piece.text for piece in small.added)
    assert small.removed <= units(old)


def test_trees_that_share_half_a_letter_are_not_cut() -> None:
    edit = Edit(0, 2, (Piece("\U0001f333"),))
    assert trimmed(edit, (Piece("\U0001f332"),)) == edit
    other = Edit(0, 2, (Piece("\U0001f732"),))  # the second halves are equal
    assert trimmed(other, (Piece("\U0001f332"),)) == other


@given(pieces, st.lists(edits, max_size=5))
@settings(max_examples=50)
def test_spans_are_the_regions_of_all_options(before: tuple[Piece, ...], changes: list[Edit]) -> None:
    table = PieceTable(before)
    for change in changes:
        table.replace(change)
    options = {piece.option for piece in table.pieces()} - {0}
    assert table.spans() == {option: table.region([option]) for option in options}


@given(st.integers(1, 3), pieces, st.lists(edits, max_size=8), st.integers(0, 40), st.integers(0, 40))
@settings(max_examples=200)
def test_chunks_change_nothing(many: int, before: tuple[Piece, ...], changes: list[Edit], start: int,
                               end: int) -> None:
    page = Manuscript(before).apply(*changes)  # with chunks that hold all of it
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("studio.core.piece_table._MANY", many)
        table = PieceTable(before)
        for change in changes:
            table.replace(change)
        assert table.length == page.length
        found = table.slice(start, end)
        assert table.pieces() == page.pieces
    assert found == page.slice(start, end).pieces
