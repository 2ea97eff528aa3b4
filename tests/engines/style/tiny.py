"""Tiny models with the interfaces of the real ones, made on the spot: a colour transfer with a soft brush."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import onnx
import onnx.parser
import torch

from studio.core.engine import ModelSource

HEAD = '<ir_version: 8, opset_import: ["" : 17]>\n'
_MOMENTS = """
  mean = ReduceMean<axes = [2, 3], keepdims = 1>({x})
  centred = Sub({x}, mean)
  square = Mul(centred, centred)
  variance = ReduceMean<axes = [2, 3], keepdims = 1>(square)
  least = Constant<value = float {{0.0001}}>()
  safe = Add(variance, least)
  deviation = Sqrt(safe)
  both = Concat<axis = 1>(mean, deviation)
  flat = Constant<value = int64[2] {{1, 6}}>()
  {out} = Reshape(both, flat)
"""
_PAINT = """
  halves = Constant<value = int64[2] {{3, 3}}>()
  shape = Constant<value = int64[4] {{1, 6, 1, 1}}>()
  given = Reshape({statistics}, shape)
  m, d = Split<axis = 1>(given, halves)
  wanted = Reshape(code, shape)
  cm, cd = Split<axis = 1>(wanted, halves)
  around = Constant<value = int64[8] {{0, 0, 1, 1, 0, 0, 1, 1}}>()
  edged = Pad<mode = "edge">(content, around)
  soft = AveragePool<kernel_shape = [3, 3]>(edged)
  c = Sub(soft, m)
  n = Div(c, d)
  s = Mul(n, cd)
  picture = Add(s, cm)
"""
_ENCODER = ("encode (float[1,3,h,w] style) => (float[1,6] code) {"
            + _MOMENTS.format(x="style", out="code") + "}")
_WHOLE = ("paint (float[1,3,h,w] content, float[1,6] code) => (float[1,3,h,w] picture, float[1,6] statistics)"
          " {"
          + _MOMENTS.format(x="content", out="statistics") + _PAINT.format(statistics="statistics") + "}")
_TILE = ("tile (float[1,3,h,w] content, float[1,6] code, float[1,6] statistics) => (float[1,3,h,w] picture) {"
         + _PAINT.format(statistics="statistics") + "}")


def onnx_file(path: Path, graph: str) -> None:
    """Write the model that ``graph`` says in ONNX's text form."""
    model = onnx.parser.parse_model(HEAD + graph)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def quick_model(folder: Path) -> ModelSource:
    """A stand-in of models/style-quick. Painted with its own code a picture stays, but for a 3x3 blur."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, graph in (("encoder", _ENCODER), ("transfer", _WHOLE), ("tile", _TILE)):
        onnx_file(folder / f"{name}.onnx", graph)
    facts = {"multiple": 8, "margin": 8}
    (folder / "model.json").write_text(json.dumps({"id": "style-quick", "input": facts}))
    return source_of(folder, "style-quick", "style.quick", facts)


def source_of(path: Path, name: str, engine: str, facts: dict[str, object] | None = None) -> ModelSource:
    """What the library would say of the files at ``path``."""
    files = [path] if path.is_file() else sorted(path.iterdir())
    digests = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    return ModelSource(name, engine, path, digests, facts or {})


def trunk_model(folder: Path) -> ModelSource:
    """A trunk of the real shape with random weights."""
    from safetensors.torch import save_file

    from studio.engines.style.networks import Trunk

    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    save_file(Trunk().state_dict(), folder / "trunk.safetensors")
    return source_of(folder, "style-trunk", "style.trunk")


def vgg_model(path: Path) -> ModelSource:
    """The first ten convolutions of a VGG-19 as torchvision names them, and a piece of its classifier."""
    from studio.engines.style.trunks import VGG_CONVOLUTIONS

    weights = {"classifier.0.weight": torch.zeros(2, 2)}
    for index, inputs, outputs in VGG_CONVOLUTIONS:
        weights[f"features.{index}.weight"] = torch.randn(outputs, inputs, 3, 3) * (2 / (9 * inputs)) ** 0.5
        weights[f"features.{index}.bias"] = torch.zeros(outputs)
    torch.save(weights, path)
    return source_of(path, "vgg19", "style.vgg")


def fast_weights(width: int = 4, *, is_old: bool = False) -> dict[str, torch.Tensor]:
    """Random weights in the layout of pytorch/examples; ``is_old`` with the names of its first version."""
    torch.manual_seed(2)
    shapes = {"conv1": (width, 3, 9), "conv2": (2 * width, width, 3), "conv3": (4 * width, 2 * width, 3),
              "deconv1": (2 * width, 4 * width, 3), "deconv2": (width, 2 * width, 3),
              "deconv3": (3, width, 9)}
    shapes |= {f"res{block}.conv{half}": (4 * width, 4 * width, 3)
               for block in range(1, 6) for half in (1, 2)}
    norms = {"in1": width, "in2": 2 * width, "in3": 4 * width, "in4": 2 * width, "in5": width}
    norms |= {f"res{block}.in{half}": 4 * width for block in range(1, 6) for half in (1, 2)}
    weights = {}
    for layer, (outputs, inputs, kernel) in shapes.items():
        size = (outputs, inputs, kernel, kernel)
        weights[f"{layer}.conv2d.weight"] = torch.randn(size) / (kernel * inputs**0.5)
        weights[f"{layer}.conv2d.bias"] = torch.zeros(outputs) + (128.0 if layer == "deconv3" else 0.0)
    for layer, channels in norms.items():
        weights[f"{layer}.{'scale' if is_old else 'weight'}"] = torch.full((channels,), 8.0)
        weights[f"{layer}.{'shift' if is_old else 'bias'}"] = torch.zeros(channels)
        weights[f"{layer}.running_mean"] = torch.zeros(channels)
    return weights


def fast_model(path: Path, width: int = 4) -> ModelSource:
    """A person's checkpoint."""
    torch.save(fast_weights(width), path)
    return source_of(path, "mosaic", "style.fast")


def onnx_model(path: Path, *, layout: str = "nchw", side: int = 0, top: float = 255.0) -> ModelSource:
    """A person's ONNX file that turns a picture into its negative, in 0..``top``."""
    height, width = (side, side) if side else ("h", "w")
    shape = f"1,3,{height},{width}" if layout == "nchw" else f"1,{height},{width},3"
    onnx_file(path, f"negative (float[{shape}] image) => (float[{shape}] picture) {{"
                    f" top = Constant<value = float {{{top}}}>() picture = Sub(top, image) }}")
    return source_of(path, "negative", "style.onnx")
