"""Tiny upscalers with the interfaces of the real ones, made on the spot: pixels repeated and softened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from studio.core.engine import ModelSource

SOFT, BLUR = 0.1, 1.0
"""How much of a 3x3 mean a faithful and a clean network mix in."""


def kernel(scale: int, softness: float, channels: int = 3) -> Any:
    """(channels scale², channels, 3, 3): each pixel repeated, with ``softness`` of its neighbours' mean."""
    made = np.zeros((channels, scale * scale, channels, 3, 3), np.float32)
    for channel in range(channels):
        made[channel, :, channel] = softness / 9
        made[channel, :, channel, 1, 1] += 1 - softness
    return made.reshape(channels * scale * scale, channels, 3, 3)


NUMBERS = {np.float32: TensorProto.FLOAT, np.float16: TensorProto.FLOAT16, np.uint8: TensorProto.UINT8}


def network(path: Path, scale: int = 2, softness: float = SOFT, *, channels: int = 3,
            dtype: Any = np.float32, shape: Sequence[int | str] | None = None, is_nhwc: bool = False,
            top: float = 1.0, opset: int = 17, ir: int = 8) -> Path:
    """An ONNX upscaler. ``top`` is its white: it clips there, so pictures of another range look wrong."""
    number = NUMBERS[dtype]
    inner = np.float32 if dtype is np.uint8 else dtype
    weights = {"weight": kernel(scale, softness, channels).astype(inner), "white": np.array(top, inner),
               "black": np.array(0, inner)}
    steps: list[tuple[str, dict[str, Any]]] = []
    if dtype is np.uint8:
        steps.append(("Cast", {"to": TensorProto.FLOAT}))
    if is_nhwc:
        steps.append(("Transpose", {"perm": [0, 3, 1, 2]}))
    steps += [("Conv", {"pads": [1, 1, 1, 1]}), ("DepthToSpace", {"blocksize": scale, "mode": "CRD"}),
              ("Min", {}), ("Max", {})]
    if is_nhwc:
        steps.append(("Transpose", {"perm": [0, 2, 3, 1]}))
    if dtype is np.uint8:
        steps.append(("Cast", {"to": TensorProto.UINT8}))
    also = {"Conv": ["weight"], "Min": ["white"], "Max": ["black"]}
    if opset < 11:  # DepthToSpace has its other order only, and Min takes one shape only
        old = weights["weight"].reshape(channels, scale * scale, channels, 3, 3).swapaxes(0, 1)
        weights["weight"] = np.ascontiguousarray(old).reshape(-1, channels, 3, 3)
        steps = [("DepthToSpace", {"blocksize": scale}) if name == "DepthToSpace" else (name, more)
                 for name, more in steps if name not in ("Min", "Max")]
        del weights["white"], weights["black"]
    names = ["picture_in", *(f"step{i}" for i in range(len(steps) - 1)), "picture"]
    nodes = [helper.make_node(name, [names[i], *also.get(name, [])], [names[i + 1]], **more)
             for i, (name, more) in enumerate(steps)]
    given = shape or ((1, "h", "w", channels) if is_nhwc else (1, channels, "h", "w"))
    inputs = [helper.make_tensor_value_info("picture_in", number, list(given))]
    if ir < 4:  # weights were inputs too, then
        inputs += [helper.make_tensor_value_info(name, TensorProto.FLOAT, value.shape)
                   for name, value in weights.items()]
    graph = helper.make_graph(
        nodes, "tiny", inputs,
        [helper.make_tensor_value_info("picture", number, ["n", "a", "b", "c"])],
        [numpy_helper.from_array(value, name) for name, value in weights.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=ir)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(path))
    return path


def starter(folder: Path, scales: Sequence[int] = (2, 4), strengths: Sequence[float] = (0, 1),
            name: str = "upscale-photo") -> ModelSource:
    """A stand-in of models/upscale-photo: a network for each of ``scales`` and ``strengths``."""
    listed = []
    for scale in scales:
        for clean in strengths:
            file = f"{'clean' if clean == 1 else 'faithful' if clean == 0 else clean}-x{scale}.onnx"
            network(folder / file, scale, SOFT + (BLUR - SOFT) * clean)
            listed.append({"file": file, "scale": scale, "clean": clean})
    facts = {"networks": listed, "margin": 2, "is_local": True}
    files = [{"name": item["file"], "size": (folder / str(item["file"])).stat().st_size,
              "sha256": digest(folder / str(item["file"]))} for item in listed]
    (folder / "model.json").write_text(json.dumps(
        {"id": name, "title": "Tiny", "task": "upscale", "engine": "upscale.onnx", "files": files,
         "licence": "", "facts": facts}))
    return ModelSource(name, "upscale.onnx", folder, {str(f["name"]): str(f["sha256"]) for f in files}, facts)


def source_of(path: Path, engine: str = "upscale.onnx", facts: dict[str, Any] | None = None) -> ModelSource:
    """What the library would say of a single file."""
    return ModelSource(path.stem, engine, path, {path.name: digest(path)}, facts or {})


def compact_weights(scale: int = 2, channels: int = 3) -> dict[str, torch.Tensor]:
    """Real-ESRGAN's compact network (SRVGGNetCompact) that adds nothing to the pixels it repeats."""
    layers = {"body.0": (8, channels, 3, 3), "body.2": (8, 8, 3, 3), "body.4": (8, 8, 3, 3),
              "body.6": (channels * scale * scale, 8, 3, 3)}
    made = {f"{name}.weight": torch.zeros(shape) for name, shape in layers.items()}
    made |= {f"{name}.bias": torch.zeros(shape[0]) for name, shape in layers.items()}
    return made | {f"body.{i}.weight": torch.zeros(8) for i in (1, 3, 5)}


def compact(path: Path) -> ModelSource:
    """A person's checkpoint."""
    torch.save(compact_weights(), path)
    return source_of(path, "upscale.torch")


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def photo(height: int, width: int, seed: int = 0) -> Any:
    """(height, width, 3) float32 in 0..1: soft hills and some noise."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    noise = np.random.default_rng(seed).random((height, width, 3), np.float32)
    hills = np.stack([np.sin(x / 17 + c) * np.cos(y / 23 - c) for c in range(3)], axis=2)
    return (0.5 + 0.35 * hills + 0.2 * (noise - 0.5)).clip(0, 1).astype(np.float32)


def expected(picture: Any, scale: int, softness: float = SOFT) -> Any:
    """What `network` makes of ``picture`` (H, W, C), by plain array arithmetic."""
    edged = np.pad(picture, ((1, 1), (1, 1), (0, 0)))
    height, width = picture.shape[:2]
    mean = sum(edged[y:y + height, x:x + width] for y in range(3) for x in range(3)) / 9
    soft = picture + softness * (mean - picture)
    return soft.repeat(scale, axis=0).repeat(scale, axis=1)
