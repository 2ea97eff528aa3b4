"""Grain: where it falls, and how much."""

from __future__ import annotations

import numpy as np

from studio.panels.upscale.grain import add_grain


def test_a_part_has_the_grain_of_the_whole() -> None:
    grey = np.full((60, 80, 3), 0.5, np.float32)
    whole = add_grain(grey, 0.7, 5, 0, 0, 80)
    assert (add_grain(grey[10:25, 30:50], 0.7, 5, 10, 30, 80) == whole[10:25, 30:50]).all()
    assert (add_grain(grey, 0.7, 6, 0, 0, 80) != whole).mean() > 0.9


def test_it_is_fine_even_and_strongest_in_the_middle() -> None:
    def strength(light: float, amount: float = 1.0) -> float:
        flat = np.full((200, 300, 1), light, np.float32)
        noise = add_grain(flat, amount, 1, 0, 0, 300) - flat
        assert abs(float(noise.mean())) < 0.002
        return float(noise.std())

    middle = strength(0.5)
    assert 0.04 < middle < 0.12
    assert strength(0.0) == strength(1.0) == 0.0
    assert strength(0.1) < middle / 2
    assert abs(strength(0.5, 0.5) - middle / 2) < 0.002


def test_colours_keep_their_hue() -> None:
    flat = np.full((50, 50, 3), (0.6, 0.5, 0.3), np.float32)
    noise = add_grain(flat, 1.0, 0, 0, 0, 50) - flat
    assert np.ptp(noise, axis=2).max() < 1e-6
