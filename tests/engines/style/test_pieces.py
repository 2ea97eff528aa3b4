"""A network of one size on pictures of any size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.engine import Floats
from studio.engines.style.pieces import in_pieces, windows


@given(st.integers(1, 300), st.integers(1, 300), st.integers(0, 15))
def test_cores_cover_every_pixel_and_stay_in_their_windows(height: int, width: int, edge: int) -> None:
    seen = np.zeros((height, width), bool)
    for window, core in windows((height, width), (64, 64), edge):
        assert window.top <= core.top < core.bottom <= window.bottom
        assert window.left <= core.left < core.right <= window.right
        seen[core.top:core.bottom, core.left:core.right] = True
    assert seen.all()


@pytest.mark.parametrize("size", [(64, 64), (30, 20), (65, 200), (300, 40), (1, 500)])
def test_a_network_that_changes_nothing_changes_nothing(size: tuple[int, int]) -> None:
    picture = np.random.default_rng(0).random((*size, 3), np.float32) * 0.1 + 0.4
    sizes = set()

    def paint(part: Floats) -> Floats:
        sizes.add(part.shape)
        return part

    result = in_pieces(picture, (64, 64), paint)
    assert sizes == {(64, 64, 3)}
    assert result.shape == picture.shape
    assert np.abs(result - picture).mean() < 0.03


def test_a_brightness_that_differs_from_piece_to_piece_leaves_no_seam() -> None:
    calls = []

    def moody(part: Floats) -> Floats:
        calls.append(1)
        return np.clip(part + 0.2 * (len(calls) % 2), 0, 1)

    result = in_pieces(np.full((200, 200, 3), 0.5, np.float32), (64, 64), moody)
    steps = np.abs(np.diff(result[..., 0], axis=0)).max(), np.abs(np.diff(result[..., 0], axis=1)).max()
    assert max(steps) < 0.01
