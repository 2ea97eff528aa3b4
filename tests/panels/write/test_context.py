"""What fits, guessed without a model."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.panels.write.cards import Card
from studio.panels.write.context import Counter, Learned, fit, tail
from studio.panels.write.prompt import Sheet


def test_tokens_are_guessed_by_script() -> None:
    counter = Counter(1000)
    assert counter.count("The sea was calm today.") == pytest.approx(6, abs=1)
    assert counter.count("海很平静") == 4
    assert counter.count("") == 0


def test_all_of_a_short_text_is_seen() -> None:
    found = fit(Sheet("Ada sang. " * 20, "Memory.", cards=(Card("Ada", "sings"), Card("Ben", "rows"))),
                Counter(1000), 100)
    assert (found.start, found.cards, found.length) == (0, ("Ada",), 100)
    assert 0 < found.fixed < 20
    assert found.used == pytest.approx((found.fixed + found.shown + 100) / 1000)


def test_the_beginning_of_a_long_one_is_not() -> None:
    text = "The sea was calm. " * 1000
    found = fit(Sheet(text), Counter(512), 100)
    assert len(text) - found.start == pytest.approx((512 - 100) * 4, rel=0.35)
    assert found.used <= 1


def test_what_cannot_fit_says_why() -> None:
    assert fit(Sheet("x", "memory " * 5000), Counter(512), 100).problem is not None
    assert fit(Sheet(""), Counter(512), 100).problem is not None


@given(st.integers(0, 3_000_000), st.integers(1, 20_000))
def test_enough_is_sent_along_and_the_cut_rests(length: int, context: int) -> None:
    cut = tail(length, context)
    assert 0 <= cut <= length
    assert length - cut >= min(length, context * 8)
    assert length - cut < context * 8 * 2
    assert tail(length + 1, context) in (cut, cut + context * 4)


def test_a_model_is_learned(tmp_path: Path) -> None:
    learned = Learned(tmp_path / "tokens.json")
    assert learned.scale("tiny") == 1.0
    learned.learn("tiny", "The sea was calm today. " * 10, {"tokens": 120})
    assert Learned(tmp_path / "tokens.json").scale("tiny") == pytest.approx(2.0)
    learned.learn("tiny", "The sea was calm today. " * 10, {"tokens": 60})
    assert learned.scale("tiny") == pytest.approx(1.5)
    learned.learn("tiny", "x", {"tokens": 900})
    assert learned.scale("tiny") == pytest.approx(1.5)
