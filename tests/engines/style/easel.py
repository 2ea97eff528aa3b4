"""A place to run the Style task in a test: tiny models, pictures made of arrays, a real context."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from studio.core.engine import ModelSource
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken, Input, Outcome, Request
from studio.engines.context import WorkContext, run
from studio.engines.messages import Message
from studio.engines.registry import EngineCache
from studio.media.picture import encode_png, read
from studio.panels.style.task import StyleTask
from tests.engines.style import tiny

Pixels = Any


def photo(height: int, width: int, seed: int = 0, dtype: Any = np.uint8, channels: int = 3) -> Pixels:
    """Soft hills and some noise."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    noise = np.random.default_rng(seed).random((height, width, channels), np.float32)
    hills = np.stack([np.sin(x / 17 + c + seed) * np.cos(y / 23 - c) for c in range(channels)], axis=2)
    unit = 0.5 + 0.35 * hills + 0.2 * (noise - 0.5)
    return (unit.clip(0, 1) * np.iinfo(dtype).max).astype(dtype)


class Easel:
    """Runs Style tasks on pictures in memory."""

    def __init__(self, folder: Path, models: dict[str, ModelSource] | None = None,
                 budget: int = 1 << 30) -> None:
        self.folder = folder
        self.models = models or {"style-quick": tiny.quick_model(folder / "style-quick")}
        self.cache = EngineCache(self._resolve, budget)
        self.task = StyleTask()
        self.inputs: dict[str, Path] = {}

    def _resolve(self, name: str) -> ModelSource:
        if name not in self.models:
            raise StudioError("There is no model {name}.", name=name)
        return self.models[name]

    def input(self, role: str, picture: Pixels, name: str = "picture.png", weight: float = 1.0) -> Input:
        """``picture`` (array or file bytes) as an input."""
        data = picture if isinstance(picture, bytes) else encode_png(picture)
        digest = hashlib.sha256(data).hexdigest()
        self.inputs[digest] = self.folder / digest
        self.inputs[digest].write_bytes(data)
        return Input(role, digest, name, weight)

    def context(self, **options: Any) -> WorkContext:
        """A context that knows all pictures so far."""
        return WorkContext(self.cache, self.inputs, device="cpu", **options)

    def run(self, *inputs: Input, cancel: CancelToken | None = None, seed: int = 0, parts: Path | None = None,
            emit: Callable[[Message], None] = lambda message: None, **params: Any) -> Outcome:
        """The outcome of one job."""
        context = self.context(cancel=cancel, parts=parts, emit=emit)
        return run(self.task, Request("style", 1, params, inputs, seed), context)

    def pixels(self, *inputs: Input, **params: Any) -> Pixels:
        """The pixels of a job that must succeed."""
        return pixels(self.run(*inputs, **params))

    def close(self) -> None:
        """Forget the models."""
        self.cache.close()


def pixels(outcome: Outcome) -> Pixels:
    """The picture of an outcome that must be a success."""
    assert outcome.state == "done", outcome.problem and (outcome.problem.text, outcome.problem.details)
    return read(outcome.outputs[0].data).pixels


def as_jpeg(array: Pixels) -> bytes:
    """``array`` as a JPEG file."""
    stream = io.BytesIO()
    Image.fromarray(array).save(stream, "JPEG", quality=90)
    return stream.getvalue()
