"""The yardstick is a distribution, and the one the paper defines."""

from __future__ import annotations

import numpy as np
import pytest

from studio.training.kneser_ney import KneserNey, bits_per_byte

RNG = np.random.default_rng(4)
STREAM = np.concatenate([RNG.integers(0, 3, 200), RNG.integers(2, 6, 200)]) % 6


@pytest.mark.parametrize("context", [[0, 1, 2, 0], [5, 5, 5, 5], [7, 1, 7, 2], [2]])
def test_chances_sum_to_one(context: list[int]) -> None:
    model = KneserNey(STREAM, 8, order=4)
    chances = [model.chances(np.array([*context, last]))[-1] for last in range(8)]
    assert sum(chances) == pytest.approx(1.0)
    assert min(chances) > 0
    assert model.following(np.array(context)) == pytest.approx(chances)


def test_at_the_beginning_nothing_counts_but_how_common_a_token_is() -> None:
    model = KneserNey(STREAM, 8, order=4)
    alone = [model.chances(np.array([token]))[0] for token in range(8)]
    assert model.following(np.array([], np.int64)) == pytest.approx(alone)


def test_bigrams_by_hand() -> None:
    """a b a b a c: ab and ba come twice, ac once, so Y = 1/5, D1 = 1 - 2Y x 2 = 0.2, D2 = 2.

    Below, a, b and c each stand after one other token: all is spared, and one third is left for each.
    """
    model = KneserNey(np.array([0, 1, 0, 1, 0, 2]), 3, order=2)
    wanted = (1 - 0.2) / 3 + (2 + 0.2) / 3 / 3
    assert model.chances(np.array([0, 2]))[1] == pytest.approx(wanted)


def test_lower_orders_count_contexts_not_occurrences() -> None:
    """`1` comes often but only after 0; `3` comes rarely but after many."""
    stream = np.array([0, 1] * 20 + [2, 3, 4, 3, 5, 3, 6, 3])
    chances = [KneserNey(stream, 9, order=2).chances(np.array([8, token]))[1] for token in (1, 3)]
    assert chances[1] > chances[0]


def test_what_was_seen_is_foretold() -> None:
    model = KneserNey(np.tile(np.arange(6), 50), 6)
    lengths = np.array([0, 1, 1, 1, 1, 1])
    seen = bits_per_byte(model, np.tile(np.arange(6), 9), lengths)
    unseen = bits_per_byte(model, np.tile([5, 3, 1, 4, 2], 9), lengths)
    assert seen < 0.5
    assert unseen > 2.0
