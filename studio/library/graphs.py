"""What an ONNX file takes and gives, from its graph; nothing is run and no other file is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
        """"nchw" or "nhwc" for a colour picture; "" for anything else."""
        if len(self.shape) != 4 or not self.dtype or self.shape[0] not in (0, 1):
            return ""
        return "nchw" if self.shape[1] == 3 else "nhwc" if self.shape[3] == 3 else ""

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
    """Output side over input side; 0 where that cannot be told."""


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
    weights = {tensor.name for tensor in model.graph.initializer}
    inputs = tuple(_port(value) for value in model.graph.input if value.name not in weights)
    outputs = tuple(_port(value) for value in model.graph.output)
    opset = max((item.version for item in model.opset_import if item.domain in ("", "ai.onnx")), default=0)
    return Graph(inputs, outputs, opset, _scale(model, inputs))


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
    """By shape inference with free sides set to `_TRIAL`; operators that hide sizes leave it open."""
    from onnx import shape_inference

    if len(inputs) != 1 or not inputs[0].layout:
        return 0.0
    trial = type(model)()
    trial.CopyFrom(model)
    shape = next(value for value in trial.graph.input if value.name == inputs[0].name).type.tensor_type.shape
    for at, side in enumerate(shape.dim):
        if not side.dim_value:
            side.dim_value = 1 if at == 0 else _TRIAL
    height = shape.dim[1 if inputs[0].layout == "nhwc" else 2].dim_value
    for value in trial.graph.output:
        value.type.tensor_type.ClearField("shape")
    try:
        made = _port(shape_inference.infer_shapes(trial, data_prop=True).graph.output[0])
    except (shape_inference.InferenceError, RuntimeError, ValueError, IndexError):
        return 0.0
    return made.sides[0] / height if made.layout else 0.0
