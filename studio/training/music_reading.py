"""Training of a music network: what it reads at each step, its loss, its run."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from studio.training.language import Language, loss_of
from studio.training.loop import Plan, Training
from studio.training.muon import optimiser
from studio.training.music_corpus import Corpus, Shelf
from studio.training.music_windows import NOTES, Windows, is_body, keep, kept_rows
from studio.training.reading import Size

_WATCH_EVERY, _WATCHED, _AHEAD = 250, 24, 8
Rows = NDArray[np.int64]


class Objective:
    """Mean nats of a batch of tokens; now and then the nats per note of pieces that are not trained on."""

    def __init__(self, network: Language, size: Size, rows: Callable[[int, int], Rows], watched: Rows,
                 device: str = "cpu") -> None:
        self.network, self.size, self.rows, self.device = network, size, rows, device
        self.watched = torch.from_numpy(watched)
        self._nats = 0.0

    def __call__(self, step: int, progress: float) -> tuple[Tensor, dict[str, float]]:
        """The loss at a step, and what to log."""
        context = self.size.context_at(progress)
        if step % _WATCH_EVERY == 0 or not self._nats:
            self._nats = self.nats_per_note()
        tokens = torch.from_numpy(self.rows(step, context)).to(self.device)
        with self._precision():
            loss = loss_of(self.network, tokens, self.size.part)
        return loss, {"loss": loss.item(), "context": context, "watched": self._nats}

    @torch.no_grad()
    def nats_per_note(self) -> float:
        """Of the watched rows: all that is said in bars, by note."""
        self.network.eval()
        nats = 0.0
        for at in range(0, len(self.watched), 4):
            row = self.watched[at : at + 4]
            nats += float(token_nats(self.network, row.to(self.device))[is_body(row.numpy())[:, 1:]].sum())
        self.network.train()
        return nats / max(1, int(np.isin(self.watched.numpy(), NOTES).sum()))

    def _precision(self) -> torch.autocast:
        return torch.autocast("cuda", torch.bfloat16, enabled=self.device == "cuda")


def token_nats(network: Language, tokens: Tensor) -> NDArray[np.float64]:
    """(N, T - 1): surprise at each token but the first of each row of tokens (N, T)."""
    odds = network.logits(network(tokens[:, :-1])).float()
    losses = functional.cross_entropy(odds.flatten(0, 1), tokens[:, 1:].flatten(), reduction="none")
    return losses.view(len(tokens), -1).double().cpu().numpy()


class Ahead:
    """Rows of the steps to come, made by other processes while the network learns from those before.

    ``workers`` 0: made when they are asked for.
    """

    def __init__(self, windows: Windows, size: Size, workers: int) -> None:
        self.windows, self.size = windows, size
        self._pool = _pool(windows, workers) if workers else None
        self._coming: deque[tuple[int, int, Future[Rows]]] = deque()

    def __call__(self, step: int, context: int) -> Rows:
        """The rows of a step, each one token longer than the context."""
        if self._pool is None:
            return self.windows.rows(*self._what(step, context))
        if self._coming and self._coming[0][:2] != (step, context):
            self._coming.clear()
        begin = self._coming[-1][0] + 1 if self._coming else step
        for later in range(begin, step + _AHEAD):
            self._coming.append((later, context, self._pool.submit(kept_rows, *self._what(later, context))))
        return self._coming.popleft()[2].result()

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _what(self, step: int, context: int) -> tuple[int, int, int]:
        most = self.size.batch // self.size.contexts[0][1]
        return step * most, self.size.batch // context, context + 1


def _pool(windows: Windows, workers: int) -> ProcessPoolExecutor:
    """Fresh processes: a copy of one that has threads, or holds a GPU, may hang."""
    return ProcessPoolExecutor(workers, get_context("spawn"), keep, (windows,))


def train(size: Size, corpus: Corpus, folder: Path, minutes: float, *, device: str = "cpu",
          resume: bool = False, workers: int = 0) -> None:
    """Train until the time or the passes are used up; the checkpoint and the log are in ``folder``."""
    network = Language(size.shape).to(device)
    steps = int(size.passes * tokens_in(corpus.shelves["train"]) / size.batch)
    plan = Plan(folder, max(1, steps), minutes, rate=size.rate, hold=0.15, average=0.99)
    training = Training(network, plan, optimiser(network, size.rate, size.decay))
    if resume:
        training.resume()
    with ExitStack() as stack:
        rows = Ahead(Windows(corpus.shelves["train"]), size, workers)
        stack.callback(rows.close)
        watched = Windows(corpus.shelves["watched"]).rows(0, _WATCHED, size.contexts[0][1] + 1)
        training.run(Objective(network, size, rows, watched, device))


def tokens_in(shelf: Shelf) -> int:
    """All tokens of a shelf, read once."""
    return sum(int(shelf.bar_tokens(piece).sum()) for piece in range(len(shelf)))
