"""People's own style networks as ONNX: one picture in, one out, whatever their layout, size and range."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from studio.core.engine import Floats, ModelSource
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.engines import devices
from studio.engines.model_files import model_file
from studio.engines.onnx_graph import OnnxGraph
from studio.engines.style.arrays import resized
from studio.engines.style.pieces import in_pieces

_MULTIPLE, _MARGIN = 16, 96
"""Not told by the file: enough for four halvings, and for the networks seen so far."""
_TRIAL = 128
_TYPES = {"tensor(float)": np.float32, "tensor(float16)": np.float16, "tensor(uint8)": np.uint8}


@dataclass(frozen=True, slots=True)
class Port:
    """How the network wants its picture."""

    name: str
    dtype: Any
    is_nhwc: bool
    height: int
    """0 where it takes any."""
    width: int


class OnnxPainter:
    """A network with one image input."""

    takes_style, tooth = False, 0.0
    multiple, margin, precision = _MULTIPLE, _MARGIN, "float32"

    def __init__(self, source: ModelSource, device: devices.Device) -> None:
        """Raises StudioError when it is damaged or no network from a picture to a picture."""
        self._path, self._name = model_file(source), source.id
        self._graph = OnnxGraph(self._path, device)
        self._port = _port(self._graph, source.id)
        self._low, self._high = 0.0, 1.0
        self._low, self._high = self._range()

    @property
    def device(self) -> str:
        """cpu or cuda."""
        return self._graph.device

    @property
    def memory(self) -> int:
        """See `OnnxGraph.memory`."""
        return self._graph.memory

    @property
    def remark(self) -> str:
        """See `StylePainter.remark`."""
        if not self._port.height:
            return ""
        return "This model paints pieces of one size only; larger pictures are put together from them."

    def code(self, key: str, load: Callable[[], Floats], cancel: CancelToken) -> Floats:
        """Nothing: the style is in the weights."""
        return np.zeros(0, np.float32)

    def paint(self, content: Floats, code: Floats, cancel: CancelToken,
              statistics: Floats | None = None) -> tuple[Floats, Floats]:
        """See `StylePainter.paint`. Statistics inside a foreign network cannot be shared."""
        nothing = np.zeros(0, np.float32)
        if not self._port.height:
            return self._painted(content, cancel), nothing
        piece = self._port.height, self._port.width
        return in_pieces(content, piece, lambda part: self._painted(part, cancel)), nothing

    def widen(self) -> bool:
        """It runs in the precision it was made for."""
        return False

    def to_cpu(self) -> bool:
        """See `StylePainter.to_cpu`."""
        if self.device == "cpu":
            return False
        self._graph = OnnxGraph(self._path, devices.cpu())
        return True

    def close(self) -> None:
        """The session goes with this object."""
        del self._graph

    def _painted(self, content: Floats, cancel: CancelToken) -> Floats:
        """One run. Networks that trim the edges get their picture stretched back."""
        fed = content * np.float32(self._high - self._low) + np.float32(self._low)
        if self._port.dtype == np.uint8:
            fed = np.round(fed)
        batch = fed[np.newaxis] if self._port.is_nhwc else fed.transpose(2, 0, 1)[np.newaxis]
        feeds = {self._port.name: np.ascontiguousarray(batch, self._port.dtype)}
        picture = _picture(self._graph.run(feeds, cancel)[0], self._name)
        painted = (picture - np.float32(self._low)) / np.float32(self._high - self._low)
        return cast(Floats, np.clip(resized(painted, *content.shape[:2]), 0.0, 1.0))

    def _range(self) -> tuple[float, float]:
        """What the network calls black and white: seen from what it makes of a soft 0..1 picture.

        Its answer is far above 1 where it works in 0..255 and clearly negative where in -1..1.
        """
        if self._port.dtype == np.uint8:
            return 0.0, 255.0
        height, width = self._port.height or _TRIAL, self._port.width or _TRIAL
        y, x = np.mgrid[0:height, 0:width] / max(height, width)
        trial = np.stack([y, x, 0.5 + 0.5 * np.sin(9 * (x + y))], axis=2).astype(np.float32)
        batch = trial[np.newaxis] if self._port.is_nhwc else trial.transpose(2, 0, 1)[np.newaxis]
        feeds = {self._port.name: np.ascontiguousarray(batch, self._port.dtype)}
        low, high = np.percentile(_picture(self._graph.run(feeds, CancelToken())[0], self._name), (2, 98))
        if max(-low, high) > 8.0:
            return 0.0, 255.0
        return (-1.0, 1.0) if low < -0.3 else (0.0, 1.0)


def _port(graph: OnnxGraph, name: str) -> Port:
    found = graph.inputs
    shape = list(found[0].shape) if len(found) == 1 else []
    if len(shape) != 4 or found[0].type not in _TYPES or 3 not in (shape[1], shape[3]):
        raise StudioError("The model {model} does not take one colour picture.", "Choose another file.",
                          model=name)
    is_nhwc = shape[1] != 3
    height, width = (side if isinstance(side, int) and side > 0 else 0
                     for side in (shape[1:3] if is_nhwc else shape[2:4]))
    return Port(found[0].name, _TYPES[found[0].type], is_nhwc, height if width else 0, width if height else 0)


def _picture(answer: NDArray[Any], name: str) -> Floats:
    """(H, W, 3) from either layout. Raises StudioError for anything else."""
    if answer.ndim == 4 and answer.shape[1] == 3:
        return cast(Floats, answer[0].transpose(1, 2, 0).astype(np.float32))
    if answer.ndim == 4 and answer.shape[3] == 3:
        return cast(Floats, answer[0].astype(np.float32))
    raise StudioError("The model {model} does not give a picture.", "Choose another file.", model=name)


def load(source: ModelSource, device: devices.Device) -> OnnxPainter:
    """For the registry."""
    return OnnxPainter(source, device)


