"""What a task sees: throttled, plain, and the same in the engine process and on the command line."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from studio.core.engine import EngineKey
from studio.core.errors import Cancelled, StudioError
from studio.core.jobs import CancelToken, Input, JobContext, JobState, ModelRef
from studio.core.text import Token
from studio.engines.context import WorkContext, run, versions
from studio.engines.messages import Message, PartDone, Preview, Progress, Wrote
from tests.fakes import FakeCache, ModelTask, QuickTask, RaisingTask, WritingTask, request, resolve


class Clock:
    """A clock that is turned by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def said() -> list[Message]:
    """What the context said."""
    return []


@pytest.fixture
def clock() -> Clock:
    """At zero."""
    return Clock()


@pytest.fixture
def ctx(said: list[Message], clock: Clock, tmp_path: Path) -> WorkContext:
    """A context with parts and a fake cache."""
    return WorkContext(FakeCache(resolve, 0), {}, emit=said.append, parts=tmp_path / "parts", clock=clock)


def test_it_is_a_job_context(ctx: WorkContext) -> None:
    checked: JobContext = ctx
    assert checked.device == "auto"


def test_scratch_is_one_folder_made_when_it_is_asked_for(tmp_path: Path) -> None:
    ctx = WorkContext(FakeCache(resolve, 0), {}, scratch=tmp_path / "scratch")
    assert list(tmp_path.iterdir()) == []
    (ctx.scratch() / "big").write_bytes(b"1")
    assert [path.name for path in ctx.scratch().iterdir()] == ["big"]


def test_progress_is_thinned_to_twenty_a_second(ctx: WorkContext, said: list[Message], clock: Clock) -> None:
    for step in range(1000):
        clock.now = step / 1000
        ctx.progress(step / 1000, "Painting")
    assert 19 <= len(said) <= 21


def test_new_words_and_the_end_are_never_left_out(ctx: WorkContext, said: list[Message]) -> None:
    ctx.progress(0.1, "One")
    ctx.progress(0.2, "Two")
    ctx.progress(0.3, "Two")
    ctx.progress(1.0, "Two")
    assert [message.fraction for message in said if isinstance(message, Progress)] == [0.1, 0.2, 1.0]


def test_fractions_and_values_are_made_plain(ctx: WorkContext, said: list[Message]) -> None:
    ctx.progress(1.5, "{path} {n}", path=Path("a"), n=3)
    assert said == [Progress(1.0, "{path} {n}", {"path": "a", "n": 3})]


def test_previews_are_few_and_small(ctx: WorkContext, said: list[Message], clock: Clock) -> None:
    for step in range(100):
        clock.now = step / 100
        ctx.preview(np.zeros((3000, 1000, 3), np.uint8))
    shapes = [message.pixels.shape for message in said if isinstance(message, Preview)]
    assert shapes == [(1000, 334, 3)] * 4


def test_text_is_told_thirty_times_a_second_and_all_of_it(
        ctx: WorkContext, said: list[Message], clock: Clock) -> None:
    for step in range(1000):
        clock.now = step / 1000
        ctx.wrote(Token(f"{step} ", 0.5))
    assert 28 <= len(said) <= 31
    ctx.flush()
    ctx.flush()
    assert 29 <= len(said) <= 32
    written = "".join(message.text for message in said if isinstance(message, Wrote))
    assert written == "".join(f"{step} " for step in range(1000))


def test_slow_text_is_told_at_once(ctx: WorkContext, said: list[Message], clock: Clock) -> None:
    for step in range(3):
        clock.now = step / 5
        ctx.wrote(Token("a", 0.5), Token("b", 0.5))
        assert len(said) == step + 1


def test_a_run_tells_the_rest_of_its_text(ctx: WorkContext, said: list[Message]) -> None:
    assert run(WritingTask(), request("writing", count=50), ctx).state is JobState.DONE
    assert sum(len(message.tokens) for message in said if isinstance(message, Wrote)) == 50


def test_notes_are_said_once_in_order(ctx: WorkContext) -> None:
    for name in ("a", "b", "a"):
        ctx.note("{name} ran out.", name=name)
    assert ctx.notes == ("a ran out.", "b ran out.")


def test_parts_survive_in_a_second_context(ctx: WorkContext, said: list[Message], tmp_path: Path) -> None:
    assert ctx.part("tile 3/4") is None
    ctx.finish_part("tile 3/4", b"pixels")
    again = WorkContext(FakeCache(resolve, 0), {}, parts=tmp_path / "parts")
    assert again.part("tile 3/4") == b"pixels"
    [part] = said
    assert isinstance(part, PartDone)
    assert part.path.read_bytes() == b"pixels"


def test_what_another_model_made_is_not_taken_up(tmp_path: Path) -> None:
    def by(*files: str) -> WorkContext:
        cache = FakeCache(resolve, 0)
        ctx = WorkContext(cache, {}, parts=tmp_path / "parts")
        cache._used = {name: ModelRef("m", {"m.onnx": name}) for name in files}
        return ctx

    by("old").finish_part("a", b"a")
    assert by("old").part("a") == b"a"
    assert by("new").part("a") is None
    assert by().part("a") is None


def test_without_a_folder_parts_are_not_kept() -> None:
    ctx = WorkContext(FakeCache(resolve, 0), {})
    assert not ctx.keeps_parts
    ctx.finish_part("a", b"a")
    assert ctx.part("a") is None


def test_an_input_is_a_file_or_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"a")
    ctx = WorkContext(FakeCache(resolve, 0), {"1": path, "2": tmp_path / "gone"})
    assert ctx.input(Input("content", "1")) == path
    for sha in ("2", "3"):
        with pytest.raises(StudioError, match=r"tree\.png is missing from the project"):
            ctx.input(Input("content", sha, "tree.png"))


def test_the_outcome_says_which_models_ran_where() -> None:
    ctx = WorkContext(FakeCache(resolve, 0), {})
    outcome = run(ModelTask(), request("model", key=EngineKey("any"), model="brush"), ctx)
    assert outcome.state is JobState.DONE
    assert [model.id for model in outcome.models] == ["brush"]
    assert (outcome.device, outcome.precision) == ("cpu", "float32")


def test_a_failure_keeps_its_notes() -> None:
    ctx = WorkContext(FakeCache(resolve, 0), {})
    ctx.note("It was hot.")
    outcome = run(RaisingTask(), request("raising", error="memory"), ctx)
    assert outcome.state is JobState.FAILED
    assert outcome.notes == ("It was hot.",)
    assert outcome.problem is not None
    assert outcome.problem.is_memory


def test_a_stop_wins_over_loading_a_model() -> None:
    token = CancelToken()
    ctx = WorkContext(FakeCache(resolve, 0), {}, cancel=token)
    token.cancel()
    with pytest.raises(Cancelled):
        ctx.engine(EngineKey("any"), "brush")


def test_finish_is_seen_by_the_task() -> None:
    finish = threading.Event()
    finish.set()
    ctx = WorkContext(FakeCache(resolve, 0), {}, finish=finish)
    outcome = run(QuickTask(), request("quick", steps=50), ctx)
    assert outcome.outputs[0].facts["steps"] == 1


def test_versions_name_what_makes_results() -> None:
    assert {"numpy", "pillow"} <= set(versions())
