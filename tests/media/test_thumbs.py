from __future__ import annotations

import io
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from PIL import Image

from studio.core.errors import StudioError
from studio.media import picture
from studio.media.thumbs import of_picture, thumbnail
from tests.media.pictures import gradient, noise, saved


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_longer_side_is_the_size(kind: str) -> None:
    made = opened(thumbnail(saved(gradient(300, 700), kind), "image", 128))
    assert made.size == (128, 55)
    assert made.format == "JPEG"


@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("profile", ["", "adobergb"])
def test_one_of_a_decoded_picture_is_that_of_its_file(channels: int, profile: str) -> None:
    pixels, icc = gradient(300, 200, channels), imagecodecs.cms_profile(profile) if profile else None
    file = picture.encode_png(pixels, icc=icc)
    assert of_picture(picture.Picture(pixels, icc), 64) == thumbnail(file, "image", 64)


def test_small_pictures_are_not_enlarged() -> None:
    assert opened(thumbnail(saved(gradient(3, 5), "PNG"), "image")).size == (5, 3)
    assert opened(thumbnail(saved(gradient(1, 30_000), "PNG"), "image")).size == (256, 1)


def test_transparency_is_kept_as_webp() -> None:
    made = opened(thumbnail(saved(gradient(300, 300, 4), "PNG"), "image"))
    assert made.format == "WEBP"
    assert made.mode == "RGBA"


def test_deep_and_wide_gamut(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    wide = picture.encode_png(gradient(dtype=np.uint16), icc=imagecodecs.cms_profile("adobergb"))
    path.write_bytes(wide)
    made = np.asarray(opened(thumbnail(path, "image")))
    wanted = picture.to_srgb(picture.read(wide)).pixels / 257
    assert np.abs(made - wanted).mean() < 4


def test_other_kinds_have_none() -> None:
    assert thumbnail(b"words", "text") == b""


def test_trouble_is_told() -> None:
    with pytest.raises(StudioError, match="cut off"):
        thumbnail(saved(noise(), "PNG")[:2000], "image")


def test_rotated_jpeg_is_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(thumbnail(saved(gradient(400, 1600), "JPEG", exif=exif), "image", 100)).size == (25, 100)
