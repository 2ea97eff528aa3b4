"""A style run where there is no network at all: in a namespace that has only a loopback, and that down."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from studio.media import picture
from tests.media.pictures import gradient, saved

ROOT = Path(__file__).resolve().parent.parent


@cache
def alone() -> tuple[str, ...] | None:
    """The words that start a program without a network, or None where that is not allowed."""
    if not shutil.which("unshare"):
        return None
    for words in (("unshare", "-n"), ("unshare", "-rn")):
        if subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0:
            return words
    return None


@pytest.fixture
def words() -> tuple[str, ...]:
    if (found := alone()) is None:
        pytest.skip("this system lets nobody make a network namespace")
    return found


def test_there_really_is_no_network(words: tuple[str, ...]) -> None:
    code = (
        "import socket; print(socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect_ex(('192.0.2.1', 80)))"
    )
    out = subprocess.run(
        [*words, sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert out.strip() == "101"  # ENETUNREACH


def test_a_style_run_needs_no_network(words: tuple[str, ...], tmp_path: Path) -> None:
    for name in ("photo.png", "painting.png"):
        (tmp_path / name).write_bytes(saved(gradient(64, 64), "PNG"))
    command = [
        sys.executable,
        "-m",
        "studio",
        "style",
        "photo.png",
        "painting.png",
        "-o",
        "out.png",
        "--project",
        "kept.atelier",
    ]
    ran = subprocess.run(
        [*words, *command],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT), "ATELIER_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    assert ran.returncode == 0, ran.stderr
    assert picture.probe(tmp_path / "out.png").width == 64
