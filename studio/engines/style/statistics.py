"""What Fine compares, and how it moves towards it. Tensors are NCHW float32."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor


class Adam:
    """Kingma and Ba 2015. torch's own imports its compiler first, which takes longer than many a picture."""

    def __init__(self, parts: Sequence[Tensor], memory: float = 0.9, square_memory: float = 0.99) -> None:
        self._parts, self._keep = parts, (memory, square_memory)
        self._first = [torch.zeros_like(part) for part in parts]
        self._second = [torch.zeros_like(part) for part in parts]
        self._count = 0

    @torch.no_grad()
    def step(self, rate: float) -> None:
        """Move every part against its gradient, and forget the gradient."""
        self._count += 1
        a, b = self._keep
        fair, square_fair = 1.0 - a**self._count, 1.0 - b**self._count
        for part, first, second in zip(self._parts, self._first, self._second, strict=True):
            if part.grad is not None:
                first.mul_(a).add_(part.grad, alpha=1.0 - a)
                second.mul_(b).addcmul_(part.grad, part.grad, value=1.0 - b)
                part.addcdiv_(first, (second / square_fair).sqrt_().add_(1e-8), value=-rate / fair)
                part.grad = None


def gram_and_moments(x: Tensor) -> tuple[Tensor, Tensor]:
    """(1, C, H, W) to the Gram matrix per pixel (C, C), and means and deviations (2 C,).

    The deviations come from the matrix's diagonal, so the map is read once.
    """
    rows = x.permute(0, 2, 3, 1).reshape(-1, x.shape[1])
    matrix = rows.t() @ rows / rows.shape[0]
    mean = rows.mean(0)
    spread = (matrix.diagonal() - mean.square()).clamp_min(0.0)
    return matrix, torch.cat((mean, (spread + 1e-6).sqrt()))


def colour_numbers(picture: Tensor) -> Tensor:
    """Mean and covariance of the three channels, as one row."""
    flat = picture.flatten(2)
    mean = flat.mean(2, keepdim=True)
    centred = flat - mean
    spread = centred @ centred.transpose(1, 2) / flat.shape[2]
    return torch.cat((mean.flatten(1), 4.0 * spread.flatten(1)), 1)


def relative(got: Tensor, wanted: Tensor) -> Tensor:
    """Squared distance over the squared length of what is wanted."""
    return (got - wanted).square().sum() / (wanted.square().sum() + 1e-8)


def roughness(picture: Tensor) -> Tensor:
    """Total variation, squared, and a wall at the ends of the range."""
    across = (picture[..., 1:] - picture[..., :-1]).square().mean()
    down = (picture[..., 1:, :] - picture[..., :-1, :]).square().mean()
    outside = (picture - picture.clamp(0.0, 1.0)).square().mean()
    return across + down + 10.0 * outside
