"""The picture as Fine moves it: a Laplacian pyramid of lightness and of colour. Tensors are NCHW float32."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

_LEVELS = 5
_AXES = ((3**-0.5, 3**-0.5, 3**-0.5), (2**-0.5, 0.0, -(2**-0.5)), (6**-0.5, -2 * 6**-0.5, 6**-0.5))
"""Grey, red-blue and green-magenta: orthonormal, so the way back is the transpose."""
_COLOUR_FROM = 2
"""Colour moves from this level on: finer than that it would only be noise, as in a photograph's chroma."""


class Pyramid:
    """A picture in parts that an optimiser moves: broad areas turn as readily as single pixels.

    Burt and Adelson 1983 for the pyramid; the opponent axes keep lightness apart from colour.
    """

    def __init__(self, picture: Tensor) -> None:
        self._axes = torch.tensor(_AXES, dtype=picture.dtype, device=picture.device).view(3, 3, 1, 1)
        axes = functional.conv2d(picture, self._axes)
        self._grey = taken_apart(axes[:, :1], _LEVELS)
        self._colour = taken_apart(axes[:, 1:], _LEVELS)
        self.moving = [*self._grey, *self._colour[_COLOUR_FROM:]]
        for part in self.moving:
            part.requires_grad_(True)

    def picture(self) -> Tensor:
        """RGB, (1, 3, H, W)."""
        axes = torch.cat((put_together(self._grey), put_together(self._colour)), 1)
        return functional.conv2d(axes, self._axes.transpose(0, 1))


def taken_apart(picture: Tensor, levels: int) -> list[Tensor]:
    """Laplacian pyramid, finest first."""
    parts = []
    for _ in range(levels):
        if min(picture.shape[2:]) < 8:
            break
        small = functional.avg_pool2d(picture, 2, ceil_mode=True)
        parts.append((picture - _doubled(small, picture)).detach().contiguous())
        picture = small
    return [*parts, picture.detach().clone()]


def put_together(parts: Sequence[Tensor]) -> Tensor:
    """The picture of a pyramid."""
    picture = parts[-1]
    for part in reversed(parts[:-1]):
        picture = part + _doubled(picture, part)
    return picture


def _doubled(small: Tensor, like: Tensor) -> Tensor:
    return functional.interpolate(small, size=like.shape[2:], mode="bilinear", align_corners=False)
