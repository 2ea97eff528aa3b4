"""The files of a Hugging Face folder: which belong to the model, and what its small ones say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.core.errors import StudioError
from studio.library.tensors import AGAIN, damaged
from studio.media.sources import reading_problem

CONFIG = "config.json"
TOKENIZER = "tokenizer_config.json"
TEMPLATE = "chat_template.jinja"
INDEX = "model.safetensors.index.json"
_WEIGHTS = "model.safetensors"
_TOKENIZERS = (("tokenizer.json",), ("vocab.json", "merges.txt"))
_SMALL = (CONFIG, "generation_config.json", "tokenizer.json", TOKENIZER, "special_tokens_map.json",
          "added_tokens.json", "vocab.json", "merges.txt", TEMPLATE, "preprocessor_config.json")
"""Files that belong to a model beside its weights, where they are there."""
_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".msgpack", ".h5")
_MOST = 40_000_000
"""Bytes of a small file; the largest tokenizers take half of that."""


def names_in(folder: Path) -> frozenset[str]:
    """The files in ``folder``. Raises StudioError."""
    try:
        return frozenset(path.name for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise reading_problem(folder, error) from error


def files_of(folder: Path) -> tuple[str, ...]:
    """Names of the files that make up the model in ``folder``. Raises StudioError."""
    names = names_in(folder)
    parts = weights(folder, names)
    index = (INDEX,) if INDEX in names else ()
    return *(name for name in _SMALL if name in names), *index, *parts


def weights(folder: Path, names: frozenset[str]) -> tuple[str, ...]:
    """Names of the files with the weights, all of them there. Raises StudioError."""
    if INDEX in names:
        wanted = _of_index(read_json(folder / INDEX))
        if missing := sorted(set(wanted) - names):
            raise StudioError("{count} of {total} parts of this model are missing, such as {name}.",
                              "Copy the whole folder.", count=len(missing), total=len(wanted),
                              name=missing[0])
        return wanted
    found = tuple(sorted(name for name in names if name.endswith(".safetensors")))
    if _WEIGHTS in found or len(found) == 1:
        return (_WEIGHTS,) if _WEIGHTS in found else found
    if found:
        raise StudioError("The list of this model's parts is missing ({name}).", "Copy the whole folder.",
                          name=INDEX)
    pickle = next((name for name in sorted(names) if name.lower().endswith(_PICKLES)), "")
    if pickle:
        raise StudioError("The weights of this model are in a form that may run code when opened ({name}).",
                          "Ask for a safetensors version.", name=pickle)
    raise StudioError("The weights of this model are missing.", "Copy the whole folder.")


def _of_index(index: Mapping[str, Any]) -> tuple[str, ...]:
    parts = index.get("weight_map")
    if not isinstance(parts, dict) or not parts:
        raise damaged("no weight_map")
    found = tuple(sorted({str(name) for name in parts.values()}))
    if any(Path(name).name != name or not name.endswith(".safetensors") for name in found):
        raise damaged(f"parts {found[:3]}")
    return found


def check_tokenizer(names: frozenset[str]) -> None:
    """Raise StudioError where the tokenizer is missing, or of a form that is not read."""
    if any(set(wanted) <= names for wanted in _TOKENIZERS):
        return
    if "tokenizer.model" in names or "spiece.model" in names:
        raise StudioError("The tokenizer of this model is in an older form (tokenizer.model).",
                          "Look for a version with tokenizer.json, or for a GGUF file.")
    raise StudioError("The tokenizer of this model is missing.", "Put tokenizer.json beside its config.json.")


def read_json(path: Path, *, missing_ok: bool = False) -> dict[str, Any]:
    """What a small file says; {} where it may be missing and is. Raises StudioError."""
    if missing_ok and not path.is_file():
        return {}
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_MOST).decode("utf-8"))
        if not isinstance(found, dict):
            raise ValueError(f"{path.name} is a {type(found).__name__}")
    except OSError as error:
        raise reading_problem(path, error) from error
    except (ValueError, RecursionError) as error:
        raise StudioError("This model is damaged: {name} cannot be read.", AGAIN, name=path.name,
                          details=repr(error)[:300]) from error
    return found


def licence(folder: Path, names: frozenset[str]) -> str:
    """As the front matter of its README says; "" where it says nothing."""
    if "README.md" not in names:
        return ""
    with (folder / "README.md").open(encoding="utf-8", errors="replace") as file:
        lines = file.read(20_000).split("\n")
    if lines[0].strip() != "---":
        return ""
    told = next((line for line in lines[1:60] if line.startswith("license:")), "")
    return told.partition(":")[2].strip().strip("'\"")[:60]


def number(config: Mapping[str, Any], *names: str) -> int:
    """The first of these that is a whole number in reason; 0 where none is."""
    values = (config.get(name) for name in names)
    return next((value for value in values if isinstance(value, int) and not isinstance(value, bool)
                 and 0 < value < 1 << 31), 0)
