"""The clean picture a step foretells: what a preview shows, and what stays where somebody stops half-way.

A network says what noise there is in x = a x0 + s e (or the velocity, or x0 itself); x0 follows from that
and from the noise level of the step. Levels as in Karras et al. 2022: sigma = s / a.
"""

from __future__ import annotations

import functools
from typing import Any

import torch

_UNSCALED = frozenset({
    "EulerDiscreteScheduler", "EulerAncestralDiscreteScheduler", "HeunDiscreteScheduler",
    "KDPM2DiscreteScheduler", "KDPM2AncestralDiscreteScheduler", "LMSDiscreteScheduler"})
"""Schedulers that keep x / a."""
_LEAST = 1e-8


class Foresight:
    """Listens at ``scheduler.step``, which does what it always did."""

    def __init__(self, scheduler: Any) -> None:
        """For a scheduler that is used once: what is put on it stays."""
        self._scheduler, self._last = scheduler, ()  # type: Any, tuple[Any, ...]
        plain = scheduler.step

        @functools.wraps(plain)
        def step(model_output: torch.Tensor, timestep: Any, sample: torch.Tensor, *more: Any,
                 **options: Any) -> Any:
            made = plain(model_output, timestep, sample, *more, **options)
            self._last = (model_output, timestep, sample)
            return made

        scheduler.step = step

    def clean(self, latents: torch.Tensor) -> torch.Tensor:
        """The latents the last step foretold; ``latents``, which it made, where it cannot be told."""
        if not self._last or self._last[0].shape != self._last[2].shape:
            return latents
        told, time, sample = self._last
        sigma = self._sigma(time, sample)
        if type(self._scheduler).__name__.startswith("FlowMatch"):
            found = sample.float() - sigma * told.float()
        else:
            found = self._denoised(told.float(), sample.float(), sigma)
        return found.to(latents.dtype) if bool(torch.isfinite(found).all()) else latents

    def _sigma(self, time: Any, sample: torch.Tensor) -> torch.Tensor:
        sigmas, at = getattr(self._scheduler, "sigmas", None), getattr(self._scheduler, "step_index", None)
        if sigmas is not None and at:
            sigma: torch.Tensor = sigmas[at - 1].to(sample.device, torch.float32)
            return sigma
        kept: torch.Tensor = self._scheduler.alphas_cumprod[int(time)].float().clamp(min=_LEAST)
        return ((1 - kept) / kept).sqrt().to(sample.device)

    def _denoised(self, told: torch.Tensor, sample: torch.Tensor, sigma: torch.Tensor) -> torch.Tensor:
        kind, alpha = self._scheduler.config.prediction_type, 1 / (sigma**2 + 1).sqrt()
        scaled = sample * alpha if type(self._scheduler).__name__ in _UNSCALED else sample
        if kind == "sample":
            return told
        if kind == "v_prediction":
            return alpha * (scaled - sigma * told)
        return scaled / alpha - sigma * told
