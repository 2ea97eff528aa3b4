"""Closing the window in the middle of work: no thread destroyed, no process left, nothing forgotten."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from studio.core.jobs import JobState
from studio.project.store import Project

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("how", ["quick", "hold", "starting"])
def test_closing_in_the_middle_of_work_is_clean(tmp_path: Path, atelier_home: Path, how: str) -> None:
    path = tmp_path / "a.atelier"
    command = [sys.executable, "-m", "tests.robustness.closing_program", str(path), how]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
                          capture_output=True, text=True, timeout=120, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
    assert not any(psutil.pid_exists(int(pid)) for pid in done.stdout.split())
    assert list((atelier_home / "cache" / "spool").glob("*")) == []
    with Project.open(path) as project:
        assert [row.state for row in project.jobs()] == [JobState.QUEUED] * 2
        assert project.integrity_check() == []
