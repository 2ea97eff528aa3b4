from __future__ import annotations

import contextlib
import io
import os
import struct
import warnings
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image, ImageCms, PngImagePlugin

from studio.core.errors import StudioError
from studio.media import decode, encode, picture, profiles, thumbs
from studio.media.values import Picture
from tests.media.pictures import gradient, grey_profile, noise, saved

RGB = gradient()


def problem(source: Path | bytes, **more: int) -> str:
    with pytest.raises(StudioError) as caught:
        picture.read(source, **more)
    assert caught.type in (StudioError,)
    return str(caught.value)


@pytest.mark.parametrize(("kind", "more"), [
    ("PNG", {}), ("TIFF", {}), ("BMP", {}), ("PPM", {}), ("WEBP", {"lossless": True}), ("QOI", {}),
    ("TIFF", {"compression": "tiff_lzw"}), ("JPEG2000", {"irreversible": False}),
])
def test_lossless_formats_come_back_exactly(kind: str, more: dict[str, object]) -> None:
    read = picture.read(saved(RGB, kind, **more))
    assert np.array_equal(read.pixels, RGB)
    assert (read.height, read.width, read.bits, read.has_alpha, read.is_grey) == (24, 32, 8, False, False)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF", "GIF"])
def test_lossy_formats_come_close(kind: str) -> None:
    read = picture.read(saved(RGB, kind, quality=95))
    assert np.abs(read.pixels.astype(int) - RGB).mean() < 6


def test_name_does_not_matter_content_does(tmp_path: Path) -> None:
    path = tmp_path / "liar.jpg"
    path.write_bytes(saved(RGB, "PNG"))
    assert picture.read(path).format == "PNG"


@pytest.mark.parametrize("name", ["año.png", "画.png", "картина.png", "🎨.png", "a b 'c' \"d\".png",
                                  "x" * 246 + ".png"])
def test_any_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(saved(RGB, "PNG"))
    assert picture.read(path).width == 32


@pytest.mark.parametrize("size", [(1, 1), (1, 30_000), (30_000, 1)])
def test_extreme_shapes(size: tuple[int, int]) -> None:
    assert picture.read(saved(gradient(*size), "PNG")).pixels.shape == (*size, 3)


def test_huge_picture_is_read_without_a_warning_up_to_the_limit() -> None:
    data = saved(Image.new("1", (14_000, 13_000)), "PNG")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert picture.probe(data).width == 14_000
        text = problem(data, max_pixels=100_000_000)
    assert text == ("This picture has 182 megapixels (14,000 x 13,000); 100 is the most. "
                    "Save a smaller copy of it.")


def test_bands_of_a_big_picture_equal_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(Image.fromarray(RGB).quantize(16), "PNG", transparency=3)
    whole = picture.read(data).pixels
    monkeypatch.setattr("studio.media.modes._BAND", 100)
    assert np.array_equal(picture.read(data).pixels, whole)
    assert whole.shape[2] == 4
    assert whole[:, :, 3].min() == 0


def test_grey_grey_alpha_and_one_bit() -> None:
    grey = gradient(channels=1)[:, :, 0]
    read = picture.read(saved(grey, "PNG"))
    assert read.is_grey
    assert np.array_equal(read.pixels, np.repeat(grey[:, :, None], 3, 2))
    both = picture.read(saved(gradient(channels=2), "PNG"))
    assert both.is_grey
    assert np.array_equal(both.pixels[:, :, [0, 3]], gradient(channels=2))
    bits = Image.fromarray(np.eye(8, dtype=np.uint8) * 255).convert("1")
    assert np.array_equal(picture.read(saved(bits, "PNG")).pixels[:, :, 1], np.eye(8, dtype=np.uint8) * 255)


