"""From drops to assets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from studio.core.jobs import Problem
from studio.ui.widgets.intake import Dropped, Intake
from tests.ui.fake_services import FakeProject, picture_file


@pytest.fixture
def project() -> FakeProject:
    return FakeProject()


@pytest.fixture
def intake(qtbot: QtBot, project: FakeProject) -> Iterator[Intake]:
    owner = QObject()
    yield Intake(project.services(), owner)
    owner.deleteLater()


def names(assets: list[Any]) -> list[str]:
    return [asset.name for asset in assets]


def test_files_become_assets_in_order(intake: Intake, tmp_path: Path) -> None:
    found: list[Any] = []
    paths = tuple(picture_file(tmp_path / f"{name}.png", width=10 + at) for at, name in enumerate("cab"))
    intake.take(Dropped(paths=paths), found.extend)
    assert names(found) == ["c", "a", "b"]


def test_a_folder_is_read_off_the_ui_thread(qtbot: QtBot, intake: Intake, tmp_path: Path) -> None:
    found: list[Any] = []
    for at, name in enumerate(("b.png", "A.png", ".hidden.png")):
        picture_file(tmp_path / name, width=10 + at)
    (tmp_path / "notes.txt").write_text("x")
    intake.take(Dropped(paths=(tmp_path,)), found.extend)
    assert found == []
    qtbot.waitUntil(lambda: names(found) == ["A", "b"])


def test_one_bad_file_does_not_stop_the_rest(intake: Intake, tmp_path: Path) -> None:
    found: list[Any] = []
    problems: list[Problem] = []
    intake.failed.connect(problems.extend)
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no picture")
    intake.take(Dropped(paths=(bad, picture_file(tmp_path / "good.png"))), found.extend)
    assert names(found) == ["good"]
    assert [problem.text for problem in problems] == ["bad is no picture. Try another file."]


def test_answers_in_any_order_keep_their_places(intake: Intake, project: FakeProject, tmp_path: Path) -> None:
    kept = project.picture("reel")
    found: list[Any] = []
    data = picture_file(tmp_path / "p.png").read_bytes()
    project.later = []
    intake.take(Dropped(assets=(kept.id,), data=((data, "pasted"),)), found.extend)
    project.later.reverse()
    project.answer()
    assert names(found) == ["reel", "pasted"]


def test_an_asset_that_is_gone_is_passed_over(intake: Intake, project: FakeProject) -> None:
    found: list[Any] = []
    intake.take(Dropped(assets=("ghost", project.picture("here").id)), found.extend)
    assert names(found) == ["here"]
