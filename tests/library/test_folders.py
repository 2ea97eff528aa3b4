"""Hugging Face folders told by their headers: what they are, and why some are no use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from studio.cli.entry import main
from studio.library import catalog
from studio.library.imports import import_file, verify
from studio.library.inspect import inspect
from tests import gguf_files, model_folders
from tests.model_folders import put


def refusal(path: Path) -> str:
    found = inspect(path)
    assert found.kind == ""
    assert found.problem is not None
    assert not found.problem.is_bug, found.problem.details
    return found.problem.text


def test_a_whole_model_tells_of_itself(tmp_path: Path) -> None:
    folder = model_folders.model(tmp_path / "tiny-story_model")
    (folder / "README.md").write_text("---\nlanguage: en\nlicense: apache-2.0\n---\n# Tiny")
    found = inspect(folder)
    assert (found.kind, found.title, found.problem) == ("write.folder", "tiny story model", None)
    facts = found.facts
    assert (facts["architecture"], facts["context"], facts["container"]) == ("llama", 512, "folder")
    assert facts["vocabulary"] == len(gguf_files.words())
    assert facts["parameters"] == sum(tensor.size for tensor in model_folders.weights().values())
    assert (facts["quantisation"], facts["chat"], facts["licence"]) == ("float32", True, "apache-2.0")
    assert facts["cache_bytes"] == gguf_files.LAYERS * gguf_files.WIDTH * 2 * 4
    assert facts["memory"] > 4 * facts["parameters"]
    plain = model_folders.model(tmp_path / "b", template=None)
    assert not inspect(plain).facts["chat"]
    (plain / "chat_template.jinja").write_text("x")
    assert inspect(plain).facts["chat"]


def test_it_is_brought_in_checked_and_taken_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = model_folders.model(tmp_path / "tiny", template=None)
    (folder / "evil.py").write_text("raise SystemExit")
    (folder / "pytorch_model.bin").write_bytes(b"\x80\x04")
    assert main(["models", "import", str(folder)]) == 0
    model = catalog.default().find("tiny")
    assert (model.engine, model.task) == ("write.folder", "write")
    assert set(model.files) == {"config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"}
    assert set(verify("tiny")) == {(name, True) for name in model.files}
    assert import_file(folder).id == "tiny"
    assert main(["models", "info", "tiny"]) == main(["models", "info", str(folder)]) == 0
    assert "llama" in capsys.readouterr().out
    (model.path / "config.json").write_text("{}")
    assert ("config.json", False) in verify("tiny")
    assert main(["models", "remove", "tiny"]) == 0
    assert (folder / "model.safetensors").is_file()


def test_weights_in_parts_are_read_by_their_list(tmp_path: Path) -> None:
    folder = model_folders.model(tmp_path / "m")
    (folder / "model.safetensors").unlink()
    items = list(model_folders.weights().items())
    files = {"model-1.safetensors": dict(items[:9]), "model-2.safetensors": dict(items[9:])}
    for name, part in files.items():
        save_file(part, folder / name)
    assert "list of this model's parts is missing" in refusal(folder)
    put(folder, "model.safetensors.index.json",
        {"weight_map": {tensor: name for name, part in files.items() for tensor in part}})
    assert inspect(folder).facts["parameters"] == sum(tensor.size for _, tensor in items)
    assert {"model.safetensors.index.json", *files} <= set(import_file(folder).files)
    (folder / "model-2.safetensors").unlink()
    assert "1 of 2 parts of this model are missing, such as model-2.safetensors" in refusal(folder)
    for parts in ({}, {"a": "../m.safetensors"}, {"a": "x.bin"}, "no"):
        put(folder, "model.safetensors.index.json", {"weight_map": parts})
        assert "damaged" in refusal(folder)


@pytest.mark.parametrize(("change", "said"), [
    ({"auto_map": {"AutoModel": "m.M"}}, "brings a program of its own, which would run here"),
    ({"vision_config": {}}, "reads pictures too"), ({"audio_config": {}}, "speech model"),
    ({"architectures": ["LlamaForSequenceClassification"]}, "sorts texts; it cannot write"),
    ({"architectures": ["BertForMaskedLM"]}, "fills gaps in texts"),
    ({"architectures": ["BertModel"]}, "texts that are alike (embeddings)"),
    ({"architectures": ["T5ForConditionalGeneration"]}, "turns one text into another"),
    ({"architectures": None}, "damaged"), ({"architectures": "Llama"}, "damaged"),
    ({"model_type": "mamba", "architectures": ["MambaForCausalLM"]}, "kind that is not known here (mamba)"),
    ({"model_type": None}, "not known here (LlamaForCausalLM)"),
    ({"quantization_config": {"bits": 4}}, "made smaller in a way that is not read here"),
    ({"hidden_size": 0}, "damaged"), ({"vocab_size": 10**12}, "damaged"), ({"vocab_size": 999}, "damaged"),
    ({"num_hidden_layers": "three"}, "damaged")])
def test_what_cannot_write_is_named(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    assert said in refusal(model_folders.model(tmp_path / "m", **change))


def test_what_is_missing_or_other_is_said(tmp_path: Path) -> None:
    folder = model_folders.model(tmp_path / "m")
    (folder / "tokenizer.json").rename(folder / "tokenizer.model")
    assert "in an older form (tokenizer.model)" in refusal(folder)
    (folder / "tokenizer.model").unlink()
    assert "The tokenizer of this model is missing" in refusal(folder)
    put(folder, "tokenizer.json", {})
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    assert "may run code when opened (pytorch_model.bin)" in refusal(folder)
    (folder / "pytorch_model.bin").unlink()
    assert "The weights of this model are missing" in refusal(folder)
    (folder / "config.json").unlink()
    assert "m is a folder without a model" in refusal(folder)
    for name, said in (("model_index.json", "This image generator is of a kind that is not known"),
                       ("diffusion_pytorch_model.safetensors", "one part of an image generator"),
                       ("adapter_config.json", "an add-on (LoRA)"),
                       ("a.gguf", "There are GGUF files in this folder")):
        (folder / name).write_text("{}")
        assert said in refusal(folder)
        (folder / name).unlink()


@pytest.mark.parametrize("name", ["config.json", "tokenizer_config.json"])
@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 9999])
def test_damaged_small_files_are_named(tmp_path: Path, name: str, text: bytes) -> None:
    folder = model_folders.model(tmp_path / "m")
    (folder / name).write_bytes(text)
    assert f"damaged: {name} cannot be read" in refusal(folder)


def test_other_damage(tmp_path: Path) -> None:
    folder = model_folders.model(tmp_path / "m")
    put(folder, "tokenizer_config.json", {"auto_map": {"AutoTokenizer": ["t.T", None]}})
    assert "brings a program of its own" in refusal(folder)
    put(folder, "tokenizer_config.json", {"chat_template": 3})
    assert "damaged" in refusal(folder)
    put(folder, "tokenizer_config.json", {})
    whole = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(whole[:-100])
    assert "cut off" in refusal(folder)
    (folder / "model.safetensors").write_bytes(b"\x80\x04 pickle")
    assert "damaged" in refusal(folder) or "cut off" in refusal(folder)
    save_file({"x": np.zeros(1, np.float32)}, folder / "model.safetensors")
    put(folder, "modules.json", json.loads("{}"))
    put(folder, "config.json", model_folders.config(architectures=["Odd"]))
    assert "texts that are alike" in refusal(folder)
