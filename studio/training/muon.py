"""The optimiser of the language networks: Muon for matrices, Adam for the rest.

Muon (Jordan et al. 2024) follows the momentum of a matrix with all its singular values made one, so that rare
directions learn as fast as common ones; it needs about half the tokens Adam needs at these sizes. The
orthogonalisation is five Newton-Schulz steps and costs some tenth of a step here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from studio.training.language import Language

_COEFFICIENTS = (3.4445, -4.7750, 2.0315)
_MOMENTUM, _BETAS, _TINY = 0.95, (0.9, 0.99), 1e-10


class Muon(torch.optim.Optimizer):
    """Groups: ``matrix`` (Muon or Adam), ``factor`` of the common rate, ``decay`` of the weights a step.

    The loop sets ``lr``, the common rate. ``factor`` scales what is learned, not the decay.
    """

    def __init__(self, groups: list[dict[str, Any]], rate: float) -> None:
        super().__init__(groups, {"lr": rate, "matrix": False, "factor": 1.0, "decay": 0.0})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """Change every weight that has a derivative."""
        for group in self.param_groups:
            change = self._orthogonal if group["matrix"] else self._adam
            for weight in group["params"]:
                if (slope := weight.grad) is not None:
                    weight.mul_(1.0 - group["lr"] * group["decay"])
                    weight.sub_(change(weight, slope), alpha=group["lr"] * group["factor"])

    def _orthogonal(self, weight: Tensor, slope: Tensor) -> Tensor:
        speed: Tensor = self.state[weight].setdefault("speed", torch.zeros_like(weight))
        speed.lerp_(slope, 1.0 - _MOMENTUM)
        longer: float = max(1.0, weight.shape[0] / weight.shape[1]) ** 0.5
        return orthogonal(slope.lerp(speed, _MOMENTUM)) * longer

    def _adam(self, weight: Tensor, slope: Tensor) -> Tensor:
        state = self.state[weight]
        steps: int = state.get("steps", 0) + 1
        state["steps"] = steps
        first: Tensor = state.setdefault("first", torch.zeros_like(weight))
        second: Tensor = state.setdefault("second", torch.zeros_like(weight))
        first.lerp_(slope, 1.0 - _BETAS[0])
        second.lerp_(slope.square(), 1.0 - _BETAS[1])
        size = (second / (1.0 - math.pow(_BETAS[1], steps))).sqrt() + _TINY
        return first / (1.0 - math.pow(_BETAS[0], steps)) / size


def orthogonal(matrix: Tensor) -> Tensor:
    """Nearly the closest matrix whose singular values are one (they end between 0.7 and 1.2)."""
    a, b, c = _COEFFICIENTS
    tall = matrix.shape[0] > matrix.shape[1]
    x = (matrix.T if tall else matrix).to(torch.bfloat16 if matrix.is_cuda else matrix.dtype)
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        squares = x @ x.T
        x = a * x + (b * squares + c * squares @ squares) @ x
    found: Tensor = x.T if tall else x
    return found.to(matrix.dtype)


def optimiser(network: Language, rate: float, decay: float) -> Muon:
    """Every weight of the network in its group.

    A token's vector soon has about length one, so its numbers are the root of the width smaller than those
    that the norms give out. Matrices that write into the stream learn by as much more slowly; without it
    their first steps would drown the tokens. The table's own rate is a fifth of the matrices'.
    """
    outlets = network.outlets()
    written = {id(weight) for weight in outlets}
    inlets = [w for w in network.layers.parameters() if w.ndim == 2 and id(w) not in written]
    rest = [w for w in network.parameters() if w.ndim == 1]
    return Muon([
        {"params": inlets, "matrix": True, "decay": decay},
        {"params": outlets, "matrix": True, "decay": decay, "factor": network.shape.width**-0.5},
        {"params": [network.table.weight], "factor": 0.2},
        {"params": rest, "factor": 0.2},
    ], rate)
