"""Pictures written row by row are the pictures that were given, with all that belongs to them."""

from __future__ import annotations

import errno
import itertools
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.core.errors import StudioError
from studio.media import picture, profiles, stream
from studio.media.encode import encode, read_recipe
from studio.media.extras import Extras, sized_exif
from tests.media.metadata import PACKET, camera_exif
from tests.media.pictures import gradient, noise, saved

FORMATS: list[tuple[Any, int, int]] = [
    (name, bits, channels) for name in ("png", "tiff") for bits in (8, 16) for channels in (1, 2, 3, 4)
] + [(name, 8, channels) for name in ("jpeg", "webp") for channels in (1, 2, 3, 4)]


def written(path: Path, name: Any, pixels: Any, extras: Extras | None = None, step: int = 5,
            **more: Any) -> Path:
    height, width, channels = pixels.shape
    with stream.open_writer(path, name, height=height, width=width, channels=channels,
                            bits=pixels.dtype.itemsize * 8, extras=extras, **more) as writer:
        for top in range(0, height, step):
            writer.write(pixels[top:top + step])
    return path


def seen(pixels: Any) -> Any:
    """As `Picture` holds it."""
    if pixels.shape[2] >= 3:
        return pixels
    return np.concatenate([pixels[:, :, :1]] * 3 + [pixels[:, :, 1:]], axis=2)


@pytest.mark.parametrize(("name", "bits", "channels"), FORMATS)
def test_pixels_come_back(tmp_path: Path, name: Any, bits: int, channels: int) -> None:
    pixels = gradient(37, 50, channels, np.uint16 if bits == 16 else np.uint8)
    if channels in (2, 4):
        pixels[:, :, -1] = np.iinfo(pixels.dtype).max
        pixels[:9, :9, -1] //= 3
    read = picture.read(written(tmp_path / "a", name, pixels, quality=100))
    assert read.bits == bits
    assert read.is_grey == (channels < 3 and name != "webp")
    assert read.has_alpha == (channels in (2, 4) and name != "jpeg")
    wanted = seen(pixels)
    if name in ("png", "tiff"):
        assert np.array_equal(read.pixels, wanted)
    else:
        assert np.abs(read.pixels[10:, 10:, :3].astype(int) - wanted[10:, 10:, :3]).mean() < 4
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize(("name", "bits", "channels"), FORMATS)
def test_all_that_belongs_to_it_comes_back(tmp_path: Path, name: Any, bits: int, channels: int) -> None:
    pixels = gradient(12, 17, channels, np.uint16 if bits == 16 else np.uint8)
    extras = Extras(profiles.srgb(), sized_exif(camera_exif(), 17, 12, 300), PACKET, 300, '{"seed":7}')
    path = written(tmp_path / "a", name, pixels, extras)
    read = picture.read(path)
    assert read.icc == (profiles.srgb() if channels >= 3 else None)
    exif = Image.Exif()
    exif.load(read.exif or b"")
    camera = exif.get_ifd(0x8769)
    assert exif[0x010F] == "Kodak"
    assert (camera[0xA002], camera[0xA003], camera[0x9003]) == (17, 12, "2020:01:02 03:04:05")
    assert exif.get_ifd(0x8825)[1] == "N"
    assert read.xmp == PACKET
    assert read_recipe(path) == {"seed": 7}


@pytest.mark.parametrize("name", ["png", "jpeg", "tiff"])
def test_the_resolution_is_told(tmp_path: Path, name: Any) -> None:
    path = written(tmp_path / "a", name, gradient(), Extras(dpi=240))
    with Image.open(path) as image:
        assert [round(value) for value in image.info["dpi"]] == [240, 240]


def test_a_bigtiff_holds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.media.tiff_rows._BIG", 0)
    extras = Extras(profiles.srgb(), camera_exif(), PACKET, recipe='{"seed":7}')
    path = written(tmp_path / "a", "tiff", noise(40, 30), extras)
    with tifffile.TiffFile(path) as file:
        assert file.is_bigtiff
        assert file.pages.first.tags[0x8769].value["DateTimeOriginal"] == "2020:01:02 03:04:05"
    read = picture.read(path)
    assert np.array_equal(read.pixels, noise(40, 30))
    assert (read.xmp, read_recipe(path)) == (PACKET, {"seed": 7})


@settings(max_examples=15)
@given(cuts=st.lists(st.integers(1, 39), max_size=6), name=st.sampled_from(["png", "tiff", "jpeg", "webp"]))
def test_equal_pixels_give_equal_bytes_however_they_are_cut(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], name: Any
) -> None:
    folder, pixels = tmp_path_factory.mktemp("cut"), noise(40, 33)
    edges = [0, *sorted(cuts), 40]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("studio.media.png_rows._BAND", 700)
        patch.setattr("studio.media.tiff_rows._STRIP", 700)
        whole = written(folder / "whole", name, pixels, step=40).read_bytes()
        with stream.open_writer(folder / "cut", name, height=40, width=33, channels=3) as writer:
            for top, bottom in itertools.pairwise(edges):
                writer.write(pixels[top:bottom])
    assert (folder / "cut").read_bytes() == whole
    if name in ("png", "tiff"):
        assert np.array_equal(picture.read(whole).pixels, pixels)


@pytest.mark.parametrize("name", ["png", "tiff"])
def test_memory_does_not_grow_with_the_height(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: Any
) -> None:
    monkeypatch.setattr("studio.media.png_rows._BAND", 100_000)
    monkeypatch.setattr("studio.media.tiff_rows._STRIP", 100_000)
    rows = noise(64, 1000)
    with stream.open_writer(tmp_path / "a", name, height=64 * 40, width=1000, channels=3) as writer:
        tracemalloc.start()
        for _ in range(40):
            writer.write(rows)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 40 * rows.nbytes / 4


