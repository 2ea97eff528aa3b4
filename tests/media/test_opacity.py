"""Colours under transparency, and opacity that stays what it was where it is even."""

from __future__ import annotations

import numpy as np
import pytest

from studio.media.opacity import REACH, bled, bounded


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("shape", [(40, 50), (1, 7), (33, 1), (17, 64)])
def test_hidden_colours_become_their_neighbours(dtype: type, shape: tuple[int, int]) -> None:
    colours = np.zeros((*shape, 3), dtype)
    alpha = np.zeros(shape, dtype)
    colours[:shape[0] // 2 + 1, :shape[1] // 2 + 1] = (200, 100, 50)
    alpha[:shape[0] // 2 + 1, :shape[1] // 2 + 1] = 7
    found = bled(colours, alpha)
    assert found.dtype == dtype
    assert (found == np.array((200, 100, 50))).all()


def test_what_is_seen_stays_and_the_nearest_colour_wins() -> None:
    colours = np.zeros((64, 64, 3), np.uint8)
    alpha = np.zeros((64, 64), np.uint8)
    colours[:, :8], alpha[:, :8] = (255, 0, 0), 255
    colours[:, 56:], alpha[:, 56:] = (0, 0, 255), 1
    found = bled(colours, alpha)
    assert (found[alpha > 0] == colours[alpha > 0]).all()
    assert found[32, 10, 0] > 200
    assert found[32, 54, 2] > 200


@pytest.mark.parametrize("value", [0, 9])
def test_nothing_changes_where_all_is_seen_or_nothing(value: int) -> None:
    colours = np.random.default_rng(0).integers(0, 255, (9, 9, 3), np.uint8)
    assert bled(colours, np.full((9, 9), value, np.uint8)) is colours


def test_opacity_never_rings() -> None:
    source = np.zeros((20, 20), np.float32)
    source[:, 10:] = 1
    wild = np.random.default_rng(0).normal(0.5, 2, (60, 60)).astype(np.float32)
    found = bounded(wild, source, 3)
    assert found.min() == 0
    assert found.max() == 1
    assert (found[:, :(10 - REACH) * 3] == 0).all()
    assert (found[:, (10 + REACH) * 3:] == 1).all()
    assert (found[:, 27:33] == wild[:, 27:33].clip(0, 1)).all()
