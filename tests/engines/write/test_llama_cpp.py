"""A language model in a GGUF file: it streams, remembers, repeats itself exactly, and refuses in words."""

from __future__ import annotations

import dataclasses
import itertools
import threading
import time
from pathlib import Path

import psutil
import pytest

from studio.core.engine import ModelSource, TextModel
from studio.core.errors import Cancelled, OutOfMemory, StudioError
from studio.core.jobs import CancelToken
from studio.core.text import Message, Sampling, Token
from studio.engines import devices
from studio.engines.write.llama_cpp import LlamaModel, load
from tests import gguf_files
from tests.engines.write.conftest import Load, Written, source

WILD = Sampling(length=40, temperature=1.0, top_p=1.0, min_p=0.0)
"""The tiny model's odds, unchanged: every token may come."""
LONG = "the and or the " * 25
"""About 150 tokens: more than two batches."""


def test_it_is_a_text_model(tiny: LlamaModel) -> None:
    model: TextModel = tiny
    assert (model.context, model.vocabulary, model.has_template) == (256, 268, True)
    assert (model.device, model.precision) == ("cpu", "float32")
    assert 0 < model.memory < 100_000_000


def test_tokens_go_there_and_back(tiny: LlamaModel) -> None:
    for text in ("the and", "夜の森 🌲", "a\r\n\tb", "", "نص مختلط left", "\ufffd", "e\u0301"):
        assert tiny.detokenise(tiny.tokenise(text)).decode() == text
        assert tiny.count(text) == len(tiny.tokenise(text))


def test_half_characters_are_bytes(tiny: LlamaModel) -> None:
    tokens = tiny.tokenise("你")
    assert len(tokens) == 3
    assert tiny.detokenise(tokens[:1]) == "你".encode()[:1]


def test_half_surrogates_do_no_harm(tiny: LlamaModel) -> None:
    assert tiny.tokenise("a\ud800b") == tiny.tokenise("a?b")


def test_a_document_begins_with_a_mark_and_names_of_marks_are_text(tiny: LlamaModel) -> None:
    begin = len(gguf_files.words()) - 1
    assert tiny.tokenise("the", begins=True) == [begin, *tiny.tokenise("the")]
    assert tiny.tokenise(gguf_files.BEGIN, marks=True) == [begin]
    assert begin not in tiny.tokenise(gguf_files.BEGIN)
    assert tiny.detokenise([begin]) == b""


def test_it_streams_with_probabilities_and_what_else_it_considered(tiny: LlamaModel) -> None:
    written = Written(tiny, "the", WILD)
    assert written.ending.reason in ("length", "end")
    assert 0 < len(written.tokens) <= written.ending.tokens <= 40
    assert 0 < written.ending.first_seconds <= written.ending.seconds
    for token in written.tokens:
        odds = [share for _, share in token.others]
        assert len(odds) == 5
        assert odds == sorted(odds, reverse=True)
        assert 0 <= token.probability <= odds[0] <= sum(odds) <= 1.0001


def test_pieces_come_one_after_the_other(tiny: LlamaModel) -> None:
    moments: list[float] = []
    tiny.generate(tiny.tokenise("the"), WILD, CancelToken(), lambda token: moments.append(time.monotonic()))
    assert len({round(moment, 5) for moment in moments}) > 3


def test_the_same_seed_gives_the_same_text_whatever_was_asked_before(tiny: LlamaModel) -> None:
    prompts = [LONG[:100 + 14 * at] for at in range(20)]
    samplings = [dataclasses.replace(WILD, seed=at, repetition=1.0 + at % 2 / 10) for at in range(20)]
    first = [Written(tiny, *pair).tokens for pair in zip(prompts, samplings, strict=True)]
    again = [Written(tiny, *pair).tokens for pair in reversed(list(zip(prompts, samplings, strict=True)))]
    assert first == again[::-1]
    assert len({"".join(token.text for token in tokens) for tokens in first}) > 15


def test_what_it_wrote_itself_is_read_as_if_new(tiny: LlamaModel, loaded: Load, tmp_path: Path) -> None:
    """The odds of each token, to the last digit, are those a freshly loaded model gives."""
    prompt = tiny.tokenise(LONG, begins=True)
    for _ in range(3):
        prompt += tiny.tokenise(Written(tiny, prompt, dataclasses.replace(WILD, length=12)).text)
    warm = Written(tiny, prompt, WILD).tokens
    fresh = loaded(gguf_files.model(tmp_path / "tiny.gguf"))
    assert warm == Written(fresh, prompt, WILD).tokens
    assert len(prompt) > 3 * 64


