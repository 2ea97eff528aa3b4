"""Reads tokens with an ONNX network that keeps keys and values of all it has read, in memory that stays put.

`studio.training.music_export` says what the file takes and gives. What it kept comes in and goes out in the
same arrays, as long as the context: onnxruntime then writes only the new places (its attention operators call
that a shared buffer), where it would copy all of it for every token.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from studio.core.jobs import CancelToken
from studio.engines import devices
from studio.engines.onnx_graph import OnnxGraph

Logits = NDArray[np.float32]
_SMALL = 1 << 24
"""Bytes of a file up to which a second thread waits longer than it works."""
_PART = 256
"""Tokens that are read at once at most: a tenth of a second, and a megabyte of logits."""


class Reader:
    """The network, and what it has read."""

    def __init__(self, path: Path, device: devices.Device, *, context: int, layers: int, heads: int,
                 head: int) -> None:
        """``head`` is the width of one of the ``heads``. Raises StudioError for a file that can't be used."""
        is_small = path.is_file() and path.stat().st_size <= _SMALL
        self._graph = OnnxGraph(path, device, threads=1 if is_small else 0)
        self.context, self.held = context, 0
        self._shape, self._layers = (1, heads, context, head), layers
        self._width = 0
        self._vocabulary = 0
        self._logits: Any = None
        self._bound: Any = None

    @property
    def device(self) -> str:
        """cpu or cuda."""
        return self._graph.device

    @property
    def memory(self) -> int:
        """Bytes of weights and of what is kept."""
        return self._graph.memory + (2 * self._layers * int(np.prod(self._shape)) * 4 if self._bound else 0)

    def forget(self) -> None:
        """As if nothing had been read."""
        self.held = 0

    def read(self, tokens: Sequence[int], cancel: CancelToken) -> Logits:
        """(vocabulary,) logits after ``tokens``, which come after all that was read before; one at least.

        There must be room for them: ``held`` + their number is at most ``context``. The array is overwritten
        by the next call. Raises Cancelled, StudioError.
        """
        for at in range(0, len(tokens), _PART):
            self._run(np.array([tokens[at : at + _PART]], np.int64), cancel)
        last: Logits = self._logits.numpy()[0, -1]
        return last

    def _run(self, tokens: NDArray[np.int64], cancel: CancelToken) -> None:
        bound = self._binding()
        total = self.held + tokens.shape[1]
        given = (("tokens", tokens), ("last", np.array([total - 1], np.int32)),
                 ("total", np.array(total, np.int32)))
        for name, value in given:
            bound.bind_cpu_input(name, value)
        if tokens.shape[1] != self._width:
            self._width = tokens.shape[1]
            self._logits = _zeros((1, self._width, self._vocabulary), "cpu")
            bound.bind_ortvalue_output("logits", self._logits)
        self._graph.run_bound(bound, cancel)
        self.held = total

    def _binding(self) -> Any:
        """With the arrays for keys and values, made when they are first needed."""
        if self._bound is None:
            self._bound = self._graph.binding()
            self._vocabulary = self._graph.outputs[0].shape[-1]
            for name in (f"{kind}_{layer}" for layer in range(self._layers) for kind in ("key", "value")):
                kept = _zeros(self._shape, self.device)
                self._bound.bind_ortvalue_input(f"past_{name}", kept)
                self._bound.bind_ortvalue_output(name, kept)
        return self._bound


def _zeros(shape: tuple[int, ...], device: str) -> Any:
    return onnxruntime.OrtValue.ortvalue_from_numpy(np.zeros(shape, np.float32), device)
