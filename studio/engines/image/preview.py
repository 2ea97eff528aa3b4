"""What a picture looks like while it is painted: latents to colours by one small matrix.

The matrix is fitted to the model's own VAE by least squares: patches of known colours are encoded, and the
colours foretold from the latents. So it fits every model, also one with a VAE of its own, and costs one look
at a picture of 128 pixels. (Tables of such factors go round for some models; they are fits of this kind too.)
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from studio.core.painting import Pixels
from studio.engines.image.calls import decoded

INTERVAL = 0.25
"""Seconds from one preview to the next, at least."""
_SIDE, _PATCH = 128, 16
_RIDGE = 1e-3
"""Keeps the factors small where latents say little."""


class Previews:
    """Makes them, at most one every `INTERVAL` seconds."""

    def __init__(self, vae: Any, clock: Callable[[], float] = time.monotonic) -> None:
        """Fits the matrix. A VAE that gives no sound numbers has no previews."""
        self._clock, self._last = clock, -INTERVAL
        self._factors = fitted(vae)

    def picture(self, latents: Callable[[], torch.Tensor], pipe: Any = None) -> Pixels | None:
        """(h, w, 3) of ``latents`` (1, channels, h, w), or None where the last is too fresh.

        With a ``pipe`` that has a quick decoder it is as large as the picture will be.
        """
        factors = self._factors
        if (factors is None and pipe is None) or self._clock() - self._last < INTERVAL:
            return None
        self._last = self._clock()
        if pipe is not None or factors is None:
            return np.asarray((decoded(pipe, latents()) * 255).round(), np.uint8)
        numbers = latents()[0].detach().to("cpu", torch.float32).numpy()
        colours = np.einsum("chw,ck->hwk", numbers, factors[:-1]) + factors[-1]
        return np.asarray(np.nan_to_num(colours * 127.5 + 127.5).clip(0, 255).round(), np.uint8)

    def begin(self) -> None:
        """A new picture: its first step may be shown at once."""
        self._last = -INTERVAL


def fitted(vae: Any) -> NDArray[np.float32] | None:
    """(channels + 1, 3): colours (-1 to 1) from latents as the network sees them, the last row added."""
    if not getattr(vae, "can_encode", True):
        return None
    with torch.no_grad(), _in_full(vae):
        picture = _patches().to(vae.device, vae.dtype)
        encoded = vae.encode(picture)
        found = encoded.latents if hasattr(encoded, "latents") else encoded.latent_dist.mode()
        found = (found - (getattr(vae.config, "shift_factor", None) or 0.0)) * vae.config.scaling_factor
        wanted = torch.nn.functional.adaptive_avg_pool2d(picture.float().cpu(), found.shape[-2:])
    latents = found[0].float().cpu().flatten(1).T.numpy()
    if not np.isfinite(latents).all():
        return None
    known = np.concatenate([latents, np.ones((len(latents), 1), np.float32)], axis=1).astype(np.float64)
    square = known.T @ known
    ridge = _RIDGE * np.trace(square) / len(square) * np.eye(len(square))
    factors = np.linalg.solve(square + ridge, known.T @ wanted[0].flatten(1).T.numpy())
    return np.asarray(factors, np.float32)


@contextlib.contextmanager
def _in_full(vae: Any) -> Generator[None]:
    """Some VAEs leave the range of half precision, and say so."""
    dtype = vae.dtype
    if dtype == torch.float16 and getattr(vae.config, "force_upcast", False):
        vae.to(torch.float32)
    try:
        yield
    finally:
        vae.to(dtype)


def _patches() -> torch.Tensor:
    """(1, 3, 128, 128), -1 to 1: squares of colour, always the same."""
    count = _SIDE // _PATCH
    colours = np.random.default_rng(0).uniform(-1, 1, (1, 3, count, count)).astype(np.float32)
    return torch.nn.functional.interpolate(torch.from_numpy(colours), scale_factor=_PATCH, mode="nearest")
