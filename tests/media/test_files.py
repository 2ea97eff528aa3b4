from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import BinaryIO

import pytest

from studio.core.errors import StudioError
from studio.media.files import write_atomic


def parts(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if "part" in path.name]


def problem(path: Path) -> str:
    with pytest.raises(StudioError) as caught:
        write_atomic(path, b"new")
    return str(caught.value)


def write_two(file: BinaryIO) -> None:
    file.write(b"two")


@pytest.mark.parametrize("name", ["a.png", "año 画 🎨 'x' \"y\".png", "n" * 250, "." + "画" * 80])
def test_writes_and_replaces(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    write_atomic(path, b"one")
    write_atomic(path, write_two)
    assert path.read_bytes() == b"two"
    assert [found.name for found in tmp_path.iterdir()] == [name]


def test_big_data_is_written_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.media.files._MOST", 10)
    write_atomic(tmp_path / "a", bytes(range(256)) * 4)
    assert (tmp_path / "a").read_bytes() == bytes(range(256)) * 4


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_atomic(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_new_files_follow_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomic(tmp_path / "a", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(("code", "said"), [
    (errno.ENOSPC, "The disk is full: a.png was not written."), (errno.EDQUOT, "The disk is full"),
    (errno.EACCES, "it is read-only"), (errno.EROFS, "it is read-only"), (errno.EIO, "Input/output error"),
    (errno.ENAMETOOLONG, "is too long"),
])
@pytest.mark.parametrize("call", ["fsync", "open"])
def test_trouble_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int,
                                           said: str, call: str) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))
    with monkeypatch.context() as patch:
        patch.setattr(*((os, "fsync", fail) if call == "fsync" else (Path, "open", fail)))
        assert said in problem(path)
    assert path.read_bytes() == b"old"
    assert not parts(tmp_path)


def test_really_full_disk(tmp_path: Path) -> None:
    """/dev/full answers every write with ENOSPC, so no disk has to be filled."""
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def write(file: BinaryIO) -> None:
        with Path("/dev/full").open("wb", buffering=0) as full:
            full.write(b"x")
    with pytest.raises(StudioError, match="The disk is full"):
        write_atomic(path, write)
    assert path.read_bytes() == b"old"
    assert not parts(tmp_path)


def test_a_callable_that_fails_leaves_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def write(file: BinaryIO) -> None:
        file.write(b"half")
        raise KeyError("x")
    with pytest.raises(KeyError):
        write_atomic(path, write)
    assert path.read_bytes() == b"old"
    assert not parts(tmp_path)


def test_places_that_take_no_file(tmp_path: Path) -> None:
    assert "There is no folder" in problem(tmp_path / "gone" / "a")
    (tmp_path / "folder").mkdir()
    assert "is a folder" in problem(tmp_path / "folder")
    assert "takes 300 bytes, and 255 is the most" in problem(tmp_path / ("画" * 100))
    os.mkfifo(tmp_path / "pipe")
    assert "a pipe" in problem(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"x")
    assert "There is no folder" in problem(tmp_path / "file" / "a")


def test_read_only_target(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o444)
    assert problem(path).startswith("a is read-only.")
    assert path.read_bytes() == b"old"
