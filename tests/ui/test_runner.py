"""The queue: order, stopping, retrying, what is kept."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from studio.core.jobs import Input, JobState, Problem, Request
from studio.engines.messages import HostSettings
from studio.ui.document import Document
from studio.ui.jobs import Job
from studio.ui.runner import Runner
from tests.fakes import TASKS, png, request

HOST = HostSettings("", Path(), Path(), "tests.fakes:resolve", "tests.fakes:FakeCache", threads=1)
WAIT = 30_000


class Studio:
    """A document and its runner, as the window has them."""

    def __init__(self, qtbot: QtBot, path: Path) -> None:
        self.qtbot = qtbot
        self.document = Document()
        self.problems: list[Problem] = []
        self.document.failed.connect(self.problems.append)
        self.runner = Runner(self.document, TASKS, host=HOST)
        self.ended: list[Job] = []
        self.runner.ended.connect(self.ended.append)
        self.open(path)

    def open(self, path: Path) -> None:
        """Open or make the project, and wait until its queue is there."""
        with self.qtbot.waitSignal(self.document.opened, timeout=WAIT):
            (self.document.open if path.exists() else self.document.create)(path)
        self.ask(lambda project: None)

    def ask(self, fn: Callable[[Any], Any]) -> Any:
        """What ``fn`` says of the project, waited for."""
        answers: list[Any] = []
        self.document.call(fn, answers.append, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=WAIT)
        return answers[0]

    def submit(self, *requests: Request, **more: Any) -> list[Job]:
        """Submit as a panel would."""
        return self.runner.submit(requests, panel="quick", label="A job", **more)

    def wait(self, *jobs: Job) -> None:
        """Until all have ended."""
        self.qtbot.waitUntil(lambda: all(job in self.ended for job in jobs), timeout=WAIT)

    def wait_running(self, job: Job) -> None:
        """Until the engine process has said something about it."""
        self.qtbot.waitUntil(lambda: bool(job.text), timeout=WAIT)

    def close(self) -> None:
        """As the window does."""
        assert self.runner.shutdown(10_000)
        assert self.document.close()


@pytest.fixture
def studio(qtbot: QtBot, tmp_path: Path) -> Generator[Studio]:
    """An open, empty project."""
    found = Studio(qtbot, tmp_path / "a.atelier")
    yield found
    found.close()


def test_a_result_is_in_the_project_when_it_is_said_to_be_done(studio: Studio) -> None:
    [job] = studio.submit(request("quick", 7, note="A note"))
    studio.wait(job)
    assert job.state is JobState.DONE
    assert job.notes == ("A note",)
    [asset] = studio.ask(lambda project: project.assets())
    assert (asset,) == job.assets
    assert asset.seed == 7
    recipe = studio.ask(lambda project: project.recipe(asset.id))
    assert recipe.request == job.request
    assert {"atelier", "numpy"} <= set(recipe.versions)
    assert [row.state for row in studio.ask(lambda project: project.jobs())] == [JobState.DONE]


def test_jobs_run_in_order_and_one_failure_stops_none(studio: Studio) -> None:
    kinds = [request("quick", 1), request("raising"), request("crash"), request("crash", how="abort"),
             request("greedy"), request("raising", error="studio"), request("quick", 2)]
    jobs = studio.submit(*kinds)
    studio.wait(*jobs)
    assert studio.ended == jobs
    states = [job.state for job in jobs]
    assert states == [JobState.DONE, *[JobState.FAILED] * 5, JobState.DONE]
    bug, crash, abort, greedy, words = (job.problem or Problem("") for job in jobs[1:6])
    assert (bug.is_bug, greedy.is_memory) == (True, True)
    assert "a bug in a task" in bug.details
    assert "SIGSEGV" in crash.details
    assert "string_at" in crash.details
    assert "SIGABRT" in abort.details
    assert words.text == "tree.txt is not a picture. Try another one."
    rows = studio.ask(lambda project: project.jobs())
    assert [row.state for row in rows] == states
    assert rows[5].problem.text == words.text


def test_stop_ends_the_running_job_and_the_next_runs(studio: Studio) -> None:
    slow, after = studio.submit(request("quick", steps=1000, seconds=0.02), request("quick"))
    studio.wait_running(slow)
    studio.runner.stop(slow)
    studio.wait(slow, after)
    assert (slow.state, after.state) == (JobState.CANCELLED, JobState.DONE)
    assert [row.state for row in studio.ask(lambda project: project.jobs())] == [slow.state, after.state]


@pytest.mark.parametrize("how", ["hold", "loop"])
def test_a_job_that_ignores_stop_is_killed(studio: Studio, how: str) -> None:
    stubborn, after = studio.submit(request("stubborn", how=how), request("quick"))
    studio.wait_running(stubborn)
    studio.runner.stop(stubborn)
    studio.wait(stubborn, after)
    assert (stubborn.state, after.state) == (JobState.CANCELLED, JobState.DONE)


def test_a_job_stopped_before_it_got_to_the_engine_is_cancelled(studio: Studio) -> None:
    [job] = studio.submit(request("quick", steps=1000, seconds=0.02))
    studio.qtbot.waitUntil(lambda: studio.runner.current is job, timeout=WAIT)
    studio.runner.stop(job)
    studio.wait(job)
    assert job.state is JobState.CANCELLED


def test_a_waiting_job_is_skipped_and_can_be_retried(studio: Studio) -> None:
    first, second = studio.submit(request("quick", steps=30), request("quick", 5))
    studio.runner.skip(second)
    studio.wait(first, second)
    assert second.state is JobState.CANCELLED
    studio.ended.clear()
    studio.runner.retry(second)
    studio.wait(second)
    assert second.state is JobState.DONE


def test_finish_keeps_what_is_there(studio: Studio) -> None:
    [job] = studio.submit(request("quick", steps=1000, seconds=0.02))
    studio.wait_running(job)
    studio.runner.finish(job)
    studio.wait(job)
    assert job.state is JobState.DONE
    assert 1 <= job.assets[0].facts["steps"] < 1000


def test_stop_after_this_holds_the_rest_until_resume(studio: Studio) -> None:
    first, second = studio.submit(request("quick", steps=20), request("quick"))
    studio.wait_running(first)
    studio.runner.stop_after_this()
    studio.wait(first)
    assert first.state is JobState.DONE
    assert studio.runner.waiting == [second]
    assert studio.runner.current is None
    studio.runner.resume()
    studio.wait(second)


def test_stop_now_holds_the_rest(studio: Studio) -> None:
    first, second = studio.submit(request("quick", steps=1000, seconds=0.02), request("quick"))
    studio.wait_running(first)
    studio.runner.stop_now()
    studio.wait(first)
    assert first.state is JobState.CANCELLED
    assert studio.runner.is_paused
    assert second.state is JobState.QUEUED


def test_waiting_jobs_change_places_and_stay_so(studio: Studio) -> None:
    jobs = studio.submit(*(request("quick", seed, steps=10) for seed in range(4)))
    studio.runner.stop_after_this()
    studio.runner.move(jobs[3], 0)
    [urgent] = studio.submit(request("quick", 9), front=True)
    expected = studio.runner.waiting
    assert expected.index(urgent) == 0
    assert expected.index(jobs[3]) < expected.index(jobs[2])
    rows = studio.ask(lambda project: project.jobs())
    assert [row.id for row in rows if row.state is JobState.QUEUED] == [job.id for job in expected]
    studio.runner.resume()
    studio.wait(*jobs, urgent)
    assert studio.ended.index(urgent) < studio.ended.index(jobs[3]) < studio.ended.index(jobs[1])


def test_the_queue_survives_a_restart_and_parts_are_not_done_again(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "a.atelier"
    before = Studio(qtbot, path)
    long, later = before.submit(request("quick", steps=40, seconds=0.05, parts=True), request("quick", 3))
    qtbot.waitUntil(lambda: bool(long.fraction) and long.fraction > 0.1, timeout=WAIT)
    before.close()
    after = Studio(qtbot, path)
    qtbot.waitUntil(lambda: len(after.runner.waiting) == 2, timeout=WAIT)
    assert [job.id for job in after.runner.jobs()] == [long.id, later.id]
    assert after.runner.is_paused
    assert after.runner.current is None
    after.runner.resume()
    long, later = after.runner.jobs()
    after.wait(long, later)
    assert long.assets[0].facts["resumed"] >= 3
    assert later.state is JobState.DONE
    after.close()


def test_halt_lets_another_project_be_opened_and_loses_nothing(studio: Studio, tmp_path: Path) -> None:
    first = studio.document.path
    assert first
    job, other = studio.submit(request("quick", steps=1000, seconds=0.02), request("quick"))
    studio.wait_running(job)
    ready: list[bool] = []
    studio.runner.halt(lambda: ready.append(True))
    studio.qtbot.waitUntil(lambda: bool(ready), timeout=WAIT)
    studio.open(tmp_path / "b.atelier")
    assert studio.runner.jobs() == []
    [new] = studio.submit(request("quick"))
    studio.wait(new)
    studio.open(first)
    studio.qtbot.waitUntil(lambda: len(studio.runner.waiting) == 2, timeout=WAIT)
    assert [waiting.id for waiting in studio.runner.waiting] == [job.id, other.id]


def test_inputs_come_from_the_project(studio: Studio) -> None:
    sha = studio.ask(lambda project: project.put_blob(png()))
    good = Request("quick", 1, {}, (Input("content", sha),))
    bad = Request("quick", 1, {}, (Input("content", "0" * 64, "gone.png"),))
    jobs = studio.submit(good, bad, good)
    studio.wait(*jobs)
    assert [job.state for job in jobs] == [JobState.DONE, JobState.FAILED, JobState.DONE]


def test_progress_and_pictures_arrive_while_it_runs(studio: Studio) -> None:
    seen: list[tuple[float | None, str]] = []
    pictures: list[QImage] = []
    studio.runner.changed.connect(lambda job: seen.append((job.fraction, job.text)))
    studio.runner.previewed.connect(lambda job, image: pictures.append(image))
    [job] = studio.submit(request("quick", steps=4, seconds=0.1, preview=True))
    studio.wait(job)
    assert (0.25, "Step {step} of {steps}") in seen
    assert pictures[0].width() == 4
    assert pictures[0].height() == 6


def test_text_is_seen_as_it_is_written(studio: Studio) -> None:
    pieces: list[tuple[Job, str]] = []
    studio.runner.wrote.connect(lambda job, wrote: pieces.append((job, wrote.text)))
    jobs = studio.submit(request("writing", count=10, seconds=0.05), request("writing", 1, count=3))
    studio.wait(*jobs)
    written = ["".join(text for job, text in pieces if job is wanted) for wanted in jobs]
    assert written == ["0 1 2 3 4 5 6 7 8 9 ", "0 1 2 "]
    assert len(pieces) > 4


def test_a_read_only_project_refuses_jobs_in_words(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "a.atelier"
    first = Studio(qtbot, path)
    second = Studio(qtbot, path)
    assert second.document.read_only
    [job] = second.submit(request("quick"))
    second.wait(job)
    assert job.state is JobState.FAILED
    assert job.problem
    assert "open in another window" in job.problem.text
    second.close()
    first.close()


def test_a_result_that_could_not_be_saved_is_saved_by_retry(
        studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.core.errors import StudioError
    from studio.project.store import Project

    def full(*_: object, **__: object) -> None:
        raise StudioError("The disk is full.", "Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr(Project, "add_outcome", full)
        [job] = studio.submit(request("quick", 11))
        studio.wait(job)
    assert job.state is JobState.FAILED
    assert job.problem
    assert job.problem.text == "The disk is full. Free some space."
    pid = studio.runner.stats.memory
    assert pid
    studio.ended.clear()
    studio.runner.retry(job)
    studio.wait(job)
    assert job.state is JobState.DONE
    assert [asset.seed for asset in studio.ask(lambda project: project.assets())] == [11]


def test_time_estimates_come_from_this_machines_runs(studio: Studio) -> None:
    assert studio.runner.estimate(request("quick"), 64) is None
    [job] = studio.submit(request("quick", steps=2))
    studio.wait(job)
    studio.ask(lambda project: None)
    assert studio.runner.estimate(request("quick", steps=2), 64)
    assert studio.runner.estimate(request("quick", steps=50), 64) is None


def test_removed_jobs_are_gone(studio: Studio) -> None:
    [job] = studio.submit(request("raising"))
    studio.wait(job)
    studio.runner.remove(job)
    assert studio.runner.jobs() == []
    assert studio.ask(lambda project: project.jobs()) == []


def test_a_job_asked_for_while_the_queue_is_read_is_not_forgotten(qtbot: QtBot, tmp_path: Path) -> None:
    document = Document()
    runner = Runner(document, TASKS, host=HOST)
    document.create(tmp_path / "a.atelier",
                    lambda _: runner.submit([request("quick")], panel="quick", label="A"))
    with qtbot.waitSignal(runner.ended, timeout=WAIT) as found:
        pass
    assert found.args[0].state is JobState.DONE
    assert runner.shutdown()
    assert document.close()


def test_restoring_twice_changes_nothing(studio: Studio) -> None:
    first, second = studio.submit(request("quick", steps=30), request("quick"))
    studio.wait_running(first)
    studio.runner.reload()
    studio.ask(lambda project: None)
    assert studio.runner.jobs() == [first, second]
    assert not studio.runner.is_paused
    studio.wait(first, second)


def test_what_is_over_is_forgotten_when_a_project_is_opened(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "a.atelier"
    before = Studio(qtbot, path)
    done, failed = before.submit(request("quick"), request("raising"))
    before.wait(done, failed)
    before.close()
    after = Studio(qtbot, path)
    assert [row.id for row in after.ask(lambda project: project.jobs())] == [failed.id]
    assert [job.id for job in after.runner.jobs()] == [failed.id]
    assert len(after.ask(lambda project: project.assets())) == 1
    after.close()
