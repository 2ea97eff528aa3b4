"""Kill -9 while a person types or a model writes: what was kept is there, whole, and lags by moments only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from studio.project.store import Project


@pytest.mark.parametrize("way", ["typing", "streaming"])
def test_killed_while_it_grows(tmp_path: Path, way: str) -> None:
    path = tmp_path / "a.atelier"
    Project.create(path).close()
    start = 0
    for _ in range(2):
        kept, typed = killed(path, way, hand_overs=3)
        with Project.open(path) as project:
            page = project.page("write")
        assert page.text == "ab " * (page.length // 3)
        assert start < kept <= page.length <= typed + 3
        assert {piece.origin for piece in page.pieces} == {"yours" if way == "typing" else "model"}
        start = page.length


def killed(path: Path, way: str, hand_overs: int) -> tuple[int, int]:
    """Let it work until that much was kept, and kill it; how much was said to be kept, and typed."""
    command = [sys.executable, "-m", "tests.robustness.typing_program", str(path), way]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True,
                               env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    said = {"kept": 0, "typed": 0}
    with program:
        assert program.stdout is not None
        for line in program.stdout:
            what, length, _ = line.split()
            said[what] = int(length)
            hand_overs -= what == "kept"
            if hand_overs <= 0:
                program.kill()
                break
        for line in program.stdout:
            if line.endswith("\n"):
                said[line.split()[0]] = int(line.split()[1])
    return said["kept"], said["typed"]
