"""Reads weight files without running code: safetensors, and torch checkpoints in weights-only mode."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from studio.core.errors import StudioError


def read_weights(path: Path) -> dict[str, Tensor]:
    """Tensor by name, on the CPU, float32. Raises StudioError for damage and for pickles with code."""
    try:
        found: Any = (load_file(path) if path.suffix == ".safetensors"
                      else torch.load(path, map_location="cpu", weights_only=True))
    except pickle.UnpicklingError as error:
        raise StudioError("The file {name} would run code when opened, so it was refused.",
                          "Ask its maker for a safetensors file.", details=str(error),
                          name=path.name) from error
    except (SafetensorError, RuntimeError, OSError, EOFError, ValueError, KeyError) as error:
        raise StudioError("The file {name} is damaged or holds no weights.", "Get it again.",
                          details=str(error), name=path.name) from error
    if isinstance(found, dict) and isinstance(inner := found.get("state_dict"), dict):
        found = inner
    if not isinstance(found, dict):
        raise StudioError("The file {name} holds no weights.", "Choose another file.", name=path.name)
    return {str(key): value.float() for key, value in found.items() if isinstance(value, Tensor)}
