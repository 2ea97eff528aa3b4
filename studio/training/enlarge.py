"""Training of an Upscale network: its batches, its loss, its stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from studio.engines.upscale.networks import Enlarger
from studio.training.data import Picture
from studio.training.loop import Plan, Training
from studio.training.pictures import Crops, Shrink

LUMA = (0.257, 0.504, 0.098)
"""Share of R, G and B in Y of BT.601 at studio levels: what the papers measure."""


@dataclass(frozen=True)
class Stage:
    """One network to train. ``start`` names the stage whose weights it begins with."""

    name: str
    scale: int
    shrink: Shrink
    minutes: float
    start: str = ""
    rate: float = 2e-3
    side: int = 32
    batch: int = 16


class Objective:
    """Mean absolute error of the colours and, weighing twice, of the brightness."""

    def __init__(self, network: Enlarger, crops: Crops) -> None:
        self.network, self.crops = network, crops

    def __call__(self, step: int, progress: float) -> tuple[Tensor, dict[str, float]]:
        """The loss at a step, and its parts in grey levels of 255."""
        pair = self.crops.at(step)
        small = pair.small.to(memory_format=torch.channels_last)  # a fifth faster on a CPU
        error = self.network(small) - pair.big
        colour, light = error.abs().mean(), 2 * luma(error).abs().mean()
        loss = colour + light
        return loss, {"colour": 255 * colour.item(), "light": 255 / 2 * light.item()}


def luma(picture: Tensor) -> Tensor:
    """(N, 3, H, W) -> (N, 1, H, W): brightness without its offset."""
    weights = torch.tensor(LUMA, dtype=picture.dtype).view(1, 3, 1, 1) / sum(LUMA)
    return functional.conv2d(picture, weights)


def train(stage: Stage, pictures: Sequence[Picture], runs: Path, *, resume: bool) -> tuple[Enlarger, int]:
    """The network with its averaged weights, and the steps it took; checkpoints in runs/upscale-NAME."""
    network = Enlarger(stage.scale).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    if stage.start:
        inherit(network, runs / f"upscale-{stage.start}")
    folder = runs / f"upscale-{stage.name}"
    plan = Plan(folder, 1_000_000, stage.minutes, rate=stage.rate, hold=0.3, average=0.999)
    training = Training(network, plan)
    if resume:
        training.resume()
    training.run(Objective(network, Crops(pictures, stage.scale, stage.side, stage.batch, stage.shrink)))
    return averaged(stage.scale, folder)


def averaged(scale: int, folder: Path) -> tuple[Enlarger, int]:
    """The network as its checkpoint has it."""
    state = torch.load(folder / "checkpoint.pt", weights_only=True)
    network = Enlarger(scale)
    network.load_state_dict(state["average"])
    return network.eval(), int(state["step"])


def inherit(network: Enlarger, folder: Path) -> None:
    """Begin with the weights of an earlier stage; what has another shape (another scale) begins anew."""
    old = torch.load(folder / "checkpoint.pt", weights_only=True)["average"]
    own = network.state_dict()
    own.update({name: value for name, value in old.items() if own[name].shape == value.shape})
    network.load_state_dict(own)
