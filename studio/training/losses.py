"""Losses on a trunk's features (Gatys et al. 2016; Johnson et al. 2016; Huang and Belongie 2017)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from studio.engines.style.networks import Trunk

STYLE_WEIGHTS = (0.5, 1.0, 1.0, 1.0, 0.6)  # conv1, fire2 .. fire5: strokes live in the middle layers


def load_teacher(path: Path, last: str = "fire5") -> Trunk:
    """The SqueezeNet 1.1 trunk (BGR in the file) as a Trunk on RGB, frozen."""
    from safetensors.torch import load_file

    weights = load_file(path)
    weights["conv1.weight"] = weights["conv1.weight"].flip(1).contiguous()
    trunk = Trunk(last)
    trunk.load_state_dict({name: weights[name] for name in trunk.state_dict()})
    return trunk.eval().requires_grad_(False)


@dataclass(frozen=True)
class LayerStyle:
    """Style of one layer: Gram matrix (N, C, C) over H x W, mean and deviation (N, C)."""

    gram: Tensor
    mean: Tensor
    deviation: Tensor

    @property
    def pair(self) -> Tensor:
        """Mean and deviation in one row."""
        return torch.cat((self.mean, self.deviation), 1)


def layer_style(x: Tensor) -> LayerStyle:
    """Style of a feature map (N, C, H, W); the deviation is read off the Gram diagonal, which is cheap."""
    flat = x.flatten(2)
    gram = flat @ flat.transpose(1, 2) / flat.shape[2]
    mean = flat.mean(2)
    spread = torch.relu(gram.diagonal(dim1=1, dim2=2) - mean.square())
    return LayerStyle(gram, mean, (spread + 1e-5).sqrt())


def relative_error(got: Tensor, wanted: Tensor) -> Tensor:
    """Squared error per sample over the target's squared length, shared half with the batch's mean length.

    The shared half keeps a flat style, whose statistics are almost nothing, from outshouting the rest.
    """
    error = (got - wanted).square().flatten(1).sum(1)
    length = wanted.square().flatten(1).sum(1)
    return error / (0.5 * length + 0.5 * length.mean() + 1e-8)


def style_loss(
    got: Sequence[LayerStyle], wanted: Sequence[LayerStyle], weights: Sequence[float] = STYLE_WEIGHTS
) -> Tensor:
    """Per sample: relative Gram plus mean and deviation errors, weighted over the layers."""
    total = torch.zeros(got[0].mean.shape[0])
    for have, want, weight in zip(got, wanted, weights, strict=True):
        errors = relative_error(have.gram, want.gram) + relative_error(have.pair, want.pair)
        total = total + weight * errors
    return total


def content_loss(got: Tensor, wanted: Tensor) -> Tensor:
    """Per sample: squared error of one layer relative to the content's squared length."""
    error = (got - wanted).square().flatten(1).sum(1)
    return error / (wanted.square().flatten(1).sum(1) + 1e-8)


def total_variation(picture: Tensor) -> Tensor:
    """Mean squared step between neighbours."""
    across = (picture[..., 1:] - picture[..., :-1]).square().mean()
    down = (picture[..., 1:, :] - picture[..., :-1, :]).square().mean()
    return across + down
