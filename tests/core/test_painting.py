"""Sizes a model can paint."""

from __future__ import annotations

import pytest

from studio.core.painting import LARGEST, Sizes


@pytest.mark.parametrize(("asked", "expected"), [
    ((512, 512), (512, 512)), ((1, 7), (8, 8)), ((100_000, 511), (LARGEST, 512)), ((515, 516), (512, 520))])
def test_the_nearest_size(asked: tuple[int, int], expected: tuple[int, int]) -> None:
    assert Sizes(512, 512, 8).fit(*asked) == expected


def test_the_largest_is_a_multiple_too() -> None:
    assert Sizes(512, 512, 24).fit(99_999, 1) == (4080, 24)