@pytest.mark.parametrize("transparency", [0, b"\0\x80\xff"])
def test_indexed_with_transparency(transparency: int | bytes) -> None:
    image = Image.new("P", (3, 1))
    image.putpalette([255, 0, 0, 0, 255, 0, 0, 0, 255])
    image.putdata([0, 1, 2])
    read = picture.read(saved(image, "PNG", transparency=transparency))
    assert read.pixels[0, :, :3].tolist() == [[255, 0, 0], [0, 255, 0], [0, 0, 255]]
    assert read.pixels[0, :, 3].tolist() == ([0, 255, 255] if transparency == 0 else [0, 128, 255])


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_sixteen_bit_png(channels: int) -> None:
    values = gradient(channels=channels, dtype=np.uint16)
    read = picture.read(imagecodecs.png_encode(values.squeeze()))
    assert read.bits == 16
    assert read.has_alpha == (channels in (2, 4))
    assert np.array_equal(read.pixels[:, :, 0], values[:, :, 0])
    if read.has_alpha:
        assert np.array_equal(read.pixels[:, :, 3], values[:, :, -1])


@pytest.mark.parametrize("dtype", [np.uint16, np.uint32, np.float16, np.float32, np.float64])
@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("planar", ["contig", "separate"])
def test_deep_tiff(dtype: type, channels: int, planar: str) -> None:
    wanted = gradient(channels=channels, dtype=np.uint16)
    values = (wanted / 65535).astype(dtype) if np.dtype(dtype).kind == "f" else wanted.astype(dtype)
    if dtype is np.uint32:
        values = values << 16
    if planar == "separate":
        values = np.moveaxis(values, -1, 0)
    made = io.BytesIO()
    tifffile.imwrite(made, values if channels > 1 else values.squeeze(),
                     planarconfig=planar if channels > 1 else None,
                     photometric="rgb" if channels > 1 else "minisblack",
                     extrasamples=["unassalpha"] if channels == 4 else None)
    read = picture.read(made.getvalue())
    assert read.bits == 16
    assert read.is_grey == (channels == 1)
    close = 40 if dtype is np.float16 else 1
    assert np.abs(read.pixels[:, :, :channels].astype(int) - wanted).max() <= close
    assert picture.probe(made.getvalue()).width == 32


def test_float_tiff_with_holes_and_highlights() -> None:
    made = io.BytesIO()
    tifffile.imwrite(made, np.array([[np.nan, -1, 0.5, 1, 3, np.inf]], np.float32))
    assert picture.read(made.getvalue()).pixels[0, :, 0].tolist()[0] == 0
    made = io.BytesIO()
    tifffile.imwrite(made, np.array([[np.nan, -1, 0.5, 1, 3]], np.float32))
    assert picture.read(made.getvalue()).pixels[0, :, 0].tolist() == [0, 0, 32768, 65535, 65535]


def test_white_is_zero_tiff() -> None:
    made = io.BytesIO()
    tifffile.imwrite(made, np.array([[0, 65535, 100]], np.uint16), photometric="miniswhite")
    assert picture.read(made.getvalue()).pixels[0, :, 0].tolist() == [65535, 0, 65435]


def test_sixteen_bit_grey_pgm_and_png_of_pillow() -> None:
    grey = gradient(channels=1, dtype=np.uint16)[:, :, 0]
    for kind in ("PPM", "PNG", "TIFF"):
        read = picture.read(saved(grey, kind))
        assert read.bits == 16, kind
        assert np.array_equal(read.pixels[:, :, 2], grey), kind


def test_cmyk_jpeg_of_adobe_and_plain_mean_the_same() -> None:
    inks = Image.fromarray(np.full((16, 16, 4), (0, 255, 255, 0), np.uint8), "CMYK")  # pure red
    adobe = saved(inks, "JPEG", quality=100)
    red = picture.read(adobe).pixels
    assert red[..., 0].min() > 230
    assert red[..., 1:].max() < 40
    at = adobe.index(b"\xff\xee")
    size = int.from_bytes(adobe[at + 2:at + 4], "big") + 2
    plain_inverted = adobe[:at] + adobe[at + size:]  # without Adobe's marker the inks count as they are
    cyan = picture.read(plain_inverted).pixels
    assert cyan[..., 0].max() < 40


