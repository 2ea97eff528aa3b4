"""What an ONNX file takes and gives, from its graph; nothing is run and no other file is opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from studio.core.errors import StudioError
from studio.library.tensors import damaged

_MOST = 2_000_000_000
"""Bytes; protocol buffers hold no more."""
_TYPES = {1: "float32", 10: "float16", 2: "uint8"}
"""TensorProto.DataType of pictures."""
_KNOWN = frozenset({"", "ai.onnx", "com.microsoft"})
"""Operator sets that onnxruntime brings."""
_TRIAL = 64
"""Side given to free sizes to see what comes out."""


@dataclass(frozen=True, slots=True)
class Port:
    """An input or output. A size of 0 is free."""

    name: str
    shape: tuple[int, ...]
    dtype: str

    @property
    def layout(self) -> str:
        """"nchw" or "nhwc" for a picture of one or three channels; "" for anything else."""
        if len(self.shape) != 4 or not self.dtype or self.shape[0] not in (0, 1):
            return ""
        return next((layout for channels in (3, 1) for layout, at in (("nchw", 1), ("nhwc", 3))
                     if self.shape[at] == channels), "")

    @property
    def channels(self) -> int:
        """3 for colours, 1 for brightness alone, 0 for what is no picture."""
        return self.shape[1 if self.layout == "nchw" else 3] if self.layout else 0

    @property
    def sides(self) -> tuple[int, int]:
        """(height, width), 0 where free."""
        at = 1 if self.layout == "nhwc" else 2
        return self.shape[at], self.shape[at + 1]


@dataclass(frozen=True, slots=True)
class Graph:
    """The outside of a network."""

    inputs: tuple[Port, ...]
    outputs: tuple[Port, ...]
    opset: int
    scale: float
    """By how much the output grows where the input grows; 0 where that cannot be told."""
    words: str = ""
    """What its maker wrote into it, in lower case."""
    shapes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Of its weights, by name."""


def read(path: Path) -> Graph:
    """The graph in ``path``. Raises StudioError: damaged, in several files, or with unknown operators."""
    size = path.stat().st_size
    if size > _MOST:
        raise StudioError("This ONNX file is too big: {size:,} MB; {most:,} MB is the most.",
                          size=size // 1_000_000, most=_MOST // 1_000_000)
    import onnx
    from google.protobuf.message import DecodeError  # type: ignore[import-untyped]

    try:
        model = onnx.load(str(path), load_external_data=False)
    except (DecodeError, ValueError, OSError) as error:
        raise damaged(repr(error)) from error
    if not model.graph.node:
        raise damaged("no nodes")
    _check(model)
    weights = {tensor.name: tuple(tensor.dims) for tensor in model.graph.initializer}
    inputs = tuple(_port(value) for value in model.graph.input if value.name not in weights)
    inputs = tuple(_with_channels(port, model) for port in inputs)
    outputs = tuple(_port(value) for value in model.graph.output)
    opset = max((item.version for item in model.opset_import if item.domain in ("", "ai.onnx")), default=0)
    return Graph(inputs, outputs, opset, _scale(model, inputs), _words(model), weights)


def _words(model: Any) -> str:
    said = [model.graph.name, model.graph.doc_string, model.doc_string, model.domain, model.producer_name]
    said += [text for item in model.metadata_props for text in (item.key, item.value)]
    return " ".join(said).lower()[:2000]


def _with_channels(port: Port, model: Any) -> Port:
    """``port``, with its channels from the first convolution where all four sides are free."""
    if port.shape[1:] != (0, 0, 0):
        return port
    name = next((node.input[1] for node in model.graph.node
                 if node.op_type == "Conv" and node.input[0] == port.name), "")
    shape = next((tuple(tensor.dims) for tensor in model.graph.initializer if tensor.name == name), ())
    return replace(port, shape=(port.shape[0], shape[1], 0, 0)) if len(shape) == 4 else port


def _check(model: Any) -> None:
    for tensor in model.graph.initializer:
        if tensor.data_location == tensor.EXTERNAL:
            where = next((item.value for item in tensor.external_data if item.key == "location"), "?")
            raise StudioError("This model keeps its weights in another file ({name}).",
                              "Ask for it as one ONNX file.", name=where[:80])
    strange = {node.domain for node in model.graph.node} - _KNOWN
    if strange:
        raise StudioError("This model needs operators that are not here ({names}).",
                          "Ask for a version with standard ONNX operators.",
                          names=", ".join(sorted(strange))[:80])


def _port(value: Any) -> Port:
    tensor = value.type.tensor_type
    return Port(value.name, tuple(int(side.dim_value) for side in tensor.shape.dim),
                _TYPES.get(tensor.elem_type, ""))


def _scale(model: Any, inputs: Sequence[Port]) -> float:
    """By shape inference with free sides set, for two widths: a network may leave its edges out."""
    if len(inputs) != 1 or not inputs[0].layout:
        return 0.0
    width = inputs[0].sides[1]
    narrow = _made(model, inputs[0], _TRIAL)
    if width or not narrow:
        return narrow / (width or _TRIAL)
    wide = _made(model, inputs[0], 2 * _TRIAL)
    return (wide - narrow) / _TRIAL if wide else 0.0


def _made(model: Any, port: Port, width: int) -> int:
    """Width of what comes out where the free width is ``width``; 0 where an operator hides it."""
    from onnx import shape_inference

    trial = type(model)()
    trial.CopyFrom(model)
    shape = next(value for value in trial.graph.input if value.name == port.name).type.tensor_type.shape
    free = {"nchw": (1, port.channels, _TRIAL, width), "nhwc": (1, _TRIAL, width, port.channels)}[port.layout]
    for side, size in zip(shape.dim, free, strict=True):
        side.dim_value = side.dim_value or size
    for value in trial.graph.output:
        value.type.tensor_type.ClearField("shape")
    try:
        made = _port(shape_inference.infer_shapes(trial, data_prop=True).graph.output[0])
    except (shape_inference.InferenceError, RuntimeError, ValueError, IndexError):
        return 0
    return made.sides[1] if made.layout else 0
