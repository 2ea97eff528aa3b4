"""Whitened coordinates change how a network learns, not what it computes."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from studio.training.whitening import unwhiten, whiten


@pytest.fixture
def network() -> nn.Module:
    """Two small convolutions."""
    torch.manual_seed(0)
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 2, 1))


def correlated(seed: int) -> Tensor:
    """A picture whose neighbours are alike and whose channels nearly agree."""
    generator = torch.Generator().manual_seed(seed)
    small = torch.rand(2, 1, 4, 4, generator=generator)
    grey = nn.functional.interpolate(small, 32, mode="bilinear")
    return grey + 0.02 * torch.rand(2, 3, 32, 32, generator=generator)


def test_there_and_back_gives_the_same_answers(network: nn.Module) -> None:
    picture = correlated(1)
    names, before = list(network.state_dict()), network(picture)
    whiten(network, [correlated(n) for n in range(3)])
    assert (network(picture) - before).abs().max() < 1e-4
    unwhiten(network)
    assert sorted(network.state_dict()) == sorted(names)
    assert (network(picture) - before).abs().max() < 1e-4


def test_it_learns_faster(network: nn.Module) -> None:
    def error_after(learner: nn.Module, rate: float, steps: int = 150) -> float:
        wanted = nn.Conv2d(3, 4, 3).requires_grad_(False)
        adam = torch.optim.Adam(learner.parameters(), rate)
        for step in range(steps):
            picture = correlated(step)
            loss = (learner(picture) - wanted(picture)).square().mean()
            adam.zero_grad()
            loss.backward()
            adam.step()
        unseen = correlated(999)
        return float((learner(unseen) - wanted(unseen)).square().mean().detach())

    plain, whitened = nn.Conv2d(3, 4, 3), nn.Conv2d(3, 4, 3)
    whitened.load_state_dict(plain.state_dict())
    whiten(whitened, [correlated(n) for n in range(3)])
    torch.manual_seed(5)
    before = min(error_after(plain, rate) for rate in (0.01,))
    torch.manual_seed(5)
    assert error_after(whitened, 0.1) < 0.5 * before