def test_cmyk_goes_through_its_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    inks = Image.fromarray(np.full((8, 8, 4), (0, 255, 255, 0), np.uint8), "CMYK")
    seen: list[tuple[object, ...]] = []

    def convert(pixels: np.ndarray, icc: bytes) -> np.ndarray:
        seen.append((pixels[0, 0].tolist(), profiles.space(icc)))
        return np.full((*pixels.shape[:2], 3), 77, np.uint8)
    monkeypatch.setattr(profiles, "convert", convert)
    icc = bytearray(profiles.srgb())
    icc[16:20] = b"CMYK"
    read = picture.read(saved(inks, "TIFF", icc_profile=bytes(icc)))
    assert seen == [([0, 255, 255, 0], "cmyk")]
    assert read.icc is None
    assert read.pixels.max() == 77


def test_lab_tiff() -> None:
    lab = ImageCms.profileToProfile(Image.fromarray(RGB), ImageCms.createProfile("sRGB"),
                                    ImageCms.createProfile("LAB"), outputMode="LAB")
    assert np.abs(picture.read(saved(lab, "TIFF")).pixels.astype(int) - RGB).mean() < 4


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_first_frame_of_an_animation(kind: str) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "lime", "blue")]
    data = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=40)
    red = picture.read(data).pixels[4, 4, :3].tolist()
    assert red[0] > 240
    assert max(red[1:]) < 20
    assert picture.probe(data).frames == 3


TURNS = {1: lambda a: a, 2: np.fliplr, 3: lambda a: np.rot90(a, 2), 4: np.flipud,
         5: lambda a: a.swapaxes(0, 1), 6: lambda a: np.rot90(a, -1),
         7: lambda a: np.rot90(a, 2).swapaxes(0, 1), 8: lambda a: np.rot90(a, 1)}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF", "AVIF", "deep png", "deep tiff"])
def test_rotation_is_applied_once_and_reset(kind: str, orientation: int) -> None:
    data = rotated(kind, orientation)
    read = picture.read(data)
    wanted = TURNS[orientation](RGB.astype(int))
    assert read.pixels.shape == wanted.shape
    assert np.abs((read.pixels >> (read.bits - 8)).astype(int) - wanted).mean() < 5
    facts = picture.probe(data)
    assert (facts.height, facts.width) == wanted.shape[:2]
    if read.exif:
        exif = Image.Exif()
        exif.load(read.exif)
        assert 0x0112 not in exif
        assert exif[0x010f] == "Atelier"


def rotated(kind: str, orientation: int) -> bytes:
    deep = RGB.astype(np.uint16) * 257
    if kind == "deep tiff":
        made = io.BytesIO()
        tifffile.imwrite(made, deep, photometric="rgb", extratags=[(274, 3, 1, orientation, True)])
        return made.getvalue()
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010f] = "Atelier"
    if kind == "deep png":
        return picture.encode_png(deep, exif=exif.tobytes())
    return saved(RGB, kind, exif=exif, **({} if kind in ("PNG", "TIFF") else {"quality": 100}))


def test_profiles_are_kept_and_applied() -> None:
    wide = imagecodecs.cms_profile("adobergb")
    data = saved(RGB, "PNG", icc_profile=wide)
    read = picture.read(data)
    assert read.icc == wide
    made = picture.to_srgb(read)
    assert made.icc is None
    assert np.abs(made.pixels.astype(int) - RGB).max() > 8
    deep = picture.to_srgb(picture.read(picture.encode_png(RGB.astype(np.uint16) * 257, icc=wide)))
    assert np.abs(deep.pixels / 257 - made.pixels).max() < 0.8


