"""A training loop that logs to CSV, keeps a running average of the weights, and resumes where it stopped."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

LOG_EVERY = 20


@dataclass(frozen=True)
class Plan:
    """How long to train: `steps` at most, and `minutes` over all runs together if given."""

    folder: Path
    steps: int
    minutes: float | None = None
    rate: float = 1e-3
    average: float = 0.998
    save_every: int = 100
    hold: float = 0.6  # share of the training before the rate starts to fall

    def rate_at(self, progress: float) -> float:
        """Constant, then a cosine down to 2 percent."""
        late = max(0.0, (progress - self.hold) / (1.0 - self.hold))
        return self.rate * (0.02 + 0.98 * 0.5 * (1.0 + float(torch.cos(torch.tensor(late * torch.pi)))))


class Training:
    """State of one training: the network, its averaged weights, the optimiser, step and seconds so far."""

    def __init__(
        self, network: nn.Module, plan: Plan, optimiser: torch.optim.Optimizer | None = None
    ) -> None:
        self.network, self.plan = network, plan
        self.parameters = [p for p in network.parameters() if p.requires_grad]
        self.optimiser = optimiser or torch.optim.Adam(self.parameters, plan.rate, betas=(0.9, 0.99))
        self.average = {k: v.detach().clone() for k, v in network.state_dict().items()}
        self.step, self.seconds = 0, 0.0
        self._sums: dict[str, float] = {}
        plan.folder.mkdir(parents=True, exist_ok=True)

    @property
    def progress(self) -> float:
        """Share of the plan that is done, 0 to 1."""
        by_time = self.seconds / 60.0 / self.plan.minutes if self.plan.minutes else 0.0
        return min(1.0, max(self.step / self.plan.steps, by_time))

    def run(self, loss_at: Callable[[int, float], tuple[Tensor, dict[str, float]]]) -> None:
        """Train until the plan is done; `loss_at(step, progress)` gives the loss and the numbers to log."""
        since = time.monotonic()
        while self.progress < 1.0:
            loss, numbers = loss_at(self.step, self.progress)
            self._descend(loss)
            self.step += 1
            self.seconds, since = self.seconds + time.monotonic() - since, time.monotonic()
            self._note(numbers)
            if self.step % self.plan.save_every == 0:
                self.save()
        self.save()

    def _descend(self, loss: Tensor) -> None:
        for group in self.optimiser.param_groups:
            group["lr"] = self.plan.rate_at(self.progress) * min(1.0, (self.step + 1) / 50)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        length = nn.utils.clip_grad_norm_(self.parameters, 2.0)
        if torch.isfinite(length):
            self.optimiser.step()
        keep = min(self.plan.average, (1 + self.step) / (10 + self.step))
        for name, value in self.network.state_dict().items():
            self.average[name].lerp_(value, 1.0 - keep)

    def save(self) -> None:
        """Write the checkpoint beside the old one, then swap."""
        state = {
            "network": self.network.state_dict(),
            "average": self.average,
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "seconds": self.seconds,
        }
        part = self.plan.folder / "checkpoint.pt.part"
        torch.save(state, part)
        part.replace(self.plan.folder / "checkpoint.pt")

    def resume(self) -> bool:
        """Go on from the checkpoint, if there is one."""
        path = self.plan.folder / "checkpoint.pt"
        if not path.exists():
            return False
        state = torch.load(path, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.average, self.step, self.seconds = state["average"], state["step"], state["seconds"]
        return True

    def _note(self, numbers: dict[str, float]) -> None:
        """Every 20 steps, log the means of the last 20."""
        for name, value in numbers.items():
            self._sums[name] = self._sums.get(name, 0.0) + value / LOG_EVERY
        if self.step % LOG_EVERY == 0:
            self._log(self._sums)
            self._sums = {}

    def _log(self, numbers: dict[str, float]) -> None:
        path = self.plan.folder / "log.csv"
        fresh = not path.exists()
        with path.open("a", newline="", encoding="utf-8") as lines:
            writer = csv.writer(lines)
            if fresh:
                writer.writerow(["step", "seconds", *numbers])
            writer.writerow([self.step, f"{self.seconds:.0f}", *(f"{v:.4f}" for v in numbers.values())])
