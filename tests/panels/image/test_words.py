"""Prompts for the sticker painter: styles, weights, words that are not known."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.word_list import WordList
from studio.panels.image.words import mixed, told

LIST = WordList(("", "<flat>", "<pixel>", "apple", "red", "ball", "flat"), room=4)
STYLES = ("flat", "pixel")


@pytest.mark.parametrize(("prompt", "style", "numbers"), [
    ("a red apple", "", (4, 3)), ("apple, flat style", "flat", (3,)), ("apple in a flat style", "flat", (3,)),
    ("flat icon of an apple", "flat", (3,)), ("Apple, FLAT", "flat", (3,)), ("pixel art ball", "pixel", (5,)),
    ("a flat ball", "", (6, 5)), ("ball, pixel art, red", "pixel", (5, 4))])
def test_styles_are_named_in_words(prompt: str, style: str, numbers: tuple[int, ...]) -> None:
    found = told(prompt, LIST, STYLES)
    assert (found.style, found.reading.numbers) == (style, numbers)
    mark = (STYLES.index(style) + 1,) if style else ()
    assert found.rows == ((mark + numbers, 1),)


def test_a_weight_leads_further_from_the_prompt_without_its_words() -> None:
    found = told("a (red:1.5) apple", LIST, STYLES)
    assert dict(found.rows) == {(4, 3): 1.5, (3,): -0.5}
    assert dict(told("(red:0.25) apple, flat style", LIST, STYLES).rows) == {(1, 4, 3): 0.25, (1, 3): 0.75}
    assert told("(red:1) apple", LIST, STYLES).rows == (((4, 3), 1),)
    assert told("(unknown:2) apple", LIST, STYLES).rows == (((3,), 1),)


def test_a_style_takes_a_place() -> None:
    assert told("red apple ball flat", LIST, ()).reading.left == ()
    found = told("red apple ball flat, pixel art", LIST, STYLES)
    assert found.reading.left == ("flat",)
    assert found.count == 4


def test_a_way_between_two_prompts() -> None:
    one, other = told("apple", LIST, STYLES).rows, told("ball", LIST, STYLES).rows
    assert mixed(one, other, 0.25) == (((3,), 0.75), ((5,), 0.25))
    assert mixed(one, other, 0) == one
    assert mixed(one, other, 1) == other


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aplered bal(:1.5),flat夜", max_size=40))
def test_shares_add_up_to_one(prompt: str) -> None:
    rows = told(prompt, LIST, STYLES).rows
    assert sum(share for _, share in rows) == pytest.approx(1)
    assert all(len(words) <= LIST.room for words, _ in rows)
