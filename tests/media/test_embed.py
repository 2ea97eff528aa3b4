"""A recipe goes into a file, and nothing else in it changes."""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from studio.core.errors import StudioError
from studio.media import embed, frames, picture, profiles, stream
from studio.media.encode import read_recipe
from studio.media.extras import Extras
from studio.media.pieces import Pieces
from tests.media.metadata import PACKET, camera_exif
from tests.media.pictures import noise, saved

LONG = '{"a":"' + "x" * 150_000 + '"}'
FULL = Extras(profiles.srgb(), camera_exif(), PACKET, 300, '{"old":1}', {"Author": "Käthe"})


def streamed(folder: Path, name: Any, channels: int, extras: Extras) -> bytes:
    sizes = {"height": 31, "width": 45, "channels": channels}
    with stream.open_writer(folder / "a", name, **sizes, extras=extras) as writer:
        writer.write(noise(31, 45, channels))
    return (folder / "a").read_bytes()


def moving(folder: Path, container: Any, extras: Extras) -> bytes:
    sizes = {"height": 31, "width": 45, "channels": 4}
    with frames.open_writer(folder / "a", container, **sizes, extras=extras) as writer:
        for turn in range(3):
            writer.write(np.roll(noise(31, 45, 4), turn, axis=1), 40 + 10 * turn)
    return (folder / "a").read_bytes()


def put(source: Any, recipe: str) -> bytes:
    made = io.BytesIO()
    embed.put(source, made, recipe)
    return made.getvalue()


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[at:at + size] for at in range(0, len(data), size)]


def check(data: bytes, recipe: str = '{"new":2}') -> bytes:
    """Everything but the recipe is what it was, however the file comes."""
    made = put(data, recipe)
    assert put(cut(data, 7), recipe) == made
    before, after = picture.read(data), picture.read(made)
    assert np.array_equal(before.pixels, after.pixels)
    for name in ("icc", "exif", "xmp", "is_grey", "bits", "format"):
        assert getattr(before, name) == getattr(after, name), name
    words = [{key: word for key, word in read.text.items() if key != "atelier"} for read in (before, after)]
    assert words[0] == words[1]
    return made


@pytest.mark.parametrize("extras", [Extras(), FULL], ids=["bare", "full"])
@pytest.mark.parametrize(("name", "channels"), [
    ("png", 4), ("png", 1), ("jpeg", 3), ("jpeg", 1), ("webp", 4), ("webp", 3), ("tiff", 4), ("tiff", 2)])
def test_pictures(tmp_path: Path, name: str, channels: int, extras: Extras) -> None:
    data = streamed(tmp_path, name, channels, extras)
    assert read_recipe(check(data)) == {"new": 2}
    long = check(data, LONG)
    assert len((read_recipe(long) or {})["a"]) == 150_000
    assert (check(long) == check(data)) == (name != "tiff")  # it takes the old one's place; TIFF appends


@pytest.mark.parametrize("container", ["gif", "webp", "png"])
def test_animations(tmp_path: Path, container: str) -> None:
    data = moving(tmp_path, container, Extras() if container == "gif" else FULL)
    made = check(data)
    assert read_recipe(made) == {"new": 2}
    before, after = (frames.probe(each, max_pixels=10**6) for each in (data, made))
    assert before == after
    assert before is not None
    pairs = zip(*(frames.read(each, before, max_pixels=10**6) for each in (data, made)), strict=True)
    assert all(np.array_equal(*pair) for pair in pairs)


@pytest.mark.parametrize("more", [{"lossless": True}, {"quality": 60}])
@pytest.mark.parametrize("channels", [3, 4])
def test_bare_webp_of_other_programs(channels: int, more: dict[str, Any]) -> None:
    made = check(saved(noise(31, 45, channels), "WEBP", **more))
    with Image.open(io.BytesIO(made)) as image:
        assert (image.size, image.mode) == ((45, 31), "RGBA" if channels == 4 else "RGB")


def test_progressive_jpeg_and_a_comment() -> None:
    made = check(saved(noise(), "JPEG", progressive=True, comment=b"hello", dpi=(72, 72)))
    with Image.open(io.BytesIO(made)) as image:
        assert image.info["comment"] == b"hello"


def test_long_xmp_of_a_jpeg_stays_in_one_piece(tmp_path: Path) -> None:
    long = PACKET.replace(b"Dieppe", b"Dieppe" * 20_000)
    data = streamed(tmp_path, "jpeg", 3, Extras(xmp=long))
    assert picture.read(data).xmp == long
    assert read_recipe(check(data)) == {"new": 2}


def test_from_a_file_into_a_file(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(streamed(tmp_path, "tiff", 3, FULL))
    with (tmp_path / "out").open("x+b") as file:
        embed.put(source, file, '{"new":2}')
    assert read_recipe(tmp_path / "out") == {"new": 2}
    assert np.array_equal(picture.read(tmp_path / "out").pixels, noise(31, 45))


def test_names_that_are_no_text_survive(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.png")
    for kind in ("png", "jpeg", "webp", "tiff"):
        made = put(streamed(tmp_path, kind, 3, Extras()), json.dumps({"name": name}, ensure_ascii=False))
        assert read_recipe(made) == {"name": name}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF", "GIF"])
def test_what_is_cut_off_never_hangs(kind: str) -> None:
    data = saved(Image.fromarray(noise(16, 16)), kind)
    for end in range(1, len(data), 13):
        with contextlib.suppress(StudioError):
            put(data[:end], "{}")


def test_other_pictures_are_refused_in_words() -> None:
    with pytest.raises(StudioError, match="A BMP picture cannot carry a recipe"):
        put(saved(noise(), "BMP"), "{}")
    with pytest.raises(StudioError, match="too big for a picture"):
        put(saved(noise(), "PNG"), '"' + "x" * 1_000_000 + '"')


@given(
    sizes=st.lists(st.integers(1, 9), min_size=1, max_size=9), steps=st.lists(st.integers(0, 12), max_size=9)
)
def test_pieces_read_as_a_file_does(sizes: list[int], steps: list[int]) -> None:
    data = bytes(range(sum(sizes)))
    edges = np.cumsum([0, *sizes])
    pieces, file = Pieces(data[a:b] for a, b in itertools.pairwise(edges)), io.BytesIO(data)
    for step in steps:
        if len(data) - file.tell() < step:
            with pytest.raises(EOFError):
                pieces.read(step)
            break
        assert pieces.peek(step) == data[file.tell():][:step]
        assert pieces.read(step) == file.read(step)
    rest = io.BytesIO()
    pieces.copy_rest(rest)
    assert rest.getvalue() == file.read()
