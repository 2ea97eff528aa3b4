"""A language model in a Hugging Face folder: it does what one in a GGUF file does, and runs no code."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Generator
from pathlib import Path

import pytest

from studio.core.engine import TextModel
from studio.core.errors import Cancelled, OutOfMemory, StudioError
from studio.core.jobs import CancelToken
from studio.core.text import Ending, Message, Sampling, Token
from studio.engines import devices
from studio.engines.write.folder_model import FolderModel, load
from tests import gguf_files, model_folders
from tests.engines.write.conftest import source

WILD = Sampling(length=30, temperature=1.0, top_p=1.0, min_p=0.0)
LONG = "the and or the " * 25


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Generator[FolderModel]:
    """One model for all: what one test asked must not change another's answer."""
    model = load(source(model_folders.model(tmp_path_factory.mktemp("model") / "tiny")), devices.cpu())
    yield model
    model.close()


def written(model: FolderModel, prompt: str, sampling: Sampling = WILD) -> tuple[list[Token], Ending]:
    tokens: list[Token] = []
    ids = model.tokenise(prompt, begins=True)
    return tokens, model.generate(ids, sampling, CancelToken(), tokens.append)


def text_of(model: FolderModel, prompt: str, sampling: Sampling = WILD) -> str:
    return "".join(token.text for token in written(model, prompt, sampling)[0])


def test_it_is_a_text_model(tiny: FolderModel) -> None:
    model: TextModel = tiny
    assert (model.context, model.vocabulary, model.has_template) == (512, 268, True)
    assert (model.device, model.precision) == ("cpu", "float32")
    assert 0 < model.memory < 100_000_000


def test_tokens_go_there_and_back(tiny: FolderModel) -> None:
    begin = len(gguf_files.words()) - 1
    for text in ("the and", "夜の森 🌲", "a\r\n\tb", "", "نص مختلط left", "e\u0301"):
        assert tiny.detokenise(tiny.tokenise(text)).decode() == text
        assert tiny.count(text) == len(tiny.tokenise(text))
    assert tiny.tokenise("a\ud800b") == tiny.tokenise("a?b")
    assert tiny.tokenise("the", begins=True) == [begin, *tiny.tokenise("the")]
    assert tiny.tokenise(gguf_files.BEGIN, marks=True) == [begin]
    assert begin not in tiny.tokenise(gguf_files.BEGIN)
    assert tiny.detokenise([begin]) == b""


def test_it_streams_with_probabilities(tiny: FolderModel) -> None:
    tokens, ending = written(tiny, "the")
    assert ending.reason in ("length", "end")
    assert 0 < len(tokens) <= ending.tokens <= 30
    assert 0 < ending.first_seconds <= ending.seconds
    for token in tokens:
        odds = [share for _, share in token.others]
        assert odds == sorted(odds, reverse=True)
        assert len(odds) == 5
        assert 0 <= token.probability <= odds[0] <= sum(odds) <= 1.0001


def test_the_same_seed_gives_the_same_text_whatever_was_asked_before(tiny: FolderModel) -> None:
    asked = [(LONG[:200 + 20 * at], dataclasses.replace(WILD, length=12, seed=at)) for at in range(6)]
    first = [written(tiny, *one)[0] for one in asked]
    again = [written(tiny, *one)[0] for one in reversed(asked)]
    assert first == again[::-1]
    assert len({"".join(token.text for token in tokens) for tokens in first}) > 4


def test_a_prompt_that_grows_is_not_read_again(tiny: FolderModel) -> None:
    read: list[int] = []
    prompt = tiny.tokenise(LONG, begins=True)
    written(tiny, "other")
    for _ in range(2):
        tiny.generate(prompt, WILD, CancelToken(), lambda token: None, lambda done, total: read.append(done))
    assert read[:2] == [0, 64]
    assert read.count(0) == 1
    assert read[-1] == len(prompt)


def test_stop_words_and_banned_texts(tiny: FolderModel) -> None:
    plain = text_of(tiny, "the")
    letters = [letter for letter in plain[2:] if letter.isascii() and letter.isalpha()]
    banned = text_of(tiny, "the", dataclasses.replace(WILD, banned=tuple(letters)))
    assert not any(letter.lower() in banned.lower() for letter in letters)
    stop = plain[4:6]
    stopped, ending = written(tiny, "the", dataclasses.replace(WILD, stop=(stop,)))
    assert "".join(token.text for token in stopped) == plain[:plain.index(stop)]
    assert ending.reason == "stop"


