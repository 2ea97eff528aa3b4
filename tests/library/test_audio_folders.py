"""Audio models told by their headers: what they are, what they need, and why some are no use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from studio.library import catalog
from studio.library.imports import import_file, verify
from studio.library.inspect import inspect
from tests.engines.music.gen_folder import changed, put

CONFIG = {
    "architectures": ["MusicgenMelodyForConditionalGeneration"], "model_type": "musicgen_melody",
    "text_encoder": {"model_type": "t5"},
    "audio_encoder": {"model_type": "encodec", "sampling_rate": 1600, "upsampling_ratios": [4, 2, 2, 2]},
    "decoder": {"vocab_size": 32, "hidden_size": 24, "num_codebooks": 8, "num_hidden_layers": 2,
                "audio_channels": 2, "max_position_embeddings": 48}}
"""What counts in it; `tests.engines.music.test_gen` sees that transformers' own are read too."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the names and shapes that count."""
    made = tmp_path / "my-music_gen"
    made.mkdir()
    decoder = "decoder.model.decoder"
    shapes = {"text_encoder.shared.weight": (64, 16), "audio_encoder.decoder.layers.0.conv.bias": (32,),
              **{f"{decoder}.embed_tokens.{book}.weight": (33, 24) for book in range(8)},
              **{f"{decoder}.layers.{layer}.fc1.weight": (32, 24) for layer in range(2)}}
    save_file({name: np.zeros(shape, np.float32) for name, shape in shapes.items()},
              made / "model.safetensors")
    put(made, "config.json", CONFIG)
    for name in ("generation_config.json", "tokenizer.json", "tokenizer_config.json",
                 "preprocessor_config.json"):
        put(made, name, {})
    return made


def refusal(path: Path) -> str:
    found = inspect(path)
    assert found.kind == ""
    assert found.problem is not None
    assert not found.problem.is_bug, found.problem.details
    return f"{found.problem.text} {found.problem.hint}"


def test_a_whole_model_tells_of_itself(folder: Path) -> None:
    (folder / "README.md").write_text("---\ntags: [music]\nlicense: cc-by-nc-4.0\n---\n# A")
    found = inspect(folder)
    assert (found.kind, found.title, found.problem) == ("music.gen", "my music gen", None)
    facts = found.facts
    weights = load_file(folder / "model.safetensors")
    assert (facts["architecture"], facts["family"]) == ("musicgen_melody", "MusicGen melody")
    assert (facts["size"], facts["quantisation"], facts["licence"]) == ("small", "float32", "cc-by-nc-4.0")
    assert (facts["rate"], facts["channels"], facts["melody"]) == (1600, 2, True)
    assert facts["parameters"] == sum(tensor.size for tensor in weights.values())
    assert facts["window"] == 48 * 32 / 1600
    assert facts["memory"] > facts["memory_half"] > 2 * facts["parameters"]
    halves = {name: tensor.astype(np.float16) for name, tensor in weights.items()}
    save_file(halves, folder / "model.safetensors")
    assert inspect(folder).facts["quantisation"] == "float16"
    assert inspect(folder).facts["memory"] == facts["memory"]


def test_it_is_brought_in_whole_and_checked(folder: Path) -> None:
    (folder / "pytorch_model.bin").write_bytes(b"\x80\x04")
    (folder / "evil.py").write_text("raise SystemExit")
    model = import_file(folder)
    assert (model.engine, model.task) == ("music.gen", "music")
    assert set(model.files) == {"config.json", "generation_config.json", "model.safetensors",
                                "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json"}
    assert set(verify(model.id)) == {(name, True) for name in model.files}
    assert catalog.default().find(model.id).facts["family"] == "MusicGen melody"


@pytest.mark.parametrize(("part", "change", "said"), [
    ("", {"model_type": "bark"}, "speech model; Music takes MusicGen"),
    ("", {"model_type": "encodec"}, "codec) alone"), ("", {"model_type": "whisper"}, "speech recogniser"),
    ("", {"auto_map": {"AutoModel": "m.M"}}, "brings a program of its own, which would run here"),
    ("", {"quantization_config": {"bits": 4}}, "made smaller in a way that is not read here"),
    ("", {"decoder": None}, "damaged"), ("", {"audio_encoder": "encodec"}, "damaged"),
    ("text_encoder", {"model_type": "clap"}, "not known here (text_encoder: clap)"),
    ("audio_encoder", {"model_type": "dac"}, "not known here (audio_encoder: dac)"),
    ("audio_encoder", {"sampling_rate": 0}, "damaged"),
    ("audio_encoder", {"upsampling_ratios": [8, 10**9]}, "damaged"),
    ("decoder", {"num_codebooks": 4}, ""), ("decoder", {"num_codebooks": 9}, "damaged"),
    ("decoder", {"hidden_size": 48}, "damaged"), ("decoder", {"vocab_size": "many"}, "damaged"),
    ("decoder", {"num_hidden_layers": 9}, "damaged"), ("decoder", {"audio_channels": 7}, "damaged"),
    ("decoder", {"max_position_embeddings": 10**9}, "damaged")])
def test_what_does_not_fit_is_named(folder: Path, part: str, change: dict[str, Any], said: str) -> None:
    changed(folder, part, **change)
    assert said in refusal(folder) if said else inspect(folder).problem is None


def test_what_is_missing_is_named(folder: Path) -> None:
    (folder / "tokenizer.json").rename(folder / "spiece.model")
    assert "its tokenizer is missing (tokenizer.json)" in refusal(folder)
    (folder / "spiece.model").rename(folder / "tokenizer.json")
    weights = load_file(folder / "model.safetensors")
    for part, mark in (("text encoder", "text_encoder."), ("codec", "audio_encoder.")):
        save_file({name: tensor for name, tensor in weights.items() if not name.startswith(mark)},
                  folder / "model.safetensors")
        assert f"A part of this model is missing: its {part}" in refusal(folder)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    assert "may run code when opened (pytorch_model.bin)" in refusal(folder)
    (folder / "pytorch_model.bin").unlink()
    assert "The weights of this model are missing" in refusal(folder)
    (folder / "config.json").unlink()
    (folder / "state_dict.bin").write_bytes(b"\x80\x04")
    assert "This MusicGen is in a form that may run code when opened (state_dict.bin)" in refusal(folder)


def test_a_cut_off_file_says_so(folder: Path) -> None:
    whole = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(whole[:-50])
    assert "cut off" in refusal(folder)
