"""Brightness and colour apart, and one picture's colours given to another. All float32, RGB 0 to 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Colours = NDArray[np.float32]
_TO_YCBCR = np.array([[0.299, 0.587, 0.114],
                      [-0.168735892, -0.331264108, 0.5],
                      [0.5, -0.418687589, -0.081312411]], np.float32)
"""ITU-R BT.601 full range, as in JPEG (ITU-T T.871), with chroma around 0."""
_TO_RGB = np.array([[1, 0, 1.402], [1, -0.344136286, -0.714136286], [1, 1.772, 0]], np.float32)
_LEAST_DEVIATION = 1e-4


def rgb_to_ycbcr(rgb: Colours) -> Colours:
    """(H, W, 3): luma 0 to 1, then blue and red chroma -0.5 to 0.5."""
    return rgb @ _TO_YCBCR.T


def ycbcr_to_rgb(ycbcr: Colours) -> Colours:
    """The reverse; outside 0 to 1 where no such colour exists."""
    return ycbcr @ _TO_RGB.T


def keep_colour(content: Colours, styled: Colours) -> Colours:
    """Luma of ``styled`` with the chroma of ``content``, both (H, W, 3); 0 to 1.

    Luminance-only transfer (Gatys et al., Preserving Color in Neural Artistic Style Transfer, 2016).
    """
    luma = styled @ _TO_YCBCR[0]
    chroma = content @ _TO_YCBCR[1:].T
    return ycbcr_to_rgb(np.concatenate([luma[:, :, None], chroma], axis=2)).clip(0, 1)


def match_colour(content: Colours, style: Colours) -> Colours:
    """``content`` (H, W, 3) with mean and deviation of each channel as in ``style`` (any size); 0 to 1.

    Reinhard et al., Color Transfer between Images, 2001, on RGB. A flat content takes the mean alone.
    """
    mean, deviation = moments(content)
    style_mean, style_deviation = moments(style)
    gain = style_deviation / np.maximum(deviation, _LEAST_DEVIATION)
    gain[deviation < _LEAST_DEVIATION] = 1
    return ((content - mean) * gain + style_mean).clip(0, 1).astype(np.float32)


def moments(picture: Colours) -> tuple[Colours, Colours]:
    """Mean and standard deviation of each channel, (channels,); summed in float64 for big pictures."""
    flat = picture.reshape(-1, picture.shape[-1])
    return flat.mean(0, dtype=np.float64).astype(np.float32), flat.std(0, dtype=np.float64).astype(np.float32)
