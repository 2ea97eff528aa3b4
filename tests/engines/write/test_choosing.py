"""The next token: what each setting leaves, and chance that a seed repeats."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from studio.core.text import Sampling
from studio.engines.write.choosing import choose, likeliest, logarithms
from studio.engines.write.stream import body

SHARES = np.array([0.05, 0.4, 0.3, 0.2, 0.05])
ODDS = np.log(SHARES)


def drawn(times: int = 4000, seen: tuple[int, ...] = (), forbidden: tuple[int, ...] = (),
          **settings: Any) -> dict[int, float]:
    """How often each token comes."""
    sampling = Sampling(**{"temperature": 1.0, "top_p": 1.0, "min_p": 0.0, **settings})
    asked = body([], sampling, most=1, seed=0, forbidden=forbidden, keep=False)
    chance = np.random.default_rng(1)
    found = Counter(choose(ODDS, asked, seen, chance) for _ in range(times))
    return {token: count / times for token, count in found.items()}


def test_the_model_s_own_odds() -> None:
    found = drawn()
    assert {token: pytest.approx(share, abs=0.03) for token, share in enumerate(SHARES)} == found


@pytest.mark.parametrize(("settings", "left"), [
    ({"temperature": 0.0}, {1}), ({"min_p": 0.6}, {1, 2}), ({"min_p": 1.0}, {1}), ({"top_p": 0.39}, {1}),
    ({"top_p": 0.6}, {1, 2}), ({"top_p": 0.7, "min_p": 0.4}, {1, 2}), ({"temperature": 0.01}, {1}),
    ({"forbidden": (1, 2)}, {0, 3, 4}), ({"temperature": 0.0, "forbidden": (1,)}, {2}),
    ({"temperature": 0.0, "forbidden": (0, 1, 2, 3, 4)}, {0})])
def test_what_is_left(settings: dict[str, Any], left: set[int]) -> None:
    assert set(drawn(300, **settings)) == left


def test_heat_makes_it_wilder() -> None:
    assert drawn(temperature=0.5)[1] > drawn()[1] + 0.05 > drawn(temperature=2.0)[1] + 0.1


def test_what_was_seen_lately_becomes_less_likely() -> None:
    assert drawn(seen=(1,), repetition=1.5)[1] < drawn()[1] - 0.1
    assert drawn(seen=(1, 0), repetition=1.5, window=1)[1] == pytest.approx(drawn()[1], abs=0.05)


def test_odds_of_strange_numbers() -> None:
    assert np.allclose(np.exp(logarithms(np.log(SHARES) + 700)), SHARES)
    assert np.allclose(np.exp(logarithms(np.array([np.nan, 1.0, 1.0]))), [0, 0.5, 0.5])
    assert np.allclose(np.exp(logarithms(np.full(4, np.nan))), 0.25)


def test_the_likeliest_come_first() -> None:
    assert likeliest(ODDS, 3) == [1, 2, 3]
    assert likeliest(ODDS, 9) == [1, 2, 3, 0, 4]
