"""Enlarging with ONNX networks: the starter models, several to a model, and people's own single files."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.core.engine import Floats, ModelSource, Upscaler
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.engines import devices
from studio.engines.onnx_graph import OnnxGraph
from studio.engines.upscale.form import forms
from studio.engines.upscale.onnx_network import Manner, Network

_KEPT = 3
"""Sessions kept; a person who moves the Clean fader comes back to where they were."""
_MARGIN = 24


@dataclass(frozen=True, slots=True)
class Choice:
    """A network of a starter model."""

    path: Path
    scale: int
    clean: float
    """How strongly it cleans, 0 to 1."""


class OnnxUpscaler:
    """Networks of several scales and strengths; between two strengths their weights are mixed."""

    precision, tile = "float32", (0, 0)

    def __init__(self, source: ModelSource, device: devices.Device) -> None:
        """Raises StudioError when a file is missing or damaged."""
        self._name, self._device = source.id, device
        self._choices = _choices(source)
        self.scales = tuple(sorted({choice.scale for choice in self._choices}))
        self.can_clean = len(self._choices) > len(self.scales)
        self.margin = int(source.facts.get("margin", _MARGIN))
        self.is_local = bool(source.facts.get("is_local", False))
        self._networks: OrderedDict[tuple[int, float], Network] = OrderedDict()
        self._network(self.scales[0], 0.0)  # a damaged file shall be found now

    @property
    def device(self) -> str:
        """cpu or cuda."""
        return next(reversed(self._networks.values())).graph.device

    @property
    def facts(self) -> dict[str, Any]:
        """What it can do, for people."""
        return {"scales": ", ".join(map(str, self.scales)), "cleans": self.can_clean, "margin": self.margin}

    @property
    def memory(self) -> int:
        """Weights, and what big pictures left behind."""
        return sum(network.graph.memory for network in self._networks.values())

    def upscale(self, picture: Floats, *, scale: int, clean: float, cancel: CancelToken) -> Floats:
        """See `Upscaler.upscale`."""
        cancel.check()
        return self._network(scale, clean).upscale(picture, cancel)

    def widen(self) -> bool:
        """It is float32 already."""
        return False

    def to_cpu(self) -> bool:
        """See `Upscaler.to_cpu`."""
        if self.device == "cpu":
            return False
        self._device = devices.cpu()
        self._networks.clear()
        self._network(self.scales[0], 0.0)
        return True

    def close(self) -> None:
        """The sessions go with this object."""
        self._networks.clear()

    def _network(self, scale: int, clean: float) -> Network:
        one, two, amount = between([c for c in self._choices if c.scale == scale], clean)
        key = scale, one.clean + amount * (two.clean - one.clean)
        if key not in self._networks:
            data = _mixed(one, two, amount) if amount else None
            graph = OnnxGraph(one.path, self._device, data, is_reused=True)
            form = forms(graph.inputs, self._name)[0]
            self._networks[key] = Network(graph, Manner(form, scale), self._name)
            while len(self._networks) > _KEPT:
                self._networks.popitem(last=False)
        self._networks.move_to_end(key)
        return self._networks[key]


def _mixed(one: Choice, two: Choice, amount: float) -> bytes:
    from studio.engines.upscale.interpolation import mixed  # onnx takes a while to load; most never need it

    return mixed(one.path, two.path, amount)


def between(choices: list[Choice], clean: float) -> tuple[Choice, Choice, float]:
    """The networks below and above ``clean``, and how far it is from one to the other, 0 up to below 1."""
    ordered = sorted(choices, key=lambda choice: choice.clean)
    clean = min(max(clean, ordered[0].clean), ordered[-1].clean)
    one = max((c for c in ordered if c.clean <= clean), key=lambda c: c.clean)
    two = min((c for c in ordered if c.clean > clean), key=lambda c: c.clean, default=one)
    return one, two, (clean - one.clean) / (two.clean - one.clean) if two is not one else 0.0


def _choices(source: ModelSource) -> list[Choice]:
    """What model.json lists under "networks". Raises StudioError."""
    try:
        found = [_choice(source.path, item) for item in source.facts["networks"]]
        if not found:
            raise ValueError("no networks")
    except (KeyError, TypeError, ValueError) as error:
        raise StudioError("The model {model} is damaged: its model.json does not list its networks.",
                          "Install Atelier again.", model=source.id, details=repr(error)) from error
    for choice in found:
        if not choice.path.is_file():
            raise StudioError("The model {model} has lost its file {name}.", "Install Atelier again.",
                              model=source.id, name=choice.path.name)
    return found


def _choice(folder: Path, item: Mapping[str, Any]) -> Choice:
    return Choice(folder / str(item["file"]), int(item["scale"]), float(item.get("clean", 0.0)))


def load(source: ModelSource, device: devices.Device) -> Upscaler:
    """For the registry: ours list their networks, other people's are a single file."""
    if "networks" in source.facts:
        return OnnxUpscaler(source, device)
    from studio.engines.upscale.onnx_file import OnnxFileUpscaler

    return OnnxFileUpscaler(source, device)
