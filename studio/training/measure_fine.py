"""Held-out distances of Fine, the optimiser in `studio.engines.style.fine`, started from Quick's pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from PIL import Image
from torch import Tensor

from studio.engines.style.networks import Trunk
from studio.training.data import Split
from studio.training.evaluate import Judge, Stylise, colour_transfer, contact_sheet
from studio.training.measure import report, squares

SHOWN_PHOTOS = ("budgie-singaporean", "cq100-fruits", "elementary-william-bout")
SHOWN_PAINTINGS = (
    "charlotte-perkins-gilman", "frances-hodgson-burnett", "h-g-wells", "virginia-woolf_mrs",
)  # fmt: skip


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


def shown_pairs(photos: Sequence[str], paintings: Sequence[str]) -> list[tuple[int, int]]:
    """The contact sheet's pairs by file name: SHOWN_PHOTOS x SHOWN_PAINTINGS."""
    rows = [n for n, name in enumerate(photos) if name.startswith(SHOWN_PHOTOS)]
    columns = [n for n, name in enumerate(paintings) if name.startswith(SHOWN_PAINTINGS)]
    return [(row, column) for row in rows for column in columns]


def measure_and_show(
    quick: Stylise, fine: Stylise, teacher: Trunk, photos: Split, paintings: Split, size: int = 256
) -> tuple[dict[str, object], Image.Image]:
    """Distances of Fine and of Quick over the contact sheet's pairs, and the sheet: Quick above Fine."""
    contents, styles = squares(photos, size), squares(paintings, size)
    pairs = shown_pairs([r.file.name for r in photos.held_out], [r.file.name for r in paintings.held_out])
    judge = Judge(teacher, contents, styles)
    made = {pair: fine(contents[pair[0]], styles[pair[1]]) for pair in pairs}
    at = {(id(contents[c]), id(styles[s])): picture for (c, s), picture in made.items()}

    def known(content: Tensor, style: Tensor) -> Tensor:
        return at[id(content), id(style)]

    yardstick = judge.table(colour_transfer, pairs)
    tables = {
        "fine": report(judge.table(known, pairs), yardstick, judge.unrelated(), len(pairs), size),
        "quick": report(judge.table(quick, pairs), yardstick, judge.unrelated(), len(pairs), size),
    }
    rows, columns = sorted({c for c, _ in pairs}), sorted({s for _, s in pairs})
    ways: list[tuple[str, Stylise]] = [("Quick", quick), ("Fine", known)]
    sheet = contact_sheet([contents[c] for c in rows], [styles[s] for s in columns], ways, size)
    return dict(tables), sheet


def _array(rgb: Tensor):  # type: ignore[no-untyped-def]
    return rgb[0].permute(1, 2, 0).contiguous().numpy()
