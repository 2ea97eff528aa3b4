"""The network of the Upscale starter models: residual blocks at the small size, one shuffle to the big one.

EDSR without its batch normalisation and at a hundredth of its size (Lim et al. 2017), sub-pixel convolution
at the end (Shi et al. 2016). It adds detail to an interpolation whose kernel starts as Keys' cubic (1981)
and is learned too. Pictures are float32, NCHW, RGB, 0 to 1.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, BLOCKS = 48, 4
_REACH = 2
"""Pixels to each side that the interpolation looks at."""


class Residual(nn.Module):
    """x + convolution(leaky(convolution(x)))."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """(N, width, H, W) -> the same."""
        answer: Tensor = x + self.second(functional.leaky_relu(self.first(x), 0.1))
        return answer


class Enlarger(nn.Module):
    """(N, 3, H, W) -> (N, 3, scale x H, scale x W)."""

    def __init__(self, scale: int, width: int = WIDTH, blocks: int = BLOCKS) -> None:
        super().__init__()
        self.scale = scale
        self.head = nn.Conv2d(3, width, 3, padding=1)
        self.body = nn.Sequential(*(Residual(width) for _ in range(blocks)))
        self.tail = nn.Conv2d(width, 3 * scale * scale, 3, padding=1, bias=False)
        self.kernel = nn.Parameter(cubic_phases(scale))
        nn.init.zeros_(self.tail.weight)  # so that it starts as the interpolation

    def forward(self, picture: Tensor) -> Tensor:
        """See the class; values may leave 0..1 a little."""
        features = self.head(picture - 0.5)
        detail = self.tail(features + self.body(features))
        return functional.pixel_shuffle(detail + self._interpolated(picture), self.scale)

    def _interpolated(self, picture: Tensor) -> Tensor:
        edged = functional.pad(picture, (_REACH,) * 4, mode="replicate")
        return functional.conv2d(edged, self.kernel.repeat(3, 1, 1, 1), groups=3)


def margin(network: Enlarger) -> int:
    """Pixels around a place that can change it: one for each 3x3 convolution in a row."""
    return 2 + 2 * len(network.body)


def cubic_phases(scale: int) -> Tensor:
    """(scale^2, 1, 5, 5): for each place in an enlarged pixel, Keys' cubic (a = -0.5) at the 25 taps."""
    rows = torch.stack([_cubic((at + 0.5) / scale - 0.5) for at in range(scale)])
    return torch.einsum("ya,xb->yxab", rows, rows).reshape(scale * scale, 1, 5, 5)


def _cubic(offset: float) -> Tensor:
    x = (torch.arange(-_REACH, _REACH + 1, dtype=torch.float64) - offset).abs()
    near = 1.5 * x**3 - 2.5 * x**2 + 1
    far = -0.5 * x**3 + 2.5 * x**2 - 4 * x + 2
    taps = torch.where(x < 1, near, torch.where(x < 2, far, torch.zeros(())))
    return (taps / taps.sum()).float()
