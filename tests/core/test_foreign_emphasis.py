"""Weights of other programs mean the same here."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.emphasis import spans
from studio.core.foreign_emphasis import from_others, to_others


def weights(prompt: str) -> list[tuple[str, float]]:
    """Each letter with its weight."""
    return [(letter, round(span.weight, 3)) for span in spans(prompt) for letter in span.text]


@pytest.mark.parametrize(("theirs", "ours"), [
    ("a cat", "a cat"),
    ("a (red) cat", "a (red:1.1) cat"),
    ("((red)) cat", "((red:1.1):1.1) cat"),
    ("[red] cat", "(red:0.909) cat"),
    ("(red:1.3), [[blue]]", "(red:1.3), ((blue:0.909):0.909)"),
    ("[a (red:1.2) cat]", "(a (red:1.2) cat:0.909)"),
    (r"Ana \(painter\), \[x\]", r"Ana \(painter\), [x]"),
    (r"back\\slash, \Negative", r"back\slash, Negative"),
    ("open (and ] shut", "open (and ] shut"),
    ("[cat:dog:0.5]", "[cat:dog:0.5]"),
    ("[a|b]", "(a|b:0.909)"),
    ("([a)]", "([a:1.1)]"),
    ("(a [ b)", "(a [ b:1.1)"),
    ("\\", ""),
    ("", ""),
])
def test_theirs_as_ours(theirs: str, ours: str) -> None:
    assert from_others(theirs) == ours


def test_a_pair_of_marks_weighs_a_tenth() -> None:
    assert [(span.text, round(span.weight, 2)) for span in spans(from_others("((red)) [cat]"))] == [
        ("red", 1.21), (" ", 1.0), ("cat", 0.91)]


@pytest.mark.parametrize(("ours", "theirs"), [
    ("a (red:1.2) cat", "a (red:1.2) cat"),
    ("((red:1.2) cat:1.5)", "(red:1.8)( cat:1.5)"),
    ("plain (red) [blue]", r"plain \(red\) \[blue\]"),
    (r"\(red\)", r"\(red\)"),
])
def test_ours_as_theirs(ours: str, theirs: str) -> None:
    assert to_others(ours) == theirs


@given(st.text(st.sampled_from("ab ,:.15()[]画é\n"), max_size=60))
def test_there_and_back_weighs_the_same(prompt: str) -> None:
    assert weights(from_others(to_others(prompt))) == weights(prompt)


@given(st.text(max_size=80) | st.text(st.sampled_from("\\()[]:1.a"), max_size=30))
def test_any_text_is_read(prompt: str) -> None:
    spans(from_others(prompt))
    spans(from_others(to_others(prompt)))
