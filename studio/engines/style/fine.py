"""Fine: the picture itself is optimised until a trunk sees the styles' statistics in it.

After Gatys et al. 2016 (Gram matrices), Huang and Belongie 2017 (means and deviations of the same layers)
and Kolkin et al. 2019 (the picture as a Laplacian pyramid, coarse to fine, which turns broad areas as
readily as single pixels). Every distance is relative, so that no layer and no style outshouts the rest.
The trunk sees the picture with a reflected border and from another corner at each step, so that neither its
edges nor its stride leave a pattern (Mordvintsev et al. 2015 shift for the same reason).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from studio.core.engine import Floats, ModelSource
from studio.core.jobs import CancelToken
from studio.engines import devices
from studio.engines.style.arrays import area_resized, from_nchw, padded, resized, to_nchw
from studio.engines.style.pyramid import Pyramid
from studio.engines.style.statistics import (
    Adam,
    colour_numbers,
    gram_and_moments,
    relative,
    roughness,
)
from studio.engines.style.trunks import Features, load_trunk_features, load_vgg_features
from studio.engines.torch_run import memory_in_words, steady_threads

_SMALLEST_LEVEL = 112
_RATE = 0.02
_CONTENT = 1.0
_COLOUR = 1.0
_SMOOTH = 8.0
_BORDER, _SHIFT = 16, 8
"""Pixels reflected on every side, and how far the trunk's grid moves inside them: its stride at fire4."""
_VIEWS = 5
"""Corners the trunk looks from, in turn."""
_SHARES = {1: (1.0,), 2: (0.55, 0.45), 3: (0.4, 0.35, 0.25)}
_LEVELS = 3

OnStep = Callable[[float, Callable[[], Floats]], bool]


@dataclass(frozen=True, slots=True)
class Target:
    """What the picture shall come to at one scale."""

    grams: list[Tensor]
    moments: list[Tensor]
    colour: Tensor
    content: list[Tensor]
    """One for each view."""


