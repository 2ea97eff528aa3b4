"""A real model made by others: stories260K (karpathy/tinyllamas, MIT), where it is beside the checkout."""

from __future__ import annotations

import dataclasses
from collections.abc import Generator
from pathlib import Path

import pytest

from studio.core.errors import StudioError
from studio.core.text import Message, Sampling
from studio.engines import devices
from studio.engines.write.llama_cpp import LlamaModel, load
from tests.engines.write.conftest import Written, source

SAMPLE = Path(__file__).parents[4] / "shared" / "samples" / "stories260K.gguf"
pytestmark = pytest.mark.skipif(not SAMPLE.is_file(), reason="the sample model is not here")
PROMPT = "Once upon a time there was a little girl who had a dog. " * 8
SAMPLING = Sampling(length=40, seed=5, repetition=1.1)


@pytest.fixture(scope="module")
def stories() -> Generator[LlamaModel]:
    """Loaded once."""
    model = load(source(SAMPLE), devices.cpu())
    yield model
    model.close()


def test_it_streams_words_with_their_odds(stories: LlamaModel) -> None:
    assert (stories.context, stories.vocabulary, stories.precision) == (2048, 512, "float32")
    written = Written(stories, PROMPT, SAMPLING)
    assert written.ending.tokens == 40
    assert len(written.text.split()) > 10
    assert all(token.probability > 0 and len(token.others) == 5 for token in written.tokens)


def test_the_same_seed_gives_the_same_story(stories: LlamaModel) -> None:
    first = Written(stories, PROMPT, SAMPLING)
    longer = PROMPT + first.text
    second = Written(stories, longer, SAMPLING)
    assert Written(stories, PROMPT, SAMPLING).tokens == first.tokens
    assert Written(stories, longer, SAMPLING).tokens == second.tokens
    fresh = load(source(SAMPLE), devices.cpu())
    try:
        assert Written(fresh, longer, SAMPLING).tokens == second.tokens
    finally:
        fresh.close()


def test_words_can_be_banned_and_can_end_it(stories: LlamaModel) -> None:
    words = (" the ", "dog", "she")
    banned = Written(stories, PROMPT, dataclasses.replace(SAMPLING, length=80, banned=words))
    assert not any(word in banned.text.lower() for word in words)
    stopped = Written(stories, PROMPT, dataclasses.replace(SAMPLING, length=200, stop=(".",)))
    assert stopped.ending.reason == "stop"
    assert "." not in stopped.text


def test_spaces_come_back(stories: LlamaModel) -> None:
    assert stories.detokenise(stories.tokenise("Once upon 夜")).decode().strip() == "Once upon 夜"


def test_it_is_refused_politely_for_a_chat(stories: LlamaModel) -> None:
    with pytest.raises(StudioError, match="does not follow instructions; it only writes on"):
        stories.templated([Message("user", "Hello")])
