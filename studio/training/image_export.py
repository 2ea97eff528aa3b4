"""Export of an image network to ONNX, its weights in half precision.

Inputs: ``picture`` (N, 4, side, side) float32, noise and picture mixed; ``time`` (N) float32, 0 to 1;
``words`` (N, room) int64, 0 for none. Output: ``clean`` (N, 4, side, side) float32, -1 to 1, colours times
alpha.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch

from studio.training.export import OPSET, open_session
from studio.training.image_network import CHANNELS, Painter

MOST = 0.02
"""How far a value of the file may be from torch's, of 2: weights are rounded to eleven bits."""
_SMALL = 1024
"""Weights of a tensor up to which it stays as it is."""


@torch.no_grad()
def export(network: Painter, path: Path) -> float:
    """Write the file, under another name until it is whole; the largest difference to torch. Raises
    ValueError if that is above MOST."""
    network.eval()
    example = _example(network, 2)
    part = path.with_suffix(".part")
    names = ["picture", "time", "words"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(network, example, str(part), input_names=names, output_names=["clean"],
                          dynamic_axes={name: {0: "N"} for name in (*names, "clean")}, opset_version=OPSET,
                          dynamo=False)
    _halve(part)
    part.replace(path)
    return compare(network, path)


@torch.no_grad()
def compare(network: Painter, path: Path) -> float:
    """The largest difference between torch and onnxruntime for three pictures at once."""
    given = _example(network, 3)
    session = open_session(path)
    feeds = {name: value.numpy() for name, value in zip(("picture", "time", "words"), given, strict=True)}
    worst = float(np.abs(session.run(None, feeds)[0] - network(*given).numpy()).max())
    if worst > MOST:
        raise ValueError(f"onnxruntime differs from torch by {worst}")
    return worst


def _example(network: Painter, count: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    chance = torch.Generator().manual_seed(count)
    shape = network.shape
    words = torch.randint(0, shape.words, (count, shape.room), generator=chance)
    words[:, shape.room // 2 :] = 0
    picture = torch.randn(count, CHANNELS, shape.side, shape.side, generator=chance)
    return picture, torch.rand(count, generator=chance), words


def _halve(path: Path) -> None:
    """Keep large weights in half precision; the graph makes them whole when it is loaded."""
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load_model(str(path))
    kept: list[Any] = []
    casts: list[Any] = []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype == np.float32 and values.size > _SMALL:
            half = numpy_helper.from_array(values.astype(np.float16), f"{tensor.name}_half")
            casts.append(helper.make_node("Cast", [half.name], [tensor.name], to=onnx.TensorProto.FLOAT))
            kept.append(half)
        else:
            kept.append(tensor)
    nodes = [*casts, *model.graph.node]
    graph = helper.make_graph(nodes, "image", model.graph.input, model.graph.output, kept)
    onnx.save_model(helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version,
                                      producer_name="Atelier"), str(path))
