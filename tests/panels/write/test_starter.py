"""The model in the box, where it is: the same seed gives the same text, and it says what it cannot do."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from studio.core import places
from studio.core.jobs import Outcome, Request
from studio.engines.context import WorkContext, run
from studio.engines.registry import EngineCache
from studio.library import catalog
from studio.panels.write.abilities import abilities
from studio.panels.write.params import STARTER
from studio.panels.write.task import WriteTask

pytestmark = pytest.mark.skipif(not (places.starter_models() / STARTER / "model.json").is_file(),
                                reason="the starter model is not made yet")
OPENINGS = ("It was late when", "The wind rose over", "春江", "He had never", "“Tell me,” said", "夜深了，",
            "The old woman at the gate", "Chapter II\n\n", "Once, in the winter of", "话说",
            "She opened the letter and", "There was a sound of", "明月", "Nobody knew why the", "At the inn",
            "“I shall not,” he", "却说那", "The sea was", "In the garden behind", "Rain,\nrain")


@pytest.fixture(scope="module")
def cache() -> Generator[EngineCache]:
    """With the starter model, kept warm."""
    made = EngineCache(catalog.resolve, 1 << 30)
    yield made
    made.close()


def write(cache: EngineCache, prompt: str, seed: int = 0, **params: Any) -> Outcome:
    request = Request("write", 1, {"prompt": prompt, "length": 40, **params}, (), seed)
    return run(WriteTask(), request, WorkContext(cache, {}, device="cpu"))


def text_of(outcome: Outcome) -> str:
    assert outcome.problem is None, outcome.problem
    return outcome.outputs[0].read().decode()


def check_repeats(cache: EngineCache, openings: tuple[str, ...]) -> None:
    first = [text_of(write(cache, opening, at)) for at, opening in enumerate(openings)]
    again = [text_of(write(cache, opening, at)) for at, opening in reversed(list(enumerate(openings)))]
    assert first == again[::-1]
    assert all(text.startswith(opening) and len(text) > len(opening) + 20
               for text, opening in zip(first, openings, strict=True))


def test_the_same_seed_gives_the_same_text(cache: EngineCache) -> None:
    check_repeats(cache, OPENINGS[:3])


@pytest.mark.slow
def test_twenty_texts_come_out_twice(cache: EngineCache) -> None:
    check_repeats(cache, OPENINGS)


def test_it_does_what_needs_no_instructions_and_refuses_the_rest(cache: EngineCache) -> None:
    facts = catalog.default().find(STARTER).facts
    assert abilities(facts) == ("continue", "summarise", "poem")
    assert text_of(write(cache, "春江夜雨", do="poem")).startswith("春江夜雨\n")
    refused = write(cache, "A text.", do="chat", talk="Who are you?").problem
    assert refused is not None
    assert "write-small does not follow instructions; it only writes on" in refused.text