def test_a_failure_leaves_no_file(tmp_path: Path) -> None:
    for name in ("png", "tiff", "jpeg", "webp"):
        for count, problem in ((4, "4 rows of 9"), (12, "at row 0")):
            with pytest.raises(ValueError, match=problem):
                rows_of_nine(tmp_path / "a", name, [noise(count, 9)])
            assert list(tmp_path.iterdir()) == []


def rows_of_nine(path: Path, name: Any, rows: list[Any]) -> None:
    with stream.open_writer(path, name, height=9, width=9, channels=3) as writer:
        for some in rows:
            writer.write(some)


def test_wrong_rows_are_refused(tmp_path: Path) -> None:
    deep = gradient(9, 9, 3, np.uint16)
    for rows, problem in (([noise(4, 9), noise(6, 9)], "at row 4"), ([deep], "uint16"),
                          ([noise(4, 8)], "at row 0"), ([noise(4, 9, 4)], "at row 0")):
        with pytest.raises(ValueError, match=problem):
            rows_of_nine(tmp_path / "a", "png", rows)


def test_what_a_format_cannot_hold_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match=r"WEBP picture can be 16,383 pixels wide"):
        stream.open_writer(tmp_path / "a", "webp", height=9, width=20_000, channels=3)
    with pytest.raises(StudioError, match=r"JPEG picture cannot have 3 channels of 16 bits"):
        stream.open_writer(tmp_path / "a", "jpeg", height=9, width=9, channels=3, bits=16)
    with pytest.raises(StudioError, match="too big for a picture"):
        stream.open_writer(tmp_path / "a", "png", height=9, width=9, channels=3,
                           extras=Extras(recipe='"' + "x" * 1_000_000 + '"'))
    assert list(tmp_path.iterdir()) == []


class Full:
    """Rows on a disk that gets full with the first ones."""

    def add(self, rows: Any) -> None:
        raise OSError(errno.ENOSPC, "no room")

    def finish(self) -> None:
        raise OSError(errno.ENOSPC, "no room")

    def close(self) -> None:
        """Nothing to close."""


def test_a_full_disk_is_said_in_words(tmp_path: Path) -> None:
    writer = stream.PictureWriter(tmp_path / "boat.png", Full(), (1, 9, 3), 8)
    with pytest.raises(StudioError, match=r"The disk is full: boat\.png was not written"):
        writer.write(noise(1, 9))
    writer = stream.PictureWriter(tmp_path / "boat.png", Full(), (0, 9, 3), 8)
    with pytest.raises(StudioError, match="The disk is full"):
        writer.close()
    with pytest.raises(StudioError, match="cannot be written"):
        stream.open_writer(tmp_path / "nowhere" / "a", "png", height=9, width=9, channels=3)


@pytest.mark.parametrize("notes", [60_000, 70_000])
def test_long_notes_of_a_maker_do_not_keep_a_jpeg_from_being_written(tmp_path: Path, notes: int) -> None:
    block = Image.Exif()
    block.load(camera_exif())
    block.get_ifd(0x8769)[0x927C] = bytes(notes)
    path = written(tmp_path / "a", "jpeg", noise(9, 9), Extras(exif=block.tobytes()))
    read = picture.read(path)
    assert b"2020:01:02" in (read.exif or b"")
    assert (len(read.exif or b"") > notes) == (notes == 60_000)
    as_png = picture.read(written(tmp_path / "b", "png", noise(9, 9), Extras(exif=block.tobytes())))
    again = encode(as_png, "jpeg")
    assert b"2020:01:02" in (picture.read(again).exif or b"")


def test_extras_of_an_enlarged_picture_tell_its_size_and_nothing_stale(tmp_path: Path) -> None:
    turned = PACKET.replace(b'tiff:Orientation="1"', b'tiff:Orientation="6" tiff:ImageWidth="32"')
    source = saved(gradient(), "JPEG", exif=camera_exif(6), xmp=turned, icc_profile=profiles.srgb())
    read = picture.read(source)
    assert (read.width, read.height) == (24, 32)
    extras = Extras.of(read, width=96, height=128, dpi=300)
    path = written(tmp_path / "a", "jpeg", noise(128, 96), extras)
    again = picture.read(path)
    assert (again.width, again.height) == (96, 128)
    exif = Image.Exif()
    exif.load(again.exif or b"")
    assert (exif[0x011A], exif[0x0128], exif.get_ifd(0x8769)[0xA002]) == (300, 2, 96)
    assert b'tiff:Orientation="1" tiff:ImageWidth="96"' in (again.xmp or b"")
    assert Extras.of(read, width=9, height=9, keep_metadata=False) == Extras(profiles.srgb() and read.icc)


def test_words_of_a_png_stay_and_machine_text_does_not() -> None:
    read = picture.read(saved(gradient(), "PNG", pnginfo=_words()))
    extras = Extras.of(read, width=9, height=9)
    assert dict(extras.text) == {"Author": "Käthe"}
    assert extras.xmp == PACKET


def _words() -> Any:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_itxt("Author", "Käthe")
    info.add_itxt("atelier", '{"seed":1}')
    info.add_itxt("XML:com.adobe.xmp", PACKET.decode())
    return info


def test_noise_as_jpeg_at_its_best(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    extras = Extras(recipe='{"a":"' + "x" * 200_000 + '"}')
    path = written(tmp_path / "a", "jpeg", noise(300, 300), extras, quality=94)
    assert len((read_recipe(path) or {})["a"]) == 200_000
    assert capfd.readouterr().err == ""
