"""A real spawned engine process under its supervisor: every run gets exactly one answer."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from studio.core.jobs import JobState, Outcome
from studio.engines.messages import (
    Cancel,
    Ended,
    Finish,
    FromHost,
    HostSettings,
    Quit,
    Raw,
    Run,
    Said,
    Status,
    ToHost,
    Trim,
    Warm,
    Wrote,
)
from studio.engines.process import crash_problem
from studio.engines.supervisor import Supervisor
from tests.fakes import TASKS, png, request, spool_bytes

SETTINGS = HostSettings("test", Path(), Path(), "tests.fakes:resolve", "tests.fakes:FakeCache", threads=1)
WAIT = 60


class Office:
    """A supervisor in its thread, and what it told."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.spool = folder / "spool"
        self.told: list[FromHost] = []
        self._ended: queue.Queue[Ended] = queue.Queue()
        self._statuses: queue.Queue[Status] = queue.Queue()
        self._supervisor = Supervisor(
            replace(SETTINGS, spool=self.spool, log=folder / "log", **settings), self._tell)
        self._thread = threading.Thread(target=self._supervisor.serve)
        self._thread.start()
        self._number = 0

    def start(self, task: str, seed: int = 0, **params: Any) -> int:
        """Begin a run; its number."""
        self._number += 1
        self.ask(Run(self._number, TASKS[task], request(task, seed, **params), {}))
        return self._number

    def ask(self, command: ToHost) -> None:
        """Hand on a command."""
        self._supervisor.ask(command)

    def outcome(self) -> Outcome:
        """How the oldest unanswered run ended."""
        return self._ended.get(timeout=WAIT).outcome

    def run(self, task: str, seed: int = 0, **params: Any) -> Outcome:
        """Run and wait."""
        self.start(task, seed, **params)
        return self.outcome()

    def status(self) -> Status:
        """The next status."""
        return self._statuses.get(timeout=WAIT)

    def wait_said(self, number: int) -> None:
        """Until run ``number`` has said something."""
        while not any(isinstance(m, Said) and m.number == number for m in self.told):
            threading.Event().wait(0.01)

    def close(self) -> None:
        """Quit and wait."""
        self.ask(Quit())
        self._thread.join(WAIT)
        assert not self._thread.is_alive()

    def _tell(self, message: FromHost) -> None:
        self.told.append(message)
        if isinstance(message, Ended):
            self._ended.put(message)
        elif isinstance(message, Status):
            self._statuses.put(message)


@pytest.fixture
def office(tmp_path: Path) -> Generator[Office]:
    """Closed at the end; the conftest then looks for processes left over."""
    found = Office(tmp_path)
    yield found
    found.close()


def test_a_run_comes_back_with_its_bytes(office: Office) -> None:
    outcome = office.run("quick", 9)
    assert outcome.state is JobState.DONE
    assert outcome.outputs[0].data == png(value=9)
    assert spool_bytes(office.spool) == 0


def test_the_process_is_quiet_light_and_gives_way(office: Office) -> None:
    facts = office.run("imports").outputs[0].facts
    assert facts["modules"] == []
    assert facts["nice"] >= 5
    assert facts["environment"] == "1"


def test_the_network_is_refused_in_the_engine_process(office: Office) -> None:
    problem = office.run("socket").problem
    assert problem is not None
    assert problem.text == "Atelier is offline: a connection was refused."


def test_one_process_serves_many_runs(office: Office) -> None:
    pids = {office.run("quick", seed).outputs[0].facts["pid"] for seed in range(3)}
    assert len(pids) == 1


def test_every_bad_end_is_an_answer_with_details(office: Office) -> None:
    cases: list[tuple[str, dict[str, str], str]] = [
        ("crash", {}, "SIGSEGV"), ("crash", {"how": "abort"}, "SIGABRT"),
        ("crash", {"how": "exit"}, "exit code 7"), ("raising", {"error": "exit"}, "exit code 3"),
        ("raising", {"error": "unpicklable"}, "pickle"), ("raising", {}, "a bug in a task")]
    for task, params, words in cases:
        problem = office.run(task, **params).problem
        assert problem is not None
        assert problem.is_bug
        assert words in problem.details
    assert office.run("quick").state is JobState.DONE


def test_memory_that_runs_out_is_told_from_a_bug(office: Office) -> None:
    for problem in (office.run("crash", how="kill").problem, office.run("greedy").problem):
        assert problem is not None
        assert problem.is_memory
        assert not problem.is_bug


def test_a_task_that_cannot_be_imported_is_an_answer(office: Office) -> None:
    office.ask(Run(1, "tests.nowhere:Task", request("x"), {}))
    outcome = office.outcome()
    assert outcome.problem is not None
    assert "tests.nowhere" in outcome.problem.details


def test_cancel_reaches_a_running_and_a_waiting_run(office: Office) -> None:
    running = office.start("quick", steps=10_000, seconds=0.01)
    waiting = office.start("quick")
    office.wait_said(running)
    office.ask(Cancel(waiting))
    assert office.outcome().state is JobState.CANCELLED
    office.ask(Cancel(running))
    assert office.outcome().state is JobState.CANCELLED
    assert office.run("quick").state is JobState.DONE


def test_a_run_that_does_not_listen_is_killed_and_a_fresh_process_comes(office: Office) -> None:
    before = office.run("quick").outputs[0].facts["pid"]
    stubborn = office.start("stubborn", how="hold")
    office.wait_said(stubborn)
    office.ask(Cancel(stubborn, grace=0.1))
    assert office.outcome().state is JobState.CANCELLED
    assert office.run("quick").outputs[0].facts["pid"] != before
    assert not psutil.pid_exists(before)


