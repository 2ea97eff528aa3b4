from __future__ import annotations

import io
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from studio.core.errors import StudioError
from studio.core.jobs import JobState
from studio.core.manuscript import Edit, Manuscript, Piece
from studio.project import migrate
from studio.project.failures import ProjectDamaged, ProjectReadOnly
from studio.project.jobs import JobRow
from studio.project.store import Project
from tests.project import making

_OLD = Path(__file__).parent / "old"


def _zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("a", "b")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (_zip(), "ZIP"),
        (making.png(1), "PNG picture"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"SQLite format 3\x00", "damaged"),
        (b"SQLite format 3\x00" + bytes(84), "another program"),
        (b"hello", "damaged"),
        (bytes(5000), "damaged"),
    ],
)
def test_foreign_files_are_named_and_left_alone(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "a.atelier"
    path.write_bytes(data)
    with pytest.raises(StudioError, match=words):
        Project.open(path)
    assert path.read_bytes() == data
    assert making.names(tmp_path) == [path.name]


def test_other_databases_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "geo.gpkg"
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA application_id = 1196444487; CREATE TABLE a (b)")
    connection.close()
    with pytest.raises(StudioError, match="another program"):
        Project.open(path)


def test_missing_folders_and_pipes(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="no file"):
        Project.open(tmp_path / "missing.atelier")
    with pytest.raises(StudioError, match="folder"):
        Project.open(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(StudioError, match="ordinary"):
            Project.open(tmp_path / "pipe")
    (tmp_path / "note.txt").write_text("hi")
    with pytest.raises(StudioError, match="not an Atelier project"):
        Project.open(tmp_path / "note.txt")


@pytest.mark.parametrize("version", [1, 2, 3])
def test_an_old_project_is_brought_forward(tmp_path: Path, version: int) -> None:
    path = tmp_path / "old.atelier"
    _make_old(path, version)
    with making.reopened(path) as project:
        assert project.title == "Old work"
        assert project.content("photo") == b"foo"
        assert [asset.id for asset in project.children("photo")] == ["result"]
        assert [asset.id for asset in project.parents("result")] == ["photo"]
        recipe = project.recipe("result")
        assert recipe is not None
        assert recipe.seed == 5
        assert [(row.state, row.delivery) for row in project.jobs()] == [(JobState.QUEUED, None)]
        assert project.batches.all() == {}
        assert project.draft("style") == {"strength": 0.5}
        assert project.page("write").text == ""
        inputs = project._db.rows("SELECT source FROM recipe_input ORDER BY position")
        assert [row[0] for row in inputs] == ["photo", ""]
        project.rename("photo", "Neu")
        assert project.integrity_check() == []
    fresh = tmp_path / "new.atelier"
    making.new(fresh).close()
    assert _columns(path) == _columns(fresh)


def test_a_failed_migration_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.atelier"
    _make_old(path)
    before = path.read_bytes()
    monkeypatch.setattr(migrate, "_migration", lambda number: "CREATE TABLE draft (a)")
    with pytest.raises(ProjectDamaged):
        Project.open(path)
    assert path.read_bytes() == before


def test_even_a_direct_write_is_refused_where_it_was_opened_for_reading(tmp_path: Path) -> None:
    path = tmp_path / "old.atelier"
    for make in (_make_old, lambda path: making.new(path).close()):
        path.unlink(missing_ok=True)
        make(path)
        with (
            making.reopened(path, read_only=True) as project,
            pytest.raises(StudioError, match="cannot be written"),
        ):
            project._db.write("DELETE FROM draft")


def test_an_old_project_that_may_not_be_changed_is_read_as_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "old.atelier"
    _make_old(path)
    before = path.read_bytes()
    with making.reopened(path, read_only=True) as project:
        assert [asset.id for asset in project.children("photo")] == ["result"]
    assert path.read_bytes() == before


def test_a_newer_project_opens_for_reading_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "new.atelier"
    with making.new(path) as project:
        asset = project.import_file(making.png(1), "a.png")
    connection = sqlite3.connect(path)
    connection.executescript(
        "PRAGMA user_version = 99; ALTER TABLE asset ADD COLUMN mood TEXT; CREATE TABLE x (y)"
    )
    connection.close()
    before = path.read_bytes()
    with making.reopened(path) as project:
        assert "newer Atelier" in project.read_only_reason
        assert project.content(asset.id) == making.png(1)
        assert project.assets()[0].name == "a"
        with pytest.raises(ProjectReadOnly):
            project.star([asset.id], 1)
    assert path.read_bytes() == before
    assert making.names(tmp_path) == [path.name]


def test_a_second_window_reads_what_the_first_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.atelier"
    with making.new(path) as first:
        first.add_jobs([JobRow("j", making.request(), "J")])
        first.set_job("j", JobState.RUNNING)
        with making.reopened(path) as second:
            assert "another window" in second.read_only_reason
            asset = first.import_file(making.png(1), "a.png")
            assert second.content(asset.id) == making.png(1)
            assert second.jobs()[0].state is JobState.RUNNING
            _refuses_every_change(second, asset.id)
        first.star([asset.id], 3)
    with making.reopened(path) as third:
        assert not third.read_only
        assert third.assets()[0].stars == 3
    assert making.names(tmp_path) == [path.name]


def test_another_process_and_a_killed_one(tmp_path: Path) -> None:
    path = tmp_path / "a.atelier"
    making.new(path).close()
    code = (
        "import sys, pathlib; from studio.project.store import Project\n"
        "project = Project.open(pathlib.Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with making.reopened(path) as project:
            assert "another window" in project.read_only_reason
        other.kill()
        other.wait()
    with making.reopened(path) as project:  # the system gave the lock back, its file is still there
        assert not project.read_only


_INTERRUPTED = """
import os, sys, pathlib
from studio.project.store import Project
project = Project.open(pathlib.Path(sys.argv[1]), thumbnail=lambda data, kind: b"")
with project.transaction("Never finished"):
    for _ in range(30):
        project.put_blob(os.urandom(1 << 20))
    os.kill(os.getpid(), 9)
"""


@pytest.fixture
def interrupted(tmp_path: Path) -> Path:
    """A project whose writer was killed in the middle of a transaction too big for its memory."""
    path = tmp_path / "a.atelier"
    with making.new(path) as project:
        project.import_file(making.png(1), "a.png")
    before = path.stat().st_size
    subprocess.run([sys.executable, "-c", _INTERRUPTED, str(path)], check=False)
    assert (tmp_path / "a.atelier-journal").exists()
    assert path.stat().st_size > before
    return path


@pytest.mark.parametrize("read_only", [False, True])
def test_an_interrupted_project_is_put_right(interrupted: Path, read_only: bool) -> None:
    with making.reopened(interrupted, read_only=read_only) as project:
        assert project.read_only == read_only
        assert project.integrity_check() == []
        assert len(project.assets()) == 1
    assert interrupted.stat().st_size < 1_000_000


def test_an_interrupted_project_in_a_read_only_folder_says_what_to_do(interrupted: Path) -> None:
    folder = interrupted.parent
    before, mode = interrupted.read_bytes(), folder.stat().st_mode
    folder.chmod(0o555)
    try:
        with pytest.raises(StudioError, match=r"interrupted.*a\.atelier-journal"):
            making.reopened(interrupted)
    finally:
        folder.chmod(mode)
    assert interrupted.read_bytes() == before


def test_a_copied_folder_is_a_project_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with making.new(tmp_path / "one" / "a.atelier") as first:
        first.import_file(making.png(1), "a.png")
        shutil.copytree(tmp_path / "one", tmp_path / "two")
        with making.reopened(tmp_path / "two" / "a.atelier") as second:
            assert not second.read_only
            second.title = "Two"
        assert first.title == "a"


def test_a_link_is_the_same_project(tmp_path: Path) -> None:
    path = tmp_path / "a.atelier"
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "link.atelier").symlink_to(path)
    with making.new(path), making.reopened(tmp_path / "elsewhere" / "link.atelier") as second:
        assert "another window" in second.read_only_reason


@pytest.mark.parametrize("what", ["file", "folder"])
def test_read_only_places(tmp_path: Path, what: str) -> None:
    folder = tmp_path / "shelf"
    folder.mkdir()
    path = folder / "a.atelier"
    with making.new(path) as project:
        asset = project.import_file(making.png(1), "a.png")
    target = path if what == "file" else folder
    mode = target.stat().st_mode
    target.chmod(mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    before = path.read_bytes()
    try:
        with making.reopened(path) as project:
            assert "read-only" in project.read_only_reason
            assert project.content(asset.id) == making.png(1)
            _refuses_every_change(project, asset.id)
        assert path.read_bytes() == before
        assert making.names(folder) == [path.name]
    finally:
        target.chmod(mode)


def test_a_name_without_room_for_the_journal_is_read_only(tmp_path: Path) -> None:
    making.new(tmp_path / "a.atelier").close()
    path = (tmp_path / "a.atelier").rename(tmp_path / ("n" * 250))
    with making.reopened(path) as project:
        assert "too long" in project.read_only_reason


def test_opening_is_quick_whatever_it_holds(tmp_path: Path) -> None:
    """Not a time: the number of pages read, which must not grow with the contents."""
    path = tmp_path / "a.atelier"
    with making.new(path) as project:
        project.put_blob(os.urandom(20_000_000))
    with making.reopened(path):
        start = _bytes_read()
        making.reopened(path).close()
        read = _bytes_read() - start
    assert read < 2_000_000


def _bytes_read() -> int:
    io_counts = Path("/proc/self/io")
    if not io_counts.exists():
        pytest.skip("needs Linux")
    return int(io_counts.read_text().split("rchar: ")[1].split()[0])


def _refuses_every_change(project: Project, asset: str) -> None:
    before = project.assets()
    for change in (
        lambda: project.star([asset], 1),
        lambda: project.trash([asset]),
        project.empty_trash,
        lambda: project.import_file(making.png(9), "b.png"),
        lambda: project.set_draft("style", {"b": 1}),
        lambda: project.add_edits("write", [Edit(0, 0, (Piece("a"),))]),
        lambda: project.set_page("write", Manuscript()),
        lambda: project.put_blob(b"new"),
        project.undo,
        project.redo,
        lambda: project.add_outcome(making.request(), making.outcome(8)),
        lambda: project.add_jobs([JobRow("k", making.request(), "K")]),
    ):
        with pytest.raises(ProjectReadOnly):
            change()
    assert project.assets() == before


def _make_old(path: Path, version: int = 1) -> None:
    connection = sqlite3.connect(path)
    connection.executescript((_OLD / f"v{version}.sql").read_text(encoding="utf-8"))
    connection.close()


def _columns(path: Path) -> set[tuple[str, str]]:
    connection = sqlite3.connect(path)
    query = """SELECT m.name, p.name FROM sqlite_schema AS m, pragma_table_xinfo(m.name) AS p
        WHERE m.type = 'table'"""
    found = set(connection.execute(query))
    found |= {
        (name, "index")
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'index'")
    }
    connection.close()
    return found
