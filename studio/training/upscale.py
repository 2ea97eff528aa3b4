"""Recipes of the Upscale starter models.

`python -m studio.training.upscale photo --data ../shared/data --out models/upscale-photo --minutes 90`
trains the four networks of the photo model one after the other, exports, measures and writes the card;
`drawing` does so for the drawing model, which begins with the photo model's weights. With `--resume` both
go on where they stopped. `evaluate-photo` and `evaluate-drawing` do all but the training;
`show` draws the sheet in docs/ from both models (`--out` names one of them).
Checkpoints and logs go to runs/.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from studio.training.enlarge import Stage, train
from studio.training.pictures import faithful, load_drawings, sharp_pictures, touched, worn

PHOTO = (  # minutes are shares of the whole
    Stage("faithful-x2", 2, faithful, 0.33),
    Stage("faithful-x4", 4, faithful, 0.37, start="faithful-x2"),
    Stage("clean-x4", 4, worn, 0.17, start="faithful-x4", rate=1e-3),
    Stage("clean-x2", 2, worn, 0.13, start="faithful-x2", rate=1e-3),
)
DRAWING = (Stage("drawing-x4", 4, touched, 1.0, start="faithful-x4"),)


def train_photo(options: argparse.Namespace) -> None:
    """The four networks, each from where the one before it got to."""
    pictures, _, _ = sharp_pictures(options.data)
    for stage in timed(PHOTO, options.minutes):
        train(stage, pictures, options.runs, resume=options.resume)
    evaluate_photo(options)


def train_drawing(options: argparse.Namespace) -> None:
    """The drawing network, from the photo model's."""
    _, pictures, _ = load_drawings(options.data)
    for stage in timed(DRAWING, options.minutes):
        train(stage, pictures, options.runs, resume=options.resume)
    evaluate_drawing(options)


def evaluate_photo(options: argparse.Namespace) -> None:
    """Write out, measure and describe the photo model as its checkpoints have it."""
    from studio.training.upscale_cards import write_photo

    write_photo(PHOTO, options)


def evaluate_drawing(options: argparse.Namespace) -> None:
    """Write out, measure and describe the drawing model as its checkpoint has it."""
    from studio.training.upscale_cards import write_drawing

    write_drawing(DRAWING, options)


def show(options: argparse.Namespace) -> None:
    """Write the sheet to judge both models by eye."""
    from studio.training.upscale_sheet import show as write_sheet

    write_sheet(options)


def timed(stages: Sequence[Stage], minutes: float) -> list[Stage]:
    """The stages with their shares of ``minutes`` as minutes."""
    return [replace(stage, minutes=stage.minutes * minutes) for stage in stages]


_RECIPES = {"photo": train_photo, "drawing": train_drawing, "evaluate-photo": evaluate_photo,
            "evaluate-drawing": evaluate_drawing, "show": show}


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog="python -m studio.training.upscale", description=__doc__)
    top.add_argument("model", choices=_RECIPES)
    top.add_argument("--data", type=Path, required=True, help="folder with photos, paintings and pairs")
    top.add_argument("--out", type=Path, required=True, help="folder for the model")
    top.add_argument("--runs", type=Path, default=Path("runs"))
    top.add_argument("--docs", type=Path, default=Path("docs"))
    top.add_argument("--minutes", type=float, default=90.0, help="of training, all networks together")
    top.add_argument("--threads", type=int, default=2)
    top.add_argument("--resume", action="store_true")
    return top


def main() -> None:
    """Run one recipe."""
    options = parser().parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    _RECIPES[options.model](options)


if __name__ == "__main__":
    main()
