"""Training goes on where it stopped, as if it had not."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from studio.training.loop import LOG_EVERY, Plan, Training


def loss_of(network: nn.Module, step: int) -> tuple[Tensor, dict[str, float]]:
    """Fit a fixed plane from points drawn by the step."""
    points = torch.rand(8, 3, generator=torch.Generator().manual_seed(step))
    loss = (network(points) - points.sum(1, keepdim=True)).square().mean()
    return loss, {"loss": loss.detach().item()}


def fresh(folder: Path, steps: int) -> Training:
    torch.manual_seed(0)
    return Training(nn.Linear(3, 1), Plan(folder, steps, rate=0.05, save_every=10))


def weights(training: Training) -> Tensor:
    return torch.cat(
        [v.flatten() for v in (*training.network.state_dict().values(), *training.average.values())]
    )


class InterruptedRunError(Exception):
    """Stands for a process that is stopped."""


def test_a_resumed_run_gives_the_same_weights(tmp_path: Path) -> None:
    straight = fresh(tmp_path / "straight", 40)
    straight.run(lambda step, _: loss_of(straight.network, step))
    broken = fresh(tmp_path / "broken", 40)

    def stop_at_25(step: int, _: float) -> tuple[Tensor, dict[str, float]]:
        if step == 25:
            raise InterruptedRunError
        return loss_of(broken.network, step)

    with pytest.raises(InterruptedRunError):
        broken.run(stop_at_25)
    again = fresh(tmp_path / "broken", 40)
    assert again.resume()
    assert again.step == 20
    again.run(lambda step, _: loss_of(again.network, step))
    assert torch.equal(weights(again), weights(straight))


def test_it_learns_and_logs(tmp_path: Path) -> None:
    training = fresh(tmp_path, 5 * LOG_EVERY)
    training.run(lambda step, _: loss_of(training.network, step))
    with (tmp_path / "log.csv").open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 5
    assert float(rows[-1]["loss"]) < 0.2 * float(rows[0]["loss"])


def test_nothing_to_resume(tmp_path: Path) -> None:
    assert not fresh(tmp_path, 1).resume()


def test_a_wild_step_is_skipped(tmp_path: Path) -> None:
    training = fresh(tmp_path, 1)
    before = weights(training)
    training.run(lambda step, _: (loss_of(training.network, step)[0] * float("inf"), {}))
    assert torch.equal(weights(training)[:4], before[:4])


def test_the_rate_holds_then_falls() -> None:
    plan = Plan(Path(), 100, rate=1.0, hold=0.5)
    assert plan.rate_at(0.4) == pytest.approx(1.0)
    assert plan.rate_at(1.0) == pytest.approx(0.02, abs=1e-4)
    assert 0.3 < plan.rate_at(0.75) < 0.7
