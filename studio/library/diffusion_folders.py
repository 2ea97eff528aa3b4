"""Tells which image generator a folder of diffusers holds (model_index.json), from its headers alone.

Nothing in it is run: weights must be safetensors, and each part of a kind its family is known to have.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.core.diffusion import FAMILIES, FORECASTS, Family, refused
from studio.core.errors import StudioError
from studio.library import headers
from studio.library.folder_parts import licence, names_in, number, read_json
from studio.library.networks import Network
from studio.library.tensors import SIZES, Tensors, damaged
from studio.media.sources import reading_problem

INDEX = "model_index.json"
_VARIANTS = ("", "fp16", "bf16")
_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".msgpack", ".h5")
_WORDS = (("tokenizer.json",), ("vocab.json", "merges.txt"))
_WORKING = 1 << 30
_INPAINTING = 9
_SMALL = (".json", ".txt", ".model", ".jinja")
_NO_WEIGHTS = ("scheduler", "tokenizer", "tokenizer_2", "tokenizer_3", "feature_extractor")


def is_diffusion(names: frozenset[str]) -> bool:
    """Whether a folder with these files is one of diffusers."""
    return INDEX in names


def read(folder: Path) -> Network:
    """The model in ``folder``. Raises StudioError: what is wrong with it, or what it is."""
    index = read_json(folder / INDEX)
    family, parts = _family(index, folder), _parts(index)
    _check_parts(folder, family, parts)
    variant = _variant(folder, parts)
    tensors = {part: _tensors(folder / part, variant) for part in parts if part not in _NO_WEIGHTS}
    return Network("image.diffusers", family.title, _facts(folder, family, tensors, variant, index))


def files_of(folder: Path) -> tuple[str, ...]:
    """Names ("unet/config.json") of all files of the model in ``folder``. Raises StudioError."""
    index = read_json(folder / INDEX)
    parts = _parts(index)
    variant, found = _variant(folder, parts), [INDEX]
    for part in parts:
        names = names_in(folder / part)
        weights = weights_of(folder / part, variant) if part not in _NO_WEIGHTS else ()
        small = sorted(name for name in names if name.endswith(_SMALL) and not _is_list(name))
        lists = sorted(name for name in names if _is_list(name) and len(weights) > 1)
        found += [f"{part}/{name}" for name in (*small, *lists, *weights)]
    return tuple(found)


def _family(index: Mapping[str, Any], folder: Path) -> Family:
    name = str(index.get("_class_name"))
    found = next((family for family in FAMILIES.values() if name in family.classes), None)
    if found is None:
        raise StudioError("This image generator is of a kind that is not known here ({kind}).",
                          "Stable Diffusion 1, 2, XL and 3, Flux and Lumina can be used.", kind=name)
    return FAMILIES["sd2"] if found.id == "sd1" and _is_second(folder) else found


def _is_second(folder: Path) -> bool:
    """Stable Diffusion 2 has OpenCLIP's text encoder, which is wider."""
    config = read_json(folder / "text_encoder" / "config.json", missing_ok=True)
    return number(config, "hidden_size") == 1024


