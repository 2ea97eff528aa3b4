"""Whether a picture shows what was asked for: a network of its own that matches pictures and words.

Two small encoders learn, on the drawings the painter learns from too, to give a drawing and its words one
place (Radford et al. 2021, CLIP). On held-out drawings it says how often the right prompt of a hundred is the
nearest; on painted ones the share that still is tells how much of what was asked can be seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from studio.training.image_latents import clean
from studio.training.image_pictures import Gallery
from studio.training.loop import Plan, Training

_WIDTH, _BATCH, _STEPS = 128, 192, 1200
_SHARPNESS = 14.0
_MOVED = 4
"""Pixels by which a drawing is moved at most while learning."""


@dataclass(frozen=True)
class Matched:
    """Share of pictures whose own prompt is the nearest of all, and among the five nearest."""

    first: float
    five: float


class Judge(nn.Module):
    """Places of pictures and of words on a sphere."""

    def __init__(self, words: int) -> None:
        super().__init__()
        sizes = (4, 32, 64, 96, 128)
        self.eyes = nn.Sequential(*[_step(a, b) for a, b in pairwise(sizes)],
                                  nn.Flatten(), nn.Dropout(0.2), nn.Linear(128 * 16, _WIDTH))
        self.table = nn.Embedding(words, _WIDTH, padding_idx=0)
        self.say = nn.Sequential(nn.Linear(_WIDTH, _WIDTH), nn.GELU(), nn.Linear(_WIDTH, _WIDTH))

    def see(self, pictures: Tensor) -> Tensor:
        """(N, 4, 64, 64), -1 to 1 -> (N, 128) of length one."""
        return functional.normalize(self.eyes(pictures), dim=1)

    def hear(self, words: Tensor) -> Tensor:
        """(N, room), 0 for none -> (N, 128) of length one."""
        count = (words > 0).sum(1, keepdim=True).clamp(min=1)
        return functional.normalize(self.say(self.table(words).sum(1) / count**0.5), dim=1)

    def forward(self, pictures: Tensor, words: Tensor) -> Tensor:
        """The loss of a batch: each picture among all words, each words among all pictures."""
        odds = _SHARPNESS * self.see(pictures) @ self.hear(words).T
        same = (words[:, None] == words[None]).all(2)
        odds = odds.masked_fill(same & ~torch.eye(len(odds), dtype=torch.bool, device=odds.device), -1e4)
        right = torch.arange(len(odds), device=odds.device)
        loss: Tensor = (functional.cross_entropy(odds, right) + functional.cross_entropy(odds.T, right)) / 2
        return loss


class _Objective:
    def __init__(self, judge: Judge, shown: Gallery, device: str) -> None:
        self.judge, self.shown, self.device = judge, shown, device
        self.numbers, self.odds = np.array(shown.train), shown.odds()

    def __call__(self, step: int, progress: float) -> tuple[Tensor, dict[str, float]]:
        chance = np.random.default_rng([5, step])
        numbers = chance.choice(self.numbers, _BATCH, p=self.odds)
        moves = chance.integers(-_MOVED, _MOVED + 1, (len(numbers), 2))
        pictures = np.stack([np.roll(self.shown.pictures[int(n)], move, (0, 1))
                             for n, move in zip(numbers, moves.tolist(), strict=True)])
        words = [self.shown.caption(int(n), chance) for n in numbers]
        loss = self.judge(torch.from_numpy(clean(pictures)).to(self.device),
                          torch.tensor(words).to(self.device))
        return loss, {"loss": loss.item()}


def trained_judge(shown: Gallery, folder: Path, device: str = "cpu") -> Judge:
    """The judge of a gallery, trained if it is not yet; it goes on where it stopped."""
    judge = Judge(len(shown.words.words)).to(device)
    plan = Plan(folder, _STEPS, rate=2e-3, hold=0.4, average=0.99)
    training = Training(judge, plan)
    training.resume()
    training.run(_Objective(judge, shown, device))
    judge.load_state_dict(training.average)
    return judge.cpu().eval()


@torch.no_grad()
def matched(judge: Judge, pictures: Tensor, prompts: Tensor) -> Matched:
    """``pictures`` (N, 4, 64, 64), any number for each of ``prompts`` (P, room) in their order."""
    nearness = judge.see(pictures) @ judge.hear(prompts).T
    own = torch.arange(len(prompts)).repeat_interleave(len(pictures) // len(prompts))
    better = (nearness > nearness.gather(1, own[:, None])).sum(1)
    return Matched(float((better == 0).float().mean()), float((better < 5).float().mean()))


@torch.no_grad()
def nearest(shown: Gallery, pictures: Tensor, count: int = 1) -> list[list[int]]:
    """For each picture the training drawings that differ least, by squares of their pixels."""
    numbers = np.array(shown.train)
    wanted = pictures.flatten(1)
    parts = []
    for at in range(0, len(numbers), 512):
        some = torch.from_numpy(clean(shown.pictures[np.sort(numbers)[at : at + 512]])).flatten(1)
        parts.append(torch.cdist(wanted, some))
    places = torch.cat(parts, 1).topk(count, largest=False).indices
    return [[int(np.sort(numbers)[place]) for place in row] for row in places.tolist()]


def _step(inputs: int, outputs: int) -> nn.Module:
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, padding=1, stride=2),
                         nn.GroupNorm(8, outputs), nn.GELU(),
                         nn.Conv2d(outputs, outputs, 3, padding=1), nn.GroupNorm(8, outputs), nn.GELU())
