"""The grain under Quick's paint."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from studio.engines.style.tooth import PERIOD, toothed

FLAT = np.full((300, 40, 3), 0.5, np.float32)


def test_none_changes_nothing() -> None:
    assert toothed(FLAT, 0.0) is FLAT


def test_it_is_fine_even_and_always_the_same() -> None:
    rough = toothed(np.full((PERIOD, PERIOD, 3), 0.5, np.float32), 1.0)
    assert rough.dtype == np.float32
    assert np.array_equal(rough, toothed(np.full((PERIOD, PERIOD, 3), 0.5, np.float32), 1.0))
    assert abs(float(rough.mean()) - 0.5) < 1e-4
    assert 1 / 255 < float(rough.std()) < 5 / 255
    seam, inside = (float(np.abs(rough[at] - rough[0]).mean()) for at in (-1, 1))
    assert seam < 3 * inside


@given(top=st.integers(0, 700), left=st.integers(0, 700))
def test_a_tile_has_the_grain_of_its_place(top: int, left: int) -> None:
    whole = toothed(np.zeros((740, 720, 3), np.float32), 1.0)
    tile = toothed(np.zeros((40, 20, 3), np.float32), 1.0, top, left)
    assert np.array_equal(tile, whole[top:top + 40, left:left + 20])
