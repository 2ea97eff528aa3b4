"""A diffusion model and an upscaler written by hand: quick, short of memory where their facts say so."""

from __future__ import annotations

from typing import Any

import numpy as np

from studio.core.engine import Floats, ModelSource
from studio.core.errors import OutOfMemory
from studio.core.jobs import CancelToken
from studio.core.painting import OnStep, Painting, Pixels, Sizes, TokenCount
from studio.engines import devices
from studio.engines.registry import ENGINES, EngineSpec

SPECS = (*ENGINES, EngineSpec("fake.diffusion", "Fake", "diffusion", "tests.panels.image.fakes:diffusion"),
         EngineSpec("fake.upscaler", "Fake", "upscaler", "tests.panels.image.fakes:upscaler"),
         EngineSpec("fake.addon", "Fake", "image.addon", "tests.panels.image.fakes:add_on"))
SEEN: list[Painting] = []
"""What the fake was asked for."""


def _short() -> OutOfMemory:
    return OutOfMemory("There was not enough memory for this.", "Try a smaller size.")


class FakeDiffusion:
    """Noise of the seed where it paints; "room" says on which device it has enough memory."""

    precision, memory, remark = "float32", 1000, ""
    schedulers = ("default", "ddim")

    def __init__(self, source: ModelSource) -> None:
        self._facts = source.facts
        self.device = str(source.facts.get("device", "cpu"))
        self.family = str(source.facts.get("family", "sd1"))
        self.has_negative = self.has_weights = self.can_be_seamless = self.family == "sd1"
        self.size = Sizes(64, 64, 8)

    def tokens(self, prompt: str) -> TokenCount:
        """A token for each word, four of them read."""
        words = prompt.split()
        return TokenCount(len(words), 4, " ".join(words[4:]))

    def paint(self, painting: Painting, cancel: CancelToken, on_step: OnStep = lambda *told: None) -> Pixels:
        """Noise; what is not masked is the picture, as the real one has it."""
        SEEN.append(painting)
        if self._facts.get("short") in ("always", self.device):
            raise _short()
        shape = painting.height, painting.width, 3
        made = np.random.default_rng(painting.seed).integers(0, 255, shape, np.uint8)
        for step in range(painting.steps):
            cancel.check()
            if on_step(step + 1, painting.steps, made[::8, ::8]) is False:
                break
        self.remark = str(self._facts.get("remark", ""))
        if painting.mask is None or painting.image is None:
            return made
        return np.where((painting.mask >= 128)[..., None], made, painting.image).astype(np.uint8)

    def widen(self) -> bool:
        """It is wide."""
        return False

    def to_cpu(self) -> bool:
        """Once."""
        was, self.device = self.device, "cpu"
        return was != "cpu"

    def close(self) -> None:
        """Nothing to give back."""


class FakeUpscaler:
    """Each pixel four times; more than "most" pixels at once do not fit."""

    scales, can_clean, margin, is_local, tile = (4,), False, 2, True, (0, 0)
    precision, memory = "float32", 1000

    def __init__(self, source: ModelSource) -> None:
        self._most = int(source.facts.get("most", 1 << 30))
        self._device_most = int(source.facts.get("cpu_most", 1 << 30))
        self.device = "cuda"

    def upscale(self, picture: Floats, *, scale: int, clean: float, cancel: CancelToken) -> Floats:
        """See `studio.core.engine.Upscaler`."""
        most = self._most if self.device == "cuda" else self._device_most
        if picture.shape[0] * picture.shape[1] > most:
            raise _short()
        return np.repeat(np.repeat(picture, scale, 0), scale, 1)

    def widen(self) -> bool:
        """It is wide."""
        return False

    def to_cpu(self) -> bool:
        """Once."""
        was, self.device = self.device, "cpu"
        return was != "cpu"

    def close(self) -> None:
        """Nothing to give back."""


class FakeAddOn:
    """A LoRA of nothing."""

    device, precision, memory, family = "cpu", "float32", 0, ""

    def __init__(self, source: ModelSource) -> None:
        self.path = source.path

    def close(self) -> None:
        """Nothing to give back."""


def diffusion(source: ModelSource, device: devices.Device) -> FakeDiffusion:
    """As an `EngineSpec` has it."""
    return FakeDiffusion(source)


def upscaler(source: ModelSource, device: devices.Device) -> FakeUpscaler:
    """As an `EngineSpec` has it."""
    return FakeUpscaler(source)


def add_on(source: ModelSource, device: devices.Device) -> FakeAddOn:
    """As an `EngineSpec` has it."""
    return FakeAddOn(source)


def source(engine: str, folder: Any, name: str = "fake", **facts: Any) -> ModelSource:
    """A fake model called ``name``."""
    return ModelSource(name, f"fake.{engine}", folder, {"fake": name}, facts)
