"""The engines there are, and the warm ones: loaded models, kept within a budget of bytes."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, TypeVar, cast

from studio.core.engine import Engine, EngineKey, ModelSource
from studio.core.errors import OutOfMemory, StudioError, UnfitModel
from studio.core.jobs import ModelRef
from studio.engines import devices

E = TypeVar("E")
_Key = tuple[str, str, tuple[tuple[str, str], ...], str]


@dataclass(frozen=True, slots=True)
class EngineSpec:
    """An engine, described without importing it."""

    id: str
    """As in `ModelSource.engine`."""
    title: str
    provides: str
    """Id of the `EngineKey` it serves."""
    load: str
    """``module:function``; the function takes (ModelSource, Device) and returns an Engine."""
    also: tuple[str, ...] = ()
    """Ids of engines for other capabilities that take its models too, where a person names one."""


ENGINES = (
    EngineSpec("style.quick", "Quick style network", "style.painter", "studio.engines.style.quick:load"),
    EngineSpec("style.fast", "Fast neural style network", "style.painter", "studio.engines.style.fast:load"),
    EngineSpec("style.onnx", "Style network (ONNX)", "style.painter", "studio.engines.style.onnx_style:load",
               also=("upscale.onnx",)),  # a header does not tell a style from a network that cleans
    EngineSpec("style.trunk", "Fine style trunk", "style.optimiser", "studio.engines.style.fine:load_trunk"),
    EngineSpec("style.vgg", "VGG-19 trunk", "style.optimiser", "studio.engines.style.fine:load_vgg"),
    EngineSpec("upscale.torch", "Upscaler (PyTorch)", "upscaler",
               "studio.engines.upscale.spandrel_upscaler:load"),
    EngineSpec("upscale.onnx", "Upscaler (ONNX)", "upscaler", "studio.engines.upscale.onnx_upscaler:load"),
    EngineSpec("image.sticker", "Sticker painter (ONNX)", "stickers", "studio.engines.image.sticker:load"),
    EngineSpec("image.diffusers", "Image generator (folder)", "diffusion",
               "studio.engines.image.folder:load"),
    EngineSpec("image.onnx", "Image generator (ONNX folder)", "diffusion",
               "studio.engines.image.onnx_folder:load"),
    EngineSpec("image.checkpoint", "Image generator (one file)", "diffusion",
               "studio.engines.image.checkpoint:load"),
    EngineSpec("image.lora", "Add-on for an image generator (LoRA)", "image.addon",
               "studio.engines.image.add_ons:load"),
    EngineSpec("image.vae", "Decoder of an image generator (VAE)", "image.decoder",
               "studio.engines.image.decoders:load"),
    EngineSpec("music.onnx", "Composer (ONNX)", "composer", "studio.engines.music.composer:load"),
    EngineSpec("music.gen", "Audio model (MusicGen)", "audio.model", "studio.engines.music.gen:load"),
    EngineSpec("write.folder", "Language model (folder)", "text.model",
               "studio.engines.write.folder_model:load"),
    EngineSpec("write.gguf", "Language model (GGUF)", "text.model", "studio.engines.write.llama_cpp:load"),
)


def describe(source: ModelSource) -> dict[str, Any]:
    """What shows only when an upscaler is loaded, such as its scale and the sizes it wants; what a diffusion
    model will need here; {} for others.

    Raises StudioError saying why it cannot be used.
    """
    spec = next((spec for spec in ENGINES if spec.id == source.engine), None)
    if spec is not None and spec.provides == "diffusion":
        from studio.engines.image import outlook

        return outlook.describe(source.facts)
    if spec is None or spec.provides != "upscaler":
        return {}
    engine = _loaded(spec, source, devices.cpu())
    try:
        return dict(engine.facts)
    finally:
        engine.close()


def _loaded(spec: EngineSpec, source: ModelSource, place: devices.Device) -> Any:
    module, _, function = spec.load.partition(":")
    return getattr(import_module(module), function)(source, place)


@dataclass(slots=True)
class _Warm:
    engine: Engine
    used: float = field(default_factory=time.monotonic)
    generation: int = 0


class EngineCache:
    """Keeps the engines last used, within ``budget`` bytes; one that is in use is never dropped.

    Safe from any thread. ``resolve`` finds a model by id or path and raises StudioError.
    """

    def __init__(self, resolve: Callable[[str], ModelSource], budget: int,
                 engines: tuple[EngineSpec, ...] = ENGINES) -> None:
        self._resolve, self._budget = resolve, budget
        self._specs = {spec.id: spec for spec in engines}
        self._warm: OrderedDict[_Key, _Warm] = OrderedDict()
        self._used: dict[str, ModelRef] = {}
        self._generation = 0
        self._lock = threading.RLock()

    def get(self, key: EngineKey[E], model: str, device: str = "auto") -> E:
        """The engine for ``key`` with ``model`` on ``device``, warm if it was used before.

        Raises StudioError when the model is missing, cannot do this, or fails to load; the cache is
        then as before.
        """
        with self._lock:
            source = self._resolve(model)
            spec = self._spec(source, key.id)
            place = devices.choose(device)
            name = (spec.id, source.id, tuple(sorted(source.files.items())), place.kind)
            warm = self._warm.get(name) or self._load(name, spec, source, place)
            self._warm.move_to_end(name)
            warm.used, warm.generation = time.monotonic(), self._generation
            self._used[source.id] = ModelRef(source.id, dict(source.files))
            return cast(E, warm.engine)

    def mark(self) -> None:
        """A new job begins: engines of the one before may go, and `used` starts empty."""
        with self._lock:
            self._generation += 1
            self._used.clear()

    def used(self) -> tuple[ModelRef, ...]:
        """The models asked for since `mark`, in order of first use."""
        with self._lock:
            return tuple(self._used.values())

    @property
    def memory(self) -> int:
        """Bytes the warm engines hold, roughly."""
        with self._lock:
            return sum(warm.engine.memory for warm in self._warm.values())

    def drop(self, idle_seconds: float = 0.0) -> int:
        """Close engines not used for so long; the bytes given back."""
        with self._lock:
            now = time.monotonic()
            old = [name for name, warm in self._warm.items() if now - warm.used >= idle_seconds]
            return sum(self._close(name) for name in old)

    def close(self) -> None:
        """Close them all."""
        self.drop()

    def _spec(self, source: ModelSource, capability: str) -> EngineSpec:
        spec = self._specs.get(source.engine)
        if spec is None:
            raise StudioError("{model} is for something Atelier cannot do yet.", model=source.id)
        others = [self._specs[name] for name in spec.also if name in self._specs]
        if fitting := next((one for one in (spec, *others) if one.provides == capability), None):
            return fitting
        raise UnfitModel("{model} is a {title} and cannot be used for this.", "Choose another model.",
                         model=source.id, title=spec.title)

    def _load(self, name: _Key, spec: EngineSpec, source: ModelSource, place: devices.Device) -> _Warm:
        """Load first and make room after, so that a model that fails to load costs no warm one."""
        try:
            engine = _loaded(spec, source, place)
        except (OutOfMemory, MemoryError):
            self._make_room(self._budget)
            engine = _loaded(spec, source, place)
        warm = self._warm[name] = _Warm(engine, generation=self._generation)
        self._make_room(0)
        return warm

    def _make_room(self, wanted: int) -> None:
        """Close the engines used longest ago until ``wanted`` bytes fit, sparing this job's own."""
        for name in [n for n, warm in self._warm.items() if warm.generation != self._generation]:
            if self.memory + wanted <= self._budget:
                return
            self._close(name)

    def _close(self, name: _Key) -> int:
        engine = self._warm.pop(name).engine
        held = engine.memory
        engine.close()
        return held