def test_it_stops_while_it_reads_and_while_it_writes(tiny: FolderModel) -> None:
    for at in ("read", "write"):
        cancel, seen = CancelToken(), list[Token]()

        def listen(token: Token, cancel: CancelToken = cancel, seen: list[Token] = seen) -> None:
            seen.append(token)
            cancel.cancel()

        with pytest.raises(Cancelled):
            tiny.generate(tiny.tokenise(f"{at} {LONG}"), WILD, cancel, listen,
                          lambda done, total, at=at, cancel=cancel: cancel.cancel()  # type: ignore[misc]
                          if at == "read" and done else None)
        assert len(seen) == (at == "write")
    assert written(tiny, LONG)[0] == written(tiny, LONG)[0]


def test_its_template_and_its_limits(tiny: FolderModel) -> None:
    assert tiny.templated([Message("system", "Be brief."), Message("user", "夜?")]) == (
        "[system] Be brief.\n[user] 夜?\n[assistant]")
    refused = (([], "nothing to continue"), ([5] * 512, "512 of 512"), ([5, 268], "does not know"))
    for tokens, words in refused:
        with pytest.raises(StudioError, match=words):
            tiny.generate(tokens, WILD, CancelToken(), lambda token: None)


def test_it_writes_what_the_library_itself_writes(tmp_path: Path) -> None:
    """A GPT-2 made by transformers, without chance."""
    import torch
    import transformers

    folder = model_folders.model(tmp_path / "gpt", template=None)
    (folder / "model.safetensors").unlink()
    torch.manual_seed(0)
    count = len(gguf_files.words())
    config = transformers.GPT2Config(vocab_size=count, n_positions=128, n_embd=32, n_layer=2, n_head=2,
                                     eos_token_id=count - 2, bos_token_id=count - 1, initializer_range=1.0)
    network = transformers.GPT2LMHeadModel(config).eval()
    network.save_pretrained(folder)
    model = load(source(folder), devices.cpu())
    prompt = model.tokenise(LONG[:150], begins=True)
    expected = network.generate(torch.tensor([prompt]), max_new_tokens=20, do_sample=False,
                                pad_token_id=0)[0, len(prompt):].tolist()
    plain = dataclasses.replace(WILD, temperature=0.0, length=20)
    assert text_of(model, LONG[:150], plain).encode() in model.detokenise(expected).decode(
        "utf-8", "replace").encode()
    assert model.context == 128
    with pytest.raises(StudioError, match="gpt does not follow instructions"):
        model.templated([Message("user", "Hello")])
    model.close()


def test_every_kind_that_the_library_of_models_knows_is_one_of_transformers() -> None:
    from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING_NAMES

    from studio.library.folders import KNOWN

    assert set(MODEL_FOR_CAUSAL_LM_MAPPING_NAMES) >= KNOWN


def test_damage_is_said(tmp_path: Path) -> None:
    folder = model_folders.model(tmp_path / "bad")
    whole = {file: file.read_bytes() for file in folder.iterdir()}
    for name, data in (("model.safetensors", b"\x80\x04"), ("tokenizer.json", b"{}"), ("config.json", b"{")):
        (folder / name).write_bytes(data)
        with pytest.raises(StudioError, match="bad could not be loaded: it is damaged") as error:
            load(source(folder), devices.cpu())
        assert error.value.details
        (folder / name).write_bytes(whole[folder / name])
    model_folders.put(folder, "config.json", model_folders.config(num_hidden_layers=9))
    with pytest.raises(StudioError, match="weights are missing or of the wrong size"):
        load(source(folder), devices.cpu())


def test_a_tokenizer_of_another_kind_is_refused(tmp_path: Path) -> None:
    folder = model_folders.model(tmp_path / "m")
    made = model_folders.tokenizer()
    made |= {"decoder": None, "pre_tokenizer": {"type": "Whitespace"}}
    model_folders.put(folder, "tokenizer.json", made)
    with pytest.raises(StudioError, match="has a vocabulary of a kind that is not known here"):
        load(source(folder), devices.cpu())


def test_a_program_that_came_with_it_never_runs(tmp_path: Path) -> None:
    folder = model_folders.model(tmp_path / "m", auto_map={"AutoConfig": "evil.Config",
                                                          "AutoModelForCausalLM": "evil.Model"})
    mark = tmp_path / "ran"
    (folder / "evil.py").write_text(f"open({json.dumps(str(mark))}, 'w')")
    with contextlib.suppress(StudioError):
        load(source(folder), devices.cpu()).close()
    assert not mark.exists()


def test_too_little_memory_is_said_before_loading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "free_memory", lambda: 1_000_000)
    with pytest.raises(OutOfMemory, match="needs about"):
        load(source(model_folders.model(tmp_path / "m")), devices.cpu())


def test_a_template_that_fails_is_said(tmp_path: Path) -> None:
    model = load(source(model_folders.model(tmp_path / "m", template="{{ raise_exception('no') }}")),
                 devices.cpu())
    with pytest.raises(StudioError, match="The chat template of m failed"):
        model.templated([Message("user", "Hello")])
    model.close()
