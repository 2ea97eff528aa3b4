"""In which order bars are played."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.media.scores.repeats import Signs, played

_SIGNS: dict[str, dict[str, Any]] = {
    "[": {"is_forward": True}, "]": {"backward": 2}, "3": {"backward": 3}, "C": {"da_capo": True},
    "S": {"segno": True}, "D": {"dal_segno": True}, "F": {"fine": True}, "T": {"to_coda": True},
    "O": {"coda": True}, "a": {"endings": frozenset({1})}, "b": {"endings": frozenset({2})},
    "c": {"endings": frozenset({1, 2})}, "d": {"endings": frozenset({3})}}


def signs(words: str) -> list[Signs]:
    """A word is a bar, its letters are its signs."""
    return [Signs(**{k: v for letter in word.strip(".") for k, v in _SIGNS[letter].items()})
            for word in words.split()]


@pytest.mark.parametrize(("words", "order"), [
    (". . .", "012"), (". . ]", "012012"), (". [ ] .", "012123"), ("[ 3 .", "0101012"),
    (". a] b .", "01023"), (". a a] b b .", "0120345"), (". c] d .", "0101023"), ("[ a] b]", "0102"),
    (". F . C", "012301"), (". S . D", "0123123"), (". T . C O", "0123014"), ("[ ] F C", "010123012"),
    ("[ a] b C .", "010230234"), ("[] []", "0011"), ("]", "00"), ("C", "00"), ("", "")])
def test_order(words: str, order: str) -> None:
    assert "".join(map(str, played(signs(words)))) == order


@given(st.lists(st.lists(st.sampled_from(sorted(_SIGNS)), max_size=3), max_size=12))
def test_it_always_ends(bars: list[list[str]]) -> None:
    found = played(signs(" ".join("." + "".join(bar) for bar in bars)))
    assert len(found) <= 6 * len(bars)
    assert set(found) <= set(range(len(bars)))
    assert not bars or found
