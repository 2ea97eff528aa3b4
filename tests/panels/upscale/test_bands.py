"""Any factor from the network's rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.core.engine import Floats
from studio.panels.upscale.bands import bands, first_row
from studio.panels.upscale.params import UpscaleParams
from studio.panels.upscale.plan import Plan, make_plan


def native(height: int, width: int) -> Floats:
    return np.random.default_rng(0).random((height, width, 3), np.float32)


def cut_up(rows: Floats, step: int, start: int = 0) -> list[tuple[int, Floats]]:
    return [(top, rows[top:top + step]) for top in range(start, len(rows), step)]


def made(plan: Plan, rows: Floats, step: int, top: int = 0) -> Floats:
    start = first_row(plan, top) * plan.scale
    found = list(bands(plan, cut_up(rows, step, start), top))
    assert [row for row, _ in found] == [top, *(np.cumsum([len(band) for _, band in found])[:-1] + top)]
    return np.concatenate([band for _, band in found])


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.integers(1, 40), st.floats(1, 9), st.integers(1, 100), st.data())
def test_no_cut_into_rows_and_no_restart_changes_a_bit(height: int, width: int, factor: float, step: int,
                                                       data: st.DataObject) -> None:
    plan = make_plan(UpscaleParams(scale=factor), height, width, (2, 4), 0)
    rows = native(height * plan.scale, width * plan.scale)
    whole = made(plan, rows, len(rows))
    assert whole.shape == (*plan.target, 3)
    assert (made(plan, rows, step) == whole).all()
    top = data.draw(st.integers(0, plan.target[0] - 1)) // 64 * 64
    assert (made(plan, rows, step, top) == whole[top:]).all()


@pytest.mark.parametrize("factor", [1.0, 1.7, 3.0, 6.5])
def test_it_is_pillows_lanczos_of_the_whole(factor: float) -> None:
    plan = make_plan(UpscaleParams(scale=factor), 50, 70, (2, 4), 0)
    rows = native(50 * plan.scale, 70 * plan.scale)
    size = plan.target[1], plan.target[0]
    wanted = [np.asarray(Image.fromarray(rows[..., c].copy()).resize(size, Image.Resampling.LANCZOS))
              for c in range(3)]
    assert np.abs(made(plan, rows, 37) - np.stack(wanted, 2)).max() < 1e-5
