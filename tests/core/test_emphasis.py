"""Weights in prompts: what counts, and that nothing typed is an error."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.emphasis import MOST, plain, spans


@pytest.mark.parametrize(("prompt", "expected"), [
    ("", []), ("an apple", [("an apple", 1)]),
    ("a (red:1.3) apple", [("a ", 1), ("red", 1.3), (" apple", 1)]),
    ("(red apple: 0.5 )", [("red apple", 0.5)]), ("(a:.5)", [("a", 0.5)]), ("(a:2.)", [("a", 2)]),
    ("(a (b:2) c:1.5)", [("a ", 1.5), ("b", 3), (" c", 1.5)]),
    ("(dark) (red:)", [("(dark) (red:)", 1)]), (r"\(red:1.2\)", [("(red:1.2)", 1)]),
    (r"(a \(b\):1.2)", [("a (b)", 1.2)]), ("((a:1.2)", [("(", 1), ("a", 1.2)]), ("a:1.2)", [("a:1.2)", 1)]),
    ("(a:-1)", [("(a:-1)", 1)]), ("(a:99)", [("a", MOST)]), ("(a:0)", [("a", 0)]), ("(:1.2)b", [("b", 1)]),
    ("a\\", [("a\\", 1)]), ("(夜:1.1)", [("夜", 1.1)])])
def test_what_counts(prompt: str, expected: list[tuple[str, float]]) -> None:
    found = [(span.text, round(span.weight, 6)) for span in spans(prompt)]
    assert found == expected
    assert plain(prompt) == "".join(text for text, _ in expected)


def test_long_prompts_are_quick() -> None:
    """Every group moves the rest only by its own marks."""
    assert len(spans("(red:1.2) apple " * 5000)) == 10_000
    assert plain("(" * 20_000) == "(" * 20_000


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab (:1.2)\\夜", max_size=30))
def test_nothing_is_an_error(prompt: str) -> None:
    found = spans(prompt)
    assert all(span.text and 0 <= span.weight <= MOST for span in found)
    assert len(plain(prompt)) <= len(prompt)
    if "(" not in prompt and "\\" not in prompt:
        assert plain(prompt) == prompt
