"""The real ``atelier upscale``, killed in the middle of one picture: it goes on, and nobody can tell."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from studio.core import places
from studio.media.picture import encode_png
from tests.engines.upscale import tiny
from tests.media.pictures import gradient

ROOT = Path(__file__).resolve().parents[2]
LONG = 200


def start(*words: object) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        "studio",
        "upscale",
        *map(str, words),
        "--model",
        "upscale-tiny",
        "--scale",
        "4",
        "--tile",
        "64",
        "--device",
        "cpu",
        "--quiet",
    ]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> None:
    said = process.communicate(timeout=LONG)[1]
    assert process.returncode == 0, said


def parts() -> dict[str, int]:
    """Finished pieces, with the time each was written."""
    return {path.name: path.stat().st_mtime_ns for path in (places.cache() / "unfinished").glob("*/*.part")}


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_it_goes_on_after_the_last_rows_and_the_pixels_are_those_of_a_calm_run(tmp_path: Path) -> None:
    tiny.starter(places.user_models() / "upscale-tiny", name="upscale-tiny")
    picture = tmp_path / "picture.png"
    picture.write_bytes(encode_png(gradient(600, 500), level=1))
    shaken, calm = tmp_path / "shaken.png", tmp_path / "calm.png"
    process = start(picture, "-o", shaken, "--seed", 1)
    while len(parts()) < 3 and process.poll() is None:
        time.sleep(0.02)
    process.kill()
    process.communicate()
    before = parts()
    assert not shaken.exists()
    again = start(picture, "-o", shaken, "--seed", 1)
    seen = []
    while again.poll() is None:
        seen.append(parts())
        time.sleep(0.05)
    finish(again)
    anew = [now for now in seen if len(now) >= len(before) and not before.items() <= now.items()]
    assert not anew, "a piece was made again"
    assert not parts()
    finish(start(picture, "-o", calm, "--seed", 1))
    with Image.open(shaken) as one, Image.open(calm) as other:
        assert one.size == other.size == (2000, 2400)
        assert one.tobytes() == other.tobytes()
