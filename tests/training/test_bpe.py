"""Tokens: cut like llama.cpp cuts, learned like byte pair encoding is."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.training.bpe import Tokenizer, count_pieces, learn
from studio.training.pieces import splitter
from tests.training.small_library import chinese, english

COUNTS = count_pieces([english(1), chinese(1)])
TOKENIZER = learn(COUNTS, 420)


@pytest.mark.parametrize(("text", "pieces"), [
    ("I don't know", ["I", " don", "'t", " know"]),
    ("“Yes,” said\nhe.", ["“Yes", ",”", " said", "\n", "he", "."]),
    ("…end.”\n\nNew", ["…end", ".”\n\n", "New"]),
    ("in 1897  he", ["in", " ", "189", "7", " ", " he"]),
    ("明月，青山。\n", ["明月", "，青山", "。\n"]),
    ("a \n  b", ["a", " \n", " ", " b"]),
    ("² Ⅳ", ["²", " ", "Ⅳ"]),
    ("CAN'T", ["CAN", "'T"]),
])
def test_text_is_cut_by_the_rule(text: str, pieces: list[str]) -> None:
    assert splitter().findall(text) == pieces


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_nothing_is_lost(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    assert "".join(splitter().findall(text)) == text
    assert TOKENIZER.decode(TOKENIZER.encode(text)) == text


def test_the_most_frequent_pair_comes_first() -> None:
    merges = learn({"abab": 5, "ab": 2, "cd": 9}, 260).merges
    assert merges == [(1 + ord("a"), 1 + ord("b")), (1 + ord("c"), 1 + ord("d")), (257, 257)]


def test_it_learns_what_counting_anew_would_learn() -> None:
    """Against the method in its plainest form: count every pair again after each merge."""
    pieces = {piece: ([1 + value for value in piece.encode()], count) for piece, count in COUNTS.items()}
    for number, pair in enumerate(TOKENIZER.merges[:120], 257):
        pairs: Counter[tuple[int, int]] = Counter()
        for symbols, count in pieces.values():
            for one in pairwise(symbols):
                pairs[one] += count
        assert pairs[pair] == max(pairs.values())
        for piece, (symbols, count) in pieces.items():
            pieces[piece] = _merged(symbols, pair, number), count


@pytest.mark.parametrize("word", ["thefoxfollowedhisshadow", "aroadhomeloved", "明月青山流水故人"])
def test_words_are_cut_by_the_earliest_merge(word: str) -> None:
    """Against the method in its plainest form: look at every pair again after each merge."""
    symbols = [1 + value for value in word.encode()]
    ranks = {pair: number for number, pair in enumerate(TOKENIZER.merges, 257)}
    while known := [ranks[pair] for pair in pairwise(symbols) if pair in ranks]:
        at = [ranks.get(pair) for pair in pairwise(symbols)].index(min(known))
        symbols[at : at + 2] = [min(known)]
    assert TOKENIZER.encode(word) == symbols
    assert len(symbols) < len(word.encode())


def test_runs_of_one_letter() -> None:
    tokenizer = learn({"aaaa": 3, "aaa": 2, "ba": 1}, 259)
    assert [tokenizer.tokens[n] for n in tokenizer.encode("aaaaa")] in ([b"aaaa", b"a"], [b"aa", b"aa", b"a"])
    assert tokenizer.merges[0] == (98, 98)


def test_no_token_is_there_twice() -> None:
    assert len(set(TOKENIZER.tokens)) == TOKENIZER.size
    assert TOKENIZER.lengths().sum() == sum(map(len, TOKENIZER.tokens))


def test_it_stops_when_nothing_comes_twice() -> None:
    assert learn({"abc": 1}, 500).size == 257


def test_it_is_kept(tmp_path: Path) -> None:
    TOKENIZER.save(tmp_path / "t.json")
    assert Tokenizer.load(tmp_path / "t.json").encode(english(3)) == TOKENIZER.encode(english(3))


def test_half_a_character_is_shown_as_such() -> None:
    assert Tokenizer([]).decode([1 + value for value in "月".encode()[:2]]) == "\N{REPLACEMENT CHARACTER}"


def _merged(symbols: list[int], pair: tuple[int, int], new: int) -> list[int]:
    made: list[int] = []
    for symbol in symbols:
        if made and (made[-1], symbol) == pair:
            made[-1] = new
        else:
            made.append(symbol)
    return made
