"""Held-out distances of Fine, the optimiser in `studio.engines.style.fine`, started from Quick's pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from studio.engines.style.networks import Trunk
from studio.training.data import Split, to_tensor
from studio.training.evaluate import Judge, Stylise, all_pairs, colour_transfer, contact_sheet, to_image
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

    @torch.enable_grad()
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


def made_once(fine: Stylise, contents: Sequence[Tensor], styles: Sequence[Tensor],
              pairs: Sequence[tuple[int, int]], folder: Path) -> Stylise:
    """`fine` over ``pairs``, its 8-bit pictures kept in ``folder``: an interrupted hour is not lost."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {(id(contents[c]), id(styles[s])): folder / f"{c:02}-{s:02}.png" for c, s in pairs}

    def known(content: Tensor, style: Tensor) -> Tensor:
        path = paths[id(content), id(style)]
        if not path.exists():
            part = path.with_suffix(".part")
            to_image(fine(content, style)).save(part, format="PNG")
            part.rename(path)
        return to_tensor([np.array(Image.open(path))])

    return known


def measure_fine(
    quick: Stylise, fine: Stylise, teacher: Trunk, splits: tuple[Split, Split], folder: Path, *,
    every: int = 1, size: int = 256
) -> dict[str, object]:  # fmt: skip
    """Distances of Fine's 8-bit pictures over the held-out pairs, kept in ``folder`` as they are made."""
    contents, styles = (squares(split, size) for split in splits)
    pairs = sorted(all_pairs(len(contents), len(styles), every), key=lambda pair: sum(pair) % len(styles))
    judge = Judge(teacher, contents, styles)
    got = judge.table(made_once(fine, contents, styles, pairs, folder), pairs)
    return report(got, judge.table(colour_transfer, pairs), judge.unrelated(), len(pairs), size)


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
