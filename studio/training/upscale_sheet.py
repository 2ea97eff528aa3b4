"""A sheet to judge the Upscale models by eye: plain interpolation, ours, and the truth, side by side."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from studio.training.data import Picture, decode
from studio.training.judge import bicubic
from studio.training.pictures import load_drawings, sharp_pictures, to_small, worn
from studio.training.upscale_cards import runner

SIDE, GAP, SCALE = 256, 8, 4
Row = Sequence[Picture]


def show(options: argparse.Namespace) -> None:
    """Write docs/upscale-sheet.webp: held-out photographs, worn ones, and drawings, four times enlarged."""
    models = options.out.parent
    photo, clean = (runner(models / "upscale-photo" / f"{name}-x4.onnx") for name in ("faithful", "clean"))
    drawing = runner(models / "upscale-drawing" / "drawing-x4.onnx")
    photos = [busiest(picture) for picture in decode(sharp_pictures(options.data)[1].held_out)]
    drawings = load_drawings(options.data)[2]
    rows = [(bicubic(SCALE)(small), photo(small), big)
            for small, big in zip(to_small(photos[:5], SCALE), photos[:5], strict=True)]
    for at, big in enumerate(photos[5:8]):
        small = worn(big, SCALE, np.random.default_rng(at))
        rows.append((bicubic(SCALE)(small), clean(small), big))
    for at in range(0, 8, 4):
        big = np.concatenate([np.concatenate(drawings[at + row:at + row + 2], 1) for row in (0, 2)])
        small = to_small([big], SCALE)[0]
        rows.append((bicubic(SCALE)(small), drawing(small), big))
    sheet(rows).save(Path(options.docs) / "upscale-sheet.webp", quality=90, method=6)


def busiest(picture: Picture, side: int = SIDE) -> Picture:
    """The square part with the most detail: the largest sum of steps between neighbours."""
    grey = picture.mean(2)
    steps = np.abs(np.diff(grey, axis=0))[:, 1:] + np.abs(np.diff(grey, axis=1))[1:]
    total = np.pad(steps.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    size = side - 1
    sums = total[size:, size:] - total[:-size, size:] - total[size:, :-size] + total[:-size, :-size]
    top, left = (int(at) // SCALE * SCALE for at in np.unravel_index(int(sums.argmax()), sums.shape))
    return picture[top:top + side, left:left + side]


def sheet(rows: Sequence[Row]) -> Image.Image:
    """Rows of pictures of one size below each other, with gaps."""
    height, width = rows[0][0].shape[:2]
    page = Image.new("RGB", (len(rows[0]) * (width + GAP) - GAP, len(rows) * (height + GAP) - GAP), "white")
    for y, row in enumerate(rows):
        for x, picture in enumerate(row):
            page.paste(Image.fromarray(picture), (x * (width + GAP), y * (height + GAP)))
    return page