def test_another_seed_gives_another_text(tiny: LlamaModel) -> None:
    assert Written(tiny, "the", WILD).text != Written(tiny, "the", dataclasses.replace(WILD, seed=1)).text
    assert Written(tiny, "the", dataclasses.replace(WILD, seed=2**32 - 1)).text == Written(
        tiny, "the", dataclasses.replace(WILD, seed=2**32 - 1)).text


def test_a_prompt_that_grows_is_not_read_again(tiny: LlamaModel) -> None:
    read: list[tuple[int, int]] = []
    prompt = tiny.tokenise(LONG, begins=True)
    Written(tiny, "other", WILD)
    for _ in range(2):
        tiny.generate(prompt, WILD, CancelToken(), lambda token: None, lambda *at: read.append(at))
        read.append((-1, -1))
    begun = [done for done, _ in read[:read.index((-1, -1))]]
    again = [done for done, _ in read[read.index((-1, -1)) + 1:-1]]
    assert begun[0] == 0
    assert begun[-1] == again[-1] == len(prompt)
    assert again[0] >= len(prompt) // 64 * 64 - 64
    assert len(again) < len(begun)


def test_the_likeliest_at_no_temperature(tiny: LlamaModel) -> None:
    written = Written(tiny, "the", dataclasses.replace(WILD, temperature=0.0))
    whole = [token for token in written.tokens if token.others[0][0]]
    assert whole
    assert all(token.probability == token.others[0][1] for token in whole)


def test_settings_of_the_choice_have_an_effect(tiny: LlamaModel) -> None:
    plain = Written(tiny, LONG, dataclasses.replace(WILD, length=60)).text
    assert plain
    for change in ({"top_p": 0.3}, {"min_p": 0.5}, {"temperature": 2.0}, {"repetition": 2.0}):
        changed = dataclasses.replace(WILD, length=60, **change)  # type: ignore[arg-type]
        assert Written(tiny, LONG, changed).text != plain, change


def test_it_ends_before_a_stop_text(tiny: LlamaModel) -> None:
    plain = Written(tiny, "the", WILD)
    words = plain.text
    for stop in (words[5:8], words[3], words[2:12]):
        written = Written(tiny, "the", dataclasses.replace(WILD, stop=("never in it", stop)))
        assert written.text == words[:words.index(stop)]
        assert written.ending.reason == "stop"
    assert Written(tiny, "the", dataclasses.replace(WILD, stop=("never in it",))).tokens == plain.tokens


def test_banned_texts_never_come_and_what_was_before_stays(tiny: LlamaModel) -> None:
    plain = Written(tiny, "the", WILD).text
    letters = [letter for letter in plain[3:] if letter.isascii() and letter.isalpha()]
    for banned in (letters[:1], [*letters[:1], plain[8:10].swapcase()], letters):
        sampling = dataclasses.replace(WILD, banned=tuple(banned))
        written, again = Written(tiny, "the", sampling), Written(tiny, "the", sampling)
        assert not any(text.lower() in written.text.lower() for text in banned)
        assert written.tokens == again.tokens
        first = min(plain.lower().index(text.lower()) for text in banned)
        assert written.text[:first - 1] == plain[:first - 1]


def test_where_everything_is_banned_it_stops(tiny: LlamaModel) -> None:
    letters = (*(chr(code) for code in range(128)), "\ufffd")
    written = Written(tiny, "the", dataclasses.replace(WILD, banned=letters))
    assert written.ending.reason in ("stop", "end", "length")
    assert not set(written.text) & set(letters)


def test_it_stops_within_a_token(tiny: LlamaModel) -> None:
    cancel = CancelToken()
    seen: list[Token] = []

    def listen(token: Token) -> None:
        seen.append(token)
        if len(seen) == 3:
            cancel.cancel()

    with pytest.raises(Cancelled):
        tiny.generate(tiny.tokenise("the"), dataclasses.replace(WILD, length=200), cancel, listen)
    assert len(seen) == 3
    assert Written(tiny, LONG, WILD).tokens == Written(tiny, LONG, WILD).tokens


def test_it_stops_while_it_reads(tiny: LlamaModel) -> None:
    Written(tiny, "other", WILD)
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        tiny.generate(tiny.tokenise(LONG), WILD, cancel, lambda token: None,
                      lambda done, total: cancel.cancel() if done else None)
    expected = Written(tiny, "the", WILD).tokens
    assert Written(tiny, "the", WILD).tokens == expected


def test_a_listener_that_fails_is_heard(tiny: LlamaModel) -> None:
    def listen(token: Token) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        tiny.generate(tiny.tokenise("the"), WILD, CancelToken(), listen)
    assert Written(tiny, "the", WILD).tokens


def test_a_full_context_ends_it(tiny: LlamaModel) -> None:
    prompt = list(itertools.islice(itertools.cycle(tiny.tokenise("the and ")), 240))
    written = Written(tiny, prompt, dataclasses.replace(WILD, length=100, min_p=0.2))
    assert written.ending.reason in ("full", "end")
    assert written.ending.tokens <= 16


