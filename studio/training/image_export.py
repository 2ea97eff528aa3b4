"""Export of an image network to ONNX, its weights in half precision.

The painter takes ``picture`` (N, 16, 8, 8) float32, noise and short form mixed; ``time`` (N) float32, 0 to 1;
``words`` (N, room) int64, 0 for none; it gives ``clean`` (N, 16, 8, 8). encode.onnx makes a short form of
``picture`` (N, 4, 64, 64), -1 to 1, colours times alpha; decode.onnx makes a picture of ``short``.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from studio.training.export import OPSET, open_session
from studio.training.image_latents import CHANNELS, SIDE, Drawings
from studio.training.image_network import Painter
from studio.training.image_pictures import SIDE as PIXELS

MOST = 0.05
"""How far a number of the file may be from torch's, of about 8: weights are rounded to eleven bits."""
_SMALL = 1024
"""Weights of a tensor up to which it stays as it is."""


class _Encode(nn.Module):
    def __init__(self, drawings: Drawings) -> None:
        super().__init__()
        self.drawings = drawings

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        return self.drawings.encode(picture)


class _Decode(_Encode):
    def forward(self, short: torch.Tensor) -> torch.Tensor:
        return self.drawings.decode(short)


def export(network: Painter, path: Path) -> float:
    """Write the painter; the largest difference to torch. Raises ValueError if that is above MOST."""
    names = ("picture", "time", "words")
    return _exported(network.eval(), _example(network, 2), _example(network, 3), names, "clean", path)


def export_drawings(drawings: Drawings, folder: Path) -> float:
    """Write encode.onnx and decode.onnx; as `export`."""
    picture, other = ((torch.rand(count, 4, PIXELS, PIXELS) * 2 - 1,) for count in (2, 3))
    there = _exported(_Encode(drawings).eval(), picture, other, ("picture",), "short", folder / "encode.onnx")
    short, third = ((torch.randn(count, CHANNELS, SIDE, SIDE),) for count in (2, 3))
    return max(there, _exported(_Decode(drawings).eval(), short, third, ("short",), "picture",
                                folder / "decode.onnx"))


@torch.no_grad()
def _exported(network: nn.Module, example: tuple[torch.Tensor, ...], other: tuple[torch.Tensor, ...],
              names: Sequence[str], result: str, path: Path) -> float:
    """Written under another name until it is whole, then compared on an ``other`` example."""
    part = path.with_suffix(".part")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(network, example, str(part), input_names=list(names), output_names=[result],
                          dynamic_axes={name: {0: "N"} for name in (*names, result)}, opset_version=OPSET,
                          dynamo=False)
    _halve(part)
    part.replace(path)
    feeds = {name: value.numpy() for name, value in zip(names, other, strict=True)}
    worst = float(np.abs(open_session(path).run(None, feeds)[0] - network(*other).numpy()).max())
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
