"""Our own composer: an ONNX network that foretells the next token (`reader`), held to what is wanted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from studio.core.composing import Composing, Guide
from studio.core.engine import ModelSource
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.engines import devices
from studio.engines.model_files import model_file
from studio.engines.music.reader import Logits, Reader
from studio.media.tokens.vocabulary import END

_KEPT = 0.6
"""Share of the context that is read again when it is full: reading is fast, but not for every bar."""


class OnnxComposer:
    """See `studio.core.engine.Composer`."""

    precision = "float32"

    def __init__(self, source: ModelSource, device: devices.Device) -> None:
        """Raises StudioError when the file is missing, damaged or something else."""
        self._name = source.id
        try:
            self.context, self.vocabulary, layers, heads, width = (
                int(source.facts[name]) for name in ("context", "vocabulary", "layers", "heads", "width"))
        except (KeyError, TypeError, ValueError) as error:
            raise StudioError("The model {model} does not say what it is.", "Choose another model.",
                              model=source.id, details=repr(error)) from error
        self._reader = Reader(model_file(source), device, context=self.context, layers=layers, heads=heads,
                              head=width // heads)

    @property
    def device(self) -> str:
        """cpu or cuda."""
        return self._reader.device

    @property
    def memory(self) -> int:
        """Weights, and what it has read."""
        return self._reader.memory

    def compose(self, guide: Guide, composing: Composing, cancel: CancelToken,
                on_tokens: Callable[[list[int]], object] = lambda tokens: None) -> list[int]:
        """See `Composer.compose`."""
        chance = np.random.default_rng(composing.seed)
        self._reader.forget()
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
        del self._reader

    def _read(self, unread: list[int], tokens: list[int], guide: Guide, cancel: CancelToken) -> Logits:
        """The logits after ``tokens``, the last of which, ``unread``, were not read yet."""
        reader = self._reader
        unread = unread or [END]  # nothing said at all: as after the end of another piece
        if reader.held + len(unread) > self.context:
            reader.forget()
            unread = guide.shortened(tokens, int(_KEPT * self.context))
        odds = reader.read(unread, cancel)
        if not np.isfinite(odds).all():
            raise StudioError("The model {model} gave numbers that are not numbers.", "Choose another model.",
                              model=self._name)
        return odds


def drawn(logits: Logits, allowed: NDArray[np.bool_], composing: Composing,
          chance: np.random.Generator) -> int:
    """One of the ``allowed`` tokens. The same generator draws the same, whatever the machine's own order."""
    (numbers,) = allowed.nonzero()
    odds = logits[numbers].astype(np.float64)
    if composing.temperature <= 0:
        return int(numbers[odds.argmax()])
    shares = np.exp((odds - odds.max()) / composing.temperature)
    order = (-shares).argsort(kind="stable")
    sums = shares[order].cumsum()
    if composing.top_p < 1:
        sums = sums[: int(sums.searchsorted(composing.top_p * sums[-1])) + 1]
    place = int(sums.searchsorted(chance.random() * sums[-1], "right"))
    return int(numbers[order[min(place, len(sums) - 1)]])


def load(source: ModelSource, device: devices.Device) -> OnnxComposer:
    """The engine; raises StudioError."""
    return OnnxComposer(source, device)
