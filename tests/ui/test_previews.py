"""The interactive lane: the newest wish wins, nothing is stored."""

from __future__ import annotations

import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from studio.core.jobs import Input, Problem, Request
from tests.fakes import png, request
from tests.ui.test_runner import WAIT, Studio


class Look:
    """Somebody who wants to see a request, and what they got."""

    def __init__(self, studio: Studio, task: str, seed: int = 0, **params: Any) -> None:
        self.images: list[QImage] = []
        self.problems: list[Problem] = []
        self.texts: list[str] = []
        studio.runner.preview(request(task, seed, **params), self.images.append, self.problems.append,
                              self.texts.append)

    @property
    def red(self) -> int:
        """The value the picture was made with."""
        return self.images[-1].pixelColor(0, 0).red()


@pytest.fixture
def studio(qtbot: QtBot, tmp_path: Path) -> Generator[Studio]:
    """An open, empty project."""
    found = Studio(qtbot, tmp_path / "a.atelier")
    yield found
    found.close()


def test_a_look_is_shown_and_not_stored(studio: Studio) -> None:
    look = Look(studio, "quick", 77)
    studio.qtbot.waitUntil(lambda: bool(look.images), timeout=WAIT)
    assert look.red == 77
    assert studio.ask(lambda project: project.assets()) == []
    assert studio.ask(lambda project: project.jobs()) == []
    assert studio.runner.jobs() == []


def test_of_many_wishes_the_last_one_wins(studio: Studio) -> None:
    looks = [Look(studio, "quick", seed) for seed in range(50)]
    studio.qtbot.waitUntil(lambda: bool(looks[-1].images), timeout=WAIT)
    assert looks[-1].red == 49
    assert sum(bool(look.images) for look in looks) <= 2
    assert not any(look.problems for look in looks)


def test_an_answer_in_words_is_said_and_not_shown(studio: Studio) -> None:
    look = Look(studio, "quick", say="12 Wörter")
    studio.qtbot.waitUntil(lambda: bool(look.texts), timeout=WAIT)
    assert look.texts == ["12 Wörter"]
    assert not look.images
    assert not look.problems


def test_a_slow_look_is_given_up_for_a_newer_one(studio: Studio) -> None:
    slow = Look(studio, "quick", steps=100_000, seconds=0.01)
    studio.qtbot.waitUntil(lambda: bool(studio.runner.stats.memory), timeout=WAIT)
    new = Look(studio, "quick", 5)
    studio.qtbot.waitUntil(lambda: bool(new.images), timeout=WAIT)
    assert not slow.images
    assert not slow.problems


def test_a_look_that_fails_says_so_and_the_next_one_works(studio: Studio) -> None:
    bad = Look(studio, "crash")
    studio.qtbot.waitUntil(lambda: bool(bad.problems), timeout=WAIT)
    good = Look(studio, "quick", 9)
    studio.qtbot.waitUntil(lambda: bool(good.images), timeout=WAIT)


def test_looks_and_the_queue_do_not_wait_for_each_other(studio: Studio) -> None:
    [job] = studio.submit(request("quick", steps=100_000, seconds=0.01))
    studio.wait_running(job)
    look = Look(studio, "quick", 3)
    studio.qtbot.waitUntil(lambda: bool(look.images), timeout=WAIT)
    assert studio.runner.current is job


def test_a_second_look_does_not_wait_for_a_busy_project(studio: Studio) -> None:
    sha = studio.ask(lambda project: project.put_blob(png()))
    inputs = (Input("content", sha),)
    images: list[QImage] = []
    studio.runner.preview(Request("quick", 1, {}, inputs, 1), images.append)
    studio.qtbot.waitUntil(lambda: len(images) == 1, timeout=WAIT)
    go_on = threading.Event()
    studio.document.call(lambda project: go_on.wait(WAIT / 1000))
    studio.runner.preview(Request("quick", 1, {}, inputs, 2), images.append)
    studio.qtbot.waitUntil(lambda: len(images) == 2, timeout=WAIT)
    assert not go_on.is_set()
    go_on.set()
