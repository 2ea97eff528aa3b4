"""The real program, killed, stopped and watching: the same command again goes on where it was."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from studio.core import places
from tests.cli.conftest import Ran
from tests.media.pictures import noise, saved

ROOT = Path(__file__).resolve().parents[2]
_CODE = (
    "import sys, studio.cli.entry as entry; from tests.cli import copying\n"
    "entry.panels = lambda: (copying.PANEL,)\n"
    "sys.exit(entry.main(sys.argv[1:]))"
)
LONG = 60


@contextmanager
def started(*words: object) -> Iterator[subprocess.Popen[str]]:
    """The command in a process of its own; killed at the end if it still runs."""
    command = [sys.executable, "-u", "-c", _CODE, "copying", *map(str, words), "--json"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def finished(*words: object) -> Ran:
    """The command run to its end."""
    with started(*words) as process:
        out, err = process.communicate(timeout=LONG)
    assert "Traceback" not in err
    return Ran(process.returncode, out, err)


def said(process: subprocess.Popen[str], text: str) -> None:
    """Wait until it has said ``text``."""
    assert process.stderr
    for line in process.stderr:
        if text in line:
            return
    raise AssertionError(f"it ended without saying {text!r}")


def until(is_done: Callable[[], bool]) -> None:
    """Wait for it."""
    end = time.monotonic() + LONG
    while not is_done():
        assert time.monotonic() < end
        time.sleep(0.05)


def digests(folder: Path) -> dict[str, str]:
    """Content of every visible file by name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.glob("*.*")
        if not path.name.startswith(".")
    }


def fill(folder: Path, *names: str) -> Path:
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(saved(noise(20, 20 + len(list(folder.iterdir()))), "PNG"))
    return folder


def states(data: dict[str, Any]) -> tuple[int, int, int]:
    return len(data["done"]), len(data["skipped"]), len(data["failed"])


def test_killed_in_the_middle_it_goes_on_after_the_last_piece(tmp_path: Path) -> None:
    folder = fill(tmp_path / "in", "a.png", "b.png", "c.png")
    words = (folder, "w", "--way", "steps", "--amount", 0.8, "-o", tmp_path / "out")
    with started(*words) as process:
        said(process, "a.png: seed")
        until(lambda: len(list((places.cache() / "unfinished").glob("*/*.part"))) >= 4)
        process.kill()
    assert list(digests(tmp_path / "out")) == ["a turned.png"]
    ran = finished(*words)
    assert ran.code == 0
    assert states(ran.data) == (2, 1, 0)
    assert "Step 0 was there." in ran.data["notes"]
    assert sum("was there" in note for note in ran.data["notes"]) >= 4
    assert not list((places.cache() / "unfinished").iterdir())
    assert finished(*words).data["skipped"][2]["outputs"] == [str(tmp_path / "out" / "c turned.png")]
    assert len(digests(tmp_path / "out")) == 3


def test_a_resumed_result_is_the_one_that_would_have_been(tmp_path: Path) -> None:
    folder = fill(tmp_path / "in", "a.png")
    words = (folder / "a.png", "w", "--way", "steps", "--amount", 0.5, "--seed", 7, "-o")
    with started(*words, tmp_path / "cut.png") as process:
        said(process, "Step 4")
        process.kill()
    assert not (tmp_path / "cut.png").exists()
    assert finished(*words, tmp_path / "cut.png").data["notes"][0] == "Step 0 was there."
    assert finished(*words, tmp_path / "whole.png").data["notes"] == ["1 copies were made."]
    from PIL import Image

    with Image.open(tmp_path / "cut.png") as one, Image.open(tmp_path / "whole.png") as other:
        assert one.tobytes() == other.tobytes()


def test_ctrl_c_is_exit_130_with_the_report(tmp_path: Path) -> None:
    folder = fill(tmp_path / "in", "a.png", "b.png", "c.png")
    with started(folder, "w", "--way", "steps", "--amount", 0.8, "-o", tmp_path / "out") as process:
        said(process, "a.png: seed")
        said(process, "Step 2")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=LONG)
    assert process.returncode == 130
    assert states(json.loads(out)) == (1, 0, 0)
    assert json.loads(out)["stopped"]
    assert err.splitlines()[-2:] == ["1 done, 0 failed.", "Stopped."]


def test_a_watched_folder_gets_whole_half_and_bad_files(tmp_path: Path) -> None:
    folder, out = fill(tmp_path / "in", "here.png"), tmp_path / "out"
    os.utime(folder / "here.png", (1e9, 1e9))
    whole = saved(noise(90, 90), "PNG")
    with started(folder, "w", "-o", out, "--watch") as process:
        said(process, "here.png: seed")
        slow = (folder / "slow.png").open("wb")
        slow.write(whole[:9000])
        slow.flush()
        (folder / "sub").mkdir()
        (folder / "sub" / "quick.png").write_bytes(saved(noise(8, 8), "PNG"))
        said(process, "quick.png: seed")
        time.sleep(2.5)  # long enough for the half file to look as if it were whole
        assert not (out / "slow turned.png").exists()
        slow.write(whole[9000:])
        slow.close()
        said(process, "slow.png: seed")
        process.send_signal(signal.SIGTERM)
        data = json.loads(process.communicate(timeout=LONG)[0])
    assert process.returncode == 130
    assert states(data) == (3, 0, 0)
    assert sorted(digests(out)) == ["here turned.png", "slow turned.png"]
    assert sorted(digests(out / "sub")) == ["quick turned.png"]
