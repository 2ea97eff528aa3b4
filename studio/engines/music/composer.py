"""Our own composer: an ONNX network that foretells the next token, with what it has read kept in a cache.

`studio.training.music_export` says what the file takes and gives.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.core.composing import Composing, Guide
from studio.core.engine import ModelSource
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.engines import devices
from studio.engines.model_files import model_file
from studio.engines.onnx_graph import OnnxGraph
from studio.media.tokens.vocabulary import END

Logits = NDArray[np.float32]
_KEPT = 0.6
"""Share of the context that is read again when it is full: reading is fast, but not for every bar."""


class OnnxComposer:
    """See `studio.core.engine.Composer`."""

    precision = "float32"

    def __init__(self, source: ModelSource, device: devices.Device) -> None:
        """Raises StudioError when the file is missing, damaged or something else."""
        self._name = source.id
        try:
            self.context, self.vocabulary, self._layers, self._heads, width = (
                int(source.facts[name]) for name in ("context", "vocabulary", "layers", "heads", "width"))
        except (KeyError, TypeError, ValueError) as error:
            raise StudioError("The model {model} does not say what it is.", "Choose another model.",
                              model=source.id, details=repr(error)) from error
        self._head = width // self._heads
        self._graph = OnnxGraph(model_file(source), device, is_reused=True)
        self._cache = self._empty()

    @property
    def device(self) -> str:
        """cpu or cuda."""
        return self._graph.device

    @property
    def memory(self) -> int:
        """Weights, and what it has read last."""
        return self._graph.memory + sum(part.nbytes for part in self._cache)

    def compose(self, guide: Guide, composing: Composing, cancel: CancelToken,
                on_tokens: Callable[[list[int]], object] = lambda tokens: None) -> list[int]:
        """See `Composer.compose`."""
        chance = np.random.default_rng(composing.seed)
        self._cache = self._empty()
        tokens: list[int] = []
        unread: list[int] = []
        while not guide.is_done and len(tokens) < composing.most:
            cancel.check()
            number = guide.forced()
            if number is None:
                odds = self._read(unread, tokens, guide, cancel)
                number, unread = drawn(odds, guide.allowed(), composing, chance), []
            guide.advance(number)
            tokens.append(number)
            unread.append(number)
            on_tokens([number])
        return tokens

    def close(self) -> None:
        """The session goes with this object."""
        del self._graph
        self._cache = []

    def _read(self, unread: list[int], tokens: list[int], guide: Guide, cancel: CancelToken) -> Logits:
        """The logits after ``tokens``, the last of which, ``unread``, are not in the cache yet."""
        unread = unread or [END]  # nothing said at all: as after the end of another piece
        held = self._cache[0].shape[2]
        if held + len(unread) > self.context:
            self._cache = self._empty()
            unread = guide.shortened(tokens, int(_KEPT * self.context))
        return self._run(np.array([unread], np.int64), cancel)

    def _run(self, tokens: NDArray[np.int64], cancel: CancelToken) -> Logits:
        total = self._cache[0].shape[2] + tokens.shape[1]
        feeds: dict[str, NDArray[Any]] = {"tokens": tokens, "last": np.array([total - 1], np.int32),
                                          "total": np.array(total, np.int32)}
        names = [f"past_{kind}_{layer}" for layer in range(self._layers) for kind in ("key", "value")]
        logits, *self._cache = self._graph.run(feeds | dict(zip(names, self._cache, strict=True)), cancel)
        last: Logits = logits[0, -1]
        if not np.isfinite(last).all():
            raise StudioError("The model {model} gave numbers that are not numbers.", "Choose another model.",
                              model=self._name)
        return last

    def _empty(self) -> list[Logits]:
        shape = (1, self._heads, 0, self._head)
        return [np.zeros(shape, np.float32) for _ in range(2 * self._layers)]


def drawn(logits: Logits, allowed: NDArray[np.bool_], composing: Composing,
          chance: np.random.Generator) -> int:
    """One of the ``allowed`` tokens. The same generator draws the same, whatever the machine's own order."""
    numbers = np.flatnonzero(allowed)
    odds = logits[numbers].astype(np.float64)
    if composing.temperature <= 0:
        return int(numbers[odds.argmax()])
    shares = np.exp((odds - odds.max()) / composing.temperature)
    order = np.argsort(-shares, kind="stable")
    sums = np.cumsum(shares[order])
    most = np.searchsorted(sums, composing.top_p * sums[-1]) + 1 if composing.top_p < 1 else len(sums)
    place = np.searchsorted(sums[:most], chance.random() * sums[:most][-1], "right")
    return int(numbers[order[min(int(place), len(order) - 1)]])


def load(source: ModelSource, device: devices.Device) -> OnnxComposer:
    """The engine; raises StudioError."""
    return OnnxComposer(source, device)