@pytest.mark.parametrize(("tokens", "words"), [
    ([], "nothing to continue"), ([5] * 256, "longer than the model can see at once: 256 of 256 tokens"),
    ([5, 268], "does not know"), ([-1], "does not know")])
def test_prompts_that_cannot_be_continued(tiny: LlamaModel, tokens: list[int], words: str) -> None:
    with pytest.raises(StudioError, match=words):
        tiny.generate(tokens, WILD, CancelToken(), lambda token: None)


def test_other_threads_go_on_while_it_writes(tiny: LlamaModel) -> None:
    ticks, is_over = [0], threading.Event()

    def tick() -> None:
        while not is_over.wait(0.001):
            ticks[0] += 1

    thread = threading.Thread(target=tick)
    thread.start()
    before, _ = ticks[0], Written(tiny, LONG, dataclasses.replace(WILD, length=80))
    is_over.set()
    thread.join()
    assert ticks[0] > before


def test_a_template_makes_a_prompt(tiny: LlamaModel) -> None:
    asked = [Message("system", "Be brief."), Message("user", "夜?")]
    assert tiny.templated(asked) == "[system] Be brief.\n[user] 夜?\n[assistant]"


def test_without_a_template_it_only_writes_on(loaded: Load, tmp_path: Path) -> None:
    model = loaded(gguf_files.model(tmp_path / "plain.gguf"))
    assert not model.has_template
    with pytest.raises(StudioError, match=r"plain\.gguf does not follow instructions"):
        model.templated([Message("user", "hello")])


@pytest.mark.parametrize("template", ["{% for %}", "{{ raise_exception('no') }}"])
def test_a_broken_template_costs_only_itself(loaded: Load, tmp_path: Path, template: str) -> None:
    model = loaded(gguf_files.model(tmp_path / "a.gguf", tokenizer__chat_template=template))
    assert not model.has_template
    assert Written(model, "the", WILD).text
    with pytest.raises(StudioError, match=r"chat template of a\.gguf is broken; it can only write on"):
        model.templated([Message("user", "hello")])


def test_a_template_that_fails_later_says_so(loaded: Load, tmp_path: Path) -> None:
    template = "{% if messages|length > 1 %}{{ raise_exception('one turn only') }}{% endif %}ok"
    model = loaded(gguf_files.model(tmp_path / "a.gguf", tokenizer__chat_template=template))
    assert model.has_template
    with pytest.raises(StudioError, match=r"chat template of a\.gguf failed") as error:
        model.templated([Message("user", "a"), Message("assistant", "b"), Message("user", "c")])
    assert "one turn only" in error.value.details


def test_nothing_listens_on_a_network(tiny: LlamaModel) -> None:
    before = psutil.Process().net_connections("inet")
    Written(tiny, "the", WILD)
    assert before == psutil.Process().net_connections("inet") == []


def test_closing_leaves_nothing(tmp_path: Path, atelier_home: Path) -> None:
    model = load(source(gguf_files.model(tmp_path / "a.gguf")), devices.cpu())
    Written(model, "the", WILD)
    model.close()
    assert not list(atelier_home.rglob("*.sock"))


@pytest.mark.parametrize(("change", "words"), [
    ({"general__architecture": "brandnew"}, r"of a kind that is not known here \(brandnew\)"),
    ({"tokenizer__ggml__pre": "alien"}, "has a vocabulary of a kind that is not known"),
    ({"llama__embedding_length": 64}, "could not be loaded: it is damaged")])
def test_what_cannot_be_loaded_says_why(tmp_path: Path, capfd: pytest.CaptureFixture[str],
                                        change: dict[str, object], words: str) -> None:
    path = gguf_files.model(tmp_path / "a.gguf", **change)
    with pytest.raises(StudioError, match=words) as error:
        load(source(path), devices.cpu())
    assert "error loading model" in error.value.details
    assert "".join(capfd.readouterr()) == ""


def test_damage_and_loss_are_said(tmp_path: Path) -> None:
    path = gguf_files.model(tmp_path / "a.gguf")
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(StudioError, match="damaged or cut off"):
        load(source(path), devices.cpu())
    with pytest.raises(StudioError, match="has lost its file"):
        load(ModelSource("m", "write.gguf", tmp_path, {"weights.gguf": "0"}), devices.cpu())


def test_too_little_memory_is_said_before_loading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "free_memory", lambda: 1_000_000)
    with pytest.raises(OutOfMemory, match=r"needs about 0\.1 GB of memory; 0\.0 GB are free"):
        load(source(gguf_files.model(tmp_path / "a.gguf")), devices.cpu())
