"""Convolutions trained in whitened coordinates, where gradient descent does not crawl.

Patches of a picture are strongly correlated, so plain gradient descent learns the fine filters last. With
weights W = V L, where L is the inverse root of the inputs' second moments, V sees uncorrelated inputs
(Desjardins et al. 2015, natural neural networks).
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils import parametrize

SMALLEST = 1e-3  # of the mean eigenvalue


class Coordinates(nn.Module):
    """Weights from their whitened coordinates."""

    def __init__(self, root: Tensor, back: Tensor) -> None:
        super().__init__()
        self.register_buffer("root", root)
        self.register_buffer("back", back)

    def forward(self, coordinates: Tensor) -> Tensor:
        """(outputs, inputs, k, k) -> the same shape."""
        weights: Tensor = (coordinates.flatten(1) @ self.get_buffer("root")).view_as(coordinates)
        return weights

    def right_inverse(self, weights: Tensor) -> Tensor:
        """Coordinates of given weights."""
        coordinates: Tensor = (weights.flatten(1) @ self.get_buffer("back")).view_as(weights)
        return coordinates


@torch.no_grad()
def whiten(network: nn.Module, batches: Iterable[Tensor]) -> None:
    """Put every convolution of `network` into coordinates that suit the inputs `batches` bring about."""
    convolutions = [m for m in network.modules() if isinstance(m, nn.Conv2d)]
    sums: dict[nn.Conv2d, Tensor] = {}

    def note(module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        if isinstance(module, nn.Conv2d):
            sums[module] = sums.get(module, torch.zeros(())) + _second_moments(module, inputs[0])

    hooks = [m.register_forward_pre_hook(note) for m in convolutions]
    for batch in batches:
        network(batch)
    for hook in hooks:
        hook.remove()
    for module in convolutions:
        parametrize.register_parametrization(module, "weight", _coordinates(module.weight, sums[module]))


@torch.no_grad()
def unwhiten(network: nn.Module) -> None:
    """Put plain weights back."""
    for module in network.modules():
        if isinstance(module, nn.Conv2d) and parametrize.is_parametrized(module):
            parametrize.remove_parametrizations(module, "weight")


def _second_moments(module: nn.Conv2d, x: Tensor) -> Tensor:
    columns = functional.unfold(x, module.kernel_size, padding=int(module.padding[0]), stride=module.stride)
    flat = columns.transpose(1, 2).flatten(0, 1)
    flat = flat[:: max(1, len(flat) // 4000)]
    return flat.t() @ flat / len(flat)


def _coordinates(weight: Tensor, second: Tensor) -> Coordinates:
    """Scaled so that the coordinates start with a root mean square of 1: one learning rate suits all."""
    values, vectors = torch.linalg.eigh(second)
    values = values.clamp_min(0.0) + SMALLEST * values.mean()
    scale = float((weight.flatten(1) @ vectors * values.sqrt()).square().mean().sqrt())
    root = (vectors * values.rsqrt()) @ vectors.t() * scale
    back = (vectors * values.sqrt()) @ vectors.t() / scale
    return Coordinates(root, back)
