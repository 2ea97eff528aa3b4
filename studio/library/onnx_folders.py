"""Tells Stable Diffusion in a folder of ONNX graphs, as diffusers and optimum export it: unet/model.onnx etc.

Only the graphs' headers are read; where they keep their weights in files beside them, those must be there.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.core.diffusion import FAMILIES
from studio.core.errors import StudioError
from studio.library.diffusion_folders import INDEX, memory
from studio.library.folder_parts import licence, names_in, read_json
from studio.library.networks import Network
from studio.library.tensors import SIZES, damaged

GRAPH = "model.onnx"
_PARTS = ("unet", "vae_decoder", "text_encoder")
_MORE = ("vae_encoder", "text_encoder_2")
_SMALL = (".json", ".txt")
_TYPES = {1: "float32", 10: "float16", 16: "bfloat16", 6: "int32", 7: "int64", 2: "uint8", 3: "int8"}
_WIDTHS = {768: "sd1", 1024: "sd2", 2048: "sdxl"}
"""Of the text a U-Net reads."""
_INPAINTING = 9
_MOST = 2_000_000_000
"""Bytes of a graph; protocol buffers hold no more."""


def is_onnx(folder: Path) -> bool:
    """Whether the folder of an image generator holds ONNX graphs."""
    return (folder / INDEX).is_file() and (folder / _PARTS[0] / GRAPH).is_file()


def read(folder: Path) -> Network:
    """The model in ``folder``. Raises StudioError: damaged, or what is missing."""
    index, graphs = read_json(folder / INDEX), {}
    for part in (*_PARTS, *(part for part in _MORE if (folder / part / GRAPH).is_file())):
        graphs[part] = _graph(folder, part)
        _data_files(folder / part, graphs[part])
    family = _family(index, graphs["unet"])
    _check_words(folder, ("tokenizer", "tokenizer_2") if family == "sdxl" else ("tokenizer",))
    if family == "sdxl" and "text_encoder_2" not in graphs:
        raise _missing("text_encoder_2")
    if FAMILIES[family].parts["scheduler"].count(str((index.get("scheduler") or ["", ""])[-1])) == 0:
        raise _missing("scheduler")
    title = f"{FAMILIES[family].title} (ONNX)"
    return Network("image.onnx", title, _facts(folder, family, graphs, index))


def files_of(folder: Path) -> tuple[str, ...]:
    """Names ("unet/model.onnx") of all files of the model in ``folder``. Raises StudioError."""
    found = [INDEX]
    for part in (*_PARTS, *_MORE, "tokenizer", "tokenizer_2", "scheduler"):
        if not (folder / part).is_dir():
            continue
        small = sorted(name for name in names_in(folder / part) if name.endswith(_SMALL))
        data = (GRAPH, *_data_files(folder / part, _graph(folder, part))) if part in (*_PARTS, *_MORE) else ()
        found += [f"{part}/{name}" for name in (*small, *data)]
    return tuple(found)


def _graph(folder: Path, part: str) -> Any:
    path = folder / part / GRAPH
    if not path.is_file():
        raise _missing(part)
    if path.stat().st_size > _MOST:
        raise damaged(f"{part}/{GRAPH} of {path.stat().st_size} bytes")
    import onnx
    from google.protobuf.message import DecodeError  # type: ignore[import-untyped]

    try:
        model = onnx.load(str(path), load_external_data=False)
    except (DecodeError, ValueError, OSError) as error:
        raise damaged(repr(error)) from error
    if not model.graph.node:
        raise damaged(f"no nodes in {part}/{GRAPH}")
    return model


def _data_files(folder: Path, model: Any) -> tuple[str, ...]:
    """Files beside a graph with its weights, all there. Raises StudioError."""
    told = {item.value for tensor in model.graph.initializer if tensor.data_location == tensor.EXTERNAL
            for item in tensor.external_data if item.key == "location"}
    wanted = sorted(name.removeprefix("./") for name in told)
    if any(Path(name).name != name for name in wanted):
        raise damaged(f"weights in {wanted[:3]}")
    if missing := sorted(set(wanted) - names_in(folder)):
        raise _missing(f"{folder.name}/{missing[0]}")
    return tuple(wanted)


def _family(index: Mapping[str, Any], unet: Any) -> str:
    """By the width of the text the U-Net reads, else by the name of the pipeline."""
    if "XL" in str(index.get("_class_name")):
        return "sdxl"
    read = next((port for port in unet.graph.input if port.name == "encoder_hidden_states"), None)
    if read is None:
        raise StudioError("This image generator is of a kind that is not known here ({kind}).",
                          "As ONNX, Stable Diffusion 1, 2 and XL can be used.",
                          kind=str(index.get("_class_name")))
    sides = read.type.tensor_type.shape.dim
    return _WIDTHS.get(int(sides[-1].dim_value) if sides else 0, "sd1")


def _check_words(folder: Path, parts: tuple[str, ...]) -> None:
    for part in parts:
        names = names_in(folder / part) if (folder / part).is_dir() else frozenset()
        if "tokenizer.json" not in names and not {"vocab.json", "merges.txt"} <= names:
            raise _missing(part)


def _facts(folder: Path, family: str, graphs: Mapping[str, Any], index: Mapping[str, Any]) -> dict[str, Any]:
    sizes = {part: sum(math.prod(tensor.dims) for tensor in model.graph.initializer)
             for part, model in graphs.items()}
    kinds: Counter[str] = Counter()
    for model in graphs.values():
        for tensor in model.graph.initializer:
            kinds[_TYPES.get(tensor.data_type, "other")] += max(1, math.prod(tensor.dims))
    count, kind = sum(sizes.values()), max(kinds, key=lambda name: kinds[name]) if kinds else "float32"
    sample = next((port for port in graphs["unet"].graph.input if port.name == "sample"), None)
    channels = sample.type.tensor_type.shape.dim[1].dim_value if sample is not None else 0
    facts: dict[str, Any] = {
        "container": "folder", "family": family, "architecture": str(index.get("_class_name")),
        "components": ", ".join(sorted(graphs)), "parameters": count, "largest": max(sizes.values()),
        "quantisation": kind, "memory": memory(count, 2 * SIZES.get(kind, 4)),
        "inpaints": channels == _INPAINTING}
    words = licence(folder, names_in(folder))
    return facts | ({"licence": words} if words else {})


def _missing(part: str) -> StudioError:
    return StudioError("A part of this model is missing: its {part}.", "Copy the whole folder.", part=part)
