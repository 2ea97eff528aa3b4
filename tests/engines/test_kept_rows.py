"""Finished rows survive, damaged ones do not come back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.engines.context import WorkContext, part_file
from studio.engines.kept_rows import Kept
from tests.fakes import FakeCache


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_rows_come_back_as_they_were(tmp_path: Path, dtype: type, channels: int) -> None:
    context = WorkContext(FakeCache(str, 0), {}, parts=tmp_path)
    rows = np.random.default_rng(0).integers(0, np.iinfo(dtype).max, (5, 9, channels)).astype(dtype)
    with Kept(context, "a") as kept:
        kept.keep(64, rows)
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
    with Kept(context, "a") as kept:
        kept.keep(0, np.arange(200, dtype=np.uint8).reshape(10, 20, 1))
    path = part_file(tmp_path, "a from row 0")
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert Kept(context, "a").recall(0) is None


def test_nothing_is_packed_where_nothing_is_kept() -> None:
    with Kept(WorkContext(FakeCache(str, 0), {}), "a") as kept:
        kept.keep(0, "no rows")  # type: ignore[arg-type]


def test_all_are_kept_in_order_when_it_ends(tmp_path: Path) -> None:
    told: list[object] = []
    context = WorkContext(FakeCache(str, 0), {}, parts=tmp_path, emit=told.append)
    with Kept(context, "a") as kept:
        for top in range(9):
            kept.keep(top, np.full((1, 2, 3), top, np.uint8))
    assert [found.flat[0] for top in range(9) if (found := Kept(context, "a").recall(top)) is not None
            ] == list(range(9))
    assert [getattr(part, "key", "") for part in told] == [f"a from row {top}" for top in range(9)]


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    context = WorkContext(FakeCache(str, 0), {}, parts=tmp_path / "file")
    with pytest.raises(OSError), Kept(context, "a") as kept:  # noqa: PT011 - systems differ
        kept.keep(0, np.zeros((1, 1, 1), np.uint8))
