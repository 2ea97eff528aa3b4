"""Small model files of every kind, made here."""

from __future__ import annotations

import json
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import save_file

Arrays = dict[str, np.ndarray]


def fast_style(width: int = 4, *, norm: tuple[str, str] = ("weight", "bias"), old: bool = False) -> Arrays:
    """Weights in the layout of pytorch/examples; ``old`` adds the running statistics of torch before 0.4."""
    rng = np.random.default_rng(0)
    made: Arrays = {}
    widths = (width, 2 * width, 4 * width)

    def convolution(name: str, source: int, target: int, side: int = 3) -> None:
        made[f"{name}.conv2d.weight"] = rng.normal(0, 0.1, (target, source, side, side)).astype(np.float32)
        made[f"{name}.conv2d.bias"] = np.zeros(target, np.float32)

    def normalisation(name: str, channels: int) -> None:
        made[f"{name}.{norm[0]}"] = np.ones(channels, np.float32)
        made[f"{name}.{norm[1]}"] = np.zeros(channels, np.float32)
        if old:
            made[f"{name}.running_mean"], made[f"{name}.running_var"] = np.zeros((2, channels), np.float32)

    down = ((3, widths[0], 9), (widths[0], widths[1], 3), (widths[1], widths[2], 3))
    up = ((widths[2], widths[1], 3), (widths[1], widths[0], 3), (widths[0], 3, 9))
    for i, (source, target, side) in enumerate(down, 1):
        convolution(f"conv{i}", source, target, side)
        normalisation(f"in{i}", target)
    for i in range(1, 6):
        for j in (1, 2):
            convolution(f"res{i}.conv{j}", widths[2], widths[2])
            normalisation(f"res{i}.in{j}", widths[2])
    for i, (source, target, side) in enumerate(up, 1):
        convolution(f"deconv{i}", source, target, side)
        if i < 3:
            normalisation(f"in{i + 3}", target)
    return made


VGG19 = (0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34)


def vgg(places: Sequence[int] = VGG19) -> dict[str, torch.Tensor]:
    """The names and shapes of torchvision's VGG, in bytes: nobody looks at the numbers."""
    widths = [64, 64, 128, 128, *[256] * 4, *[512] * 8][:len(places)]
    made, source = {}, 3
    for at, width in zip(places, widths, strict=True):
        made[f"features.{at}.weight"] = torch.zeros((width, source, 3, 3), dtype=torch.uint8)
        made[f"features.{at}.bias"] = torch.zeros(width)
        source = width
    return made


def torch_file(path: Path, arrays: Mapping[str, Any], *, legacy: bool = False, deflate: bool = False,
               under: str = "") -> Path:
    """A checkpoint as torch writes it."""
    tensors = {name: value if isinstance(value, torch.Tensor) else torch.from_numpy(value)
               for name, value in arrays.items()}
    torch.save({under: tensors} if under else tensors, path, _use_new_zipfile_serialization=not legacy)
    if deflate:
        with zipfile.ZipFile(path) as source:
            entries = [(info.filename, source.read(info)) for info in source.infolist()]
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for name, data in entries:
                target.writestr(name, data)
    return path


def safetensors_file(path: Path, arrays: Arrays) -> Path:
    """The same as safetensors."""
    save_file(arrays, path)
    return path


def onnx_file(path: Path, shape: Sequence[int | str] = (1, 3, "h", "w"), *, dtype: int = TensorProto.FLOAT,
              inputs: int = 1, scale: int = 1, classifier: bool = False, domain: str = "",
              opset: int = 17, ir: int = 8) -> Path:
    """A network of one convolution, that also enlarges by ``scale``, or ends as a classifier."""
    channels = shape[1] if len(shape) == 4 and isinstance(shape[1], int) else 3
    last = 3 * scale * scale if channels == 3 else channels
    weight = numpy_helper.from_array(np.ones((last, channels, 3, 3), np.float32), "weight")
    ports = [helper.make_tensor_value_info(f"input{i}", dtype, list(shape)) for i in range(inputs)]
    nodes = [helper.make_node("Conv", ["input0", "weight"], ["deep"], pads=[1, 1, 1, 1])]
    if scale > 1:
        nodes.append(helper.make_node("DepthToSpace", ["deep"], ["output"], blocksize=scale))
    elif classifier:
        nodes += [helper.make_node("GlobalAveragePool", ["deep"], ["pooled"]),
                  helper.make_node("Flatten", ["pooled"], ["output"])]
    else:
        nodes.append(helper.make_node("Tanh" if not domain else "Magic", ["deep"], ["output"], domain=domain))
    out = ["n", 3] if classifier else [1, last // scale**2, "oh", "ow"]
    outputs = [helper.make_tensor_value_info("output", dtype, out)]
    graph = helper.make_graph(nodes, "g", ports, outputs, [weight])
    sets = [helper.make_opsetid("", opset)] + ([helper.make_opsetid(domain, 1)] if domain else [])
    onnx.save(helper.make_model(graph, opset_imports=sets, ir_version=ir), str(path))
    return path


def header_only(path: Path, header: Any, data: bytes = b"", length: int | None = None) -> Path:
    """A safetensors file with any header, true or not."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text) if length is None else length) + text + data)
    return path


def zip_with(path: Path, entries: Mapping[str, bytes]) -> Path:
    """A zip that could be a checkpoint."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path
