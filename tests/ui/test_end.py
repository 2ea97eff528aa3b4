"""The end: nothing is lost and nothing stays behind, however the program is told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from studio.project.store import Project


@pytest.mark.skipif(sys.platform == "win32", reason="signals are told differently there")
@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(tmp_path: Path, name: signal.Signals) -> None:
    path = tmp_path / "mine.atelier"
    environment = {**os.environ, "ATELIER_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen"}
    program = subprocess.Popen([sys.executable, "-m", "studio", str(path)], env=environment,
                               stderr=subprocess.PIPE)
    try:
        _wait_for(path)
        children = psutil.Process(program.pid).children(recursive=True)
        program.send_signal(name)
        _, errors = program.communicate(timeout=60)
    finally:
        program.kill()
    assert program.returncode == 0, errors.decode()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive
    with Project.open(path) as project:
        assert project.integrity_check() == []


def _wait_for(path: Path) -> None:
    end = time.monotonic() + 60
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.1)
    time.sleep(1.0)  # it may be stopped at any moment; a moment after the project is there is one