def test_srgb_profile_changes_nothing() -> None:
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = picture.to_srgb(picture.read(saved(RGB, "PNG", icc_profile=icc)))
    assert np.array_equal(made.pixels, RGB)


def grey_files(dtype: Any, channels: int, icc: bytes) -> Iterator[tuple[str, bytes, Any]]:
    """The formats that hold such grey with a profile: kind, file, and the pixels in it."""
    grey = gradient(channels=channels, dtype=dtype)
    yield "PNG", picture.encode_png(grey, icc=icc), grey
    made = io.BytesIO()
    tifffile.imwrite(made, grey if channels > 1 else grey[:, :, 0], photometric="minisblack", iccprofile=icc,
                     planarconfig="contig" if channels > 1 else None,
                     extrasamples=["unassalpha"] if channels > 1 else None)
    yield "TIFF", made.getvalue(), grey
    if dtype == np.uint8 and channels == 1:
        flat = np.full_like(grey, 120)
        yield "JPEG", saved(flat[:, :, 0], "JPEG", icc_profile=icc), flat


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 2])
def test_grey_and_its_profile_stay_where_asked_for(dtype: Any, channels: int) -> None:
    icc = grey_profile()
    for kind, data, grey in grey_files(dtype, channels, icc):
        kept, usual = picture.read(data, keep_grey=True), picture.read(data)
        assert (kept.icc, kept.is_grey, kept.format, kept.has_grey_profile) == (icc, True, kind, True)
        assert np.array_equal(kept.stored, grey), kind
        assert (usual.icc, usual.is_grey, usual.has_grey_profile) == (None, True, False)
        shown = picture.to_srgb(kept)
        assert (shown.icc, shown.is_grey) == (None, True)
        assert np.array_equal(shown.pixels[..., 3:], kept.pixels[..., 3:])
        assert np.array_equal(shown.pixels, usual.pixels), kind
        assert abs(int(shown.pixels[12, 16, 0]) - int(kept.pixels[12, 16, 0])) > 5
        small = thumbs.shrink(kept, 16)
        assert small.icc is None
        assert np.abs(small.pixels[..., :3].mean() - thumbs.shrink(shown, 16).pixels[..., :3].mean()) < 2
        for form in ("png", "tiff", "jpeg", "webp"):
            again = picture.read(encode.encode(kept, form, bits=kept.bits, quality=100), keep_grey=True)
            assert again.icc == (None if form == "webp" else icc)
            if form in ("png", "tiff"):
                assert np.array_equal(again.stored, grey)
            elif form == "jpeg" and channels == 1:
                levels = encode.to_bits(kept.pixels, 8).astype(int)
                assert np.abs(again.pixels[..., 0].astype(int) - levels[..., 0]).max() <= 2
            elif form == "webp" and channels == 1:
                levels = encode.to_bits(shown.pixels, 8).astype(int)
                assert np.abs(again.pixels[..., 0].astype(int) - levels[..., 0]).max() <= 4


def test_a_grey_profile_of_colours_is_none() -> None:
    read = picture.read(saved(RGB, "PNG", icc_profile=grey_profile()), keep_grey=True)
    assert (read.icc, read.is_grey) == (None, False)
    kept = Picture(read.pixels, profiles.srgb(), is_grey=True)
    assert kept.stored.shape[2] == 3


def test_grey_profile_is_applied_at_once() -> None:
    icc = imagecodecs.cms_profile("gray", gamma=1.0)
    dark = np.full((4, 4), 50, np.uint8)
    read = picture.read(saved(dark, "PNG", icc_profile=icc))
    assert read.icc is None
    assert read.pixels.max() != 50 or profiles.space(icc) != "gray"
    deep = picture.read(picture.encode_png(dark.astype(np.uint16) * 257, icc=icc))
    assert abs(int(deep.pixels[0, 0, 0]) - int(read.pixels[0, 0, 0]) * 257) < 400


