"""Prompts as the words a picture network knows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.core.word_list import WordList, padded, split_words

KNOWN = WordList(("", "<flat>", "apple", "red", "glasses", "smiling", "o'clock"), 3)


def test_words_in_their_order_each_once() -> None:
    reading = KNOWN.read("A red, RED apple!")
    assert reading.numbers == (3, 2)
    assert not reading.taken
    assert not reading.unknown


def test_what_is_not_known_is_read_as_the_nearest_and_said() -> None:
    reading = KNOWN.read("aple apples zzz")
    assert reading.taken == (("aple", "apple"), ("apples", "apple"))
    assert reading.unknown == ("zzz",)
    assert reading.numbers == (2,)


def test_what_does_not_fit_is_said() -> None:
    reading = KNOWN.read("red apple smiling glasses")
    assert reading.left == ("glasses",)
    assert len(reading.numbers) == 3


def test_a_style_mark_cannot_be_typed() -> None:
    assert KNOWN.read("<flat>").numbers == ()


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    reading = KNOWN.read(text)
    assert all(0 < number < len(KNOWN.words) for number in reading.numbers)
    assert len(padded(reading.numbers, 16)) == 16


def test_words_of_other_apostrophes() -> None:
    assert split_words("Eight o’clock") == ["eight", "o'clock"]
