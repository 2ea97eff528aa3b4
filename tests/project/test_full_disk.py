from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from studio.core.errors import StudioError
from studio.project.store import Project
from tests.project import making


@pytest.fixture
def small_disk(tmp_path: Path) -> Generator[Path]:
    """A disk of 2 MB, where this system lets us have one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if sys.platform != "linux" or mount is None or os.geteuid() != 0:
        pytest.skip("needs Linux and root")
    if subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], capture_output=True
    ).returncode:
        pytest.skip("may not mount here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_really_full_disk(small_disk: Path) -> None:
    path, spare = small_disk / "a.atelier", small_disk / "spare"
    spare.write_bytes(bytes(500_000))
    with making.new(path) as project:
        kept = project.import_file(making.png(1), "kept.png")
        with pytest.raises(StudioError, match="disk is full"):
            project.put_blob(os.urandom(40 << 20))
        _until_full(project)
        before = project.assets()
        _fill(spare)
        with pytest.raises(StudioError, match="disk is full"):
            project.star([kept.id], 5)
        with pytest.raises(StudioError, match="disk is full"):
            project.set_draft("style", {"a": "b" * 9000})
        assert project.assets() == before
        assert project.integrity_check() == []
        spare.unlink()
        project.trash([asset.id for asset in before if asset.id != kept.id])
        project.empty_trash()
        project.star([kept.id], 5)
    with making.reopened(path) as project:
        assert [asset.stars for asset in project.assets()] == [5]
        assert project.content(kept.id) == making.png(1)
        assert project.integrity_check() == []
    _fill(spare)
    with pytest.raises(StudioError, match="disk is full"):
        making.new(small_disk / "b.atelier")
    assert sorted(item.name for item in small_disk.iterdir()) == ["a.atelier", "spare"]


def _until_full(project: Project) -> None:
    number = 2
    with pytest.raises(StudioError, match="disk is full"):  # noqa: PT012 - one of these, no matter which
        while number := number + 1:
            project.import_file(making.png(number, (100, 100)), "more.png")


def _fill(path: Path) -> None:
    """Take all the space there is."""
    with path.open("ab", buffering=0) as file, pytest.raises(OSError, match="space"):  # noqa: PT012
        while file.write(bytes(4096)):
            pass


def test_no_room_for_more_pages(tmp_path: Path) -> None:
    """The same anywhere, by SQLite's own limit."""
    with making.new(tmp_path / "a.atelier") as project:
        kept = project.import_file(making.png(1), "kept.png")
        count = project._db.connection.execute("PRAGMA page_count").fetchone()[0]
        project._db.connection.execute(f"PRAGMA max_page_count = {count + 4}")
        seen: list[object] = []
        project.changed.connect(seen.append)
        for source in (os.urandom(100_000), os.urandom(30_000_000)):
            with pytest.raises(StudioError, match="disk is full") as caught:
                project.put_blob(source)
            assert "safe" in caught.value.hint
        with pytest.raises(StudioError, match="disk is full"):
            project.add_outcome(making.request(), making.outcome(*range(2, 300)))
        assert (seen, project.can_undo, project.assets()) == ([], "Import", [kept])
        assert project.integrity_check() == []
        project._db.connection.execute("PRAGMA max_page_count = 1000000")
        project.add_outcome(making.request(), making.outcome(2))
        assert len(project.assets()) == 2
