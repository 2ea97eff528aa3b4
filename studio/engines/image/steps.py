"""What happens after each step: it is told, perhaps shown, and somebody may have had enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from studio.core.jobs import CancelToken
from studio.core.painting import OnStep, Pixels
from studio.engines.image.foresight import Foresight

Look = Callable[[Callable[[], torch.Tensor]], "Pixels | None"]
"""Makes a small picture of latents, or none where the last is too fresh."""


class Enough(Exception):
    """The picture shall stay as it is, and the pipeline knows no way to leave off."""

    def __init__(self, latents: torch.Tensor) -> None:
        super().__init__("enough")
        self.latents = latents


class Steps:
    """For ``callback_on_step_end`` of a pipeline of diffusers."""

    def __init__(self, scheduler: Any, look: Look, cancel: CancelToken, on_step: OnStep) -> None:
        self._seen, self._look, self._cancel, self._on_step = Foresight(scheduler), look, cancel, on_step

    def __call__(self, pipe: Any, step: int, time: Any, state: dict[str, Any]) -> dict[str, Any]:
        """Raises Cancelled, and `Enough`."""
        self._cancel.check()
        total, latents = int(pipe.num_timesteps), state["latents"]
        goes_on = self._on_step(step + 1, total, self._look(lambda: self._seen.clean(latents)))
        self._cancel.check()
        if goes_on is not False or step + 1 >= total:
            return {}
        clean = self._seen.clean(latents)
        if not hasattr(pipe, "_interrupt"):
            raise Enough(clean)
        pipe._interrupt = True
        return {"latents": clean}
