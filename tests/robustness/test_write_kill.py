"""Kill the window while the model writes: at most the last moment is gone, and the rest is offered again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from studio.project.store import Project
from tests import gguf_files

ROOT = Path(__file__).parents[2]
LASTS = 3.0
"""Seconds of writing before it is killed."""
LOST = 1.5
"""Seconds that may be gone: one is promised, and a busy machine writes a little later."""


class Session:
    """One run of the program, and when it said what stood on its page."""

    def __init__(self, project: Path, model: Path) -> None:
        # a file, since nobody empties a pipe and Qt warns of every script it lacks a font for
        self.errors = project.with_suffix(".errors")
        with self.errors.open("w") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.robustness.write_program", str(project), str(model)], cwd=ROOT,
                stdout=subprocess.PIPE, stderr=errors, text=True,
                env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
        self.said: list[tuple[float, str]] = []

    def watch(self, seconds: float) -> None:
        """Until it has told of its page for so long, or has ended."""
        assert self.process.stdout
        while (not self.said or self.said[-1][0] - self.said[0][0] < seconds) and (
                line := self.process.stdout.readline()):
            self._hear(line)

    def kill(self) -> float:
        """End it the hard way; its engine processes must follow. When that was."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        ended = time.monotonic()
        self.process.kill()
        said, _ = self.process.communicate(timeout=120)
        errors = self.errors.read_text(encoding="utf-8", errors="replace")
        assert "Traceback" not in errors, errors
        for line in said.splitlines(keepends=True):
            if line.endswith("\n"):
                self._hear(line)
        alive = psutil.wait_procs(children, timeout=10)[1]
        assert not alive, f"orphans: {alive}"
        return ended

    def _hear(self, line: str) -> None:
        when, _, text = line.partition(" ")
        self.said.append((float(when), json.loads(text)))


@pytest.mark.timeout(90)
def test_killed_while_it_writes_the_page_is_there(tmp_path: Path) -> None:
    path = tmp_path / "story.atelier"
    Project.create(path).close()
    session = Session(path, gguf_files.model(tmp_path / "tiny.gguf", llama__context_length=2048))
    try:
        session.watch(LASTS)
    finally:  # also when it takes too long: nothing is left running
        ended = session.kill()
    assert session.said, "it never came so far"
    old = [text for when, text in session.said if when < ended - LOST]
    with Project.open(path) as project:
        assert project.integrity_check() == []
        kept = project.page("write")
        draft = project.draft("write")
        waiting = [row for row in project.jobs() if not row.state.is_final]
    assert kept.text.startswith(old[-1])
    assert session.said[-1][1].startswith(kept.text), "and nothing that never stood there"
    written = {piece.option for piece in kept.pieces if piece.origin == "model"}
    assert written <= {entry[0] for entry in draft["forks"]["options"]}
    assert written
    assert len(waiting) <= 1
