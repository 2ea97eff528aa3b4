"""Enlarging stickers: sizes, edges, and where memory runs short."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.core.errors import OutOfMemory
from studio.engines.context import WorkContext
from studio.panels.image.enlarge import enlarged
from tests.panels.image import fakes
from tests.panels.image.bench import Bench


def context(folder: Path, **facts: Any) -> WorkContext:
    bench = Bench(folder, {"upscale-drawing": fakes.source("upscaler", folder, "upscale-drawing", **facts)})
    return WorkContext(bench.cache, {}, device="cpu")


def sticker() -> Any:
    made = np.zeros((64, 64, 4), np.uint8)
    made[16:48, 16:48] = (200, 30, 30, 255)
    return made


@pytest.mark.parametrize("side", [16, 64, 100, 256, 512, 600, 1500])
def test_any_size(tmp_path: Path, side: int) -> None:
    made = enlarged(sticker(), side, context(tmp_path))
    assert made.shape == (side, side, 4)
    assert (made[side // 2, side // 2] == (200, 30, 30, 255)).all()
    assert not made[0, 0, 3]


def test_no_dark_edge_comes_from_what_cannot_be_seen(tmp_path: Path) -> None:
    made = enlarged(sticker(), 512, context(tmp_path))
    seen = made[made[..., 3] > 128][:, :3].astype(int)
    assert np.abs(seen - (200, 30, 30)).max() <= 3


def test_in_pieces_it_is_the_same(tmp_path: Path) -> None:
    whole, ctx = enlarged(sticker(), 256, context(tmp_path)), context(tmp_path, most=40 * 40)
    assert (enlarged(sticker(), 256, ctx) == whole).all()
    assert ctx.notes[0] == "Memory ran short, so this was enlarged in smaller pieces."


def test_then_the_processor_is_used(tmp_path: Path) -> None:
    ctx = context(tmp_path, most=10)
    assert enlarged(sticker(), 256, ctx).shape == (256, 256, 4)
    assert ctx.notes[-1] == "The graphics memory ran out, so the CPU enlarged this."
    with pytest.raises(OutOfMemory):
        enlarged(sticker(), 256, context(tmp_path, most=10, cpu_most=10))
