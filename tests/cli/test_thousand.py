"""Folders full of small pictures of every kind, through ``atelier upscale``: all answered, each intact."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from studio.core import places
from studio.core.provenance import Recipe
from studio.media import picture
from studio.media.encode import read_recipe
from studio.media.values import Picture
from tests.cli.assortment import GREY_PROFILE, MAKE, ORIENTATION, PROFILE, Maker, Piece
from tests.cli.conftest import Ran
from tests.engines.upscale import tiny

ROOT = Path(__file__).resolve().parents[2]
SCALE = 2
SAME = frozenset(("PNG", "JPEG", "WEBP", "TIFF", "GIF"))
"""Formats that "as the picture" writes; a GIF that does not move becomes PNG, and so does everything else."""


def upscale(*words: object) -> Ran:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "studio", "upscale", *map(str, words), "--json", "--device", "cpu"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def enlarge_all(count: int, seed: int, folder: Path, out: Path) -> None:
    """Make them, enlarge them, look at every answer; then once more: nothing is left to do."""
    tiny.starter(places.user_models() / "upscale-tiny", name="upscale-tiny")
    made = Maker(seed).many(count, folder)
    words = (folder, "-o", out, "--model", "upscale-tiny", "--scale", SCALE, "--format", "same")
    ran = upscale(*words)
    done = {Path(row["input"]): [Path(path) for path in row["outputs"]] for row in ran.data["done"]}
    failed = {Path(row["input"]): row["problem"] for row in ran.data["failed"]}
    bad = {path for path, piece in made.items() if piece.is_bad}
    crashes = [path.read_text() for path in places.cache().glob("crash-*.txt")]
    assert set(failed) == bad, (crashes, {str(path): why for path, why in failed.items() if path not in bad})
    assert set(done) == set(made) - bad
    assert ran.code == (1 if bad else 0)
    paths = [path for outputs in done.values() for path in outputs]
    assert len(set(paths)) == len(paths) == len(made) - len(bad)
    assert sorted(path for path in out.rglob("*") if path.is_file()) == sorted(paths)
    problems = [
        f"{path.relative_to(folder)} ({made[path].kind}): {why}"
        for path, [result] in done.items()
        for why in differences(made[path], path, result)
    ]
    assert not problems, "\n".join(problems[:40])
    again = upscale(*words)
    assert (len(again.data["done"]), len(again.data["skipped"])) == (0, len(done))


def differences(piece: Piece, source: Path, result: Path) -> list[str]:
    """What of ``piece`` is missing in its result."""
    found = picture.read(result)
    with Image.open(result) as image:
        kind, frames, exif = image.format, getattr(image, "n_frames", 1), image.getexif()
        profile = image.info.get("icc_profile")
    is_kept = piece.kind in SAME and (piece.kind != "GIF" or piece.frames > 1)
    wanted = {
        "size": ((found.width, found.height), (piece.size[0] * SCALE, piece.size[1] * SCALE)),
        "format": (kind, piece.kind if is_kept else "PNG"),
        "frames": (frames, piece.frames),
        "bits": (found.bits, piece.bits),
        "alpha": (found.has_alpha, piece.has_alpha),
        "orientation": (exif.get(ORIENTATION, 1), 1),
    }
    if piece.frames == 1 and kind != "WEBP":
        wanted["grey"] = (is_grey(result), piece.is_grey)
    if piece.has_profile:
        wanted["profile"] = (profile, GREY_PROFILE if piece.is_grey else PROFILE)
    if piece.has_exif:
        wanted["EXIF"] = (exif.get(MAKE), "Atelier")
    if piece.has_xmp:
        wanted["XMP"] = (b"a lake in May" in result.read_bytes(), True)
    if piece.frames == 1 and not piece.has_alpha and min(piece.size) > 7:  # the tiny network darkens edges
        gap = np.abs(mean(picture.to_srgb(found)) - mean(picture.to_srgb(picture.read(source)))).max()
        wanted["mean colour"] = ("off" if gap > 5 else "right", "right")
    recipe = Recipe.from_json(read_recipe(result) or {"request": {}})
    wanted["recipe"] = (recipe.request.inputs[0].name, source.name)
    return [
        f"{name} is {is_now!r:.80}, not {was!r:.80}"
        for name, (is_now, was) in wanted.items()
        if is_now != was
    ]


def mean(found: Picture) -> Any:
    """The mean colour, 0 to 255."""
    return found.rgb.mean(axis=(0, 1)) * (255 / np.iinfo(found.rgb.dtype).max)


def is_grey(path: Path) -> bool:
    """Whether the file has one channel of colour."""
    with Image.open(path) as image:
        return image.mode in ("1", "L", "LA", "I;16", "I", "I;16B")


def test_sixty(tmp_path: Path) -> None:
    enlarge_all(60, 1, tmp_path / "in", tmp_path / "out")


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_thousand(tmp_path: Path) -> None:
    enlarge_all(1000, 2, tmp_path / "in", tmp_path / "out")
