"""Finds the file with the weights of a model; imports no network library, which takes seconds."""

from __future__ import annotations

from pathlib import Path

from studio.core.engine import ModelSource
from studio.core.errors import StudioError

_WEIGHTS = (".safetensors", ".pth", ".pt", ".model", ".ckpt", ".bin", ".onnx")


def model_file(source: ModelSource) -> Path:
    """The one file with the weights: the source itself, or the first of its kind in its folder."""
    if source.path.is_file():
        return source.path
    names = sorted(name for name in source.files if Path(name).suffix.lower() in _WEIGHTS)
    if not names or not (source.path / names[0]).is_file():
        raise StudioError("The model {model} has lost its file.", "Import it again.", model=source.id)
    return source.path / names[0]
