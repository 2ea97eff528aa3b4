"""The image transformation network of Johnson et al. 2016 with instance normalisation (Ulyanov et al. 2016).

Layer names and order are those of pytorch/examples (BSD 3-Clause, see LICENSE-pytorch-examples.txt), the
layout in which people share "fast neural style" weights; written anew here, for any width, with
normalisation statistics that can be measured on one picture and used on another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import torch
from torch import Tensor
from torch.nn import functional

MULTIPLE = 4
MARGIN = 56
"""4 + 1 + 2 from the way down, ten 3x3 kernels at a quarter of the size, and 2 + 1 + 4 on the way up."""
_RUNNING = ("running_mean", "running_var", "num_batches_tracked")
_CONVOLUTIONS = ("conv1", "conv2", "conv3", *(f"res{block}.conv{half}" for block in range(1, 6) for half in (1, 2)),
                 "deconv1", "deconv2", "deconv3")
_NORMS = ("in1", "in2", "in3", *(f"res{block}.in{half}" for block in range(1, 6) for half in (1, 2)), "in4", "in5")
_LEAST = 1e-5


class TransformerNet:
    """Weights by name, and the way a picture takes through them."""

    def __init__(self, weights: Mapping[str, Tensor]) -> None:
        """``weights`` as shared: a "module." prefix and running statistics are dropped.

        Raises KeyError with the name of the first layer that is missing.
        """
        known = {name.removeprefix("module."): tensor for name, tensor in weights.items()
                 if not name.endswith(_RUNNING)}
        self.weights = {f"{layer}.{part}": known[f"{layer}.conv2d.{part}"]
                        for layer in _CONVOLUTIONS for part in ("weight", "bias")}
        for layer in _NORMS:
            old = f"{layer}.scale" in known  # as in the example's first version
            self.weights[f"{layer}.weight"] = known[f"{layer}.scale" if old else f"{layer}.weight"].flatten()
            self.weights[f"{layer}.bias"] = known[f"{layer}.shift" if old else f"{layer}.bias"].flatten()

    def to(self, device: str, dtype: torch.dtype) -> None:
        """Move the weights."""
        self.weights = {name: tensor.to(device, dtype) for name, tensor in self.weights.items()}

    def run(self, x: Tensor, check: Callable[[], None], given: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """(1, 3, H, W) in 0..255, sides multiples of 4 -> the same shape, and the statistics (M,).

        ``given``: statistics of another picture to normalise with. ``check`` is called at every layer.
        """
        bank = _Bank(given)
        x = self._block(x, "conv1", "in1", bank, check)
        x = self._block(x, "conv2", "in2", bank, check, stride=2)
        x = self._block(x, "conv3", "in3", bank, check, stride=2)
        for number in range(1, 6):
            y = self._block(x, f"res{number}.conv1", f"res{number}.in1", bank, check)
            x = x + self._normal(self._convolved(y, f"res{number}.conv2", check), f"res{number}.in2", bank)
        x = self._block(_doubled(x), "deconv1", "in4", bank, check)
        x = self._block(_doubled(x), "deconv2", "in5", bank, check)
        return self._convolved(x, "deconv3", check), bank.all()

    def _block(self, x: Tensor, layer: str, norm: str, bank: _Bank, check: Callable[[], None],
               stride: int = 1) -> Tensor:
        return functional.relu(self._normal(self._convolved(x, layer, check, stride), norm, bank))

    def _convolved(self, x: Tensor, layer: str, check: Callable[[], None], stride: int = 1) -> Tensor:
        check()
        weight = self.weights[f"{layer}.weight"]
        edge = weight.shape[2] // 2
        x = functional.pad(x, (edge, edge, edge, edge), mode="reflect")
        return functional.conv2d(x, weight, self.weights[f"{layer}.bias"], stride)

    def _normal(self, x: Tensor, layer: str, bank: _Bank) -> Tensor:
        mean, variance = bank.next(x)
        scale = self.weights[f"{layer}.weight"] * (variance + _LEAST).rsqrt().to(x.dtype)
        shift = self.weights[f"{layer}.bias"] - mean.to(x.dtype) * scale
        return x * scale[:, None, None] + shift[:, None, None]


class _Bank:
    """Mean and variance of each map, in order: measured, or given."""

    def __init__(self, given: Tensor | None) -> None:
        self._given, self._measured = given, list[Tensor]()
        self._taken = 0

    def next(self, x: Tensor) -> tuple[Tensor, Tensor]:
        if self._given is None:
            flat = x[0].flatten(1).float()
            self._measured += [flat.mean(1), flat.var(1, unbiased=False)]
            return self._measured[-2], self._measured[-1]
        mean, variance = self._parts(x.shape[1])
        return mean, variance

    def _parts(self, channels: int) -> Iterator[Tensor]:
        assert self._given is not None  # noqa: S101 - tells the type checker
        for _ in range(2):
            yield self._given[self._taken:self._taken + channels]
            self._taken += channels

    def all(self) -> Tensor:
        """Everything measured, (M,)."""
        return self._given if self._given is not None else torch.cat(self._measured)


def _doubled(x: Tensor) -> Tensor:
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")
