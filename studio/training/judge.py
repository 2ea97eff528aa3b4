"""How good an enlargement is: luma PSNR and SSIM as the papers on super-resolution measure them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch.nn import functional

from studio.training.data import Picture

Enlarge = Callable[[Picture], Picture]
_Luma = NDArray[np.float64]


@dataclass(frozen=True)
class Score:
    """Means over pictures: decibels, and structural similarity (0 to 1)."""

    psnr: float
    ssim: float


def score(enlarge: Enlarge, small: Sequence[Picture], big: Sequence[Picture], scale: int) -> Score:
    """Compare ``enlarge`` of the small pictures with the big ones; a border of ``scale`` does not count."""
    rows = [_pair(luma(enlarge(a)), luma(b), scale) for a, b in zip(small, big, strict=True)]
    psnr, ssim = (float(np.mean(column)) for column in zip(*rows, strict=True))
    return Score(psnr, ssim)


def bicubic(scale: int) -> Enlarge:
    """Pillow's bicubic interpolation."""
    return _filtered(scale, Image.Resampling.BICUBIC)


def lanczos(scale: int) -> Enlarge:
    """Pillow's Lanczos filter, three lobes."""
    return _filtered(scale, Image.Resampling.LANCZOS)


def luma(picture: Picture) -> _Luma:
    """Y of BT.601 at studio levels, 16 to 235, unrounded, as MATLAB's rgb2ycbcr."""
    return np.asarray(picture @ np.array([65.481, 128.553, 24.966]) / 255.0 + 16.0)


def psnr(a: _Luma, b: _Luma) -> float:
    """Decibels against a peak of 255."""
    return float(10 * np.log10(255.0**2 / max(float(((a - b) ** 2).mean()), 1e-10)))


def ssim(a: _Luma, b: _Luma) -> float:
    """Structural similarity with an 11 x 11 Gaussian window of 1.5 (Wang et al. 2004)."""
    x, y = (torch.from_numpy(value)[None, None] for value in (a, b))
    mean_x, mean_y = _blurred(x), _blurred(y)
    var_x, var_y = _blurred(x * x) - mean_x**2, _blurred(y * y) - mean_y**2
    both = _blurred(x * y) - mean_x * mean_y
    one, two = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    top = (2 * mean_x * mean_y + one) * (2 * both + two)
    return float((top / ((mean_x**2 + mean_y**2 + one) * (var_x + var_y + two))).mean())


def _pair(got: _Luma, wanted: _Luma, border: int) -> tuple[float, float]:
    inner = (slice(border, -border), slice(border, -border))
    return psnr(got[inner], wanted[inner]), ssim(got[inner], wanted[inner])


def _filtered(scale: int, kind: Image.Resampling) -> Enlarge:
    def enlarge(picture: Picture) -> Picture:
        size = (picture.shape[1] * scale, picture.shape[0] * scale)
        return np.asarray(Image.fromarray(picture).resize(size, kind))

    return enlarge


def _blurred(x: torch.Tensor) -> torch.Tensor:
    line = torch.exp(-((torch.arange(11, dtype=torch.float64) - 5) ** 2) / (2 * 1.5**2))
    line = line / line.sum()
    return functional.conv2d(functional.conv2d(x, line.view(1, 1, 11, 1)), line.view(1, 1, 1, 11))
