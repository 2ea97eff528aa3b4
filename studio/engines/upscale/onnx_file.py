"""Enlarging with one ONNX file of other people: what it wants is found out by trying."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from studio.core.engine import Floats, ModelSource
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.engines import devices
from studio.engines.model_files import model_file
from studio.engines.onnx_graph import OnnxGraph
from studio.engines.upscale import reach
from studio.engines.upscale.answers import in_numbers
from studio.engines.upscale.half import widened
from studio.engines.upscale.onnx_network import Network
from studio.engines.upscale.trials import study


class OnnxFileUpscaler:
    """A network of one scale; scale 1 cleans, deblurs or restores."""

    can_clean = False

    def __init__(self, source: ModelSource, device: devices.Device, *, in_half: bool | None = None) -> None:
        """``in_half``: None runs a network in half precision as one on CUDA only.

        Raises StudioError saying why the file cannot be used.
        """
        self._name, self._path = source.id, model_file(source)
        self._wide = widened(self._path)
        self._is_half = self._wide is not None and (device.kind == "cuda" if in_half is None else in_half)
        graph = self._opened(device)
        self._network = Network(graph, study(graph, self._name), self._name)
        self.scales = (self._network.manner.scale,)
        self.tile = self._network.manner.form.sides

    @property
    def device(self) -> str:
        """cpu or cuda."""
        return self._network.graph.device

    @property
    def precision(self) -> str:
        """float16 on CUDA where the network is, float32 elsewhere."""
        return "float16" if self._is_half else "float32"

    @property
    def memory(self) -> int:
        """See `OnnxGraph.memory`."""
        return self._network.graph.memory

    @property
    def facts(self) -> dict[str, Any]:
        """What was found out about it, for people."""
        manner, form = self._network.manner, self._network.manner.form
        return {"scale": manner.scale, "channels": form.channels, "multiple": manner.multiple,
                "layout": "nhwc" if form.is_nhwc else "nchw", "height": form.sides[0],
                "width": form.sides[1], "range": "{:g} to {:g}".format(*form.takes),
                "half": self._wide is not None}

    @property
    def margin(self) -> int:
        """See `Upscaler.margin`; found by trying, once."""
        return self._reach[0]

    @property
    def is_local(self) -> bool:
        """See `Upscaler.is_local`."""
        return self._reach[1]

    @cached_property
    def _reach(self) -> tuple[int, bool]:
        """Of a network of one size little can be tried: its tiles overlap by a quarter at most."""
        if self.tile[0]:
            return min(reach.UNKNOWN, min(self.tile) // 4), False
        manner = self._network.manner
        return reach.measured(lambda picture: self._upscaled(picture, CancelToken()),
                              pads=max(manner.multiple, manner.least, manner.trim) > 1)

    def upscale(self, picture: Floats, *, scale: int, clean: float, cancel: CancelToken) -> Floats:
        """See `Upscaler.upscale`."""
        cancel.check()
        return self._upscaled(picture, cancel, self.margin if self.tile[0] else 0)

    def widen(self) -> bool:
        """See `Upscaler.widen`."""
        if not self._is_half:
            return False
        self._is_half = False
        return self._reopen(devices.choose(self.device))

    def to_cpu(self) -> bool:
        """See `Upscaler.to_cpu`."""
        if self.device == "cpu":
            return False
        self._is_half = False
        return self._reopen(devices.cpu())

    def close(self) -> None:
        """The session goes with this object."""
        del self._network

    def _upscaled(self, picture: Floats, cancel: CancelToken, margin: int = 0) -> Floats:
        return in_numbers(lambda: self._network.upscale(picture, cancel, margin), self.widen)

    def _reopen(self, device: devices.Device) -> bool:
        """Its picture may have other numbers now, so it is studied again."""
        graph = self._opened(device)
        self._network = Network(graph, study(graph, self._name), self._name)
        return True

    def _opened(self, device: devices.Device) -> OnnxGraph:
        if self._wide is None or self._is_half:
            return OnnxGraph(self._path, device, is_reused=True)
        try:
            return OnnxGraph(self._path, device, self._wide, is_reused=True)
        except StudioError:  # a part that insists on float16; the CPU will do what it can
            return OnnxGraph(self._path, device, is_reused=True)
