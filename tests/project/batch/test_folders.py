"""Searching folders, and clearing what killed programs left."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from studio.project.batch.folders import holds, remove_halves, walk


def test_order_is_by_folder_and_name_whatever_the_case(tmp_path: Path) -> None:
    for name in ("b.png", "A.PNG", "c.txt", "Z/1.png", "y/2.png", ".z/3.png", "y/.4.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    found = walk(tmp_path, {".png"}, under=Path("top")).files
    assert [(item.path.name, item.inside.as_posix()) for item in found] == [
        ("A.PNG", "top"),
        ("b.png", "top"),
        ("2.png", "top/y"),
        ("1.png", "top/Z"),
    ]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    [(path, error)] = walk(tmp_path / "gone", {".png"}).unread
    assert path == tmp_path / "gone"
    assert "There is no file gone" in str(error)


def test_holds_follows_links(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "a" / "b")
    assert holds(tmp_path / "a", tmp_path / "link" / "x.png")
    assert not holds(tmp_path / "link", tmp_path / "a" / "x.png")


def test_halves_of_programs_that_are_gone_go_too(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    names = (
        f".atelier-{gone.pid}-00.part",
        f".atelier-{os.getpid()}-00.part",
        ".atelier-x-00.part",
        "a.part",
    )
    for name in names:
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (1e9, 1e9))
    young = tmp_path / f".atelier-{gone.pid}-11.part"
    young.write_bytes(b"")
    remove_halves(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {*names[1:], young.name}
