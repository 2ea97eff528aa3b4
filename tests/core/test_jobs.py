from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from studio.core.errors import Cancelled, OutOfMemory, StudioError
from studio.core.jobs import CancelToken, Input, JobState, Output, Problem, Request, execute, problem_of

REQUEST = Request("paint", 2, {"strength": 0.5, "words": "ñ 画"},
                  (Input("content", "ab" * 32, "photo.jpg", 0.25, "asset-1"), Input("style", "cd" * 32)), 42)


class Task:
    """Does whatever it is given."""

    id, version = "paint", 1

    def __init__(self, work: Callable[[Any], Sequence[Output]]) -> None:
        self.work = work

    def run(self, request: Request, ctx: Any) -> Sequence[Output]:
        """Do it."""
        return self.work(ctx)


class Context:
    """Only what `execute` itself touches."""

    def __init__(self) -> None:
        self.cancel = CancelToken()


def outcome(work: Callable[[Any], Sequence[Output]], ctx: Any = None) -> Any:
    return execute(Task(work), REQUEST, ctx or Context())


def test_request_round_trip() -> None:
    assert Request.from_json(REQUEST.to_json()) == REQUEST
    plain = Request("paint", 1, {})
    assert Request.from_json(plain.to_json()) == plain


def test_request_of_a_later_version_drops_what_it_does_not_know() -> None:
    data = REQUEST.to_json()
    data["future"] = 1
    data["inputs"][0]["future"] = 2
    assert Request.from_json(data) == REQUEST


@pytest.mark.parametrize("data", [
    {}, {"task": "x"}, {"task": "x", "version": "one", "params": {}},
    {"task": "x", "version": 1, "params": 7},
    {"task": "x", "version": 1, "params": {}, "inputs": [{"role": "a"}]},
    {"task": "x", "version": 1, "params": {}, "inputs": 5},
    {"task": "x", "version": 1, "params": {}, "inputs": ["x"]},
    {"task": "x", "version": 1, "params": {}, "seed": "x"},
])
def test_damaged_requests_are_told(data: dict[str, Any]) -> None:
    with pytest.raises(StudioError, match="This recipe is damaged"):
        Request.from_json(data)


def test_done() -> None:
    made = Output("image", "image/png", "a", b"x", 42)
    found = outcome(lambda _: [made])
    assert found.state is JobState.DONE
    assert found.outputs == (made,)
    assert found.problem is None
    assert found.seconds >= 0


def test_cancelled_before_and_during_and_after() -> None:
    ctx = Context()
    ctx.cancel.cancel()
    assert outcome(lambda _: pytest.fail("it ran"), ctx).state is JobState.CANCELLED

    def during(ctx: Any) -> list[Output]:
        ctx.cancel.cancel()
        ctx.cancel.check()
        return []
    assert outcome(during).state is JobState.CANCELLED

    def just_after(ctx: Any) -> list[Output]:
        ctx.cancel.cancel()
        return []
    assert outcome(just_after).state is JobState.CANCELLED


def test_failures_become_problems_with_text_only() -> None:
    def fail(_: Any) -> list[Output]:
        raise StudioError("{name} is cut off.", "Get it again.", name="a.png", size=5)
    found = outcome(fail)
    assert found.state is JobState.FAILED
    assert found.problem.text == "a.png is cut off. Get it again."
    assert found.problem.values == {"name": "a.png", "size": 5}
    assert "Traceback" in found.problem.details
    assert not found.problem.is_bug


def test_bugs_are_called_so() -> None:
    found = outcome(lambda _: [1 / 0])  # type: ignore[list-item]
    assert found.problem.is_bug
    assert "ZeroDivisionError" in found.problem.details
    assert "ZeroDivisionError" not in found.problem.text


@pytest.mark.parametrize("error", [MemoryError(), OutOfMemory("Too big.")])
def test_memory_is_told_apart(error: Exception) -> None:
    problem = problem_of(error)
    assert problem.is_memory
    assert not problem.is_bug


def test_details_of_an_error_win_over_the_trace() -> None:
    assert problem_of(StudioError("x", details="code 7")).details == "code 7"


def test_values_in_a_problem_are_plain() -> None:
    problem = problem_of(StudioError("{a}", a=ValueError("odd")))
    assert problem.values == {"a": "odd"}
    assert Problem("100 % of {nothing}").text == "100 % of {nothing}"


def test_states_that_are_final() -> None:
    assert [state.value for state in JobState if state.is_final] == ["done", "failed", "cancelled"]


def test_token_calls_back_only_inside_the_block() -> None:
    token, calls = CancelToken(), []
    with token.interrupts(lambda: calls.append("inside")):
        pass
    assert not calls
    with pytest.raises(Cancelled), token.interrupts(lambda: calls.append("inside")):
        token.cancel()
    assert calls == ["inside"]
    token.cancel()
    assert calls == ["inside"]
    with pytest.raises(Cancelled), token.interrupts(lambda: calls.append("late")):
        pytest.fail("entered after a stop")


def test_an_error_caused_by_the_stop_is_a_stop() -> None:
    token = CancelToken()

    def stopped_inside() -> None:
        with token.interrupts(lambda: None):
            token.cancel()
            raise RuntimeError("terminated")
    with pytest.raises(Cancelled):
        stopped_inside()
    with pytest.raises(RuntimeError, match="own"), CancelToken().interrupts(lambda: None):
        raise RuntimeError("own")


def test_token_stops_another_thread() -> None:
    token, entered, released = CancelToken(), threading.Event(), threading.Event()
    ended: list[type[BaseException]] = []

    def work() -> None:
        try:
            with token.interrupts(released.set):
                entered.set()
                assert released.wait(10)
        except Cancelled:
            ended.append(Cancelled)
    thread = threading.Thread(target=work)
    thread.start()
    assert entered.wait(10)
    token.cancel()
    thread.join(10)
    assert ended == [Cancelled]
