"""A place to run the Image task in a test: tiny models, pictures made of arrays, a real context."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from studio.core import places
from studio.core.engine import ModelSource
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken, Input, Outcome, Request
from studio.engines.context import WorkContext, run
from studio.engines.messages import Message
from studio.engines.registry import EngineCache
from studio.library.catalog import Catalog
from studio.media.picture import encode_png, read
from studio.panels.image.task import ImageTask
from tests.engines.image import tiny_sticker
from tests.panels.image import fakes

Pixels = Any


def pictures(height: int, width: int, channels: int = 3, seed: int = 0, dtype: Any = np.uint8) -> Pixels:
    """Soft hills and some noise."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    noise = np.random.default_rng(seed).random((height, width, channels), np.float32)
    hills = np.stack([np.sin(x / 17 + c + seed) * np.cos(y / 23 - c) for c in range(channels)], axis=2)
    return ((0.5 + 0.35 * hills + 0.2 * (noise - 0.5)).clip(0, 1) * np.iinfo(dtype).max).astype(dtype)


def models(folder: Path) -> dict[str, ModelSource]:
    """The tiny sticker painter as the starter, and the drawing upscaler of the box."""
    sticker = tiny_sticker.source(folder / "image-tiny")
    upscaler = Catalog(places.starter_models(), folder / "none").find("upscale-drawing").source()
    starter = ModelSource("image-small", sticker.engine, sticker.path, sticker.files, sticker.facts)
    return {starter.id: starter, sticker.id: sticker, upscaler.id: upscaler}


class Bench:
    """Runs Image tasks on pictures in memory."""

    def __init__(self, folder: Path, sources: dict[str, ModelSource]) -> None:
        self.folder, self.models = folder, sources
        self.cache = EngineCache(self._resolve, 1 << 30, fakes.SPECS)
        self.task = ImageTask()
        self.inputs: dict[str, Path] = {}

    def _resolve(self, name: str) -> ModelSource:
        if name not in self.models:
            raise StudioError("There is no model {name}.", name=name)
        return self.models[name]

    def input(self, role: str, picture: Pixels, name: str = "picture.png") -> Input:
        """``picture`` (array) as an input."""
        data = encode_png(picture)
        digest = hashlib.sha256(data).hexdigest()
        self.inputs[digest] = self.folder / digest
        self.inputs[digest].write_bytes(data)
        return Input(role, digest, name)

    def run(self, *inputs: Input, prompt: str = "a red apple", seed: int = 0,
            cancel: CancelToken | None = None, parts: Path | None = None,
            emit: Callable[[Message], None] = lambda message: None,
            context: Callable[..., WorkContext] = WorkContext, **params: Any) -> Outcome:
        """The outcome of one job; few steps unless more are asked for."""
        ctx = context(self.cache, self.inputs, device="cpu", cancel=cancel, parts=parts, emit=emit)
        asked = {"steps": 2, "prompt": prompt, **params}
        return run(self.task, Request("image", 1, asked, inputs, seed), ctx)

    def pixels(self, *inputs: Input, **params: Any) -> Pixels:
        """The pixels of a job that must succeed."""
        return pixels(self.run(*inputs, **params))

    def problem(self, *inputs: Input, **params: Any) -> str:
        """What is said of a job that must fail, in one sentence or two."""
        outcome = self.run(*inputs, **params)
        assert outcome.state == "failed"
        assert outcome.problem
        assert not outcome.problem.is_bug, outcome.problem.details
        return outcome.problem.text

    def close(self) -> None:
        """Forget the models."""
        self.cache.close()


def pixels(outcome: Outcome) -> Pixels:
    """The picture of an outcome that must be a success."""
    assert outcome.state == "done", outcome.problem and (outcome.problem.text, outcome.problem.details)
    return read(outcome.outputs[0].data).pixels
