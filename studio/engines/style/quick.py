"""Quick: any painting's manner in one pass, by our own encoder and transfer networks (ONNX).

In the manner of AdaIN (Huang and Belongie 2017) and Ghiasi et al. 2017: the encoder turns a style into a
short code, the transfer network repaints the content steered by it. `networks.py` defines both.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

import numpy as np

from studio.core.engine import Floats, ModelSource
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.engines import devices
from studio.engines.onnx_graph import OnnxGraph
from studio.engines.style.arrays import from_nchw, resized, style_size, to_nchw

_FILES = ("encoder.onnx", "transfer.onnx", "tile.onnx")
_KEPT_CODES = 64
_MUCH = 100_000_000
"""Bytes that are worth loading a graph again for."""


class QuickPainter:
    """The starter model's three graphs: style to code, whole picture, tile of a picture."""

    takes_style = True
    precision, remark = "float32", ""

    def __init__(self, source: ModelSource, device: devices.Device) -> None:
        """Raises StudioError when a file is missing or damaged."""
        for name in _FILES:
            if not (source.path / name).is_file():
                raise StudioError("The model {model} has lost its file {name}.", "Install Atelier again.",
                                  model=source.id, name=name)
        self._folder = source.path
        self._open(device)
        facts = source.facts
        self.multiple = int(facts.get("multiple", 8))
        self.margin = int(facts.get("margin", 128))
        self.tooth = float(facts.get("tooth", 0.0))
        self._style_side = int(facts.get("style_side", 512))
        self._codes: OrderedDict[str, Floats] = OrderedDict()

    @property
    def device(self) -> str:
        """cpu or cuda."""
        return self._whole.device

    @property
    def memory(self) -> int:
        """Weights, and what big pictures left behind."""
        return sum(graph.memory for graph in (self._encoder, self._whole, self._tile))

    def code(self, key: str, load: Callable[[], Floats], cancel: CancelToken) -> Floats:
        """(K,) for the picture ``load`` gives, kept under ``key``."""
        if key not in self._codes:
            picture = load()
            picture = resized(picture, *style_size(picture, self._style_side))
            code, = self._encoder.run({"style": to_nchw(picture)}, cancel)
            self._codes[key] = code[0].copy()  # the answer itself would hold on to the memory of its run
            while len(self._codes) > _KEPT_CODES:
                self._codes.popitem(last=False)
        self._codes.move_to_end(key)
        return self._codes[key]

    def paint(self, content: Floats, code: Floats, cancel: CancelToken,
              statistics: Floats | None = None) -> tuple[Floats, Floats]:
        """See `StylePainter.paint`."""
        feeds = {"content": to_nchw(content), "code": code[np.newaxis]}
        if statistics is None:
            picture, measured = self._whole.run(feeds, cancel)
            return from_nchw(picture), measured[0]
        self._rest()
        picture, = self._tile.run(feeds | {"statistics": statistics[np.newaxis]}, cancel)
        return from_nchw(picture), statistics

    def widen(self) -> bool:
        """It is float32 already."""
        return False

    def to_cpu(self) -> bool:
        """See `StylePainter.to_cpu`."""
        if self.device == "cpu":
            return False
        self._open(devices.cpu())
        return True

    def _open(self, device: devices.Device) -> None:
        """Giving the memory of each run back would make the next a third slower; idle engines are dropped."""
        self._chosen = device
        self._encoder, self._whole, self._tile = (
            OnnxGraph(self._folder / name, device, is_reused=name != "encoder.onnx") for name in _FILES)

    def _rest(self) -> None:
        """Give back the memory of a big whole picture: its tiles take long, and want some themselves."""
        if self._whole.memory > _MUCH:
            self._whole = OnnxGraph(self._folder / _FILES[1], self._chosen, is_reused=True)

    def close(self) -> None:
        """Forget the codes; the sessions go with this object."""
        self._codes.clear()
        del self._encoder, self._whole, self._tile


def load(source: ModelSource, device: devices.Device) -> QuickPainter:
    """For the registry."""
    return QuickPainter(source, device)
