"""Kill the program in the middle of a folder: it goes on, every file has one result, none has two."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import psutil

from studio.media.encode import read_recipe
from studio.project.store import Project
from tests.fakes import png

FILES = 14
ROOT = Path(__file__).parents[2]


def session(path: Path, folder: Path, out: Path, ended: int) -> int | None:
    """One run of the program, killed once ``ended`` files have ended; its exit code if it was quicker."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.robustness.batch_program", str(path), str(folder), str(out)], cwd=ROOT,
        stdout=subprocess.PIPE, text=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    ) as process:
        assert process.stdout
        for line in process.stdout:
            assert not line.startswith("problem"), line
            if line.startswith("ended") and int(line.split()[1]) >= ended:
                children = psutil.Process(process.pid).children(recursive=True)
                process.kill()
                assert not psutil.wait_procs(children, timeout=10)[1]
                return None
        return process.wait(60)


def test_a_folder_survives_being_killed_again_and_again(tmp_path: Path) -> None:
    folder, out, path = tmp_path / "in", tmp_path / "out", tmp_path / "a.atelier"
    for at in range(FILES):
        place = folder / f"{at % 3}" / f"图 {at}.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(png(value=at))
    moments, kills = random.Random(5), 0
    while session(path, folder, out, moments.randint(1, FILES // 3) if kills < 2 else FILES * 9) is None:
        kills += 1
        with Project.open(path) as project:
            assert project.integrity_check() == []
    made = {file.relative_to(out) for file in out.rglob("*.png")}
    assert made == {file.relative_to(folder) for file in folder.rglob("*.png")}
    names = [(read_recipe(out / file) or {})["request"]["inputs"][0]["name"] for file in made]
    assert sorted(names) == sorted(file.name for file in made)
    with Project.open(path) as project:
        assert project.undelivered() == []
        assert project.batches.all() == {}
        assert len([asset for asset in project.assets() if asset.origin == "made"]) >= FILES
