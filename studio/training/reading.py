"""Training of a language network: which places it reads, its loss, its run."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from studio.training.books import CHINESE, ENGLISH, LANGUAGES
from studio.training.corpus import Corpus, Tokens
from studio.training.language import Language, Shape, loss_of
from studio.training.loop import Plan, Training
from studio.training.muon import optimiser

_GOLDEN = (5**0.5 - 1) / 2
_WATCH_EVERY, _WATCHED = 250, 48


@dataclass(frozen=True)
class Size:
    """A network and how it is trained. ``batch`` is in tokens; ``contexts`` gives the length of a window
    from a share of the training on; ``share`` is that of Chinese tokens; ``passes`` over the text at most."""

    name: str
    shape: Shape
    minutes: float
    batch: int
    passes: float
    contexts: Sequence[tuple[float, int]] = ((0.0, 256), (0.55, 512), (0.85, 1024))
    share: float = 0.27
    rate: float = 0.02
    decay: float = 0.03
    part: int = 512

    def context_at(self, progress: float) -> int:
        """Length of a window at a share of the training."""
        return [length for start, length in self.contexts if start <= progress][-1]


class Windows:
    """Places to read at, by number.

    They go by the golden ratio around the stream: any run of them is spread evenly, so that a training
    shorter than one pass hardly reads anything twice, and the number is all there is to remember.
    """

    def __init__(self, streams: Mapping[str, Tokens], share: float) -> None:
        self.streams, self.share = streams, share

    def rows(self, first: int, count: int, length: int) -> NDArray[np.int64]:
        """(count, length) tokens from the window ``first`` on."""
        return np.stack([self._row(number, length) for number in range(first, first + count)])

    def _row(self, number: int, length: int) -> NDArray[np.int64]:
        before = int(number * self.share)
        chinese = int((number + 1) * self.share) > before
        within = before if chinese else number - before
        stream = self.streams[CHINESE if chinese else ENGLISH]
        at = int(within * _GOLDEN % 1.0 * (len(stream) - length))
        return stream[at : at + length].astype(np.int64)


class Objective:
    """Mean nats of a batch; now and then the bits per byte of books that are not trained on."""

    def __init__(self, network: Language, corpus: Corpus, size: Size, device: str = "cpu") -> None:
        self.network, self.size, self.device = network, size, device
        self.windows = Windows(corpus.streams["train"], size.share)
        self.watched = corpus.streams["watched"]
        self.lengths = torch.from_numpy(corpus.tokenizer.lengths()).to(device)
        self._bits: dict[str, float] = {}

    def __call__(self, step: int, progress: float) -> tuple[Tensor, dict[str, float]]:
        """The loss at a step, and what to log."""
        context = self.size.context_at(progress)
        most = self.size.batch // self.size.contexts[0][1]
        rows = self.windows.rows(step * most, self.size.batch // context, context + 1)
        if step % _WATCH_EVERY == 0 or not self._bits:
            self._bits = {f"watched_{name}": self.bits(self.watched[name]) for name in LANGUAGES}
        loss = self._loss(torch.from_numpy(rows).to(self.device))
        return loss, {"loss": loss.item(), "context": context, **self._bits}

    def _loss(self, tokens: Tensor) -> Tensor:
        with torch.autocast("cuda", torch.bfloat16, enabled=self.device == "cuda"):
            return loss_of(self.network, tokens, self.size.part)

    @torch.no_grad()
    def bits(self, stream: Tokens) -> float:
        """Bits per byte of some windows, evenly spread over a stream."""
        length = self.size.contexts[0][1] + 1
        starts = np.linspace(0, len(stream) - length, _WATCHED).astype(int)
        rows = np.stack([stream[at : at + length] for at in starts]).astype(np.int64)
        tokens = torch.from_numpy(rows).to(self.device)
        self.network.eval()
        nats = self._loss(tokens).item() * tokens[:, 1:].numel()
        self.network.train()
        return nats / math.log(2) / int(self.lengths[tokens[:, 1:]].sum())


def train(size: Size, corpus: Corpus, folder: Path, minutes: float, *, device: str = "cpu",
          resume: bool = False) -> None:
    """Train until the time or the passes are used up; the checkpoint and the log are in ``folder``."""
    network = Language(size.shape).to(device)
    steps = int(size.passes * sum(map(len, corpus.streams["train"].values())) / size.batch)
    plan = Plan(folder, max(1, steps), minutes, rate=size.rate, hold=0.15, average=0.99)
    training = Training(network, plan, optimiser(network, size.rate, size.decay))
    if resume:
        training.resume()
    training.run(Objective(network, corpus, size, device))


def averaged(size: Size, folder: Path) -> tuple[Language, int]:
    """The network as its checkpoint has it, and the steps it took."""
    state = torch.load(folder / "checkpoint.pt", weights_only=True, map_location="cpu")
    network = Language(size.shape)
    network.load_state_dict(state["average"])
    return network.eval(), int(state["step"])
