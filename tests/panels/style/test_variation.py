"""What the seed decides in a restyling."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from studio.core.jobs import Request
from studio.panels.style import PANEL
from studio.panels.style.params import StyleParams
from studio.panels.style.variation import seeded_part
from studio.ui.panel_desk import _varied

PICTURE = np.arange(40 * 60 * 3, dtype=np.uint16).reshape(40, 60, 3)


def test_without_variation_the_whole_painting_is_seen() -> None:
    assert seeded_part(PICTURE, 0.0, 5, 0) is PICTURE


@given(st.integers(1, 30), st.integers(1, 30), st.floats(0.01, 1.0), st.integers(0, 2**32 - 1))
def test_a_part_lies_inside_and_the_same_seed_gives_the_same(height: int, width: int, variation: float,
                                                             seed: int) -> None:
    picture = PICTURE[:height, :width]
    part = seeded_part(picture, variation, seed, 1)
    assert part.size > 0
    assert np.isin(part, picture).all()
    assert np.array_equal(part, seeded_part(picture, variation, seed, 1))


def test_other_seeds_and_other_places_see_other_parts() -> None:
    firsts = {int(seeded_part(PICTURE, 1.0, seed, place)[0, 0, 0]) for seed in range(6) for place in range(2)}
    assert len(firsts) > 6


def test_vary_gives_a_new_seed_room_to_show_and_keeps_a_chosen_variation() -> None:
    request = Request("style", 1, StyleParams().to_json(), seed=7)
    varied = _varied(PANEL, request)
    assert varied.seed != 7
    assert varied.params["variation"] == PANEL.vary["variation"]
    chosen = Request("style", 1, StyleParams(variation=0.2).to_json(), seed=7)
    assert _varied(PANEL, chosen).params["variation"] == 0.2