class Optimiser:
    """A trunk, and the way towards its statistics."""

    precision = "float32"

    def __init__(self, features: Features, device: devices.Device) -> None:
        self._place = devices.torch_device(device)
        laid_out = features.to(self._place, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._features: Features = laid_out.eval().requires_grad_(False)

    @property
    def device(self) -> str:
        """cpu, cuda or mps."""
        return self._place

    @property
    def memory(self) -> int:
        """Bytes of its weights."""
        return sum(weight.numel() * weight.element_size() for weight in self._features.parameters())

    def close(self) -> None:
        """Forget the weights."""
        del self._features

    def optimise(self, content: Floats, styles: Sequence[tuple[Floats, float]], start: Floats, *, steps: int,
                 strength: float, seed: int, cancel: CancelToken, on_step: OnStep) -> Floats:
        """See `StyleOptimiser.optimise`. Equal arguments give equal bytes on one machine's CPU."""
        height, width = content.shape[:2]
        with _repeatable():
            run = _Run(self._features, self._place, styles, strength, cancel, on_step)
            result = run.levels(padded(content, 1), padded(start, 1), steps, seed)
        return result[:height, :width]


class _Run:
    """One picture's way from coarse to fine."""

    def __init__(self, features: Features, place: str, styles: Sequence[tuple[Floats, float]],
                 strength: float, cancel: CancelToken, on_step: OnStep) -> None:
        self._features, self._place, self._styles = features, place, styles
        self._content_weight = _CONTENT * (1.0 + 4.0 * (1.0 - strength))
        self._cancel, self._on_step = cancel, on_step
        self._done, self._total, self._is_ended = 0.0, 1.0, False
        self._views: list[list[int]] = []

    def levels(self, content: Floats, start: Floats, steps: int, seed: int) -> Floats:
        """Each level takes over what the one before improved, on top of the start's own detail."""
        scales = _scales(max(content.shape[:2]))
        counts = [max(1, round(steps * share)) for share in _SHARES[len(scales)]]
        self._total = sum(count * scale * scale for count, scale in zip(counts, scales, strict=True))
        self._views = np.random.default_rng(seed).integers(0, _SHIFT, (_VIEWS, 2)).tolist()
        gain: Floats | None = None
        for count, scale in zip(counts, scales, strict=True):
            if self._is_ended:
                break
            height, width = (max(32, round(side * scale)) for side in content.shape[:2])
            base = area_resized(start, height, width)
            first = base if gain is None else base + resized(gain, height, width)
            gain = self._level(area_resized(content, height, width), first, count, scale) - base
        return np.clip(start + resized(gain, *start.shape[:2]), 0.0, 1.0) if gain is not None else start

    def _level(self, content: Floats, first: Floats, steps: int, scale: float) -> Floats:
        target = self._target(content, scale)
        pyramid = Pyramid(self._tensor(first))
        adam = Adam(pyramid.moving)
        for step in range(steps):
            torch.autograd.backward(self._loss(pyramid.picture(), target, step % _VIEWS))
            adam.step(_RATE * max(0.1, 1.0 - step / steps))
            self._done += scale * scale
            if not self._on_step(self._done / self._total, lambda: _array(pyramid.picture())):
                self._is_ended = True
                break
        return _array(pyramid.picture())

    def _loss(self, picture: Tensor, target: Target, view: int) -> Tensor:
        loss = _SMOOTH * roughness(picture) + _COLOUR * relative(colour_numbers(picture), target.colour)
        content, maps = self._seen(self._viewed(picture, view))
        for found, grams, pairs, weight in zip(maps, target.grams, target.moments, self._features.weights,
                                               strict=True):
            matrix, pair = gram_and_moments(found)
            loss = loss + weight * (relative(matrix, grams) + relative(pair, pairs))
        return loss + self._content_weight * relative(content, target.content[view])

    def _viewed(self, picture: Tensor, view: int) -> Tensor:
        """With a border, from the corner of ``view``."""
        top, left = self._views[view]
        border = min(_BORDER, *(side - 1 for side in picture.shape[2:]))
        wide = functional.pad(picture, (border,) * 4, mode="reflect")
        height, width = (side - min(_SHIFT, border) for side in wide.shape[2:])
        return wide[..., top : top + height, left : left + width]

    def _seen(self, picture: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Content map and style maps; a stop is noticed at each, on the way there and on the way back."""
        content, maps = self._features(picture)
        for found in maps:
            self._cancel.check()
            if found.requires_grad:
                found.register_hook(lambda _: self._cancel.check())
        return content, maps

    @torch.no_grad()
    def _target(self, content: Floats, scale: float) -> Target:
        seen = [(share, self._tensor(_at_scale(style, scale))) for style, share in self._styles]
        found = [[gram_and_moments(x) for x in self._seen(style)[1]] for _, style in seen]
        layers = range(len(found[0]))
        shares = [share for share, _ in seen]
        return Target(
            [_mixed(shares, [style[layer][0] for style in found]) for layer in layers],
            [_mixed(shares, [style[layer][1] for style in found]) for layer in layers],
            _mixed(shares, [colour_numbers(style) for _, style in seen]),
            [self._seen(self._viewed(self._tensor(content), view))[0] for view in range(_VIEWS)])

    def _tensor(self, picture: Floats) -> Tensor:
        batch = torch.from_numpy(to_nchw(picture)).to(self._place)
        return batch.contiguous(memory_format=torch.channels_last)


def _at_scale(style: Floats, scale: float) -> Floats:
    return area_resized(style, *(max(32, round(side * scale)) for side in style.shape[:2]))


def _mixed(shares: Sequence[float], parts: Sequence[Tensor]) -> Tensor:
    return torch.stack([share * part for share, part in zip(shares, parts, strict=True)]).sum(0)


def _scales(longer: int) -> list[float]:
    """Shares of the full size, coarse to fine."""
    scales = [0.5 ** level for level in range(_LEVELS) if longer * 0.5 ** level >= _SMALLEST_LEVEL]
    return scales[::-1] or [1.0]


def _array(picture: Tensor) -> Floats:
    return from_nchw(picture.detach().clamp(0.0, 1.0).cpu().numpy())


@contextlib.contextmanager
def _repeatable() -> Generator[None]:
    """The same bytes from the same seed on the CPU, where every kernel used here keeps its order of sums.

    torch.use_deterministic_algorithms would say so for all, but imports a compiler first: nine seconds.
    """
    cudnn = torch.backends.cudnn.flags(deterministic=True, benchmark=False)
    with steady_threads(), memory_in_words(), cudnn:
        yield


def load_trunk(source: ModelSource, device: devices.Device) -> Optimiser:
    """For the registry: our own trunk."""
    return Optimiser(load_trunk_features(source), device)


def load_vgg(source: ModelSource, device: devices.Device) -> Optimiser:
    """For the registry: torchvision's VGG-19 weights."""
    return Optimiser(load_vgg_features(source), device)


__all__ = ["Optimiser", "load_trunk", "load_vgg"]