@pytest.mark.parametrize("icc", [b"", b"junk", b"\0" * 400, profiles.srgb()[:200]])
def test_broken_profile_is_passed_over(icc: bytes) -> None:
    made = picture.to_srgb(picture.Picture(RGB, icc))
    assert np.array_equal(made.pixels, RGB)
    assert np.array_equal(picture.to_srgb(picture.read(saved(RGB, "PNG", icc_profile=icc))).pixels, RGB)


@pytest.mark.parametrize("exif", [b"Exif\0\0", b"Exif\0\0garbage", b"Exif\0\0II*\0\xff\xff\xff\xff",
                                  b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\x01\x12" * 40])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_broken_exif_does_not_cost_the_picture(kind: str, exif: bytes) -> None:
    assert picture.read(saved(RGB, kind, exif=exif)).pixels.shape == RGB.shape
    assert picture.probe(saved(RGB, kind, exif=exif)).width == 32


def test_long_text_does_not_cost_the_picture() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("history", "x" * 3_000_000, zip=True)
    assert len(picture.read(saved(RGB, "PNG", pnginfo=info)).text["history"]) == 3_000_000


def test_camera_raw_of_the_tiff_kind_is_not_taken_for_its_thumbnail() -> None:
    made = io.BytesIO()
    with tifffile.TiffWriter(made) as writer:
        writer.write(RGB, subifds=1, subfiletype=1, photometric="rgb")
        writer.write(np.zeros((64, 64), np.uint16), photometric="cfa", subfiletype=0)
    assert problem(made.getvalue()).startswith("This is a camera raw file.")


def test_alpha_survives_colour_conversion() -> None:
    rgba = gradient(channels=4)
    made = picture.to_srgb(picture.Picture(rgba, imagecodecs.cms_profile("adobergb")))
    assert np.array_equal(made.alpha, rgba[:, :, 3])
    assert not np.array_equal(made.rgb, rgba[:, :, :3])


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 1), (5, 7, 2), (5, 7, 3), (5, 7, 4)])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_encode_png_round_trip(shape: tuple[int, ...], dtype: type) -> None:
    values = np.random.default_rng(0).integers(0, np.iinfo(dtype).max, shape).astype(dtype)
    data = picture.encode_png(values, text={"Title": "ñ 画 🎨"}, icc=profiles.srgb())
    assert np.array_equal(imagecodecs.png_decode(data).reshape(shape), values)
    read = picture.read(data)
    assert read.text == {"Title": "ñ 画 🎨"}
    with Image.open(io.BytesIO(data)) as image:
        image.verify()
    assert data == picture.encode_png(values, text={"Title": "ñ 画 🎨"}, icc=profiles.srgb())


def test_encode_png_of_a_view() -> None:
    assert np.array_equal(picture.read(picture.encode_png(RGB[::-1, ::2])).pixels, RGB[::-1, ::2])


# What is no picture, and what it gets


def test_missing_folder_empty_and_pipe(tmp_path: Path) -> None:
    assert problem(tmp_path / "gone.png") == "There is no file gone.png. Was it moved or renamed?"
    assert "is a folder" in problem(tmp_path)
    (tmp_path / "empty.png").touch()
    assert problem(tmp_path / "empty.png") == "This file is empty: it has 0 bytes."
    assert problem(b"") == "This file is empty: it has 0 bytes."
    os.mkfifo(tmp_path / "pipe.png")
    assert "a pipe" in problem(tmp_path / "pipe.png")
    assert "not a possible file name" in problem(tmp_path / ("n" * 300))
    assert "not a possible file name" in problem(tmp_path / "a\0b")
    assert "There is no file" in problem(tmp_path / "empty.png" / "inside.png")


def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.png"
    path.write_bytes(saved(RGB, "PNG"))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")
    monkeypatch.setattr(Path, "open", refuse)
    assert problem(path).startswith("You are not allowed to read secret.png.")


