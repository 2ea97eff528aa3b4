"""Names that harm nothing, formats by ending, recipes inside."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import numpy as np
import pytest

from studio.cli.saving import Target, encoded, save, shortened
from studio.core.errors import StudioError
from studio.core.jobs import JobState, Outcome, Output, Request
from studio.core.provenance import Recipe
from studio.media import frames, picture, stream
from studio.media.encode import read_recipe
from tests.media.pictures import gradient


def output(name: str = "photo turned", bits: int = 8) -> Output:
    pixels = gradient(6, 8, dtype="uint16" if bits == 16 else "uint8")
    return Output("image", "image/png", name, picture.encode_png(pixels))


def recipe() -> Recipe:
    return Recipe(Request("t", 1, {"strength": 0.5}), 0, 5, "0" * 64)


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".tiff"])
def test_every_format_carries_the_recipe(suffix: str) -> None:
    data = encoded(output(), recipe(), suffix)
    assert Recipe.from_json(read_recipe(data) or {}).seed == 5
    assert (picture.read(data).width, picture.read(data).height) == (8, 6)


def test_lossless_formats_keep_all_bits_and_pixels() -> None:
    for suffix in (".png", ".tif"):
        made = picture.read(encoded(output(bits=16), recipe(), suffix))
        assert made.bits == 16
        assert (made.pixels == picture.read(output(bits=16).data).pixels).all()


def test_beside_the_content_nothing_is_overwritten(tmp_path: Path) -> None:
    target = Target.of(None, "image", is_batch=False)
    (tmp_path / "photo turned.png").write_bytes(b"old")
    found = target.paths(tmp_path / "photo.jpg", (output(), output()))
    assert [path.name for path in found] == ["photo turned-2.png", "photo turned-3.png"]


def test_a_named_file_is_taken_as_it_is(tmp_path: Path) -> None:
    target = Target.of(tmp_path / "X.JPG", "image", is_batch=False)
    assert target.suffix == ".jpg"
    assert target.paths(None, (output(),)) == [tmp_path / "X.JPG"]
    assert [path.name for path in target.paths(None, (output(), output()))] == ["X-1.JPG", "X-2.JPG"]


def test_wrong_endings_are_a_usage_error(tmp_path: Path) -> None:
    for name in ("x.mp4", "x"):
        with pytest.raises(argparse.ArgumentTypeError, match=r"must end in \.png"):
            Target.of(tmp_path / name, "image", is_batch=False)
    with pytest.raises(argparse.ArgumentTypeError, match="need a folder"):
        Target.of(tmp_path / "x.png", "image", is_batch=True)


def test_a_folder_for_a_batch_is_made(tmp_path: Path) -> None:
    target = Target.of(tmp_path / "a" / "b", "image", is_batch=True)
    target.check(None)
    assert target.paths(None, (output(),)) == [tmp_path / "a" / "b" / "photo turned.png"]


def test_places_that_cannot_be_written_show_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="There is no folder"):
        Target.of(tmp_path / "none" / "x.png", "image", is_batch=False).check(None)
    old = tmp_path / "x.png"
    old.write_bytes(b"old")
    old.chmod(0o444)
    with pytest.raises(StudioError, match="read-only"):
        Target.of(old, "image", is_batch=False).check(None)


@pytest.mark.parametrize("name", ["画" * 120, "é" * 250, "😀" * 70, "a/b\\c:d*?", "...", "", "x" * 300])
def test_names_fit_every_file_system(name: str, tmp_path: Path) -> None:
    short = shortened(name, 200)
    assert 0 < len(os.fsencode(short)) <= 200
    (tmp_path / f"{short}.png").write_bytes(b"")


@pytest.mark.parametrize(("name", "suffix"), [("png", ".png"), ("jpeg", ".jpg"), ("jpeg", ".jpeg"),
                                              ("webp", ".webp"), ("tiff", ".tif"), ("tiff", ".tiff")])
def test_a_file_in_its_own_format_is_not_encoded_again(tmp_path: Path, name: str, suffix: str) -> None:
    made = tmp_path / "made"
    with stream.open_writer(made, name, height=6, width=8, channels=3, quality=30) as writer:  # type: ignore[arg-type]
        writer.write(gradient(6, 8))
    outcome = Outcome(JobState.DONE, (Output("image", f"image/{name}", "boat", made),))
    target = Target.of(tmp_path / f"out{suffix}", "image", is_batch=False)
    [path] = save(target, None, Request("t", 1, {}), outcome, {})
    assert (picture.read(path).pixels == picture.read(made).pixels).all()
    assert Recipe.from_json(read_recipe(path) or {}).request.task == "t"
    assert sorted(item.name for item in tmp_path.iterdir()) == ["made", f"out{suffix}"]


def test_a_file_in_another_format_is_encoded(tmp_path: Path) -> None:
    made = tmp_path / "made"
    with stream.open_writer(made, "png", height=6, width=8, channels=3) as writer:
        writer.write(gradient(6, 8))
    data = encoded(Output("image", "image/png", "boat", made), recipe(), ".tiff")
    assert picture.read(data).format == "TIFF"
    assert (picture.read(data).pixels == gradient(6, 8)).all()


def test_an_animation_keeps_its_frames(tmp_path: Path) -> None:
    with frames.open_writer(tmp_path / "made", "gif", height=6, width=8, channels=3) as writer:
        for level in (0, 200):
            writer.write(np.full((6, 8, 3), level, np.uint8), 50)
    outcome = Outcome(JobState.DONE, (Output("image", "image/gif", "boat", tmp_path / "made"),))
    target = Target.of(tmp_path / "out", "image", is_batch=True)
    target.check(None)
    [path] = save(target, None, Request("t", 1, {}), outcome, {})
    assert path.name == "boat.gif"
    assert frames.probe(path, max_pixels=1000) == frames.probe(tmp_path / "made", max_pixels=1000)
    assert Recipe.from_json(read_recipe(path) or {}).request.task == "t"
