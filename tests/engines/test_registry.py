"""The cache of warm engines, and a contract that every engine of the registry keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from studio.core.engine import (
    ADD_ON,
    AUDIO_MODEL,
    COMPOSER,
    DECODER,
    DIFFUSION,
    STICKERS,
    STYLE_OPTIMISER,
    STYLE_PAINTER,
    TEXT_MODEL,
    UPSCALER,
    EngineKey,
    ModelSource,
)
from studio.core.errors import OutOfMemory, StudioError
from studio.engines.devices import Device
from studio.engines.registry import ENGINES, EngineCache, EngineSpec
from tests import gguf_files, model_folders
from tests.engines.image import tiny_checkpoint, tiny_diffusion, tiny_onnx, tiny_sticker
from tests.engines.music import gen_folder
from tests.engines.music import tiny as music
from tests.engines.style import tiny
from tests.engines.upscale import tiny as upscale
from tests.engines.write import conftest as write

KEY: EngineKey[Fake] = EngineKey("fake")


@dataclass
class Fake:
    """An engine that holds as much as its model says."""

    name: str
    memory: int
    device: str = "cpu"
    precision: str = "float32"
    is_open: bool = True

    def close(self) -> None:
        """Note it."""
        self.is_open = False


OPENED: list[Fake] = []
FAILURES: list[Exception] = []


def load(source: ModelSource, device: Device) -> Fake:
    """For the specs below."""
    if FAILURES:
        raise FAILURES.pop()
    OPENED.append(Fake(source.id, int(source.facts.get("memory", 10)), device.kind))
    return OPENED[-1]


SPECS = (EngineSpec("fake.one", "Fake", "fake", "tests.engines.test_registry:load"),
         EngineSpec("other.one", "Other", "other", "tests.engines.test_registry:load"))


def resolve(name: str) -> ModelSource:
    """"a" holds 10 bytes, "a:40" holds 40, "x..." belongs to another capability."""
    if name == "missing":
        raise StudioError("There is no model {name}.", name=name)
    _, _, size = name.partition(":")
    engine = {"x": "other.one", "u": "unheard.of"}.get(name[0], "fake.one")
    return ModelSource(name, engine, Path("nowhere"), {"weights": name}, {"memory": int(size or 10)})


@pytest.fixture
def cache() -> Iterator[EngineCache]:
    """Room for 100 bytes."""
    OPENED.clear()
    FAILURES.clear()
    made = EngineCache(resolve, 100, SPECS)
    yield made
    made.close()


def test_a_warm_engine_is_used_again(cache: EngineCache) -> None:
    assert cache.get(KEY, "a", "cpu") is cache.get(KEY, "a", "cpu")
    assert len(OPENED) == 1


def test_the_one_used_longest_ago_goes_when_room_is_short(cache: EngineCache) -> None:
    for name in ("a:40", "b:40", "a:40", "c:40"):
        cache.mark()
        cache.get(KEY, name, "cpu")
    assert {fake.name: fake.is_open for fake in OPENED} == {"a:40": True, "b:40": False, "c:40": True}
    assert cache.memory == 80


def test_engines_of_the_running_job_stay(cache: EngineCache) -> None:
    cache.mark()
    first, second = cache.get(KEY, "a:80", "cpu"), cache.get(KEY, "b:80", "cpu")
    assert first.is_open
    assert second.is_open
    cache.mark()
    cache.get(KEY, "b:80", "cpu")
    cache.get(KEY, "c:10", "cpu")
    assert not first.is_open


def test_a_failed_load_leaves_the_cache_as_it_was(cache: EngineCache) -> None:
    warm = cache.get(KEY, "a:90", "cpu")
    cache.mark()
    FAILURES.append(StudioError("damaged"))
    with pytest.raises(StudioError, match="damaged"):
        cache.get(KEY, "b:90", "cpu")
    assert warm.is_open
    assert cache.memory == 90
    assert cache.used() == ()


def test_short_of_memory_it_makes_room_and_tries_again(cache: EngineCache) -> None:
    warm = cache.get(KEY, "a:10", "cpu")
    cache.mark()
    FAILURES.append(OutOfMemory("full"))
    assert cache.get(KEY, "b:10", "cpu").is_open
    assert not warm.is_open


def test_used_names_models_by_content_since_the_mark(cache: EngineCache) -> None:
    cache.get(KEY, "a", "cpu")
    cache.mark()
    cache.get(KEY, "b", "cpu")
    cache.get(KEY, "b", "cpu")
    assert [(ref.id, ref.files) for ref in cache.used()] == [("b", {"weights": "b"})]


def test_idle_engines_are_dropped(cache: EngineCache) -> None:
    engine = cache.get(KEY, "a:30", "cpu")
    assert cache.drop(idle_seconds=3600) == 0
    assert engine.is_open
    assert cache.drop() == 30
    assert not engine.is_open
    assert cache.memory == 0


@pytest.mark.parametrize(("model", "words"), [("missing", "no model missing"), ("x", "is a Other and cannot"),
                                              ("u", "cannot do yet")])
def test_what_cannot_serve_is_refused_in_words(cache: EngineCache, model: str, words: str) -> None:
    with pytest.raises(StudioError, match=words):
        cache.get(KEY, model, "cpu")


SOURCES: dict[str, Callable[[Path], ModelSource]] = {
    "style.quick": lambda folder: tiny.quick_model(folder / "style-quick"),
    "style.trunk": lambda folder: tiny.trunk_model(folder / "style-trunk"),
    "style.vgg": lambda folder: tiny.vgg_model(folder / "vgg.pth"),
    "style.fast": lambda folder: tiny.fast_model(folder / "mosaic.pth"),
    "style.onnx": lambda folder: tiny.onnx_model(folder / "negative.onnx"),
    "upscale.onnx": lambda folder: upscale.starter(folder / "upscale-photo"),
    "upscale.torch": lambda folder: upscale.compact(folder / "compact.pth"),
    "write.gguf": lambda folder: write.source(gguf_files.model(folder / "tiny.gguf")),
    "write.folder": lambda folder: write.source(model_folders.model(folder / "tiny")),
    "music.onnx": lambda folder: music.source(folder / "music-tiny"),
    "music.gen": lambda folder: gen_folder.source(gen_folder.model(folder / "gen")),
    "image.sticker": lambda folder: tiny_sticker.source(folder / "image-tiny"),
    "image.diffusers": lambda folder: tiny_diffusion.source(tiny_diffusion.model(folder / "sd1")),
    "image.onnx": lambda folder: tiny_onnx.source(tiny_onnx.model(folder / "sd1")),
    "image.checkpoint": lambda folder: tiny_checkpoint.source(
        tiny_checkpoint.copy(folder / "sd1.safetensors")),
    "image.lora": lambda folder: tiny_checkpoint.add_on(folder / "lora.safetensors"),
    "image.vae": lambda folder: tiny_diffusion.decoder(folder / "vae"),
}
"""A tiny model for every engine there is."""


def test_every_engine_keeps_the_contract(tmp_path: Path) -> None:
    assert {spec.id for spec in ENGINES} == set(SOURCES), "a new engine needs a tiny model here"
    for spec in ENGINES:
        (tmp_path / spec.id).mkdir()
        source = SOURCES[spec.id](tmp_path / spec.id)
        cache = EngineCache(lambda name, source=source: source, 1 << 30)  # type: ignore[misc]
        key = {"style.painter": STYLE_PAINTER, "style.optimiser": STYLE_OPTIMISER,
               "upscaler": UPSCALER, "text.model": TEXT_MODEL, "composer": COMPOSER,
               "audio.model": AUDIO_MODEL, "stickers": STICKERS,
               "diffusion": DIFFUSION, "image.addon": ADD_ON, "image.decoder": DECODER}[spec.provides]
        engine = cache.get(key, "any", "cpu")
        assert engine.device == "cpu", spec.id
        assert engine.precision == "float32", spec.id
        assert 0 < engine.memory < 300_000_000, spec.id
        assert cache.used()[0].files == source.files, spec.id
        cache.close()
        assert cache.memory == 0, spec.id


@pytest.mark.parametrize("spec", ENGINES, ids=lambda spec: spec.id)
def test_every_engine_refuses_a_damaged_model_in_words(spec: EngineSpec, tmp_path: Path) -> None:
    source = SOURCES[spec.id](tmp_path)
    found = [source.path] if source.path.is_file() else source.path.rglob("*")
    for file in (path for path in list(found) if path.is_file()):
        file.write_bytes(file.read_bytes()[:100])
    cache = EngineCache(lambda name: source, 1 << 30)
    key: EngineKey[Fake] = EngineKey(spec.provides)
    with pytest.raises(StudioError):
        cache.get(key, "any", "cpu")
    assert cache.memory == 0


def test_a_style_network_can_be_named_as_a_cleaner(tmp_path: Path) -> None:
    """Both kinds look the same from outside; the library calls them styles."""
    cleaner, upscaler = (SOURCES[engine](tmp_path) for engine in ("style.onnx", "upscale.onnx"))
    cache = EngineCache(lambda name: cleaner, 1 << 30)
    engine = cache.get(UPSCALER, "negative", "cpu")
    assert engine.scales == (1,)
    assert cache.get(STYLE_PAINTER, "negative", "cpu") is not engine
    cache.close()
    cache = EngineCache(lambda name: upscaler, 1 << 30)
    with pytest.raises(StudioError, match="cannot be used for this"):
        cache.get(STYLE_PAINTER, "upscale-photo", "cpu")
