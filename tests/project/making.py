"""Small contents, requests and outcomes to fill projects with."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from studio.core.jobs import AssetKind, Input, JobState, ModelRef, Outcome, Output, Request
from studio.project.store import Project


def pixels(number: int, size: tuple[int, int] = (8, 10)) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Noise that depends on ``number``: (height, width, 3) uint8."""
    return np.random.default_rng(number).integers(0, 256, (*size, 3), dtype=np.uint8)


def png(number: int, size: tuple[int, int] = (8, 10)) -> bytes:
    """A small PNG that depends on ``number``."""
    made = io.BytesIO()
    Image.fromarray(pixels(number, size)).save(made, "PNG")
    return made.getvalue()


def no_thumbnail(data: bytes | Path, kind: AssetKind) -> bytes:
    """Spares tests that are about something else the decoding."""
    return b"thumb"


def new(path: Path) -> Project:
    """A fresh project without real thumbnails."""
    return Project.create(path, thumbnail=no_thumbnail)


def reopened(path: Path, *, read_only: bool = False) -> Project:
    """A project that was closed, or is open elsewhere."""
    return Project.open(path, thumbnail=no_thumbnail, read_only=read_only)


def request(*inputs: Input, seed: int = 7, **params: Any) -> Request:
    """A request for a style task."""
    return Request("style", 1, {"strength": 1.0, **params}, inputs, seed)


def outcome(*numbers: int, seed: int = 7, **more: Any) -> Outcome:
    """A finished job with a picture for each number."""
    outputs = tuple(
        Output("image", "image/png", f"Result {n}", png(n), seed + i, {"width": 10, "height": 8})
        for i, n in enumerate(numbers)
    )
    known = {
        "device": "cpu",
        "precision": "float32",
        "seconds": 1.25,
        "models": (ModelRef("style-quick", {"net.onnx": "a" * 64}),),
    }
    return Outcome(JobState.DONE, outputs, **{**known, **more})


def names(folder: Path) -> list[str]:
    """What lies in a folder, hidden files included."""
    return sorted(path.name for path in folder.iterdir())
