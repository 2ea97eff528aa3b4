"""A place to run the Upscale task in a test: tiny models, pictures made of arrays, a real context."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from studio.core.engine import Floats, ModelSource
from studio.core.errors import OutOfMemory, StudioError
from studio.core.jobs import CancelToken, Input, Outcome, Request
from studio.engines import devices
from studio.engines.context import WorkContext, run
from studio.engines.messages import Message
from studio.engines.registry import EngineCache, EngineSpec
from studio.media.picture import encode_png, read
from studio.panels.upscale.task import UpscaleTask

Pixels = Any


def photo(height: int, width: int, seed: int = 0, dtype: Any = np.uint8, channels: int = 3) -> Pixels:
    """Soft hills and some noise; a fourth channel fades from transparent to opaque."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    noise = np.random.default_rng(seed).random((height, width, channels), np.float32)
    hills = np.stack([np.sin(x / 17 + c + seed) * np.cos(y / 23 - c) for c in range(channels)], axis=2)
    unit = 0.5 + 0.35 * hills + 0.2 * (noise - 0.5)
    if channels in (2, 4):
        unit[..., -1] = (x / max(1, width) * 3 - 1).clip(0, 1)
    return (unit.clip(0, 1) * np.iinfo(dtype).max).astype(dtype)


class FakeUpscaler:
    """Repeats pixels and softens them 3 x 3, ``rounds`` times: it sees ``rounds`` pixels around a place.

    ``mood``: "no memory" (on its device), "small memory" (more than 10,000 pixels at once), "flat" (in half
    precision), "always flat". With ``sees_all`` it takes the mean of the whole window into each pixel.
    """

    can_clean, memory = True, 10

    def __init__(self, scales: tuple[int, ...] = (2, 4), rounds: int = 2, *, mood: str = "",
                 tile: tuple[int, int] = (0, 0), device: str = "cpu", sees_all: bool = False) -> None:
        self.scales, self.margin, self.mood, self.tile = scales, rounds, mood, tile
        self.device, self.precision = device, "float16" if "flat" in mood else "float32"
        self.is_local, self._sees_all = not sees_all, sees_all
        self.sizes: list[tuple[int, int]] = []

    def upscale(self, picture: Floats, *, scale: int, clean: float, cancel: CancelToken) -> Floats:
        """See `Upscaler.upscale`; ``clean`` makes it darker."""
        cancel.check()
        assert picture.dtype == np.float32
        assert picture.shape[2] == 3
        assert scale in self.scales
        self.sizes.append(picture.shape[:2])
        self._be_moody(picture)
        if self.mood == "always flat" or (self.mood == "flat" and self.precision == "float16"):
            return np.full((picture.shape[0] * scale, picture.shape[1] * scale, 3), 0.5, np.float32)
        for _ in range(self.margin):
            picture = softened(picture)
        if self._sees_all:
            picture = picture * np.float32(0.9) + np.float32(0.1) * picture.mean((0, 1))
        return (picture * np.float32(1 - clean / 2)).repeat(scale, 0).repeat(scale, 1)

    def _be_moody(self, picture: Floats) -> None:
        if self.mood == "no memory" and self.device != "cpu":
            raise OutOfMemory("full")
        if self.mood == "small memory" and picture.shape[0] * picture.shape[1] > 10_000:
            raise MemoryError

    def widen(self) -> bool:
        """To float32."""
        was, self.precision = self.precision, "float32"
        return was != "float32"

    def to_cpu(self) -> bool:
        """To the CPU."""
        was, self.device = self.device, "cpu"
        return was != "cpu"

    def close(self) -> None:
        """Nothing to give back."""


def softened(picture: Floats) -> Floats:
    """The mean of 3 x 3 pixels, those outside black, as a convolution pads."""
    height, width = picture.shape[:2]
    wide = np.pad(picture, ((1, 1), (1, 1), (0, 0)))
    total = np.zeros_like(picture)
    for y in range(3):
        for x in range(3):
            total += wide[y:y + height, x:x + width]
    return total / np.float32(9)


class Lightbox:
    """Runs Upscale tasks on pictures in memory, with a fake model unless others are given."""

    def __init__(self, folder: Path, upscaler: FakeUpscaler | None = None,
                 models: dict[str, ModelSource] | None = None) -> None:
        global _NEXT
        self.folder, self.upscaler = folder, upscaler or FakeUpscaler()
        self.models = models or {"upscale-photo": ModelSource("upscale-photo", "fake", folder, {"w": "0"})}
        _NEXT = self.upscaler
        specs = (EngineSpec("fake", "Fake", "upscaler", f"{__name__}:load_fake"),) if models is None else None
        self.cache = EngineCache(self._resolve, 1 << 30, *([specs] if specs else []))
        self.task = UpscaleTask()
        self.inputs: dict[str, Path] = {}

    def _resolve(self, name: str) -> ModelSource:
        if name not in self.models:
            raise StudioError("There is no model {name}.", name=name)
        return self.models[name]

    def input(self, picture: Pixels, name: str = "picture.png") -> Input:
        """``picture`` (array or file bytes) as an input."""
        data = picture if isinstance(picture, bytes) else encode_png(picture)
        digest = hashlib.sha256(data).hexdigest()
        self.inputs[digest] = self.folder / digest
        self.inputs[digest].write_bytes(data)
        return Input("picture", digest, name)

    def run(self, picture: Pixels, *, cancel: CancelToken | None = None, seed: int = 0,
            parts: Path | None = None, emit: Callable[[Message], None] = lambda message: None,
            name: str = "picture.png", **params: Any) -> Outcome:
        """The outcome of one job."""
        item = self.input(picture, name)
        scratch = self.folder / f"scratch {len(list(self.folder.glob('scratch *')))}"
        context = WorkContext(self.cache, self.inputs, device="cpu", cancel=cancel, parts=parts, emit=emit,
                              scratch=scratch)
        return run(self.task, Request("upscale", self.task.version, params, (item,), seed), context)

    def pixels(self, picture: Pixels, **params: Any) -> Pixels:
        """The pixels of a job that must succeed."""
        return pixels(self.run(picture, **params))

    def close(self) -> None:
        """Forget the models."""
        self.cache.close()


_NEXT = FakeUpscaler()


def load_fake(source: ModelSource, device: devices.Device) -> FakeUpscaler:
    """For the registry: the fake of the lightbox made last."""
    return _NEXT


def done(outcome: Outcome) -> bytes:
    """The file of an outcome that must be a success."""
    assert outcome.state == "done", outcome.problem and (outcome.problem.text, outcome.problem.details)
    return outcome.outputs[0].read()


def pixels(outcome: Outcome) -> Pixels:
    """The picture of an outcome that must be a success."""
    return read(done(outcome)).pixels
