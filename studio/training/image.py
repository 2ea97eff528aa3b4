"""Recipe of the Image starter model.

`python -m studio.training.image --data ../shared/data --out models/image-small --minutes 120 --resume`
trains, exports to ONNX, compares with torch, measures, draws the sheets in docs/ and writes the card.
`--size large --device cuda --minutes 20` is for a large GPU. `--evaluate` does all but the training.
Checkpoints and the log go to runs/.

Size. The small one costs 9 x 10^9 operations a drawing, so two hours of two cores read each of the ten
thousand drawings some twenty times. Pictures have 64 pixels a side and 64 patches: with 128 or smaller
patches the same time would teach a quarter as much. The drawing upscaler makes 512 of them. The large one has
patches of four pixels, and sixteen times the work a drawing.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import torch

from studio.training.image_flow import Size, train
from studio.training.image_network import Shape
from studio.training.image_pictures import Gallery, gallery
from studio.training.options import recipe_parser

SMALL = Size("small", Shape(0), minutes=120.0, batch=64, passes=60.0)
LARGE = Size("large", Shape(0, patch=4, width=384, layers=10, reading=2, heads=6, inner=1024), minutes=20.0,
             batch=512, passes=400.0, rate=0.02, average=0.9995)
SIZES = {size.name: size for size in (SMALL, LARGE)}


def fitted(size: Size, shown: Gallery) -> Size:
    """The size for the words of a gallery."""
    return replace(size, shape=replace(size.shape, words=len(shown.words.words), room=shown.words.room))


def make(size: Size, options: argparse.Namespace) -> None:
    """Train one size and write its model."""
    from studio.training.image_cards import write_model

    shown = gallery(options.data / "pairs", options.runs)
    size = fitted(size, shown)
    folder = options.runs / f"image-{size.name}"
    if not options.evaluate:
        train(size, shown, folder, options.minutes or size.minutes, device=options.device,
              resume=options.resume)
    write_model(size, shown, folder, options)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = recipe_parser("studio.training.image", __doc__, SIZES, SMALL.name, "pairs")
    top.add_argument("--docs", type=Path, default=Path("docs"))
    return top


def main() -> None:
    """Run the recipe."""
    options = parser().parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    make(SIZES[options.size], options)


if __name__ == "__main__":
    main()
