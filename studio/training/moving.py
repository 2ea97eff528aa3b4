"""Moves a trained style encoder from the teacher trunk, at hand while training, to our own trunk."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from studio.engines.style.networks import COLOUR_NUMBERS, StyleEncoder, Trunk
from studio.training.data import Picture, random_crop, to_tensor
from studio.training.quick import fit_normaliser

SIZES = (128, 192, 256)
RIDGE = 0.1  # of the mean variance


@torch.no_grad()
def moved(
    encoder: StyleEncoder, trunk: Trunk, pictures: Sequence[Picture], *, crops: int = 2000, seed: int = 11
) -> StyleEncoder:
    """An encoder on `trunk` whose codes come nearest to `encoder`'s.

    The digest is linear, so ridge regression (Hoerl and Kennard 1970) finds the one for the other trunk's
    numbers; it shrinks towards the old digest, which would be right if both trunks agreed.
    """
    other = StyleEncoder(trunk, encoder.width - COLOUR_NUMBERS)
    fit_normaliser(other, pictures)
    inputs, wanted = _samples(encoder, other, pictures, crops, seed)
    weight, bias = encoder.digest.weight, encoder.digest.bias
    left = wanted - (inputs @ weight.t() + bias)
    centre = inputs.mean(0)
    centred = inputs - centre
    square = centred.t() @ centred
    square.diagonal().add_(RIDGE * float(square.trace()) / square.shape[0])
    change = torch.linalg.solve(square, centred.t() @ (left - left.mean(0))).t()
    other.digest.weight.copy_(weight + change)
    other.digest.bias.copy_(bias + left.mean(0) - change @ centre)
    return other


def code_error(encoder: StyleEncoder, other: StyleEncoder, pictures: Sequence[Tensor]) -> float:
    """Mean relative length of the difference of their codes, colours left out."""
    with torch.no_grad():
        pairs = [(encoder(p)[:, COLOUR_NUMBERS:], other(p)[:, COLOUR_NUMBERS:]) for p in pictures]
        return float(np.mean([float((a - b).norm() / a.norm()) for a, b in pairs]))


def _samples(
    encoder: StyleEncoder, other: StyleEncoder, pictures: Sequence[Picture], crops: int, seed: int
) -> tuple[Tensor, Tensor]:
    """Standardised numbers of the other trunk, and the codes they should give."""
    rng = np.random.default_rng(seed)
    inputs, wanted = [], []
    for n in range(crops):
        picture = pictures[n % len(pictures)]
        rgb = to_tensor([random_crop(picture, int(rng.choice(SIZES)), rng, colour=0.25)])
        inputs.append(((other.raw(rgb) - other.centre) / other.spread).clamp(-4.0, 4.0))
        wanted.append(encoder(rgb)[:, COLOUR_NUMBERS:])
    return torch.cat(inputs), torch.cat(wanted)
