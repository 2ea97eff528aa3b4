"""A whole folder through the queue: done, delivered, reported; interrupted, watched, refused."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from studio.core.jobs import JobState, Problem, Request
from studio.project.jobs import JobRow
from studio.ui import batch_run
from studio.ui.batch_order import BatchOrder
from studio.ui.batch_run import BatchRun
from studio.ui.deliveries import Deliveries
from tests.fakes import png
from tests.ui.test_runner import WAIT, Studio

ASKED = Request("quick", 1, {"steps": 1, "seconds": 0.0}, (), 3)


class Batching(Studio):
    """A document, its runner, and batches."""

    def __init__(self, qtbot: QtBot, path: Path) -> None:
        super().__init__(qtbot, path)
        self.deliveries = Deliveries(self.document, self.runner)
        self.runs: list[BatchRun] = []
        self.refusals: list[tuple[JobRow, Problem]] = []
        self.deliveries.delivered.connect(lambda row: [run.deliver(row) for run in self.runs])
        self.deliveries.refused.connect(self._on_refused)

    def begin(self, order: BatchOrder, rows: list[JobRow] | None = None) -> BatchRun:
        """Start a batch."""
        run = BatchRun(order, self.document, self.runner)
        self.runs.append(run)
        run.start(rows or [])
        return run

    def run(self, order: BatchOrder) -> BatchRun:
        """A batch to its end."""
        run = BatchRun(order, self.document, self.runner)
        self.runs.append(run)
        with self.qtbot.waitSignal(run.over, timeout=WAIT):
            run.start()
        return run

    def _on_refused(self, row: JobRow, problem: Problem) -> None:
        self.refusals.append((row, problem))
        for run in self.runs:
            run.refuse(row, problem)


@pytest.fixture
def studio(qtbot: QtBot, tmp_path: Path) -> Generator[Batching]:
    found = Batching(qtbot, tmp_path / "a.atelier")
    yield found
    found.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five pictures, two of them in folders."""
    for at, name in enumerate(("a.png", "b.png", "画布.png", "sub/Закат.png", "sub/deep/😀.png")):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png(value=10 + at))
    return tmp_path / "in"


Order = Callable[..., BatchOrder]


@pytest.fixture
def order(folder: Path, tmp_path: Path) -> Order:
    def make(**more: Any) -> BatchOrder:
        known = {"template": "{name}", "request": ASKED, "folder": folder, "out": tmp_path / "out"}
        return BatchOrder("quick", "content", **(known | more))

    return make


