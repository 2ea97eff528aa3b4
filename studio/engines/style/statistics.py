"""What Fine compares, and the pyramid it works on. Tensors are NCHW float32."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional


def taken_apart(picture: Tensor, levels: int) -> list[Tensor]:
    """Laplacian pyramid (Burt and Adelson 1983), finest first."""
    parts = []
    for _ in range(levels):
        if min(picture.shape[2:]) < 8:
            break
        small = functional.avg_pool2d(picture, 2, ceil_mode=True)
        parts.append((picture - _doubled(small, picture)).detach())
        picture = small
    return [*parts, picture.detach()]


def put_together(parts: Sequence[Tensor]) -> Tensor:
    """The picture of a pyramid."""
    picture = parts[-1]
    for part in reversed(parts[:-1]):
        picture = part + _doubled(picture, part)
    return picture


def _doubled(small: Tensor, like: Tensor) -> Tensor:
    return functional.interpolate(small, size=like.shape[2:], mode="bilinear", align_corners=False)


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
    return across + down + 100.0 * outside
