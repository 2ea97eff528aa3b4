"""Recipe of the Image starter model.

`python -m studio.training.image --data ../shared/data --out models/image-small --minutes 120 --resume`
trains, exports to ONNX, compares with torch, measures, draws the sheets in docs/ and writes the card.
`--size large --device cuda --minutes 20` is for a large GPU. `--evaluate` does all but the training.
Checkpoints and the log go to runs/.

Two networks: an autoencoder (`image_latents`, half an hour, the second half for its decoder alone), and the
painter, which works in its short form of 8 by 8 places, in sixteen tokens a drawing. So an hour of two cores
reads each of the ten thousand drawings some thirty times; over pixels it was a sixth of that, and drawings
came out in shreds.
The drawing upscaler makes 512 pixels of 64. The large size has a token to each place.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import torch

from studio.training.image_flow import Size, train
from studio.training.image_latents import all_latents, refined, trained_drawings
from studio.training.image_network import Shape
from studio.training.image_pictures import Gallery, gallery
from studio.training.options import recipe_parser

SMALL = Size("small", Shape(0), minutes=70.0, batch=128, passes=100.0)
LARGE = Size("large", Shape(0, patch=1, width=384, layers=10, reading=2, heads=6, inner=1024), minutes=20.0,
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
    short, folder = options.runs / "image-drawings", options.runs / f"image-{size.name}"
    drawings = trained_drawings(shown, short, options.device)
    if not options.evaluate:
        latents = all_latents(drawings, shown, short)
        train(size, shown, latents, folder, options.minutes or size.minutes, device=options.device,
              resume=options.resume)
    write_model(size, shown, refined(drawings, shown, short, options.device), folder, options)


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
