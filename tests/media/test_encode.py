from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any, get_args

import imagecodecs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.core.errors import StudioError
from studio.media import encode as media
from studio.media import picture, xmp
from studio.media.encode import Format, encode, read_recipe
from studio.media.picture import Picture
from tests.media.pictures import gradient, saved

FORMATS = get_args(Format)
RGB, RGBA, DEEP = gradient(), gradient(channels=4), gradient(dtype=np.uint16)
RECIPE = {"seed": 7, "request": {"task": "style", "params": {
    "prompt": "ñ 画 Ж 🎨 \" ' & < > ]]> \u0001 \ufffe \u2028"}}}


def as_text(recipe: dict[str, Any]) -> str:
    return json.dumps(recipe, ensure_ascii=False)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("pixels", [RGB, RGBA, DEEP, np.zeros((1, 1, 3), np.uint8)])
def test_recipe_comes_back_from_every_format(kind: Format, pixels: np.ndarray, tmp_path: Path) -> None:
    data = encode(Picture(pixels), kind, recipe=as_text(RECIPE))
    assert read_recipe(data) == RECIPE
    path = tmp_path / "exported"
    path.write_bytes(data)
    assert read_recipe(path) == RECIPE
    assert picture.read(data).pixels.shape[:2] == pixels.shape[:2]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("size", [59_000, 66_000, 130_000, 700_000])
def test_big_recipes(kind: Format, size: int) -> None:
    letters = np.random.default_rng(size).integers(33, 0x3000, size // 3)
    recipe = {"notes": "".join(map(chr, letters)), "plain": "x" * (size // 3)}
    assert read_recipe(encode(Picture(RGB), kind, recipe=as_text(recipe))) == recipe


@pytest.mark.parametrize("kind", FORMATS)
def test_recipe_too_big_is_told(kind: Format) -> None:
    with pytest.raises(StudioError, match="too big for a picture: 1,000 KB; 900 KB is the most"):
        encode(Picture(RGB), kind, recipe=json.dumps({"x": "y" * 1_000_000}))


@pytest.mark.parametrize("kind", ["jpeg", "webp", "tiff"])
def test_broken_recipe_is_refused(kind: Format) -> None:
    with pytest.raises(StudioError, match="recipe is damaged"):
        encode(Picture(RGB), kind, recipe="{")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=8)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.text(), json_values, max_size=4), st.sampled_from(FORMATS))
def test_any_recipe_round_trips(recipe: dict[str, Any], kind: Format) -> None:
    assert read_recipe(encode(Picture(RGB[:2, :2]), kind, recipe=json.dumps(recipe))) == recipe


@pytest.mark.parametrize("kind", FORMATS)
def test_file_names_that_are_not_unicode(kind: Format) -> None:
    recipe = {"name": b"caf\xe9".decode("utf-8", "surrogateescape"), "also": "画🎨"}
    assert read_recipe(encode(Picture(RGB), kind, recipe=as_text(recipe))) == recipe


def test_extended_xmp_is_found_in_any_order() -> None:
    text = as_text({"long": "Ж" * 50_000})
    main, extra = xmp.split(xmp.packet(text))
    segments = [("APP1", segment) for segment in split(extra)]
    assert len(segments) > 2
    header = b"http://ns.adobe.com/xap/1.0/\0"
    assert json.loads(xmp.from_jpeg([*reversed(segments), ("APP1", header + main)]) or "") == json.loads(text)
    assert xmp.from_jpeg([("APP1", header + main), *segments[:1]]) is None
    assert xmp.from_jpeg(segments) is None


def split(data: bytes) -> list[bytes]:
    found = []
    while data:
        size = int.from_bytes(data[2:4], "big")
        found.append(data[4:size + 2])
        data = data[size + 2:]
    return found


def test_recipe_as_an_attribute_as_other_programs_rewrite_it() -> None:
    block = ('<x:xmpmeta xmlns:x="adobe:ns:meta/">'
             '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
             f'<rdf:Description xmlns:a="{xmp.NAMESPACE}" a:recipe="{{}}"/></rdf:RDF></x:xmpmeta>')
    assert xmp.recipe(block.encode()) == "{}"


