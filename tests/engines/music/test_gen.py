"""MusicGen's folders: they make what the library makes, the same for a seed, and stop at once."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file

from studio.core.engine import AudioModel
from studio.core.errors import Cancelled, OutOfMemory, StudioError
from studio.core.jobs import CancelToken
from studio.engines import devices
from studio.engines.music import gen_sound
from studio.engines.music.gen import MusicGen, load
from studio.engines.music.gen_codes import Wish, chosen
from studio.engines.music.gen_melody import Chroma, from_second, prepared
from studio.library.inspect import inspect
from tests.engines.music import gen_folder
from tests.engines.music.gen_folder import HOP, RATE

WORDS = "a slow piano tune"
KINDS = {"plain": {}, "melody": {"melody": True}, "stereo": {"stereo": True}}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("audio")


@pytest.fixture(scope="module")
def models(root: Path) -> Generator[dict[str, MusicGen]]:
    """One of each kind for all: what one test asked must not change another's answer."""
    made = {kind: load(gen_folder.source(gen_folder.model(root / kind, **more)), devices.cpu())
            for kind, more in KINDS.items()}
    yield made
    for model in made.values():
        model.close()


def sound(model: MusicGen, seconds: float = 0.3, **more: Any) -> Any:
    return model.generate(WORDS, seconds=seconds, **{"seed": 3, "cancel": CancelToken(), **more})


def recording(seconds: float, hertz: float, rate: int = RATE) -> Any:
    wave = np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)
    return wave.astype(np.float32)[:, None]


def test_the_library_knows_what_it_is(models: dict[str, MusicGen], root: Path) -> None:
    for kind, model in models.items():
        found = inspect(root / kind)
        assert (found.kind, found.problem) == ("music.gen", None)
        facts = found.facts
        assert (facts["rate"], facts["channels"], facts["melody"]) == (RATE, model.channels, model.has_melody)
        assert facts["parameters"] == sum(
            part.numel() for part in model._network.state_dict().values()) - _tied(model)
        assert model.memory == pytest.approx(facts["memory"], rel=0.01)


def _tied(model: MusicGen) -> int:
    """Numbers the network has twice and the file once, or that it works out itself."""
    names = ("text_encoder.encoder.embed_tokens.weight",)
    return sum(part.numel() for name, part in model._network.state_dict().items() if name in names)


def test_it_is_an_audio_model(models: dict[str, MusicGen]) -> None:
    for kind, model in models.items():
        one: AudioModel = model
        assert (one.rate, one.channels) == (RATE, 2 if kind == "stereo" else 1)
        assert one.has_melody == (kind == "melody")
        assert (one.device, one.precision, one.remark) == ("cpu", "float32", "")
        assert 0.5 < one.window < gen_folder.POSITIONS * HOP / RATE
        assert 0 < one.memory < 1 << 30


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("seconds", [0.01, 1.45])
def test_any_length_and_the_same_for_a_seed(models: dict[str, MusicGen], kind: str, seconds: float) -> None:
    """The longest is made in several pieces."""
    model = models[kind]
    first = sound(model, seconds)
    assert first.shape == (round(seconds * RATE), model.channels)
    assert first.dtype == np.float32
    assert 0 < np.abs(first).max() <= 1
    sound(model, seed=9, guidance=1.0)
    assert np.array_equal(first, sound(model, seconds))
    assert not np.array_equal(first, sound(model, seconds, seed=4))


