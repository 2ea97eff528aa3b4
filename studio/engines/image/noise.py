"""Variations: noise part of the way from a seed's own to another's."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from typing import Any

import torch

from studio.core.painting import Painting

_DRAWS = "randn_tensor"
"""The name by which every pipeline of diffusers draws the noise it begins with."""


@contextlib.contextmanager
def varied(pipe: Any, painting: Painting) -> Generator[None]:
    """Inside the block the noise ``pipe`` begins with is that of ``painting``: both seeds' mixed.

    No pipeline lets noise be handed in for all it does, so the name it draws by is changed in its module.
    What a scheduler draws on the way is left alone.
    """
    names = type(pipe).prepare_latents.__globals__
    plain = names[_DRAWS]

    def draw(shape: Any, generator: Any = None, **more: Any) -> torch.Tensor:
        other = torch.Generator("cpu").manual_seed(painting.variation_seed % 2**63)
        return between(plain(shape, generator=generator, **more), plain(shape, generator=other, **more),
                       painting.variation)

    if painting.variation:
        names[_DRAWS] = draw
    try:
        yield
    finally:
        names[_DRAWS] = plain


def between(one: torch.Tensor, other: torch.Tensor, share: float) -> torch.Tensor:
    """On the arc from ``one`` (share 0) to ``other`` (1), where noise stays as strong (Shoemake 1985)."""
    if share >= 1:
        return other
    first, second = one.double().flatten(), other.double().flatten()
    cosine = (first @ second / (first.norm() * second.norm())).clamp(-1, 1)
    angle = cosine.acos()
    if angle.sin() < 1e-4:
        mixed = first * (1 - share) + second * share
    else:
        mixed = (((1 - share) * angle).sin() * first + (share * angle).sin() * second) / angle.sin()
    return mixed.reshape(one.shape).to(one.dtype)