def test_a_run_that_stops_late_is_answered_soon_and_keeps_its_process(office: Office) -> None:
    late = office.start("stubborn", how="sleep", seconds=1.0)
    office.wait_said(late)
    office.ask(Cancel(late, grace=30.0))
    outcome = office.outcome()
    assert outcome.state is JobState.CANCELLED
    assert outcome.outputs == ()
    pid = office.run("quick").outputs[0].facts["pid"]
    assert pid == office.status().pid
    assert sum(isinstance(message, Ended) for message in office.told) == 2
    assert spool_bytes(office.spool) == 0


def test_a_model_that_is_being_loaded_is_not_killed(office: Office) -> None:
    slow = office.start("model", key="any", model="slow")
    before = office.status().pid
    office.wait_said(slow)
    office.ask(Cancel(slow, grace=0.1))
    assert office.outcome().state is JobState.CANCELLED
    assert office.run("quick").outputs[0].facts["pid"] == before


def test_a_late_cancel_harms_nothing(office: Office) -> None:
    number = office.start("quick")
    assert office.outcome().state is JobState.DONE
    office.ask(Cancel(number, grace=0.0))
    assert office.run("quick").state is JobState.DONE


def test_finish_keeps_what_is_there(office: Office) -> None:
    number = office.start("quick", steps=10_000, seconds=0.01)
    office.wait_said(number)
    office.ask(Finish(number))
    outcome = office.outcome()
    assert outcome.state is JobState.DONE
    assert outcome.outputs[0].facts["steps"] < 10_000


def test_chatter_is_thinned_in_the_engine_process(office: Office) -> None:
    outcome = office.run("noisy")
    said = [message.what for message in office.told if isinstance(message, Said)]
    assert outcome.state is JobState.DONE
    assert len(said) <= 3 + outcome.seconds * 25
    assert any(isinstance(what, Raw) for what in said)


def test_text_comes_in_order_before_the_end(office: Office) -> None:
    outcome = office.run("writing", count=3000)
    said = [message.what for message in office.told if isinstance(message, Said)]
    assert "".join(what.text for what in said if isinstance(what, Wrote)).encode() == outcome.outputs[0].data
    assert sum(isinstance(what, Wrote) for what in said) <= 3 + outcome.seconds * 35
    assert isinstance(office.told[-1], Ended)


def test_a_big_output_comes_whole(office: Office) -> None:
    assert len(office.run("big", size=50_000_000).outputs[0].data) == 50_000_000


def test_a_file_comes_as_a_file_and_the_rest_of_its_folder_goes(office: Office) -> None:
    output = office.run("file", size=100_000, spare=1_000_000).outputs[0]
    assert isinstance(output.data, Path)
    assert (output.size, output.thumbnail) == (len(png()) + 100_000, b"small")
    assert spool_bytes(office.spool) == output.size
    output.discard()


def test_a_crash_leaves_no_scratch_folder(office: Office) -> None:
    assert office.run("file", size=10, spare=1_000_000, crash=True).state is JobState.FAILED
    assert list(office.spool.glob("scratch-*")) == []


def test_a_full_spool_is_said_in_words(office: Office) -> None:
    office.run("quick")
    office.spool.rmdir()
    problem = office.run("quick").problem
    assert problem is not None
    assert problem.text.startswith("The result could not be handed over")


def test_status_names_models_device_and_versions(office: Office) -> None:
    office.run("model", key="any", model="brush")
    assert "numpy" in office.status().versions
    status = office.status()
    assert (status.models, status.device) == (("brush",), "cpu")
    assert status.memory > 1_000_000


def test_trim_and_warm_are_answered_with_a_status(office: Office) -> None:
    office.ask(Warm(TASKS["quick"]))
    pids = {office.status().pid, office.status().pid}
    office.ask(Trim())
    pids.add(office.status().pid)
    assert len(pids) == 1


def test_trim_starts_no_process(office: Office) -> None:
    office.ask(Trim())
    office.close()
    assert office.told == []


def test_a_result_that_is_lost_on_the_way_is_an_answer(
        office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(path: Path) -> bytes:
        raise FileNotFoundError(2, "No such file", str(path))

    with monkeypatch.context() as patch:
        patch.setattr("studio.engines.spool.take", lost)
        problem = office.run("quick").problem
    assert problem is not None
    assert problem.text == "The result was lost on its way to the window: No such file. Try again."
    with monkeypatch.context() as patch:
        patch.setattr("studio.engines.supervisor.read_outcome", lambda ended: 1 // 0)
        problem = office.run("quick").problem
    assert problem is not None
    assert "ZeroDivisionError" in problem.details
    assert office.run("quick").state is JobState.DONE


def test_quit_ends_a_stubborn_run_too(tmp_path: Path) -> None:
    office = Office(tmp_path)
    number = office.start("stubborn", how="hold")
    office.wait_said(number)
    office.close()


def test_an_engine_that_cannot_start_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "spool").write_bytes(b"")
    office = Office(tmp_path)
    problem = office.run("quick").problem
    assert problem is not None
    assert problem.text == "The engine could not be started. Close other programs and try again."
    office.close()


@pytest.mark.parametrize(("code", "log", "is_memory"), [
    (-9, "", True), (1, "terminate called after throwing an instance of 'std::bad_alloc'", True),
    (1, "Traceback\nMemoryError", True), (-11, "Segmentation fault", False), (None, "", False),
])
def test_exit_codes_become_words(code: int | None, log: str, is_memory: bool) -> None:
    assert crash_problem(code, log).is_memory is is_memory
