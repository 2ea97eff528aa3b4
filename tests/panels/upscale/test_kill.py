"""Kill it at any moment: it goes on after the last finished rows, and nobody can tell from the file."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from studio.media.picture import encode_png
from tests.panels.upscale.lightbox import photo

ROOT = Path(__file__).parents[3]


def start(picture: Path, out: Path, pause: float) -> subprocess.Popen[str]:
    arguments = [str(picture), "-", str(out.parent / "parts"), str(out), "32", str(pause)]
    return subprocess.Popen([sys.executable, "-m", "tests.panels.upscale.program", *arguments], cwd=ROOT,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> None:
    """Let it end by itself."""
    said = process.communicate()
    assert process.returncode == 0, said


def pieces(folder: Path) -> int:
    """Finished pieces of rows; the size of the tiles is one more part."""
    return sum(path.stat().st_size > 10 for path in folder.glob("*.part"))


def killed_at(picture: Path, out: Path, wanted: int) -> int:
    """Kill it once so many pieces are there; how many there are then."""
    process = start(picture, out, 0.1)
    while pieces(out.parent / "parts") < wanted:
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    process.kill()
    process.communicate()
    return pieces(out.parent / "parts")


def test_killed_twice_the_file_is_the_one_of_a_calm_run(tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(encode_png(photo(160, 60, channels=4)))
    calm, shaken = tmp_path / "calm" / "out.png", tmp_path / "shaken" / "out.png"
    for out in (calm, shaken):
        out.parent.mkdir()
    finish(start(picture, calm, 0))
    first = killed_at(picture, shaken, 2)
    assert not shaken.exists()
    second = killed_at(picture, shaken, first + 2)
    assert first < second < pieces(calm.parent / "parts")
    finish(start(picture, shaken, 0))
    assert shaken.read_bytes() == calm.read_bytes()
