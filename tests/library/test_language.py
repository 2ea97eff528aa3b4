"""Language models told by their header: what they are, what they need, and why some are no use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.library.imports import import_file, verify
from studio.library.inspect import inspect
from tests import gguf_files


def refusal(path: Path) -> str:
    found = inspect(path)
    assert found.kind == ""
    assert found.problem is not None
    assert not found.problem.is_bug, found.problem.details
    return found.problem.text


def test_a_whole_model_tells_of_itself(tmp_path: Path) -> None:
    path = gguf_files.model(tmp_path / "tiny-story_model.gguf", tokenizer__chat_template=gguf_files.TEMPLATE)
    found = inspect(path)
    assert (found.kind, found.title, found.problem) == ("write.gguf", "tiny story model", None)
    facts = found.facts
    assert facts["architecture"] == "llama"
    assert (facts["context"], facts["vocabulary"]) == (gguf_files.CONTEXT, len(gguf_files.words()))
    assert facts["parameters"] == sum(tensor.size for tensor in gguf_files.weights().values())
    assert (facts["quantisation"], facts["chat"], facts["container"]) == ("F32", True, "gguf")
    assert (facts["licence"], facts["name"]) == ("apache-2.0", "Tiny")
    assert facts["cache_bytes"] == gguf_files.LAYERS * 2 * gguf_files.WIDTH * 2
    assert facts["memory"] > path.stat().st_size + facts["cache_bytes"] * gguf_files.CONTEXT
    assert not inspect(gguf_files.model(tmp_path / "b.gguf")).facts["chat"]


def test_the_name_says_nothing(tmp_path: Path) -> None:
    assert inspect(gguf_files.model(tmp_path / "model.bin")).kind == "write.gguf"


def test_groups_of_each_layer_are_counted(tmp_path: Path) -> None:
    more = {"llama__attention__head_count_kv": [1], "llama__attention__key_length": 24,
            "llama__attention__value_length": 8}
    assert inspect(gguf_files.model(tmp_path / "a.gguf", **more)).facts["cache_bytes"] == (24 + 8) * 2


@pytest.mark.parametrize(("change", "said"), [
    ({"general__type": "adapter"}, "an add-on (LoRA) for a language model, not the model itself"),
    ({"general__type": "mmproj"}, "a picture reader for a language model, not the model itself"),
    ({"general__architecture": "clip"}, "a picture reader for a language model"),
    ({"general__architecture": "flux"}, "image generator in a GGUF file; Write takes language models"),
    ({"general__architecture": "bert"}, "finds texts that are alike (embeddings); it cannot write"),
    ({"llama__pooling_type": 2}, "finds texts that are alike (embeddings)"),
    ({"split__count": 3}, "one of 3 parts of a language model"),
    ({"general__architecture": None}, "damaged"), ({"llama__context_length": None}, "damaged"),
    ({"llama__block_count": 0}, "damaged"), ({"llama__embedding_length": 33}, "damaged"),
    ({"llama__context_length": "long"}, "damaged"), ({"llama__context_length": 0xFFFFFFFF}, "damaged"),
    ({"tokenizer__ggml__tokens": None}, "has no vocabulary"),
    ({"tokenizer__ggml__model": "no_vocab"}, "has no vocabulary"),
    ({"tokenizer__ggml__tokens": ["x"] * 999}, "damaged"), ({"general__alignment": 0}, "cannot be read"),
])
def test_what_cannot_write_is_named(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    assert said in refusal(gguf_files.model(tmp_path / "a.gguf", **change))


def test_a_vocabulary_alone(tmp_path: Path) -> None:
    path = gguf_files.write(tmp_path / "a.gguf", gguf_files.facts(), {})
    assert "has only a vocabulary; the model's weights are missing" in refusal(path)


def test_a_file_that_ends_too_early(tmp_path: Path) -> None:
    path = gguf_files.model(tmp_path / "a.gguf")
    whole = path.read_bytes()
    for length in (4, 8, 20, 60, 500, 3000, len(whole) // 2, len(whole) - 40):
        path.write_bytes(whole[:length])
        assert "cut off" in refusal(path), length


def test_other_versions_and_machines(tmp_path: Path) -> None:
    path = gguf_files.model(tmp_path / "a.gguf")
    data = path.read_bytes()
    for version, said in ((1, "a form of 2023"), (99, "cannot be read"), (3 << 24, "big-endian")):
        path.write_bytes(data[:4] + version.to_bytes(4, "little") + data[8:])
        assert said in refusal(path)
    gguf_files.write(path, gguf_files.facts(), gguf_files.weights(), version=2)
    assert inspect(path).problem is None


def test_lies_about_counts_cost_no_memory(tmp_path: Path) -> None:
    path = gguf_files.write(tmp_path / "a.gguf", gguf_files.facts(), gguf_files.weights(), count=1 << 60)
    assert "cannot be read" in refusal(path)


def test_any_damage_to_the_header_gives_a_sentence(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    path = gguf_files.model(tmp_path / "a.gguf", tokenizer__chat_template=gguf_files.TEMPLATE)
    whole = path.read_bytes()
    for _ in range(200):
        broken = bytearray(whole)
        for at in rng.integers(0, 7000, 4):
            broken[at] = rng.integers(0, 256)
        path.write_bytes(broken)
        found = inspect(path)
        assert found.problem is None or not found.problem.is_bug, found.problem.details


def test_facts_with_odd_letters_become_one_line(tmp_path: Path) -> None:
    more = {"general__license": "free\nfor\x1b[31m all " + "x" * 500, "general__languages": ["en", "zh"]}
    facts = inspect(gguf_files.model(tmp_path / "a.gguf", **more)).facts
    assert facts["licence"].startswith("free for[31m all xxx")
    assert len(facts["licence"]) == 200
    assert facts["languages"] == "en zh"


def test_it_is_brought_in_with_its_licence(tmp_path: Path) -> None:
    model = import_file(gguf_files.model(tmp_path / "Tiny Stories.gguf"))
    assert (model.id, model.task, model.engine, model.licence) == (
        "tiny-stories", "write", "write.gguf", "apache-2.0")
    assert verify(model.id) == [("weights.gguf", True)]
    assert import_file(tmp_path / "Tiny Stories.gguf").id == model.id


def test_looking_into_it_loads_no_library(tmp_path: Path) -> None:
    path = gguf_files.model(tmp_path / "a.gguf")
    code = ("import sys; from pathlib import Path; from studio.library.inspect import inspect;"
            "print(inspect(Path(sys.argv[1])).kind, 'xllamacpp' in sys.modules)")
    made = subprocess.run([sys.executable, "-c", code, path], check=True, capture_output=True, text=True)
    assert made.stdout.split() == ["write.gguf", "False"]
