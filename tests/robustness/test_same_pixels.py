"""Same recipe, same result: the window's engine process and the command line, with the model in the box."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from studio.core.jobs import Input, JobState, Request
from studio.panels.style import PANEL
from studio.panels.style.task import StyleTask
from studio.project.store import Project
from studio.ui.document import Document
from studio.ui.jobs import Job
from studio.ui.runner import Runner

SEED = 41
SETTINGS: dict[str, Any] = {"strength": 0.7, "keep_colour": True, "variation": 0.5, "size": 192}
OPTIONS = ("--strength", "0.7", "--keep-colour", "--variation", "0.5", "--size", "192")
WAIT = 120_000
T = TypeVar("T")


@pytest.fixture
def pictures(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A photograph and two paintings, all of odd sizes."""
    chance = np.random.default_rng(3)
    found = tuple(tmp_path / name for name in ("photo.jpg", "one.png", "two.png"))
    for path, size in zip(found, ((301, 211), (155, 201), (180, 90)), strict=True):
        coarse = Image.fromarray(chance.integers(0, 255, (9, 12, 3), np.uint8))
        coarse.resize(size, Image.Resampling.BICUBIC).save(path)
    return found  # type: ignore[return-value]


def test_window_and_command_line_give_the_same_pixels(qtbot: QtBot, tmp_path: Path,
                                                      pictures: tuple[Path, Path, Path]) -> None:
    first, second, other = in_the_window(qtbot, tmp_path / "a.atelier", pictures, (SEED, SEED, SEED + 1))
    assert first == second
    assert first != other, "the seed counts"
    assert by_command(tmp_path / "made.png", pictures) == first


def in_the_window(qtbot: QtBot, path: Path, pictures: tuple[Path, Path, Path],
                  seeds: Sequence[int]) -> list[tuple[Any, ...]]:
    """Through project, queue and engine process."""
    document = Document()
    runner = Runner(document, {PANEL.id: PANEL.task}, device="cpu")
    ended: list[Job] = []
    runner.ended.connect(ended.append)
    try:
        with qtbot.waitSignal(document.opened, timeout=WAIT):
            document.create(path)
        assets = [asked(qtbot, document, partial(Project.import_file, source=path)) for path in pictures]
        inputs = tuple(Input(role, asset.sha256, asset.name, asset=asset.id)
                       for role, asset in zip(("content", "style", "style"), assets, strict=True))
        params = PANEL.params.from_json(SETTINGS).to_json()
        requests = [Request(StyleTask.id, StyleTask.version, params, inputs, seed) for seed in seeds]
        jobs = runner.submit(requests, panel=PANEL.id, label="A job")
        qtbot.waitUntil(lambda: all(job in ended for job in jobs), timeout=WAIT)
        assert {job.state for job in jobs} == {JobState.DONE}
        return [pixels(asked(qtbot, document, partial(Project.blob, sha256=job.assets[0].sha256)))
                for job in jobs]
    finally:
        assert runner.shutdown(10_000)
        assert document.close()


def asked(qtbot: QtBot, document: Document, fn: Callable[[Project], T]) -> T:
    """What ``fn`` says of the project, waited for."""
    answers: list[Any] = []
    document.call(fn, answers.append, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT)
    answer: T = answers[0]
    return answer


def by_command(path: Path, pictures: tuple[Path, Path, Path]) -> tuple[Any, ...]:
    """Through ``atelier style``."""
    command = [sys.executable, "-m", "studio", "style", *map(str, pictures), *OPTIONS, "--seed", str(SEED),
               "--device", "cpu", "--json", "-o", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=WAIT / 1000)
    assert json.loads(done.stdout)["seed"] == SEED
    return pixels(path.read_bytes())


def pixels(data: bytes) -> tuple[Any, ...]:
    """All there is to compare in a picture."""
    with Image.open(io.BytesIO(data)) as image:
        return image.format, image.mode, image.size, image.tobytes()
