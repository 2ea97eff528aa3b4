"""Reads weight files without running code: safetensors, and torch checkpoints in weights-only mode."""

from __future__ import annotations

import pickle
import warnings
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from studio.core.errors import StudioError


def read_weights(path: Path) -> dict[str, Tensor]:
    """Tensor by name, on the CPU, float32. Raises StudioError for damage and for pickles with code."""
    found = _unwrapped(read_checkpoint(path))
    if not isinstance(found, dict):
        raise StudioError("The file {name} holds no weights.", "Choose another file.", name=path.name)
    return {str(key): value.float() for key, value in found.items() if isinstance(value, Tensor)}


def read_checkpoint(path: Path) -> Any:
    """All that a file holds, as it was wrapped, on the CPU: tensors, numbers, text, dictionaries of them.

    Raises StudioError for damage and for pickles with code, which is not run.
    """
    try:
        with warnings.catch_warnings():  # torch warns of old pickles; we say ourselves what cannot be read
            warnings.simplefilter("ignore")
            return (load_file(path) if _is_safetensors(path)
                    else torch.load(path, map_location="cpu", weights_only=True))
    except pickle.UnpicklingError as error:
        raise StudioError("The file {name} would run code when opened, so it was refused.",
                          "Ask its maker for a safetensors file.", details=str(error),
                          name=path.name) from error
    except (SafetensorError, RuntimeError, OSError, EOFError, ValueError, KeyError) as error:
        raise StudioError("The file {name} is damaged or holds no weights.", "Get it again.",
                          details=str(error), name=path.name) from error


def _is_safetensors(path: Path) -> bool:
    """By content, since people rename files: eight bytes of length, then JSON."""
    with path.open("rb") as file:
        return file.read(9)[8:] == b"{"


def _unwrapped(found: Any, depth: int = 0) -> Any:
    """The innermost dictionary of tensors: people wrap it as "state_dict", "params", "model" ..."""
    if not isinstance(found, dict) or depth > 3 or any(isinstance(value, Tensor) for value in found.values()):
        return found
    inner = [value for value in found.values() if isinstance(value, dict) and value]
    return _unwrapped(inner[0], depth + 1) if inner else found
