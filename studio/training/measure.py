"""What the cards report: distances of the held-out pictures, and errors of the trunk."""

from __future__ import annotations

from dataclasses import asdict

import torch
from torch import Tensor

from studio.engines.style.networks import Trunk
from studio.engines.style.tooth import toothed
from studio.training.data import Split, centre_square, decode, to_tensor
from studio.training.distil import feature_errors
from studio.training.evaluate import Distances, Judge, all_pairs, colour_transfer, ratios
from studio.training.export import whole
from studio.training.quick import Quick


def squares(split: Split, size: int) -> list[Tensor]:
    """The held-out pictures' middle squares, each (1, 3, size, size)."""
    return [to_tensor([centre_square(picture, size)]) for picture in decode(split.held_out)]


def on_tooth(content: Tensor) -> Tensor:
    """(1, 3, H, W) with the grain that Quick is given under its paint."""
    rough = toothed(content[0].permute(1, 2, 0).numpy(), 1.0)
    return torch.from_numpy(rough).permute(2, 0, 1)[None].contiguous()


@torch.no_grad()
def measure_quick(
    quick: Quick, teacher: Trunk, photos: Split, paintings: Split, every: int = 1, size: int = 256
) -> dict[str, object]:
    """Distances of Quick at full strength over the held-out pairs, and their shares of the yardsticks."""
    quick.eval()
    contents, styles = squares(photos, size), squares(paintings, size)
    codes = {id(style): quick.encoder(style) for style in styles}
    ground = {id(content): on_tooth(content) for content in contents}
    judge = Judge(teacher, contents, styles)
    pairs = all_pairs(len(contents), len(styles), every)
    yardstick = judge.table(colour_transfer, pairs)
    got = judge.table(lambda content, style: whole(quick, ground[id(content)], codes[id(style)])[0], pairs)
    same = [float((whole(quick, ground[id(c)], quick.encoder(c))[0] - c).abs().mean()) for c in contents]
    return report(got, yardstick, judge.unrelated(), len(pairs), size) | {
        "own_code_mean_error_of_255": round(255.0 * sum(same) / len(same), 2)
    }


def report(
    got: Distances, yardstick: Distances, unrelated: float, pairs: int, size: int
) -> dict[str, object]:
    """Numbers as the card prints them."""
    return {
        "pairs": pairs,
        "pixels": size,
        "distance": {name: round(value, 4) for name, value in asdict(got).items()},
        "colour_transfer": {name: round(value, 4) for name, value in asdict(yardstick).items()},
        "unrelated_photos_content": round(unrelated, 4),
        "share": ratios(got, yardstick, unrelated),
    }


@torch.no_grad()
def measure_trunk(student: Trunk, teacher: Trunk, photos: Split, paintings: Split) -> dict[str, object]:
    """Relative L2 error of each layer on the held-out pictures at 256 pixels."""
    errors = feature_errors(student, teacher, squares(photos, 256) + squares(paintings, 256))
    return {"relative_error": {name: round(value, 4) for name, value in errors.items()}}
