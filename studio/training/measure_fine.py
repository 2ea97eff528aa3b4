"""Held-out distances of Fine, the optimiser in `studio.engines.style.fine`, started from Quick's pictures."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from studio.engines.style.networks import Trunk
from studio.training.data import Split
from studio.training.evaluate import Judge, Stylise, colour_transfer
from studio.training.measure import report, squares


def fine_way(folder: Path, quick: Stylise, steps: int) -> Stylise:
    """Fine at full strength with the trunk in `folder`, from `quick`'s picture, as the program runs it."""
    from studio.core.engine import ModelSource
    from studio.core.jobs import CancelToken
    from studio.engines import devices
    from studio.engines.style.fine import load_trunk

    files = {"trunk.safetensors": ""}
    optimiser = load_trunk(ModelSource("style-trunk", "style.trunk", folder, files), devices.cpu())

    def stylise(content: Tensor, style: Tensor) -> Tensor:
        start = quick(content, style).detach()
        picture = optimiser.optimise(
            _array(content), [(_array(style), 1.0)], _array(start), steps=steps, strength=1.0, seed=1,
            cancel=CancelToken(), on_step=lambda _done, _picture: True,
        )  # fmt: skip
        return torch.from_numpy(picture.transpose(2, 0, 1)[None].copy())

    return stylise


def measure_fine(
    fine: Stylise, teacher: Trunk, photos: Split, paintings: Split, pairs: int = 20, size: int = 256
) -> dict[str, object]:
    """Distances over `pairs` pairs: n-th photo, (7 n)-th style, so that each picture comes up alike."""
    judge = Judge(teacher, squares(photos, size), squares(paintings, size))
    chosen = [(n % 20, (7 * n + n // 20) % 20) for n in range(pairs)]
    yardstick = judge.table(colour_transfer, chosen)
    with torch.enable_grad():
        got = judge.table(fine, chosen)
    return report(got, yardstick, judge.unrelated(), len(chosen), size)


def _array(rgb: Tensor):  # type: ignore[no-untyped-def]
    return rgb[0].permute(1, 2, 0).contiguous().numpy()