def test_hostile_xml_is_no_recipe() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    assert xmp.recipe(bomb) is None
    assert xmp.recipe(b"\xff\xfe<<") is None


@pytest.mark.parametrize("recipe", ['"text"', "[1]", "{", "[" * 100_000])
def test_what_is_no_recipe_is_none(recipe: str) -> None:
    assert read_recipe(picture.encode_png(RGB, text={"atelier": recipe})) is None


def test_pictures_without_recipe_and_no_pictures(tmp_path: Path) -> None:
    for kind in ("PNG", "JPEG", "WEBP", "TIFF", "GIF", "BMP"):
        assert read_recipe(saved(RGB, kind)) is None
    assert read_recipe(b"just text") is None
    assert read_recipe(saved(RGB, "PNG")[:50]) is None
    with pytest.raises(StudioError, match="no file"):
        read_recipe(tmp_path / "gone.png")


@pytest.mark.parametrize("kind", ["png", "tiff"])
@pytest.mark.parametrize("pixels", [RGB, RGBA, DEEP, gradient(channels=4, dtype=np.uint16)])
@pytest.mark.parametrize("bits", [8, 16])
def test_lossless_formats_keep_every_pixel(kind: Format, pixels: np.ndarray, bits: int) -> None:
    read = picture.read(encode(Picture(pixels), kind, bits=bits))
    assert read.bits == bits
    assert np.array_equal(read.pixels, media.to_bits(pixels, bits))


def test_to_bits_is_exact_at_both_ends() -> None:
    every = np.arange(65536, dtype=np.uint16)
    assert media.to_bits(every, 16) is every
    assert np.array_equal(media.to_bits(every, 8), np.floor(every / 257 + 0.5).astype(np.uint8))
    eight = np.arange(256, dtype=np.uint8)
    assert np.array_equal(media.to_bits(media.to_bits(eight, 16), 8), eight)


def test_jpeg_puts_transparency_on_white() -> None:
    clear = np.zeros((16, 16, 4), np.uint8)
    assert picture.read(encode(Picture(clear), "jpeg")).pixels.min() > 250
    clear[..., 3] = 255
    assert picture.read(encode(Picture(clear), "jpeg")).pixels.max() < 5


def test_webp_keeps_transparency_and_hidden_colour() -> None:
    read = picture.read(encode(Picture(RGBA), "webp", quality=100))
    assert np.array_equal(read.alpha, RGBA[:, :, 3])


def test_quality_counts() -> None:
    noisy = np.random.default_rng(0).integers(0, 255, (64, 64, 3), dtype=np.uint8)
    for kind in ("jpeg", "webp"):
        assert len(encode(Picture(noisy), kind, quality=30)) < len(encode(Picture(noisy), kind, quality=95))


@pytest.mark.parametrize("kind", FORMATS)
def test_profile_and_exif_stay(kind: Format) -> None:
    icc = imagecodecs.cms_profile("adobergb")
    exif = Image.Exif()
    exif[0x010f] = "Camera"
    data = encode(Picture(RGB, icc=icc, exif=exif.tobytes()), kind, recipe=as_text(RECIPE))
    read = picture.read(data)
    assert read.icc == icc
    if kind != "tiff":
        again = Image.Exif()
        again.load(read.exif)
        assert again[0x010f] == "Camera"
    assert read_recipe(data) == RECIPE


@pytest.mark.parametrize(("kind", "width"), [("jpeg", 65_501), ("webp", 16_384)])
def test_side_limits(kind: Format, width: int) -> None:
    with pytest.raises(StudioError, match=rf"{kind.upper()} picture can be .* this one is {width:,} x 1"):
        encode(Picture(np.zeros((1, width, 3), np.uint8)), kind)


def test_same_picture_same_bytes() -> None:
    for kind in FORMATS:
        assert encode(Picture(RGB), kind, recipe="{}") == encode(Picture(RGB), kind, recipe="{}"), kind


def test_other_programs_open_all_of_them() -> None:
    for kind in FORMATS:
        with Image.open(io.BytesIO(encode(Picture(RGB), kind, recipe=as_text(RECIPE)))) as image:
            image.load()
            assert image.size == (32, 24)