def test_words_and_guidance_count(models: dict[str, MusicGen]) -> None:
    model, plain = models["plain"], sound(models["plain"])
    other = model.generate("fast drums", seconds=0.3, seed=3, cancel=CancelToken())
    assert not np.array_equal(plain, other)
    assert not np.array_equal(plain, sound(model, guidance=9.0))
    assert np.array_equal(sound(model, guidance=1.0), sound(model, guidance=0.0))
    for text in ("", "\ud800", "夜" * 3000):
        made = model.generate(text, seconds=0.1, seed=3, cancel=CancelToken())
        assert made.shape == (160, 1)


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("guidance", [1.0, 3.0])
def test_it_makes_what_the_library_itself_makes(models: dict[str, MusicGen], kind: str,
                                                guidance: float) -> None:
    """Without chance: from the words, and on from what is there; with a melody where there can be one."""
    model, frames = models[kind], 40
    network, coder = model._network, model._coder
    heard = model._chroma.heard(recording(2, 220)[:, 0])
    more = {"input_features": heard} if kind == "melody" else {}
    ids = model._tokens(WORDS).input_ids
    wish = Wish(ids, frames, guidance, 0, lambda frame: heard)
    asked = {"input_ids": torch.tensor([ids]), "attention_mask": torch.ones((1, len(ids)), dtype=torch.long),
             "do_sample": False, "guidance_scale": guidance, "max_length": frames + coder.least} | more
    usual, coder._top_k = coder._top_k, 1
    try:
        codes = coder.write(wish, CancelToken(), lambda done: None)
        with torch.inference_mode():
            state = coder._condition(wish, 0)
            after = coder._go_on(codes[:, :15], frames - 15, state, guidance, np.random.default_rng(0),
                                 lambda done: None)
    finally:
        coder._top_k = usual
    assert torch.equal(after, codes[:, 15:])
    expected = network.generate(**asked)[0]
    assert torch.equal(expected, network.generate(**asked, decoder_input_ids=codes[:, :15])[0])
    assert len(codes.unique()) > 4
    with torch.inference_mode():
        made = torch.stack([gen_sound.decoded(network.audio_encoder, part, lambda done: None)
                            for part in model._channels(codes)])
    assert torch.allclose(made, expected, atol=1e-5)


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 300), st.integers(0, 99))
def test_sound_in_pieces_is_that_of_the_whole(models: dict[str, MusicGen], frames: int, seed: int) -> None:
    codec = models["plain"]._network.audio_encoder
    codes = torch.randint(0, 32, (4, frames), generator=torch.Generator().manual_seed(seed))
    told: list[float] = []
    with torch.inference_mode():
        made = gen_sound.decoded(codec, codes, told.append)
        whole = codec.decode(codes[None, None], [None]).audio_values[0, 0]
    assert torch.allclose(made, whole, atol=1e-5)
    assert told == sorted(told)


def test_chance_follows_the_odds() -> None:
    odds = np.array([0.5, 0.3, 0.15, 0.05])
    chance, many = np.random.default_rng(0), 4000
    logits = np.log(np.tile(odds, (many, 1)))
    shares = np.bincount(chosen(logits, 250, chance).numpy(), minlength=4) / many
    assert np.abs(shares - odds).max() < 0.03
    shares = np.bincount(chosen(logits, 2, chance).numpy(), minlength=4) / many
    assert np.abs(shares - [0.625, 0.375, 0, 0]).max() < 0.03


def test_it_tells_how_far_it_is(models: dict[str, MusicGen]) -> None:
    for kind, model in models.items():
        told: list[float] = []
        sound(model, 1.0, on_progress=told.append)
        assert told == sorted(told), kind
        assert 0 < told[0] < 0.1
        assert told[-1] == 1.0
        assert len(told) >= RATE / HOP  # one for every code


def test_it_stops_wherever_it_is(models: dict[str, MusicGen]) -> None:
    """Before it begins, at a code, inside the network, and while it makes sound of the codes."""
    model = models["plain"]
    for at in (0.0, 0.3, 0.92):
        cancel, told = CancelToken(), list[float]()

        def listen(done: float, cancel: CancelToken = cancel, at: float = at,
                   told: list[float] = told) -> None:
            told.append(done)
            if done >= at:
                cancel.cancel()

        with pytest.raises(Cancelled):
            sound(model, 0.6, cancel=cancel, on_progress=listen)
        assert sum(1 for done in told if done >= at) == 1


