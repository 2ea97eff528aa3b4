"""Kill the whole program at any moment: what was shown as done is there, and the rest is offered again."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from studio.core.jobs import JobState
from studio.project.store import Project

JOBS = 20
ROOT = Path(__file__).parents[2]


class Session:
    """One run of the program; what it said is kept."""

    def __init__(self, path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.robustness.queue_program", str(path), str(JOBS)], cwd=ROOT,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
        self.said: list[str] = []

    def wait(self, word: str, times: int = 1) -> None:
        """Until it has said ``word`` so often, or has ended."""
        assert self.process.stdout
        while sum(line.startswith(word) for line in self.said) < times and (
                line := self.process.stdout.readline()):
            self.said.append(line.strip())

    def kill(self) -> None:
        """End it the hard way; its engine processes must follow."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.process.kill()
        self._read()
        alive = psutil.wait_procs(children, timeout=10)[1]
        assert not alive, f"orphans: {alive}"

    def finish(self) -> int:
        """Let it end by itself; its exit code."""
        self._read()
        return self.process.returncode

    def _read(self) -> None:
        said, errors = self.process.communicate(timeout=120)
        self.said += said.splitlines()
        problems = [line for line in self.said if line.startswith("problem")]
        assert not problems, problems
        assert "Traceback" not in errors, errors

    @property
    def done(self) -> dict[str, str]:
        """Asset to job, of all it has shown as done; the last line may be cut off by the kill."""
        parts = [line.split() for line in self.said if line.startswith("done")]
        assert all(len(part) == 3 for part in parts[:-1]), parts
        return {part[1]: part[2] for part in parts if len(part) == 3 and len(part[2]) == 32}


def check(path: Path, shown: dict[str, str]) -> int:
    """The file is whole, nothing shown is missing, the rest waits; how many wait."""
    with Project.open(path) as project:
        assert project.integrity_check() == []
        assets = {asset.id: asset for asset in project.assets()}
        states = {row.id: row.state for row in project.jobs()}
        for asset, job in shown.items():
            assert asset in assets
            assert project.content(asset)
            assert project.recipe(asset) is not None
            assert states.get(job, JobState.DONE) is JobState.DONE  # forgotten once it was done
        waiting = [state for state in states.values() if state is JobState.QUEUED]
        assert len(waiting) + len(assets) in (0, JOBS)  # all are stored in one transaction
        assert len({asset.job for asset in assets.values()}) == len(assets)
        return len(waiting)


def kill_often(folder: Path, kills: int, seed: int) -> list[int]:
    """Kill so often, with a new project whenever one is finished; how many jobs waited each time."""
    moments, left, number = random.Random(seed), [], 0
    path, shown = folder / "0.atelier", {}
    for _ in range(kills):
        session = Session(path)
        session.wait("ready")
        if moments.random() < 0.75:  # in the middle of the work, else while the engine process starts
            session.wait("done", moments.randrange(1, JOBS // 2))
        time.sleep(moments.uniform(0.0, 0.15))
        session.kill()
        shown |= session.done
        left.append(check(path, shown))
        if left[-1] == 0:
            number += 1
            path, shown = folder / f"{number}.atelier", {}
    last = Session(path)
    assert last.finish() == 0, last.said
    shown |= last.done
    assert check(path, shown) == 0
    return left


def test_nothing_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    left = kill_often(tmp_path, 6, seed=1)
    assert len(left) == 6


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_nothing_is_lost_in_fifty_kills(tmp_path: Path) -> None:
    left = kill_often(tmp_path, 50, seed=2)
    print("waiting after each kill:", left)
    assert any(0 < count < JOBS for count in left)


def test_a_queue_that_is_left_alone_is_done_and_leaves_no_process(tmp_path: Path) -> None:
    session = Session(tmp_path / "a.atelier")
    session.wait("ready")
    children = psutil.Process(session.process.pid).children(recursive=True)
    assert session.finish() == 0, session.said
    assert len(session.done) == JOBS
    assert psutil.wait_procs(children, timeout=10)[1] == []
    with Project.open(tmp_path / "a.atelier") as project:
        assert sorted(asset.seed for asset in project.assets()) == list(range(JOBS))
