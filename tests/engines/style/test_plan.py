"""At which sizes pictures are painted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.engines.style.plan import SMALLEST_AREA, WORKING_AREA, make_plan


def test_a_small_picture_is_painted_once_at_its_size() -> None:
    plan = make_plan(600, 800)
    assert plan.whole == (600, 800)
    assert plan.native is None


def test_a_large_picture_gets_its_look_small_and_its_brushwork_at_full_size() -> None:
    plan = make_plan(4000, 6000)
    assert plan.whole == (683, 1024)
    assert plan.native == (4000, 6000)


def test_a_broad_brush_paints_smaller_and_a_fine_one_larger() -> None:
    assert max(make_plan(1000, 1000, 2.0).whole) == 500
    assert make_plan(1000, 1000, 2.0).native == (1000, 1000)
    assert make_plan(500, 500, 0.5).whole == (1000, 1000)
    assert make_plan(500, 500, 0.5).native is None
    fine = make_plan(1000, 1000, 0.25)
    assert fine.native == (4000, 4000)
    assert max(fine.band) < max(fine.whole)


@given(st.integers(1, 30000), st.integers(1, 30000), st.sampled_from([0.25, 0.5, 1.0, 2.0, 4.0]),
       st.sampled_from([SMALLEST_AREA, WORKING_AREA]))
def test_memory_is_bounded_for_every_shape(height: int, width: int, brush: float, area: int) -> None:
    plan = make_plan(height, width, brush, area=area)
    assert plan.whole[0] * plan.whole[1] <= area * 1.02 + max(plan.whole)
    assert min(*plan.whole, *plan.band) >= 1
    if plan.native:
        assert max(plan.native) <= max(4096, height, width)
        assert max(plan.band) <= max(plan.whole) + 1