@pytest.mark.parametrize("place", ["decoder", "codec"])
def test_it_stops_between_two_products(models: dict[str, MusicGen], place: str) -> None:
    """With a large model a single code takes seconds, and so does a piece of sound."""
    network, cancel, after = models["plain"]._network, CancelToken(), list[int]()
    layer, codec = network.decoder.model.decoder.layers[0], network.audio_encoder.decoder.layers
    first, last = (layer, layer.fc2) if place == "decoder" else (codec[3].conv, codec[-1].conv)
    hooks = [first.register_forward_hook(lambda part, numbers, made: cancel.cancel()) if place == "codec"
             else first.register_forward_pre_hook(lambda part, numbers: cancel.cancel()),
             last.register_forward_hook(lambda part, numbers, made: after.append(1))]
    with pytest.raises(Cancelled):
        sound(models["plain"], cancel=cancel)
    for hook in hooks:
        hook.remove()
    assert not after
    assert not last._forward_pre_hooks


def test_a_melody_is_followed_where_it_can_be(models: dict[str, MusicGen]) -> None:
    low, high = (recording(5, hertz, 4410) for hertz in (220.0, 330.0))
    model = models["melody"]
    silent = sound(model)
    a, e = sound(model, melody=(low, 4410)), sound(model, melody=(high, 4410))
    assert not np.array_equal(a, e)
    assert not np.array_equal(a, silent)
    assert np.array_equal(a, sound(model, melody=(np.repeat(low, 2, axis=1), 4410)))
    long = sound(model, 1.5, melody=(low, 4410))
    other = sound(model, 1.5, melody=(np.concatenate([low[:4500], high]), 4410))
    assert np.array_equal(long[:RATE // 2], other[:RATE // 2])  # the same for as long as it hears at first
    assert not np.array_equal(long, other)
    for nothing in (low[:0], 0 * low, np.nan * low):
        assert np.array_equal(silent, sound(model, melody=(nothing, 4410)))
    assert np.array_equal(sound(models["plain"]), sound(models["plain"], melody=(low, 4410)))


@pytest.mark.parametrize(("hertz", "note"), [(261.63, 0), (440.0, 9), (1174.66, 2), (233.08, 10)])
@pytest.mark.parametrize("rate", [32000, 44100, 8000])
def test_the_loudest_note_is_heard(hertz: float, note: int, rate: int) -> None:
    heard = prepared(recording(1.2, hertz, rate), rate, 32000)
    assert heard is not None
    chroma = Chroma().heard(heard)
    assert chroma.shape == (1, 1 + len(heard) // 4096, 12)
    assert torch.equal(chroma.sum(-1), torch.ones(chroma.shape[:2]))
    assert (chroma.argmax(-1) == note).float().mean() > 0.8


def test_a_melody_begins_again_where_it_ends() -> None:
    chroma, melody = Chroma(rate=10, seconds=3), np.arange(20, dtype=np.float32)
    assert from_second(melody, 0, chroma).tolist() == list(range(20))
    assert from_second(melody, 1.5, chroma).tolist() == [*range(15, 20), *range(15)]
    assert from_second(np.arange(40, dtype=np.float32), 1.5, chroma).tolist() == [*range(15, 40), *range(5)]
    assert Chroma(rate=100, size=64, hop=16, seconds=1).heard(np.zeros(3, np.float32)).shape == (1, 5, 12)


def test_damage_is_said(tmp_path: Path) -> None:
    folder = gen_folder.model(tmp_path / "bad")
    whole = {file: file.read_bytes() for file in folder.iterdir()}
    for name, data in (("model.safetensors", b"\x80\x04"), ("tokenizer.json", b"{}"), ("config.json", b"{")):
        (folder / name).write_bytes(data)
        with pytest.raises(StudioError, match="bad could not be loaded: it is damaged") as error:
            load(gen_folder.source(folder), devices.cpu())
        assert error.value.details
        (folder / name).write_bytes(whole[folder / name])
    gen_folder.changed(folder, "decoder", num_hidden_layers=3)
    with pytest.raises(StudioError, match="weights are missing or of the wrong size"):
        load(gen_folder.source(folder), devices.cpu())


def test_pickled_weights_and_programs_are_never_opened(tmp_path: Path) -> None:
    folder, mark = gen_folder.model(tmp_path / "m"), tmp_path / "ran"
    gen_folder.changed(folder, auto_map={"AutoConfig": "evil.Config", "AutoModelForTextToWaveform": "evil.M"})
    (folder / "evil.py").write_text(f"open({json.dumps(str(mark))}, 'w')")
    (folder / "model.safetensors").unlink()

    class Evil:
        def __reduce__(self) -> Any:
            return (open, (str(mark), "w"))

    torch.save({"a": Evil()}, folder / "pytorch_model.bin")
    with contextlib.suppress(StudioError):
        load(gen_folder.source(folder), devices.cpu()).close()
    assert not mark.exists()


def test_older_names_and_halves_are_read(tmp_path: Path) -> None:
    """As the folders of 2023 have them: EnCodec's weights by other names, and some in half precision."""
    folder = gen_folder.model(tmp_path / "m")
    model = load(gen_folder.source(folder), devices.cpu())
    expected = sound(model)
    weights = load_file(folder / "model.safetensors")
    old = {name.replace("parametrizations.weight.original0", "weight_g").replace(
        "parametrizations.weight.original1", "weight_v"): tensor for name, tensor in weights.items()}
    assert old.keys() != weights.keys()
    save_file(old, folder / "model.safetensors", {"format": "pt"})
    assert np.array_equal(sound(load(gen_folder.source(folder), devices.cpu())), expected)
    save_file({name: tensor.half() for name, tensor in old.items()}, folder / "model.safetensors",
              {"format": "pt"})
    gen_folder.changed(folder, dtype="float16")
    half = load(gen_folder.source(folder), devices.cpu())
    assert half.precision == "float32"
    assert sound(half).shape == expected.shape


def test_too_little_memory_is_said_before_loading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = gen_folder.model(tmp_path / "m")
    monkeypatch.setattr(devices, "free_memory", lambda: 1_000_000)
    with pytest.raises(OutOfMemory, match="needs about"):
        load(gen_folder.source(folder), devices.cpu())


def test_it_goes_on_in_float32_and_on_the_processor(tmp_path: Path) -> None:
    """A model whose numbers leave half precision; and one that finds no memory while it works."""
    model = load(gen_folder.source(gen_folder.model(tmp_path / "m")), devices.cpu())
    expected, network = sound(model), model._network
    model._plan.dtype = torch.float16
    layer = network.decoder.model.decoder.layers[0].fc1
    network.decoder.to(torch.float16)
    hook = layer.register_forward_hook(lambda part, numbers, made: (
        made * torch.inf if made.dtype == torch.float16 else made))
    assert sound(model).shape == expected.shape
    assert model.precision == "float32"
    hook.remove()
    calls: list[int] = []

    def full(part: Any, numbers: Any) -> None:
        calls.append(1)
        if len(calls) == 1:
            raise torch.OutOfMemoryError

    hook = layer.register_forward_pre_hook(full)
    with pytest.raises(OutOfMemory):
        sound(model)
    calls.clear()
    model._plan.device = "cuda"  # as if: everything is on the CPU in fact
    network.decoder.to(torch.float32)
    assert "made on the processor" not in model.remark
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(torch.Tensor, "to", _staying(torch.Tensor.to))
        assert sound(model).shape == expected.shape
    assert (model.device, "made on the processor" in model.remark) == ("cpu", True)
    hook.remove()


def _staying(to: Any) -> Any:
    """``Tensor.to`` on a machine without a graphics card."""
    return lambda tensor, *where, **more: to(
        tensor, *("cpu" if one == "cuda" else one for one in where), **more)


@pytest.mark.parametrize(("value", "said"), [(float("nan"), "numbers that are not"), (0.0, "silence")])
def test_what_cannot_be_heard_is_said(tmp_path: Path, value: float, said: str) -> None:
    model = load(gen_folder.source(gen_folder.model(tmp_path / "m")), devices.cpu())
    with torch.no_grad():
        last = model._network.audio_encoder.decoder.layers[-1].conv
        for weight in (last.bias, last.parametrizations.weight.original0):  # the second says how large it is
            weight.fill_(value)
    with pytest.raises(StudioError, match=f"m gave no sound but {said}"):
        sound(model)
