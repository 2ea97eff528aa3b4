"""What other programs read of how a picture was made gets into each format and out again."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from studio.media import embed, picture
from studio.media.encode import encode, read_recipe
from studio.media.generation import Generation, parse
from studio.media.generation_files import find
from studio.media.values import Picture
from tests.media.metadata import PACKET, camera_exif
from tests.media.pictures import noise, saved

LATIN = "a café, (red:1.2)\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, Seed: 3"
SCRIPTS = {"latin": LATIN, "any": "猫と犬, кошка, 🦊, ܫܠܡܐ\nSteps: 4, Seed: 9, Model: 山水"}
GRAPH = ('{"3": {"inputs": {"seed": 1, "steps": 8, "positive": ["6", 0]}},'
         ' "6": {"inputs": {"text": "from a graph"}}}')


def chunks(data: bytes) -> dict[bytes, bytes]:
    """Names of a PNG's chunks to what is in the last of each."""
    found, at = {}, 8
    while at < len(data):
        size = int.from_bytes(data[at:at + 4], "big")
        found[data[at + 4:at + 8]] = data[at + 8:at + 8 + size]
        at += 12 + size
    return found


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
@pytest.mark.parametrize("name", ["png", "jpeg", "webp", "tiff"])
@pytest.mark.parametrize("exif", [None, camera_exif()], ids=["bare", "camera"])
def test_every_format_tells_it(name: Any, text: str, exif: bytes | None) -> None:
    made = encode(Picture(noise(), exif=exif, xmp=PACKET), name, recipe='{"own": 1}', parameters=text)
    assert find(made) == parse(text)
    assert read_recipe(made) == {"own": 1}
    back = picture.read(made)
    assert back.exif is not None or name == "png"
    assert b"Dieppe" in (back.xmp or b"") or name == "png"
    if exif:
        block = Image.Exif()
        block.load(back.exif or b"")
        assert block[0x010F].strip("\0") == "Kodak"
        assert block.get_ifd(0x8769)[0x9003].strip("\0") == "2020:01:02 03:04:05"


@pytest.mark.parametrize("name", ["png", "jpeg", "webp", "tiff"])
def test_without_it_nothing_changes(name: Any) -> None:
    made = encode(Picture(noise()), name, recipe="{}")
    assert find(made) is None
    assert encode(Picture(noise()), name, recipe="{}", parameters="") == made


def test_a_png_has_the_chunk_that_others_read() -> None:
    made = encode(Picture(noise()), "png", parameters=LATIN)
    assert chunks(made)[b"tEXt"] == b"parameters\0" + LATIN.encode("latin-1")
    assert b"iTXt" not in chunks(made)
    wide = encode(Picture(noise()), "png", parameters=SCRIPTS["any"])
    assert chunks(wide)[b"iTXt"] == b"parameters\0\0\0\0\0" + SCRIPTS["any"].encode()
    with Image.open(io.BytesIO(wide)) as image:
        assert image.info["parameters"] == SCRIPTS["any"]


def test_a_jpeg_has_the_comment_that_others_read() -> None:
    made = encode(Picture(noise()), "jpeg", parameters=SCRIPTS["any"])
    with Image.open(io.BytesIO(made)) as image:
        block = image.getexif()
        assert block.endian == ">"
        assert block.get_ifd(0x8769)[0x9286] == b"UNICODE\0" + SCRIPTS["any"].encode("utf-16-be")


def test_a_jpeg_without_room_keeps_the_rest() -> None:
    made = encode(Picture(noise(), exif=camera_exif()), "jpeg", parameters="x" * 40_000 + LATIN)
    assert find(made) is None
    assert picture.read(made).exif == camera_exif()


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_a_finished_png_gets_it_in_place_of_another(text: str) -> None:
    info = PngInfo()
    info.add_text("parameters", "old\nSteps: 1, Seed: 1, Size: 1x1")
    info.add_text("Author", "Käthe")
    data, made = saved(noise(), "PNG", pnginfo=info), io.BytesIO()
    embed.put(data, made, '{"own": 1}', text)
    assert find(made.getvalue()) == parse(text)
    assert read_recipe(made.getvalue()) == {"own": 1}
    assert picture.read(made.getvalue()).text["Author"] == "Käthe"
    assert np.array_equal(picture.read(made.getvalue()).pixels, noise())
    kept = io.BytesIO()
    embed.put(data, kept, '{"own": 1}')
    assert (find(kept.getvalue()) or Generation("")).prompt == "old"


def test_letters_no_file_can_hold_are_replaced() -> None:
    for name in ("png", "jpeg", "webp", "tiff"):
        found = find(encode(Picture(noise()), name, parameters="a \udce9 b\0\nSteps: 1"))
        assert found is not None
        assert found.prompt.startswith("a ")


def foreign(kind: str, value: bytes) -> bytes:
    block = Image.Exif()
    block.get_ifd(0x8769)[0x9286] = value
    return saved(noise(), kind, exif=block.tobytes())


@pytest.mark.parametrize("value", [
    b"UNICODE\0" + LATIN.encode("utf-16-le"), b"UNICODE\0" + LATIN.encode("utf-16-be"),
    b"UNICODE\0" + LATIN.encode("utf-16"), b"ASCII\0\0\0" + LATIN.encode(), LATIN.encode(),
    b"\0" * 8 + LATIN.encode()])
@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF"])
def test_comments_in_every_dress(kind: str, value: bytes) -> None:
    assert find(foreign(kind, value)) == parse(LATIN)


def test_utf8_where_latin_1_belongs() -> None:
    info = PngInfo()
    info.add(b"tEXt", b"parameters\0" + SCRIPTS["any"].encode())
    assert find(saved(noise(), "PNG", pnginfo=info)) == parse(SCRIPTS["any"])


def test_a_graph_in_png_and_webp() -> None:
    info = PngInfo()
    info.add_text("prompt", GRAPH)
    block = Image.Exif()
    block[0x0110] = "prompt:" + GRAPH
    for data in (saved(noise(), "PNG", pnginfo=info), saved(noise(), "WEBP", exif=block.tobytes())):
        assert find(data) == Generation("from a graph", "", {"Steps": "8", "Seed": "1"})


@pytest.mark.parametrize("data", [
    b"no picture", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe1\xff\xff", saved(noise(), "BMP"),
    saved(noise(), "PNG")[:60], foreign("JPEG", b"UNICODE\0\xd8")], ids=range(6))
def test_what_says_nothing(data: bytes) -> None:
    assert find(data) is None