def _parts(index: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Part to (library, class), those that are there."""
    found = {}
    for part, named in index.items():
        if isinstance(named, list) and len(named) == 2 and named[0] is not None:
            if Path(part).name != part or part.startswith("."):
                raise damaged(f"a part called {part!r}")
            found[part] = (str(named[0]), str(named[1]))
    return found


def _check_parts(folder: Path, family: Family, parts: Mapping[str, tuple[str, str]]) -> None:
    for part, (library, name) in parts.items():
        if refused(part, library, name, family):
            raise StudioError("This model has a part of a kind that is not known here ({part}: {kind}).",
                              "Look for one made as usual.", part=part, kind=f"{library}.{name}")
    for part in [*family.parts, *parts]:
        if part not in parts or not (folder / part).is_dir():
            raise StudioError("A part of this model is missing: its {part}.", "Copy the whole folder.",
                              part=part)
        names = names_in(folder / part)
        if "auto_map" in read_json(folder / part / "config.json", missing_ok=True):
            raise StudioError("This model brings a program of its own, which would run here.",
                              "Look for one without (no auto_map in its files).")
        if part.startswith("tokenizer") and not any(set(wanted) <= names for wanted in _WORDS):
            raise StudioError("A part of this model is missing: its {part}.", "Copy the whole folder.",
                              part=part)


def _variant(folder: Path, parts: Mapping[str, tuple[str, str]]) -> str:
    """Which of the copies in other precisions to take: the plain one where all parts have it."""
    heavy = [names_in(folder / part) for part in parts if part not in _NO_WEIGHTS]
    for variant in _VARIANTS:
        if all(_of_variant(names, variant) for names in heavy):
            return variant
    return ""


def _of_variant(names: frozenset[str], variant: str) -> list[str]:
    mark = f".{variant}" if variant else ""
    ends = (f"{mark}.safetensors", f".safetensors.index{mark}.json")
    others = tuple(f".{other}" for other in _VARIANTS if other and other != variant)
    return sorted(name for name in names if name.endswith(ends) and not any(mark in name for mark in others))


def _is_list(name: str) -> bool:
    return ".safetensors.index" in name


def weights_of(folder: Path, variant: str) -> tuple[str, ...]:
    """Names of the files with a part's weights, all there. Raises StudioError."""
    names = names_in(folder)
    lists = [name for name in _of_variant(names, variant) if _is_list(name)]
    if lists:
        wanted = read_json(folder / lists[0]).get("weight_map")
        if not isinstance(wanted, dict) or not wanted:
            raise damaged("no weight_map")
        files = tuple(sorted({str(name) for name in wanted.values()}))
        if any(Path(name).name != name for name in files):
            raise damaged(f"parts {files[:3]}")
        if missing := sorted(set(files) - names):
            raise StudioError("{count} of {total} parts of this model are missing, such as {name}.",
                              "Copy the whole folder.", count=len(missing), total=len(files), name=missing[0])
        return files
    files = tuple(name for name in _of_variant(names, variant) if name.endswith(".safetensors"))
    if files:
        return files[:1]
    pickle = next((name for name in sorted(names) if name.lower().endswith(_PICKLES)), "")
    if pickle:
        raise StudioError("The weights of this model are in a form that may run code when opened ({name}).",
                          "Ask for a safetensors version.", name=f"{folder.name}/{pickle}")
    raise StudioError("A part of this model is missing: its {part}.", "Copy the whole folder.",
                      part=folder.name)


def _tensors(folder: Path, variant: str) -> Tensors:
    if not (folder / "config.json").is_file():
        raise StudioError("A part of this model is missing: its {part}.", "Copy the whole folder.",
                          part=f"{folder.name}/config.json")
    try:
        return {name: tensor for file in weights_of(folder, variant)
                for name, tensor in headers.read(folder / file).items()}
    except OSError as error:
        raise reading_problem(folder, error) from error


def _facts(folder: Path, family: Family, tensors: Mapping[str, Tensors], variant: str,
           index: Mapping[str, Any]) -> dict[str, Any]:
    """For the engine and for people; "memory" and "memory_half" are bytes while it works."""
    sizes = {part: sum(math.prod(tensor.shape) for tensor in found.values())
             for part, found in tensors.items()}
    kinds: Counter[str] = Counter()
    for found in tensors.values():
        for tensor in found.values():
            kinds[tensor.dtype] += max(1, tensor.bytes)
    if not kinds:
        raise damaged("no tensors")
    count, network = sum(sizes.values()), read_json(folder / family.network / "config.json")
    told = read_json(folder / "scheduler" / "scheduler_config.json", missing_ok=True).get("prediction_type")
    facts: dict[str, Any] = {
        "container": "folder", "family": family.id, "architecture": str(index.get("_class_name")),
        "components": ", ".join(sorted(tensors)), "parameters": count, "largest": max(sizes.values()),
        "quantisation": max(kinds, key=lambda name: kinds[name]), "variant": variant,
        "memory": memory(count, SIZES["float32"]), "memory_half": memory(count, SIZES["float16"]),
        "inpaints": number(network, "in_channels") == _INPAINTING,
        "prediction": told if told in FORECASTS else ""}
    words = licence(folder, names_in(folder))
    return facts | ({"licence": words} if words else {})


def memory(parameters: int, bytes_each: int) -> int:
    """Bytes a model takes while it paints, roughly."""
    weights = parameters * bytes_each
    return weights + min(_WORKING, weights + (64 << 20))