def test_broken_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(saved(RGB, "PNG"))

    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")
    monkeypatch.setattr(Path, "open", fail)
    assert problem(path) == "a.png cannot be read: Input/output error. Is the disk still connected?"


@pytest.mark.parametrize(("head", "said"), [
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC pictures cannot be read here. Save it as JPEG or PNG."),
    (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "HEIC pictures cannot be read here. Save it as JPEG or PNG."),
    (b"II*\0\x10\0\0\0CR\x02\0", "camera raw file"),
    (b"\0\0\0\x18ftypisom\0\0\0\0mp42", "film"), (b"%PDF-1.7", "PDF document"),
    (b"PK\x03\x04", "ZIP archive"), (b"\xff\x0a\0\0", "JPEG XL picture"), (b"hello\n", "This is text"),
    (b"<?xml version='1.0'?><svg>", "SVG drawings"), (b"SQLite format 3\0", "Atelier project"),
    (bytes(range(200, 256)), "This is not a picture"), (b"\0", "not a picture"),
    ("Grüße 画".encode()[:-1], "This is text"),
])
def test_strangers_are_named(head: bytes, said: str) -> None:
    assert said in problem(head)


def test_film_of_any_size_is_refused_by_its_head(tmp_path: Path) -> None:
    path = tmp_path / "film.png"
    with path.open("wb") as file:
        file.write(b"\0\0\0\x18ftypisom")
        file.truncate(50_000_000_000)
    assert "film" in problem(path)
    with path.open("r+b") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
    assert "50,000 MB; 4,000 MB is the most" in problem(path)


CUT = ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF", "AVIF", "PPM", "QOI", "JPEG2000", "ICO", "deep png",
       "deep tiff"]


@pytest.mark.parametrize("kind", CUT)
def test_truncated_at_any_place(kind: str) -> None:
    data = rotated(kind, 1) if "deep" in kind else saved(noise(), kind)
    for share in (0.02, 0.1, 0.3, 0.6, 0.9, 0.98):
        cut = data[:int(len(data) * share)]
        text = problem(cut)
        assert "cut off" in text or "damaged" in text or "not a picture" in text, (share, text)


def test_truncated_files_are_counted_where_the_header_tells() -> None:
    data = saved(noise(120, 120), "BMP")
    assert problem(data[:20_000]).startswith("This file is cut off: 20 of 44 KB are there.")
    small = saved(noise(20, 20), "WEBP", lossless=True)
    assert problem(small[:700]).startswith(f"This file is cut off: 700 of {len(small):,} bytes are there.")
    jpeg = saved(noise(120, 120), "JPEG", quality=95)
    assert problem(jpeg[:15_000]).startswith("This file is cut off: only 15 KB are there.")
    assert problem(jpeg[:4_000]).startswith("This file is cut off: only 4,000 bytes are there.")
    tiff = saved(noise(120, 120), "TIFF")
    assert "This file is cut off" in problem(tiff[:20_000])


@pytest.mark.parametrize("kind", CUT)
def test_damaged_bytes_never_escape_as_another_error(kind: str) -> None:
    data = bytearray(rotated(kind, 1) if "deep" in kind else saved(noise(24, 24), kind))
    rng = np.random.default_rng(1)
    for _ in range(60):
        broken = bytearray(data)
        for at in rng.integers(0, len(data), 6):
            broken[at] = rng.integers(0, 256)
        with contextlib.suppress(StudioError):
            picture.read(bytes(broken), max_pixels=1_000_000)


def test_png_that_promises_terabytes() -> None:
    header = struct.pack(">IIBBBBB", 2_000_000, 2_000_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    assert "megapixels" in problem(b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\0IDAT" + b"\x35\xaf\x06\x1e")


def test_out_of_memory_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*_: object) -> None:
        raise MemoryError
    monkeypatch.setattr(decode, "_decode", greedy)
    with pytest.raises(StudioError, match="not enough memory"):
        picture.read(saved(RGB, "PNG"))
