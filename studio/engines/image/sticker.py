"""Our own sticker painter: an ONNX network that foretells the clean picture, walked from noise to it.

`studio.training.image_export` says what the file takes and gives, `studio.training.image_flow` how it was
taught.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.core.engine import Floats, ModelSource
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.core.stickers import Sketch
from studio.core.word_list import WordList, padded
from studio.engines import devices
from studio.engines.model_files import model_file
from studio.engines.onnx_graph import OnnxGraph

Planes = NDArray[np.float32]
"""(4, side, side), -1 to 1, colours times alpha."""
_LATEST = 0.95
"""As `image_flow.LATEST`: the last steps are not longer than what was learned."""


class OnnxStickers:
    """See `studio.core.engine.StickerPainter`."""

    precision = "float32"

    def __init__(self, source: ModelSource, device: devices.Device) -> None:
        """Raises StudioError when a file is missing, damaged or something else."""
        self._name = source.id
        try:
            self.side, room = int(source.facts["side"]), int(source.facts["room"])
            self.styles: Sequence[str] = tuple(map(str, source.facts["styles"]))
            said = json.loads((source.path / "words.json").read_text(encoding="utf-8"))
            self.words = WordList(tuple(map(str, said["words"])), room)
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise StudioError("The model {model} does not say what it is.", "Choose another model.",
                              model=source.id, details=repr(error)) from error
        self._graph = OnnxGraph(model_file(source), device, is_reused=True)

    @property
    def device(self) -> str:
        """cpu or cuda."""
        return self._graph.device

    @property
    def memory(self) -> int:
        """Bytes."""
        return self._graph.memory

    def paint(self, sketch: Sketch, cancel: CancelToken,
              on_step: Callable[[int, Floats], object] = lambda step, picture: None) -> Floats:
        """See `StickerPainter.paint`. Steps of Heun's method along the path that the network foretells."""
        begin = _planes(sketch.start) if sketch.start is not None else None
        first = 0.0 if begin is None else 1.0 - min(1.0, max(0.0, sketch.strength))
        at = sketch.noise if begin is None else first * begin + (1 - first) * sketch.noise
        times = np.linspace(first, 1.0, max(1, sketch.steps) + 1, dtype=np.float32)
        clean = at
        for step, (now, then) in enumerate(pairwise(times.tolist()), 1):
            at, clean = self._step(at, now, then, sketch, cancel)
            at = _kept(at, begin, then, sketch)
            if on_step(step, _shown(clean)) is False:  # enough: what it will be, as far as it can be told
                return _shown(_kept(clean, begin, 1.0, sketch))
        return _shown(at)

    def close(self) -> None:
        """The session goes with this object."""
        del self._graph

    def _step(self, at: Planes, now: float, then: float, sketch: Sketch,
              cancel: CancelToken) -> tuple[Planes, Planes]:
        """Where a step leads, and the clean picture that was foretold before it."""
        clean = self._clean(at, now, sketch, cancel)
        slope = _slope(clean, at, now)
        ahead = _moved(at, slope, then - now)
        if then >= 1.0:
            return ahead, clean
        later = _slope(self._clean(ahead, then, sketch, cancel), ahead, then)
        return _moved(at, slope + later, (then - now) / 2), clean

    def _clean(self, at: Planes, time: float, sketch: Sketch, cancel: CancelToken) -> Planes:
        """What the picture will be: what is told, away from what is not (Ho and Salimans 2022)."""
        rows = [*(words for words, _ in sketch.told), sketch.against]
        feeds: dict[str, NDArray[Any]] = {
            "picture": np.repeat(at[None], len(rows), 0), "time": np.full(len(rows), time, np.float32),
            "words": np.array([padded(row, self.words.room) for row in rows], np.int64)}
        cancel.check()
        found = self._graph.run(feeds, cancel)[0]
        if not np.isfinite(found).all():
            raise StudioError("The model {model} gave numbers that are not numbers.", "Choose another model.",
                              model=self._name)
        shares = np.array([share for _, share in sketch.told], np.float32)
        told = np.tensordot(shares, found[:-1], 1)
        clean: Planes = found[-1] + np.float32(sketch.guidance) * (told - found[-1])
        return clean


def _slope(clean: Planes, at: Planes, time: float) -> Planes:
    slope: Planes = (clean - at) * np.float32(1 / max(1 - time, 1 - _LATEST))
    return slope


def _moved(at: Planes, slope: Planes, by: float) -> Planes:
    moved: Planes = at + np.float32(by) * slope
    return moved


def _kept(at: Planes, begin: Planes | None, time: float, sketch: Sketch) -> Planes:
    """What must stay is put back, as noisy as the rest is (Lugmayr et al. 2022, RePaint)."""
    if begin is None or sketch.mask is None:
        return at
    known = time * begin + (1 - time) * sketch.noise
    mixed: Planes = known + sketch.mask * (at - known)
    return mixed.astype(np.float32)


def _planes(picture: Floats) -> Planes:
    coloured = np.concatenate((picture[..., :3] * picture[..., 3:], picture[..., 3:]), 2)
    return np.ascontiguousarray(coloured.transpose(2, 0, 1) * 2 - 1, np.float32)


def _shown(planes: Planes) -> Floats:
    whole = ((planes.transpose(1, 2, 0) + 1) / 2).clip(0, 1)
    alpha = whole[..., 3:]
    colour = np.where(alpha > 1 / 255, whole[..., :3] / np.maximum(alpha, 1 / 255), 0).clip(0, 1)
    return np.ascontiguousarray(np.concatenate((colour, alpha), 2), np.float32)


def load(source: ModelSource, device: devices.Device) -> OnnxStickers:
    """The engine; raises StudioError."""
    return OnnxStickers(source, device)
