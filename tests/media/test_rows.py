"""Rows wait until they are used, and no longer."""

from __future__ import annotations

import numpy as np

from studio.media.rows import Rows


def test_rows_are_forgotten_once_they_are_used() -> None:
    rows = Rows(2)
    rows.add(0, np.arange(5, dtype=np.float32)[:, None, None])
    rows.add(5, np.arange(5, 9, dtype=np.float32)[:, None, None])
    assert rows.end == 9
    assert rows.take(4, 7)[:, 0, 0].tolist() == [4, 5, 6]
    rows.forget(6)
    assert rows.take(6, 9)[:, 0, 0].tolist() == [6, 7, 8]
    rows.forget(9)
    assert rows.end == 9
