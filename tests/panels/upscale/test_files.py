"""What a picture's file holds besides its pixels is in the result's file too."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

from studio.media.picture import read
from tests.panels.upscale.lightbox import Lightbox, done, photo

XMP = (b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
       b'<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="a lake"/>'
       b"</rdf:RDF></x:xmpmeta>")
MAKE, ORIENTATION, X_RESOLUTION = 0x010F, 0x0112, 0x011A
FORMATS = ["png", "jpeg", "webp", "tiff"]


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Lightbox]:
    """Enlarges with a fake network."""
    made = Lightbox(tmp_path)
    yield made
    made.close()


@functools.cache
def wide_gamut() -> bytes:
    """A profile that is not sRGB; it tells the time it was made."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return bytes(profile.replace(b"s\0R\0G\0B", b"w\0i\0d\0e").replace(b"sRGB", b"wide"))


def camera_file(orientation: int = 6) -> bytes:
    """A JPEG on its side with a profile, EXIF and XMP."""
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = "Camera", orientation
    stream = io.BytesIO()
    Image.fromarray(photo(40, 60)).save(stream, "JPEG", quality=95, exif=exif, xmp=XMP,
                                        icc_profile=wide_gamut())
    return stream.getvalue()


def opened(data: bytes) -> Any:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("format_", FORMATS)
def test_profile_exif_and_xmp_stay_and_it_is_turned_once(box: Lightbox, format_: str) -> None:
    source = camera_file()
    data = done(box.run(source, scale=2.0, format=format_, quality=100))
    with opened(data) as image:
        assert image.size == (80, 120), "upright"
        assert image.info.get("icc_profile") == wide_gamut()
        exif = image.getexif()
        assert exif.get(MAKE) == "Camera"
        assert exif.get(ORIENTATION, 1) == 1
    found = read(data)
    assert found.xmp
    assert b"a lake" in found.xmp
    wanted = box.pixels(read(source).pixels, scale=2.0)
    assert np.abs(found.pixels.astype(int) - wanted).mean() < 2, "the colours are those of the file"


@pytest.mark.parametrize("format_", FORMATS)
def test_camera_data_can_be_left_out_but_never_the_profile(box: Lightbox, format_: str) -> None:
    data = done(box.run(camera_file(), scale=2.0, format=format_, keep_metadata=False))
    found = read(data)
    assert found.icc == wide_gamut()
    assert not found.xmp
    with opened(data) as image:
        assert MAKE not in image.getexif()


@pytest.mark.parametrize("format_", ["png", "jpeg", "tiff"])
def test_a_print_size_is_written_into_the_file(box: Lightbox, format_: str) -> None:
    data = done(box.run(photo(30, 40), by="print", print_width=2.54, dpi=200, format=format_))
    with opened(data) as image:
        assert image.size == (200, 150)
        assert [round(float(dots)) for dots in image.info["dpi"]] == [200, 200]


def test_inks_and_palettes_become_colours(box: Lightbox) -> None:
    stream = io.BytesIO()
    Image.fromarray(photo(30, 40)).convert("CMYK").save(stream, "JPEG", quality=95)
    assert box.pixels(stream.getvalue(), scale=2.0).shape == (60, 80, 3)
    stream = io.BytesIO()
    palette = Image.fromarray(photo(30, 40)).quantize(16)
    palette.save(stream, "PNG", transparency=0)
    assert box.pixels(stream.getvalue(), scale=2.0).shape == (60, 80, 4)
