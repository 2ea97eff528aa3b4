from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import StudioError
from studio.core.jobs import Input
from studio.core.manuscript import Edit, Manuscript, Piece
from studio.project.failures import ProjectDamaged
from studio.project.jobs import JobRow
from studio.project.store import Project
from tests.project import making

_VARIANTS = 100


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "a.atelier"
    with making.new(path) as project:
        photo = project.import_file(making.png(1, (40, 40)), "photo.png")
        for number in range(2, 6):
            wanted = making.request(Input("content", photo.sha256, asset=photo.id), seed=number)
            project.add_outcome(wanted, making.outcome(number))
        project.add_jobs([JobRow("j", making.request(), "J")])
        project.set_draft("style", {"strength": 0.5})
        project.set_page("write", Manuscript.of("It was a night."))
        project.add_edits("write", [Edit(0, 2, (Piece("That"),))])
        project.title = "Whole"
    return path


@pytest.mark.parametrize("part", range(5))
def test_flipped_bytes_are_reported_and_never_altered(whole: Path, tmp_path: Path, part: int) -> None:
    dice = random.Random(part)
    data = whole.read_bytes()
    reported = 0
    for number in range(_VARIANTS // 5):
        path = tmp_path / f"{number}.atelier"
        bad = bytearray(data)
        # the header and the first page of the schema are small targets and the worst ones
        last = 2000 if number % 3 == 0 else len(bad)
        for _ in range(dice.choice((1, 1, 20))):
            bad[dice.randrange(last)] ^= dice.randrange(1, 256)
        path.write_bytes(bad)
        reported += _look_at_everything(path)
        assert path.read_bytes() == bad, "a damaged file was altered"
        assert list(tmp_path.iterdir()) == [path]
        path.unlink()
    assert reported


@pytest.mark.parametrize("size", [50, 100, 4096, 8192, 30_000])
def test_cut_off_files(whole: Path, tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.atelier"
    path.write_bytes(whole.read_bytes()[:size])
    with pytest.raises(ProjectDamaged):
        Project.open(path)
    assert path.stat().st_size == size


def test_a_zeroed_page_is_found(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.atelier"
    data = bytearray(whole.read_bytes())
    data[8192 * 5 : 8192 * 6] = bytes(8192)
    path.write_bytes(data)
    with pytest.raises(ProjectDamaged), Project.open(path) as project:
        raise ProjectDamaged("; ".join(project.integrity_check()))


@pytest.mark.parametrize("table", ["asset", "recipe", "recipe_input", "job", "draft", "meta", "blob",
                                   "page", "page_edit"])
def test_a_damaged_table_is_found_when_the_file_is_opened(whole: Path, tmp_path: Path, table: str) -> None:
    path = tmp_path / "a.atelier"
    data = bytearray(whole.read_bytes())
    with closing(sqlite3.connect(whole)) as connection:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        start = (connection.execute(query, (table,)).fetchone()[0] - 1) * 8192
    data[start + 8] ^= 0x15  # where the first cell is
    path.write_bytes(data)
    with pytest.raises(ProjectDamaged):
        Project.open(path)
    assert path.read_bytes() == data


def test_damaged_content_is_never_handed_out(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.atelier"
    shutil.copy(whole, path)
    data = path.read_bytes()
    at = data.index(making.png(2)) + 50
    path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    with making.reopened(path) as project:
        bad = next(asset for asset in project.assets() if asset.name == "Result 2")
        with pytest.raises(ProjectDamaged):
            project.content(bad.id)
        with pytest.raises(ProjectDamaged):
            project.export_blob(bad.sha256, tmp_path / "out.png")
        assert len(project.integrity_check()) == 1
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "addition",
    [
        "CREATE TRIGGER spy AFTER INSERT ON asset BEGIN DELETE FROM asset; END",
        "CREATE VIEW v AS SELECT 1",
        "DROP TABLE draft",
    ],
)
def test_a_file_with_another_schema_is_not_trusted(whole: Path, tmp_path: Path, addition: str) -> None:
    path = tmp_path / "a.atelier"
    shutil.copy(whole, path)
    connection = sqlite3.connect(path)
    connection.executescript(addition)
    connection.close()
    with pytest.raises(ProjectDamaged):
        Project.open(path)


def _look_at_everything(path: Path) -> int:
    """How many times damage was reported; anything but a StudioError fails the test."""
    try:
        project = making.reopened(path)
    except StudioError:
        return 1
    with project:
        found = bool(project.integrity_check())
        looks: list[Callable[[], object]] = [
            project.assets,
            lambda: project.assets(trashed=True),
            project.jobs,
            lambda: project.title,
            lambda: project.draft("style"),
            lambda: project.parts("j"),
        ]
        ids = _tolerant(lambda: [asset.id for asset in project.assets()]) or []
        for asset in ids:
            looks += [
                lambda a=asset: project.content(a),
                lambda a=asset: project.recipe(a),
                lambda a=asset: project.parents(a),
                lambda a=asset: project.children(a),
                lambda a=asset: project.thumbnail(a),
            ]
        for look in looks:
            _tolerant(look)
        return found


def _tolerant(look: Callable[[], Any]) -> Any:
    try:
        return look()
    except StudioError:
        return None
