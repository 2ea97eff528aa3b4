"""An ONNX graph in half precision turned into float32: for CPUs, and where half gives no numbers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, numpy_helper

from studio.engines.upscale.interpolation import read_model

_HALF, _FULL = TensorProto.FLOAT16, TensorProto.FLOAT
_TYPE_NAMES = frozenset({"to", "dtype"})
"""Attributes that name a type: of Cast, and of nodes that make numbers."""


def widened(path: Path) -> bytes | None:
    """The graph in ``path`` with every float16 a float32; None where there is none. Raises StudioError."""
    model = read_model(path)
    changed = _widen(model.graph) + sum(_widen_nodes(function.node) for function in model.functions)
    return bytes(model.SerializeToString()) if changed else None


def _widen(graph: Any) -> int:
    """How many things were changed, in ``graph`` and those inside it."""
    ports = [value for value in (*graph.input, *graph.output, *graph.value_info)
             if value.type.tensor_type.elem_type == _HALF]
    for value in ports:
        value.type.tensor_type.elem_type = _FULL
    return len(ports) + sum(map(_widen_tensor, graph.initializer)) + _widen_nodes(graph.node)


def _widen_nodes(nodes: Iterable[Any]) -> int:
    return sum(_widen_attribute(attribute) for node in nodes for attribute in node.attribute)


def _widen_attribute(attribute: Any) -> int:
    if attribute.name in _TYPE_NAMES and attribute.i == _HALF:
        attribute.i = _FULL
        return 1
    inner = [attribute.g] if attribute.HasField("g") else []
    tensors = [attribute.t] if attribute.HasField("t") else []
    return (sum(map(_widen, (*inner, *attribute.graphs)))
            + sum(map(_widen_tensor, (*tensors, *attribute.tensors))))


def _widen_tensor(tensor: Any) -> int:
    if tensor.data_type != _HALF:
        return 0
    tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float32), tensor.name))
    return 1