def tree(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_every_file_is_a_job_and_its_result_lands_in_the_folder(
    studio: Batching, order: Order, tmp_path: Path
) -> None:
    run = studio.run(order())
    assert run.report.summary == "5 done, 0 failed."
    assert tree(tmp_path / "out") == ["a.png", "b.png", "sub/deep/😀.png", "sub/Закат.png", "画布.png"]
    assert {job.batch for job in studio.runner.jobs()} == {run.order.id}
    rows = studio.ask(lambda project: project.jobs())
    assert all(row.delivery.paths for row in rows)
    assets = studio.ask(lambda project: project.assets())
    assert [asset.origin for asset in assets].count("made") == 5
    recipe = studio.ask(lambda project: project.recipe(assets[0].id))
    assert [(item.role, bool(item.asset)) for item in recipe.request.inputs] == [("content", True)]


def test_what_is_there_is_skipped_and_one_bad_file_stops_none(
    studio: Batching, order: Order, folder: Path, tmp_path: Path
) -> None:
    studio.run(order())
    before = tree(tmp_path / "out")
    (folder / "bad.png").write_bytes(b"no picture at all")
    (folder / "sub" / "new.png").write_bytes(png(value=77))
    run = studio.run(order())
    assert run.report.summary == "1 done, 5 skipped, 1 failed."
    [bad] = run.report.of("failed")
    assert bad.input.endswith("bad.png")
    assert "not a picture" in bad.reason
    assert tree(tmp_path / "out") == sorted([*before, "sub/new.png"])
    again = studio.run(order(skip=False))
    assert again.report.summary == "6 done, 1 failed."


def test_only_the_folder_itself_and_an_empty_one(studio: Batching, order: Order, tmp_path: Path) -> None:
    assert studio.run(order(deep=False)).report.count("done") == 3
    (tmp_path / "none").mkdir()
    assert studio.run(order(folder=tmp_path / "none")).report.rows == []
    gone = studio.run(order(folder=tmp_path / "gone"))
    assert "There is no file gone" in gone.report.rows[0].reason


def test_files_that_come_while_it_runs_are_done_too(
    studio: Batching, order: Order, folder: Path, qtbot: QtBot
) -> None:
    run = studio.begin(order(request=Request("quick", 1, {"steps": 1, "seconds": 0.2}, (), 3)))
    qtbot.waitUntil(lambda: run.count == 5, timeout=WAIT)
    (folder / "late.png").write_bytes(png(value=99))
    with qtbot.waitSignal(run.over, timeout=WAIT):
        pass
    assert run.report.count("done") == 6


def test_a_target_that_cannot_be_written_keeps_the_results_and_is_tried_again(
    studio: Batching, order: Order, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "out").write_bytes(b"in the way")
    run = studio.run(order())
    assert run.report.count("failed") == 5
    assert len(studio.deliveries.waiting) == len(studio.refusals) == 5
    assert "is a file, not a folder" in studio.refusals[0][1].text
    assert len(studio.ask(lambda project: project.undelivered())) == 5
    (tmp_path / "out").unlink()
    studio.deliveries.try_again()
    qtbot.waitUntil(lambda: run.report.count("done") == 5, timeout=WAIT)
    assert len(tree(tmp_path / "out")) == 5
    assert studio.deliveries.waiting == []


def test_what_an_earlier_session_did_not_write_is_written_when_it_is_opened(
    studio: Batching, order: Order, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "out").write_bytes(b"in the way")
    studio.run(order())
    (tmp_path / "out").unlink()
    studio.open(tmp_path / "b.atelier")
    studio.open(tmp_path / "a.atelier")
    qtbot.waitUntil(lambda: (tmp_path / "out").is_dir() and len(tree(tmp_path / "out")) == 5, timeout=WAIT)
    assert studio.ask(lambda project: project.undelivered()) == []


def test_it_goes_on_after_a_restart(studio: Batching, order: Order, tmp_path: Path, qtbot: QtBot) -> None:
    asked = order(request=Request("quick", 1, {"steps": 1, "seconds": 0.1}, (), 3))
    run = studio.begin(asked)
    qtbot.waitUntil(lambda: run.report.count("done") >= 1 and len(studio.runner.waiting) > 1, timeout=WAIT)
    studio.runner.pause()
    qtbot.waitUntil(lambda: studio.runner.current is None, timeout=WAIT)
    studio.runs.clear()
    run.deleteLater()
    studio.open(tmp_path / "b.atelier")
    studio.open(tmp_path / "a.atelier")
    rows = studio.ask(lambda project: project.jobs())
    assert any(row.state is JobState.QUEUED for row in rows)
    again = studio.begin(asked, [row for row in rows if row.batch == asked.id])
    with qtbot.waitSignal(again.over, timeout=WAIT):
        studio.runner.resume()
    assert len(tree(tmp_path / "out")) == 5
    assert again.report.count("failed") == 0


def test_stopping_stops_all_of_it(studio: Batching, order: Order, qtbot: QtBot) -> None:
    run = studio.begin(order(request=Request("quick", 1, {"steps": 100, "seconds": 0.1}, (), 3)))
    qtbot.waitUntil(lambda: studio.runner.current is not None, timeout=WAIT)
    with qtbot.waitSignal(run.over, timeout=WAIT):
        run.stop()
    assert not studio.runner.waiting
    assert run.report.count("done") == 0


def test_a_watched_folder(
    studio: Batching,
    order: Order,
    folder: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batch_run, "_LOOK_MS", 100)
    monkeypatch.setattr(batch_run, "_SELDOM_MS", 400)
    for path in folder.rglob("*.png"):
        os.utime(path, (1e9, 1e9))
    run = studio.begin(order(watch=True))
    qtbot.waitUntil(lambda: run.report.count("done") == 5, timeout=WAIT)
    data = png(400, 400, 9)
    with (folder / "sub" / "slow.png").open("wb") as slow:
        slow.write(data[: len(data) // 2])
        slow.flush()
        qtbot.wait(3000)
        assert run.report.count("failed") == 0
        slow.write(data[len(data) // 2 :])
    qtbot.waitUntil(lambda: run.report.count("done") == 6, timeout=WAIT)
    assert "sub/slow.png" in tree(tmp_path / "out")
    with qtbot.waitSignal(run.over, timeout=WAIT):
        run.stop()


def test_an_order_survives_the_project(order: Order) -> None:
    asked = order(watch=True, folder=Path(os.fsdecode(b"/caf\xe9")))
    assert BatchOrder.from_json(asked.to_json() | {"unknown": 1}) == asked
