"""Writing in the engine process, as the window does it: streamed, stopped, repeated, nothing left behind."""

from __future__ import annotations

import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from studio.core.jobs import JobState, Outcome, Request
from studio.engines.messages import Cancel, Finish, Run, Said, Wrote
from tests import gguf_files
from tests.engines.test_host import Office
from tests.panels.write.conftest import WILD, Desk

TASK = "studio.panels.write.task:WriteTask"


class Writer:
    """Requests to a real engine process, with a model by its path."""

    def __init__(self, folder: Path) -> None:
        self.model = gguf_files.model(folder / "tiny.gguf")
        self.office = Office(folder, resolve="studio.library.catalog:resolve",
                             cache="studio.engines.registry:EngineCache")
        self._number = 0

    def ask(self, seed: int = 0, **params: Any) -> int:
        """Begin to write; the run's number."""
        self._number += 1
        settings = {"prompt": "The wind and", "model": str(self.model), **WILD, "whole": False, **params}
        self.office.ask(Run(self._number, TASK, Request("write", 1, settings, (), seed), {}, "cpu"))
        return self._number

    def written(self, number: int) -> str:
        """What run ``number`` has told so far."""
        return "".join(message.what.text for message in tuple(self.office.told)
                       if isinstance(message, Said) and message.number == number
                       and isinstance(message.what, Wrote))

    def wait_written(self, number: int) -> None:
        """Until it has written something."""
        self.office.wait_said(number)
        while not self.written(number):
            threading.Event().wait(0.01)


@pytest.fixture
def writer(tmp_path: Path) -> Generator[Writer]:
    """Closed in the end; the conftest then looks for processes left over."""
    found = Writer(tmp_path)
    yield found
    found.office.close()


def text_of(outcome: Outcome) -> str:
    assert outcome.problem is None, outcome.problem
    return outcome.outputs[0].read().decode()


def test_it_streams_and_repeats_itself_also_outside(writer: Writer, desk: Desk) -> None:
    outcomes = []
    for seed in (1, 2, 1):
        number = writer.ask(seed)
        outcomes.append(writer.office.outcome())
        assert writer.written(number) == text_of(outcomes[-1])
    first, second, again = map(text_of, outcomes)
    assert first == again != second
    assert first == text_of(desk.run("The wind and", 1, whole=False))
    assert outcomes[0].models[0].files


def test_it_is_stopped_or_ended_early_while_it_writes(writer: Writer) -> None:
    long = {"length": 8000, "min_p": 0.0, "banned": "\n".join("abcdefghij")}  # taken back often, so it lasts
    stopped = writer.ask(3, **long)
    writer.wait_written(stopped)
    writer.office.ask(Cancel(stopped))
    outcome = writer.office.outcome()
    assert outcome.state in (JobState.CANCELLED, JobState.DONE)
    ended = writer.ask(3, **long)
    writer.wait_written(ended)
    writer.office.ask(Finish(ended))
    kept = text_of(writer.office.outcome())
    assert kept == writer.written(ended)
    assert kept.startswith(writer.written(stopped)[:1])


def test_a_model_that_is_no_use_leaves_the_process_alive(writer: Writer) -> None:
    writer.ask(model=str(gguf_files.model(writer.model.parent / "b.gguf", tokenizer__ggml__pre="alien")))
    problem = writer.office.outcome().problem
    assert problem is not None
    assert "has a vocabulary of a kind that is not known here" in problem.text
    writer.ask()
    assert text_of(writer.office.outcome())
