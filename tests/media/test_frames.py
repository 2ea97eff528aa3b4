"""Animations: whole frames out, the same container back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from studio.core.errors import StudioError
from studio.media import frames, picture, profiles
from studio.media.encode import read_recipe
from studio.media.extras import Extras
from tests.media.metadata import PACKET, camera_exif
from tests.media.pictures import gradient, saved

CONTAINERS = ("gif", "webp", "png")
TIMES = (40, 50, 130, 70)
_ROOM = 10**7


def moving(channels: int = 3, height: int = 30, width: int = 40) -> list[Any]:
    """A bright square that walks over few colours; with alpha, a hole that walks too."""
    found = []
    for step in range(4):
        frame = np.zeros((height, width, channels), np.uint8)
        frame[:, :, 0] = np.arange(width) // 4 * 20
        frame[8:16, 4 + 8 * step:12 + 8 * step, 1] = 250
        if channels == 4:
            frame[:, :, 3] = 255
            frame[20:26, 8 * step:8 * step + 8, 3] = 0
        found.append(frame)
    return found


def written(path: Path, container: Any, shown: list[Any], **more: Any) -> Path:
    height, width, channels = shown[0].shape
    with frames.open_writer(path, container, height=height, width=width, channels=channels, **more) as writer:
        for frame, time in zip(shown, TIMES, strict=False):
            writer.write(frame, time)
    return path


@pytest.mark.parametrize("loop", [0, 3])
@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("container", CONTAINERS)
def test_frames_come_back(tmp_path: Path, container: Any, channels: int, loop: int) -> None:
    shown = moving(channels)
    path = written(tmp_path / "a", container, shown, loop=loop, quality=100)
    found = frames.probe(path, max_pixels=_ROOM)
    assert found == frames.Animation(container, 40, 30, TIMES, loop, channels == 4)
    for wanted, frame in zip(shown, frames.read(path, found, max_pixels=_ROOM), strict=True):
        assert frame.shape == wanted.shape
        visible = wanted[:, :, 3] > 0 if channels == 4 else np.ones(wanted.shape[:2], bool)
        gap = np.abs(frame[visible][:, :3].astype(int) - wanted[visible][:, :3])
        assert gap.mean() < 8 if container == "webp" else gap.max() == 0
        if channels == 4:
            assert np.array_equal(frame[:, :, 3], wanted[:, :, 3])


@pytest.mark.parametrize("container", ["webp", "png"])
def test_all_that_belongs_to_it_comes_back(tmp_path: Path, container: Any) -> None:
    extras = Extras(profiles.srgb(), camera_exif(), PACKET, recipe='{"seed":7}')
    path = written(tmp_path / "a", container, moving(), extras=extras)
    read = picture.read(path)
    assert (read.icc, read.xmp, read_recipe(path)) == (profiles.srgb(), PACKET, {"seed": 7})
    exif = Image.Exif()
    exif.load(read.exif or b"")
    assert exif.get_ifd(0x8769)[0x9003] == "2020:01:02 03:04:05"


@pytest.mark.parametrize(("kind", "container"), [("GIF", "gif"), ("WEBP", "webp"), ("PNG", "png")])
def test_what_other_programs_wrote_is_read_composed(kind: str, container: str) -> None:
    images = [Image.fromarray(frame) for frame in moving()]
    more = {"lossless": True} if kind == "WEBP" else {}
    data = saved(images[0], kind, save_all=True, append_images=images[1:], duration=list(TIMES), loop=0,
                 **more)
    found = frames.probe(data, max_pixels=_ROOM)
    assert found == frames.Animation(container, 40, 30, TIMES, 0, has_alpha=False)  # type: ignore[arg-type]
    for wanted, frame in zip(moving(), frames.read(data, found, max_pixels=_ROOM), strict=True):
        assert np.array_equal(frame, wanted)


def test_a_gif_that_plays_once_stays_so(tmp_path: Path) -> None:
    path = written(tmp_path / "a", "gif", moving(), loop=None)
    found = frames.probe(path, max_pixels=_ROOM)
    assert found is not None
    assert found.loop is None


def test_the_cover_of_an_animated_png_is_no_frame() -> None:
    images = [Image.fromarray(frame) for frame in moving()]
    cover = Image.new("RGB", (40, 30), "red")
    data = saved(cover, "PNG", save_all=True, append_images=images, default_image=True)
    found = frames.probe(data, max_pixels=_ROOM)
    assert found is not None
    assert np.array_equal(next(frames.read(data, found, max_pixels=_ROOM)), moving()[0])
    assert found.count == 4


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "JPEG", "TIFF"])
def test_a_single_picture_is_no_animation(kind: str) -> None:
    assert frames.probe(saved(gradient(), kind), max_pixels=_ROOM) is None


def test_a_photograph_becomes_a_gif_of_close_colours(tmp_path: Path) -> None:
    shown = [gradient(60, 80), gradient(60, 80)[::-1].copy()]
    path = written(tmp_path / "a", "gif", shown)
    found = frames.probe(path, max_pixels=_ROOM)
    assert found is not None
    for wanted, frame in zip(shown, frames.read(path, found, max_pixels=_ROOM), strict=True):
        assert np.abs(frame.astype(int) - wanted).mean() < 6


def test_frames_that_stay_the_same_cost_next_to_nothing(tmp_path: Path) -> None:
    still = np.random.default_rng(1).integers(0, 256, (200, 200, 3), dtype=np.uint8)
    one = written(tmp_path / "one", "png", [still]).stat().st_size
    assert written(tmp_path / "four", "png", [still] * 4).stat().st_size < one + 500


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_failure_leaves_no_file(tmp_path: Path, container: Any) -> None:
    with pytest.raises(ValueError, match="in \\(30, 40, 3\\)"):
        written(tmp_path / "a", container, [moving()[0], moving(4)[1]])
    with pytest.raises(ValueError, match="no frame"):
        frames.open_writer(tmp_path / "a", container, height=30, width=40, channels=3).__exit__(*[None] * 3)
    assert list(tmp_path.iterdir()) == []


def test_damaged_and_huge_ones_are_refused_in_words(tmp_path: Path) -> None:
    data = written(tmp_path / "a", "gif", moving()).read_bytes()
    with pytest.raises(StudioError, match="cut off"):
        frames.probe(data[:-40], max_pixels=_ROOM)
    with pytest.raises(StudioError, match="megapixels"):
        frames.probe(data, max_pixels=100)
    with pytest.raises(StudioError, match="65,535"):
        frames.open_writer(tmp_path / "b", "gif", height=1, width=70_000, channels=3)


def test_other_programs_read_what_we_write(tmp_path: Path) -> None:
    import imagecodecs

    path = written(tmp_path / "a", "webp", moving(4), quality=100)
    assert imagecodecs.webp_decode(path.read_bytes(), index=2).shape == (30, 40, 4)
    with Image.open(io.BytesIO(written(tmp_path / "b", "png", moving()).read_bytes())) as image:
        assert image.n_frames == 4  # type: ignore[attr-defined]
        assert np.array_equal(imagecodecs.apng_decode((tmp_path / "b").read_bytes())[3], moving()[3])
