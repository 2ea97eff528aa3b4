"""Learning to paint, and painting: straight paths from noise to pictures (flow matching, Lipman et al. 2023).

All of it happens in the short form of pictures (`image_latents`). At time t one is t of itself and 1 - t of
noise. The network foretells the clean one; its error counts as that of the direction, which is 1 / (1 - t) as
large (Li and He 2025).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from studio.training.image_latents import CHANNELS as DEPTH
from studio.training.image_latents import SIDE, Latents
from studio.training.image_network import Painter, Shape
from studio.training.image_pictures import Gallery
from studio.training.loop import Plan, Training
from studio.training.muon import Muon

LATEST = 0.95
"""Times after this count as this where an error is divided by what is left."""
_MIDDLE, _WIDTH = -0.2, 1.0
"""Of the logit of the times that are learned at."""
_WORDLESS = 0.12
_WATCHED, _WATCH_EVERY = 100, 200
_FLIPPED = ("animals & nature", "food & drink", "monsters", "items", "people", "scenery", "vehicles")
"""Groups of which a mirror image is as good."""


@dataclass(frozen=True)
class Size:
    """A network and how it is trained; ``passes`` over the pictures at most."""

    name: str
    shape: Shape
    minutes: float
    batch: int
    passes: float
    rate: float = 0.02
    decay: float = 0.02
    average: float = 0.998


class Objective:
    """The error of a batch; now and then that of pictures that are held out, at times evenly spread."""

    def __init__(self, network: Painter, shown: Gallery, latents: Latents, size: Size,
                 device: str = "cpu") -> None:
        self.network, self.shown, self.latents = network, shown, latents
        self.size, self.device = size, device
        self.numbers, self.odds = np.array(shown.train), shown.odds()
        self._held_out = 0.0

    def __call__(self, step: int, progress: float) -> tuple[Tensor, dict[str, float]]:
        """The loss at a step, and what to log."""
        if step % _WATCH_EVERY == 0 or not self._held_out:
            self._held_out = self.held_out()
        chance = np.random.default_rng([11, step])
        numbers = chance.choice(self.numbers, self.size.batch, p=self.odds)
        pictures = torch.from_numpy(np.stack([self._picture(int(n), chance) for n in numbers]))
        words = torch.tensor([self._words(int(n), chance) for n in numbers])
        times = torch.from_numpy(chance.normal(_MIDDLE, _WIDTH, len(numbers)).astype(np.float32)).sigmoid()
        noise = torch.from_numpy(chance.standard_normal(pictures.shape, np.float32))
        loss = self._error(pictures, noise, times, words)
        return loss, {"loss": loss.item(), "held_out": self._held_out}

    @torch.no_grad()
    def held_out(self) -> float:
        """The error of held-out pictures under their own words."""
        numbers = list(self.shown.held_out[:_WATCHED])
        pictures = torch.from_numpy(self.latents.plain[numbers].astype(np.float32))
        noise = torch.randn(pictures.shape, generator=torch.Generator().manual_seed(3))
        times = (torch.arange(len(numbers)) * 0.618034) % 1.0
        words = torch.tensor([self.shown.prompt(number) for number in numbers])
        return self._error(pictures, noise, times, words).item()

    def _error(self, pictures: Tensor, noise: Tensor, times: Tensor, words: Tensor) -> Tensor:
        pictures, noise, times, words = (part.to(self.device) for part in (pictures, noise, times, words))
        at = times[:, None, None, None]
        with torch.autocast("cuda", torch.bfloat16, enabled=self.device == "cuda"):
            found = self.network(at * pictures + (1 - at) * noise, times, words)
        wrong = (found.float() - pictures).square().mean((1, 2, 3))
        loss: Tensor = (wrong / (1 - times.clamp(max=LATEST)).square()).mean()
        return loss

    def _picture(self, number: int, chance: np.random.Generator) -> NDArray[np.float32]:
        is_mirrored = self.shown.drawings[number].group in _FLIPPED and chance.random() < 0.5
        picture = (self.latents.mirrored if is_mirrored else self.latents.plain)[number]
        return np.asarray(picture, np.float32)

    def _words(self, number: int, chance: np.random.Generator) -> list[int]:
        words = self.shown.caption(number, chance)
        return [0] * len(words) if chance.random() < _WORDLESS else words


def train(size: Size, shown: Gallery, latents: Latents, folder: Path, minutes: float, *, device: str = "cpu",
          resume: bool = False) -> None:
    """Train until the time or the passes are used up; the checkpoint and the log are in ``folder``."""
    network = Painter(size.shape).to(device)
    steps = int(size.passes * len(shown.train) / size.batch)
    plan = Plan(folder, max(1, steps), minutes, rate=size.rate, hold=0.5, average=size.average)
    training = Training(network, plan, optimiser(network, size.rate, size.decay))
    if resume:
        training.resume()
    training.run(Objective(network, shown, latents, size, device))


def averaged(size: Size, folder: Path) -> tuple[Painter, int]:
    """The network as its checkpoint has it, and the steps it took."""
    state = torch.load(folder / "checkpoint.pt", weights_only=True, map_location="cpu")
    network = Painter(size.shape)
    network.load_state_dict(state["average"])
    return network.eval(), int(state["step"])


def optimiser(network: Painter, rate: float, decay: float) -> Muon:
    """Every weight in its group, as in `muon.optimiser`: matrices between norms by Muon, the rest by Adam."""
    outlets = [*network.outlets(), *network.skips.parameters()]
    written = {id(weight) for weight in outlets}
    within = [*network.readers.parameters(), *network.layers.parameters()]
    inlets = [w for w in within if w.ndim == 2 and id(w) not in written and w.shape[0] != 6]
    taken = {id(weight) for weight in (*outlets, *inlets)}
    rest = [weight for weight in network.parameters() if id(weight) not in taken]
    return Muon([
        {"params": inlets, "matrix": True, "decay": decay},
        {"params": outlets, "matrix": True, "decay": decay, "factor": network.shape.width**-0.5},
        {"params": rest, "factor": 0.05},
    ], rate)


@torch.no_grad()
def painted(network: Painter, words: Sequence[Sequence[int]], seeds: Sequence[int], *, steps: int = 20,
            guidance: float = 3.0) -> Tensor:
    """Short forms (N, 16, 8, 8) for rows of words: steps of Heun's method, each seed its own noise; what the
    words say counts ``guidance`` times as much as in the data (Ho and Salimans 2022)."""
    at = torch.stack([torch.randn(DEPTH, SIDE, SIDE, generator=torch.Generator().manual_seed(s))
                      for s in seeds])
    rows = torch.tensor(list(words))
    times = torch.linspace(0.0, 1.0, steps + 1)
    for now, then in zip(times[:-1].tolist(), times[1:].tolist(), strict=True):
        slope = _slope(network, at, now, rows, guidance)
        ahead = at + (then - now) * slope
        if then < 1.0:
            slope = (slope + _slope(network, ahead, then, rows, guidance)) / 2
            ahead = at + (then - now) * slope
        at = ahead
    return at


def _slope(network: Painter, at: Tensor, time: float, words: Tensor, guidance: float) -> Tensor:
    """Where a picture goes at a time."""
    both = network(torch.cat((at, at)), torch.full((2 * len(at),), time),
                   torch.cat((words, torch.zeros_like(words))))
    told, untold = both.chunk(2)
    slope: Tensor = (untold + guidance * (told - untold) - at) / max(1 - time, 1 - LATEST)
    return slope
