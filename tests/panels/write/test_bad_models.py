"""Models that are no use, by file as a person would name them: the task says each in a sentence."""

from __future__ import annotations

import struct
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from studio.core.jobs import JobState, Outcome, Request
from studio.engines import devices
from studio.engines.context import WorkContext, run
from studio.engines.registry import EngineCache
from studio.library.catalog import resolve
from studio.panels.write.task import WriteTask
from tests import gguf_files, model_folders

Ask = Callable[..., Outcome]


@pytest.fixture
def ask() -> Generator[Ask]:
    """Runs the task with a model by its path."""
    cache = EngineCache(resolve, 1 << 30)

    def do(path: Path, prompt: str = "The wind and", **params: Any) -> Outcome:
        request = Request("write", 1, {"prompt": prompt, "model": str(path), "length": 8, **params}, (), 1)
        return run(WriteTask(), request, WorkContext(cache, {}, device="cpu"))

    yield do
    cache.close()


def refusal(outcome: Outcome) -> str:
    assert outcome.state is JobState.FAILED
    assert outcome.problem is not None
    assert not outcome.problem.is_bug, outcome.problem.details
    return outcome.problem.text


def text_of(outcome: Outcome) -> str:
    assert outcome.problem is None, outcome.problem
    return outcome.outputs[0].read().decode()


@pytest.mark.parametrize(("change", "said"), [
    ({"llama__embedding_length": "wide"}, "damaged"), ({"llama__block_count": 77}, "damaged"),
    ({"general__architecture": "bert"}, "finds texts that are alike (embeddings); it cannot write"),
    ({"llama__pooling_type": 1}, "finds texts that are alike (embeddings)"),
    ({"general__architecture": "brandnew", "brandnew__context_length": 256, "brandnew__block_count": 3,
      "brandnew__embedding_length": 32}, "of a kind that is not known here (brandnew)"),
    ({"tokenizer__ggml__pre": "alien"}, "a vocabulary of a kind that is not known"),
    ({"tokenizer__ggml__model": "no_vocab"}, "has no vocabulary")])
def test_a_model_that_cannot_write_is_named(ask: Ask, tmp_path: Path, change: dict[str, Any],
                                            said: str) -> None:
    assert said in refusal(ask(gguf_files.model(tmp_path / "m.gguf", **change)))


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.99])
def test_a_file_that_ends_too_early(ask: Ask, tmp_path: Path, share: float) -> None:
    path = gguf_files.model(tmp_path / "m.gguf")
    path.write_bytes(path.read_bytes()[:int(path.stat().st_size * share)])
    assert "cut off" in refusal(ask(path))


def test_damaged_bytes_in_the_header(ask: Ask, tmp_path: Path) -> None:
    path = gguf_files.model(tmp_path / "m.gguf")
    whole = bytearray(path.read_bytes())
    whole[24:32] = struct.pack("<Q", 1 << 60)  # length of the first key
    path.write_bytes(whole)
    assert "damaged or cut off: its header cannot be read" in refusal(ask(path))


def test_a_vocabulary_alone(ask: Ask, tmp_path: Path) -> None:
    path = gguf_files.write(tmp_path / "m.gguf", gguf_files.facts(), {})
    assert "has only a vocabulary; the model's weights are missing" in refusal(ask(path))


def test_templates_that_fail(ask: Ask, tmp_path: Path) -> None:
    refuses = "{% if messages[0].content|length > 20 %}{{ raise_exception('no') }}{% endif %}ok"
    for template, said in (("{% for %}", "The chat template of m.gguf is broken; it can only write on"),
                           (refuses, "The chat template of m.gguf failed")):
        path = gguf_files.model(tmp_path / "m.gguf", tokenizer__chat_template=template)
        assert said in refusal(ask(path, do="title"))
        assert text_of(ask(path)).startswith("The wind and")


def test_a_template_of_a_real_file_answers(ask: Ask, tmp_path: Path) -> None:
    path = gguf_files.model(tmp_path / "m.gguf", tokenizer__chat_template=gguf_files.TEMPLATE,
                            llama__context_length=4096)
    for settings in ({"do": "rewrite"}, {"do": "chat", "talk": "Why?"}, {"do": "poem"}):
        first, again = (ask(path, temperature=1.0, min_p=0.0, top_p=1.0, **settings) for _ in range(2))
        assert text_of(first) == text_of(again)
        assert first.outputs[0].facts["start"] == 0


@pytest.mark.parametrize("engine", ["gguf", "folder"])
def test_too_little_memory(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    path = (gguf_files.model(tmp_path / "m.gguf") if engine == "gguf"
            else model_folders.model(tmp_path / "m"))
    monkeypatch.setattr(devices, "free_memory", lambda: 1_000_000)
    assert "needs about 0.1 GB of memory; 0.0 GB are free" in refusal(ask(path))


def test_memory_that_runs_out_while_loading(ask: Ask, tmp_path: Path,
                                            monkeypatch: pytest.MonkeyPatch) -> None:
    def network(*args: object) -> None:
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes")

    from studio.engines.write import folder_model

    monkeypatch.setattr(folder_model, "_network", network)
    assert "not enough memory" in refusal(ask(model_folders.model(tmp_path / "m")))


def test_a_context_of_any_length_is_made_to_fit(ask: Ask, tmp_path: Path) -> None:
    path = gguf_files.model(tmp_path / "m.gguf", llama__context_length=1 << 30)
    assert text_of(ask(path)).startswith("The wind and")


def test_a_folder_writes_as_a_file_does(ask: Ask, tmp_path: Path) -> None:
    path = model_folders.model(tmp_path / "m")
    first, again = ask(path), ask(path)
    assert text_of(first) == text_of(again)
    assert {"config.json", "model.safetensors"} <= set(first.models[0].files)
    assert text_of(ask(path, do="title"))
    assert "is a folder without a model" in refusal(ask(tmp_path))
