"""Our own sticker painter: an ONNX network that foretells the clean picture, walked from noise to it.

It walks in the short form of a picture; two more networks lead there and back.

`studio.training.image_export` says what the file takes and gives, `studio.training.image_flow` how it was
taught.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.core.engine import Floats, ModelSource
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.core.stickers import Sketch
from studio.core.word_list import WordList, padded
from studio.engines import devices
from studio.engines.onnx_graph import OnnxGraph

Short = NDArray[np.float32]
"""(channels, rows, columns): a picture as the painter sees it."""
_WAYS = ("encode.onnx", "decode.onnx")
_HAZE = 0.06
"""Opacity below this is none, and above one less this, full."""
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
            channels, rows, columns = map(int, source.facts["short"])
            self.styles: Sequence[str] = tuple(map(str, source.facts["styles"]))
            said = json.loads((source.path / "words.json").read_text(encoding="utf-8"))
            self.words = WordList(tuple(map(str, said["words"])), room)
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise StudioError("The model {model} does not say what it is.", "Choose another model.",
                              model=source.id, details=repr(error)) from error
        self.noise_shape = (channels, rows, columns)
        self._graph, self._encoder, self._decoder = (
            OnnxGraph(path, device, is_reused=True) for path in _files(source))

    @property
    def device(self) -> str:
        """cpu or cuda."""
        return self._graph.device

    @property
    def memory(self) -> int:
        """Bytes."""
        return self._graph.memory + self._encoder.memory + self._decoder.memory

    def paint(self, sketch: Sketch, cancel: CancelToken,
              on_step: Callable[[int, Floats], object] = lambda step, picture: None) -> Floats:
        """See `StickerPainter.paint`. Steps of Heun's method along the path that the network foretells."""
        begin = self._shortened(sketch.start, cancel) if sketch.start is not None else None
        first = 0.0 if begin is None else 1.0 - min(1.0, max(0.0, sketch.strength))
        at = sketch.noise if begin is None else first * begin + (1 - first) * sketch.noise
        times = np.linspace(first, 1.0, max(1, sketch.steps) + 1, dtype=np.float32)
        clean = at
        for step, (now, then) in enumerate(pairwise(times.tolist()), 1):
            at, clean = self._step(at, now, then, sketch, cancel)
            at = _kept(at, begin, then, sketch)
            if on_step(step, self._drawn(clean, cancel)) is False:  # enough: what it will be, as far as known
                return self._drawn(_kept(clean, begin, 1.0, sketch), cancel)
        return self._drawn(at, cancel)

    def close(self) -> None:
        """The sessions go with this object."""
        del self._graph, self._encoder, self._decoder

    def _shortened(self, picture: Floats, cancel: CancelToken) -> Short:
        found: Short = self._encoder.run({"picture": _planes(picture)[None]}, cancel)[0][0]
        return found

    def _drawn(self, at: Short, cancel: CancelToken) -> Floats:
        return _shown(self._decoder.run({"short": at[None]}, cancel)[0][0])

    def _step(self, at: Short, now: float, then: float, sketch: Sketch,
              cancel: CancelToken) -> tuple[Short, Short]:
        """Where a step leads, and the clean picture that was foretold before it."""
        clean = self._clean(at, now, sketch, cancel)
        slope = _slope(clean, at, now)
        ahead = _moved(at, slope, then - now)
        if then >= 1.0:
            return ahead, clean
        later = _slope(self._clean(ahead, then, sketch, cancel), ahead, then)
        return _moved(at, slope + later, (then - now) / 2), clean

    def _clean(self, at: Short, time: float, sketch: Sketch, cancel: CancelToken) -> Short:
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
        clean: Short = found[-1] + np.float32(sketch.guidance) * (told - found[-1])
        return clean


def _slope(clean: Short, at: Short, time: float) -> Short:
    slope: Short = (clean - at) * np.float32(1 / max(1 - time, 1 - _LATEST))
    return slope


def _moved(at: Short, slope: Short, by: float) -> Short:
    moved: Short = at + np.float32(by) * slope
    return moved


def _kept(at: Short, begin: Short | None, time: float, sketch: Sketch) -> Short:
    """What must stay is put back, as noisy as the rest is (Lugmayr et al. 2022, RePaint). A place is painted
    where any pixel of it is."""
    if begin is None or sketch.mask is None:
        return at
    _, rows, columns = at.shape
    mask = sketch.mask.reshape(rows, len(sketch.mask) // rows, columns, -1).max((1, 3))
    known = time * begin + (1 - time) * sketch.noise
    mixed: Short = known + mask * (at - known)
    return mixed.astype(np.float32)


def _planes(picture: Floats) -> NDArray[np.float32]:
    """(side, side, 4) plain colours -> (4, side, side), -1 to 1, colours times alpha."""
    coloured = np.concatenate((picture[..., :3] * picture[..., 3:], picture[..., 3:]), 2)
    return np.ascontiguousarray(coloured.transpose(2, 0, 1) * 2 - 1, np.float32)


def _shown(planes: NDArray[np.float32]) -> Floats:
    """Plain colours again; the haze that networks leave around a thing, and in it, goes."""
    whole = ((planes.transpose(1, 2, 0) + 1) / 2).clip(0, 1)
    alpha = ((whole[..., 3:] - _HAZE) / (1 - 2 * _HAZE)).clip(0, 1)
    colour = np.where(alpha > 0, whole[..., :3] / np.maximum(whole[..., 3:], 1 / 255), 0).clip(0, 1)
    return np.ascontiguousarray(np.concatenate((colour, alpha), 2), np.float32)


def _files(source: ModelSource) -> tuple[Path, Path, Path]:
    """The painter, the way into the short form, the way back. Raises StudioError."""
    names = sorted(name for name in source.files if name.endswith(".onnx"))
    painters = [name for name in names if name not in _WAYS]
    wanted = (*painters[:1], *_WAYS)
    if len(wanted) < 3 or not all((source.path / name).is_file() for name in wanted):
        raise StudioError("The model {model} has lost its file.", "Import it again.", model=source.id)
    painter, there, back = (source.path / name for name in wanted)
    return painter, there, back


def load(source: ModelSource, device: devices.Device) -> OnnxStickers:
    """The engine; raises StudioError."""
    return OnnxStickers(source, device)
