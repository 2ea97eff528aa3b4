"""Finished rows survive, damaged ones do not come back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.engines.context import WorkContext, part_file
from studio.panels.upscale.keep import Kept
from tests.fakes import FakeCache


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_rows_come_back_as_they_were(tmp_path: Path, dtype: type, channels: int) -> None:
    context = WorkContext(FakeCache(str, 0), {}, parts=tmp_path)
    rows = np.random.default_rng(0).integers(0, np.iinfo(dtype).max, (5, 9, channels)).astype(dtype)
    Kept(context, "a").keep(64, rows)
    found = Kept(context, "a").recall(64)
    assert found is not None
    assert found.dtype == dtype
    assert (found == rows).all()
    assert Kept(context, "a").recall(0) is None
    assert Kept(context, "b").recall(64) is None


@pytest.mark.parametrize("damage", [lambda data: data[:20], lambda data: b"", lambda data: data[:-3],
                                    lambda data: b"\xff" * len(data)])
def test_a_damaged_piece_is_none(tmp_path: Path, damage: object) -> None:
    context = WorkContext(FakeCache(str, 0), {}, parts=tmp_path)
    Kept(context, "a").keep(0, np.arange(200, dtype=np.uint8).reshape(10, 20, 1))
    path = part_file(tmp_path, "a from row 0")
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert Kept(context, "a").recall(0) is None
