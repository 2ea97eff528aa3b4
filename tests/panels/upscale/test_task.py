"""The Upscale task: what comes out, and that it is what was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.jobs import CancelToken
from studio.engines.messages import PartDone, Preview, Progress
from studio.media.encode import encode
from studio.media.picture import probe, read, to_srgb
from studio.media.values import Picture
from studio.panels.upscale import enlarge, pace
from studio.panels.upscale.finish import to_floats
from tests.media.pictures import grey_profile
from tests.panels.upscale.lightbox import FakeUpscaler, Lightbox, done, photo, pixels, softened

PHOTO = photo(60, 80)


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Lightbox]:
    """Enlarges with a fake network."""
    made = Lightbox(tmp_path)
    yield made
    made.close()


def expected(picture: Any, scale: int) -> Any:
    """What the fake network makes of the whole."""
    made = softened(softened(to_floats(picture))).repeat(scale, 0).repeat(scale, 1)
    return (made * np.iinfo(picture.dtype).max + 0.5).astype(picture.dtype)


def test_a_picture_comes_out_enlarged_and_says_what_it_is(box: Lightbox) -> None:
    outcome = box.run(PHOTO, seed=7, name="harbour.jpg")
    assert (pixels(outcome) == expected(PHOTO, 4)).all()
    output = outcome.outputs[0]
    assert (output.kind, output.media_type, output.seed) == ("image", "image/png", 7)
    assert output.name == "harbour 4x"
    facts = dict(output.facts)
    assert (facts["width"], facts["height"]) == (320, 240)
    assert (facts["megapixels_in"], facts["megapixels_out"]) == (0.005, 0.077)
    assert facts["bytes"] == output.size
    assert facts["memory"] > 1_000_000
    assert facts["seconds"] >= 0
    assert probe(output.thumbnail).width == 256
    assert [model.id for model in outcome.models] == ["upscale-photo"]


@pytest.mark.parametrize(("params", "size"), [
    ({"scale": 2.0}, (120, 160)), ({"scale": 3.0}, (180, 240)), ({"scale": 1.0}, (60, 80)),
    ({"scale": 7.3}, (438, 584)), ({"by": "pixels", "width": 99}, (74, 99)),
    ({"by": "pixels", "width": 99, "height": 200}, (200, 99)), ({"by": "pixels", "height": 20}, (20, 27)),
    ({"by": "print", "print_width": 2.54, "dpi": 150}, (112, 150))])
def test_every_size_comes_out_and_looks_like_the_picture(box: Lightbox, params: dict[str, Any],
                                                         size: tuple[int, int]) -> None:
    found = box.pixels(PHOTO, **params)
    assert found.shape[:2] == size
    middle = found[size[0] // 4:size[0] * 3 // 4, size[1] // 4:size[1] * 3 // 4]
    assert np.abs(middle.mean((0, 1)) - PHOTO[15:45, 20:60].mean((0, 1))).max() < 8


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (7, 5), (8, 8)])
@pytest.mark.parametrize("scale", [1.0, 2.0, 3.3])
def test_every_shape_gives_a_picture(box: Lightbox, shape: tuple[int, int], scale: float) -> None:
    found = box.pixels(photo(*shape), scale=scale)
    assert found.shape[:2] == (max(1, round(shape[0] * scale)), max(1, round(shape[1] * scale)))


@settings(max_examples=15, deadline=None)
@given(st.integers(2, 70), st.integers(2, 70), st.integers(16, 64),  # a single row the fake fades to black
       st.sampled_from([1.0, 2.0, 2.7, 4.0, 5.1]), st.integers(1, 6), st.integers(0, 3),
       st.sampled_from([3, 4]))
def test_tiles_change_nothing(tmp_path_factory: pytest.TempPathFactory, height: int, width: int, tile: int,
                              scale: float, rounds: int, seed: int, channels: int) -> None:
    box = Lightbox(tmp_path_factory.mktemp("box"), FakeUpscaler(rounds=rounds))
    picture = photo(height, width, seed, channels=channels)
    assert (box.pixels(picture, scale=scale, tile=tile) == box.pixels(picture, scale=scale)).all()


def test_a_network_that_sees_all_shows_no_seams(tmp_path: Path) -> None:
    box = Lightbox(tmp_path, FakeUpscaler(sees_all=True))
    _, x = np.mgrid[0:120, 0:120].astype(np.float32)
    picture = ((0.2 + 0.6 * x / 120)[..., None].repeat(3, 2) * 255).astype(np.uint8)
    found = box.pixels(picture, tile=40, scale=2.0).astype(int)[20:220, 20:220]
    assert np.abs(np.diff(found, axis=1)).max() <= 3
    assert np.abs(np.diff(found, axis=0)).max() <= 1


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_depth_grey_and_opacity_stay(box: Lightbox, dtype: type, channels: int) -> None:
    from studio.media.picture import encode_png

    source = photo(40, 50, 0, dtype, channels)
    if channels in (2, 4):
        source[source[..., -1] == 0] = 0  # black under what nobody sees
    outcome = box.run(encode_png(source), tile=24, scale=2.0)
    found = read(done(outcome))
    assert found.pixels.dtype == dtype
    assert found.is_grey == (channels < 3)
    assert found.has_alpha == (channels in (2, 4))
    assert found.pixels.shape[:2] == (80, 100)
    if found.has_alpha:
        alpha = found.pixels[..., 3]
        assert (alpha[:, :30] == 0).all()
        assert (alpha[:, 72:] == np.iinfo(dtype).max).all()


@pytest.mark.parametrize(("kind", "dtype"), [("png", np.uint8), ("png", np.uint16), ("tiff", np.uint8),
                                             ("tiff", np.uint16), ("jpeg", np.uint8)])
@pytest.mark.parametrize("wanted", ["same", "png", "tiff", "jpeg", "webp"])
def test_grey_keeps_its_values_and_its_profile(box: Lightbox, kind: Any, dtype: Any, wanted: str) -> None:
    """A flat patch beside a soft one: its stored value is the same afterwards, and what it means."""
    icc, source = grey_profile(), photo(40, 60, 0, dtype, 1)
    source[:, :30] = 90 * (np.iinfo(dtype).max // 255)
    data = encode(Picture(source.repeat(3, 2), icc, is_grey=True), kind, bits=8 * dtype().itemsize,
                  quality=100)
    outcome = box.run(data, scale=2.0, format=wanted, quality=100)
    found = read(done(outcome), keep_grey=True)
    if wanted == "webp":
        assert found.icc is None
        patch = to_srgb(read(data)).pixels[20, 10, 0]
        assert np.abs(found.pixels[20:60, 8:48].astype(int) - int(patch) // (257 if dtype == np.uint16 else 1)
                      ).max() <= 2
        return
    assert found.icc == icc
    assert found.is_grey
    made = found.stored[10:70, 8:50]
    whole = made.astype(int) * (np.iinfo(dtype).max // np.iinfo(made.dtype).max)
    assert np.abs(whole - int(source[20, 10, 0])).max() <= (256 if dtype == np.uint16 and wanted == "jpeg"
                                                            else 1 if "jpeg" in (kind, wanted) else 0)


def test_grey_with_a_profile_is_shown_as_what_it_means(box: Lightbox) -> None:
    """The list of results and the look at it while it is made are sRGB; the file is not."""
    source, icc = np.full((40, 60, 3), 90, np.uint8), grey_profile()
    source[:5] = 0
    data = encode(Picture(source, icc, is_grey=True), "png")
    seen: list[Any] = []
    outcome = box.run(data, scale=2.0, emit=seen.append)
    meant = int(read(data).pixels[20, 20, 0])
    assert abs(meant - 90) > 10
    assert read(done(outcome), keep_grey=True).pixels[40, 40, 0] == 90
    assert abs(int(read(outcome.outputs[0].thumbnail).pixels[40, 40, 0]) - meant) <= 2
    shown = [message.pixels for message in seen if isinstance(message, Preview)]
    assert shown
    assert abs(int(shown[-1][40, 40, 0]) - meant) <= 1


@pytest.mark.parametrize("hidden", [0, 255])
def test_what_nobody_sees_makes_no_fringe(box: Lightbox, hidden: int) -> None:
    picture = np.full((40, 40, 4), (180, 120, 60, 255), np.uint8)
    picture[:, 20:] = (hidden, hidden, hidden, 0)
    found = box.pixels(picture, scale=3.0)[20:-20]
    inner = found[:, 20:][found[:, 20:, 3] > 0][:, :3]
    assert len(inner) > 1000
    assert np.abs(inner.astype(int) - (180, 120, 60)).max() <= 1


@pytest.mark.parametrize(("format_", "suffix"), [("png", "PNG"), ("jpeg", "JPEG"), ("webp", "WEBP"),
                                                 ("tiff", "TIFF")])
def test_every_format_can_be_asked_for(box: Lightbox, format_: str, suffix: str) -> None:
    outcome = box.run(PHOTO, format=format_, scale=2.0)
    assert probe(done(outcome)).format == suffix
    assert outcome.outputs[0].media_type == f"image/{format_}"
    assert box.run(done(outcome), format="same", scale=1.0).outputs[0].media_type == f"image/{format_}"


@pytest.mark.parametrize("scale", [2.0, 3.0, 4.0, 6.0])
@pytest.mark.parametrize("crop", ["0,0,20,20", "33,17,20,9", "70,50,40,40", "5,5,1,1"])
def test_a_part_is_as_in_the_whole(box: Lightbox, scale: float, crop: str) -> None:
    whole = box.pixels(PHOTO, scale=scale, grain=0.5)
    found = box.pixels(PHOTO, scale=scale, grain=0.5, crop=crop)
    left, top, width, height = (int(number) for number in crop.split(","))
    rows, columns = (slice(round(start * scale), round(min(length, start + side) * scale))
                     for start, side, length in ((top, height, 60), (left, width, 80)))
    assert np.abs(found.astype(int) - whole[rows, columns]).max() <= 1


def test_a_part_decodes_the_picture_once_and_does_little(box: Lightbox) -> None:
    box.pixels(PHOTO, crop="10,10,8,8")
    for path in box.inputs.values():
        path.write_bytes(b"gone")
    from studio.core.jobs import Input, Request
    from studio.engines.context import WorkContext, run

    digest = next(iter(box.inputs))
    context = WorkContext(box.cache, box.inputs, scratch=box.folder / "again")
    request = Request("upscale", 1, {"crop": "30,30,8,8"}, (Input("picture", digest),))
    assert pixels(run(box.task, request, context)).shape == (32, 32, 3)
    assert max(box.upscaler.sizes)[0] <= 32


def test_clean_and_grain_do_what_they_say(box: Lightbox) -> None:
    plain = box.pixels(PHOTO)
    assert box.pixels(PHOTO, clean=1.0).mean() < plain.mean() * 0.6
    grainy = box.pixels(PHOTO, grain=1.0, seed=3)
    assert 4 < (grainy.astype(int) - plain).std() < 25
    assert (box.pixels(PHOTO, grain=1.0, seed=3) == grainy).all()
    assert (box.pixels(PHOTO, grain=1.0, seed=3, tile=24) == grainy).all()
    assert (box.pixels(PHOTO, grain=1.0, seed=4) != grainy).any()


def test_it_tells_the_tiles_and_shows_itself(box: Lightbox) -> None:
    messages: list[object] = []
    box.run(photo(64, 64), tile=32, emit=messages.append)
    told = [message for message in messages if isinstance(message, Progress)]
    assert any(message.text == "Tile {done} of {count}" and message.values["count"] == 4 for message in told)
    fractions = [message.fraction for message in told if message.fraction is not None]
    assert fractions == sorted(fractions)
    assert any(isinstance(message, Preview) for message in messages)


@pytest.mark.parametrize("scale", [2.0, 3.0])
@pytest.mark.parametrize("is_local", [True, False])
def test_a_job_that_was_stopped_goes_on_and_gives_the_same_bytes(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scale: float, is_local: bool) -> None:
    monkeypatch.setattr(enlarge, "_PIECE", 4_000)
    box = Lightbox(tmp_path, FakeUpscaler(sees_all=not is_local))
    picture = photo(200, 40, channels=4)
    whole = done(box.run(picture, tile=32, scale=scale))
    made = len(box.upscaler.sizes)
    cancel, kept = CancelToken(), []

    def stop(message: object) -> None:
        if isinstance(message, PartDone):
            kept.append(message.key)
            if len(kept) == 3:
                cancel.cancel()

    parts = tmp_path / "parts"
    assert box.run(picture, tile=32, scale=scale, parts=parts, emit=stop, cancel=cancel).state == "cancelled"
    box.upscaler.sizes.clear()
    again: list[object] = []
    assert done(box.run(picture, tile=32, scale=scale, parts=parts, emit=again.append)) == whole
    assert 0 < len(box.upscaler.sizes) <= made - 2
    first = next(message for message in again if isinstance(message, Progress) and message.values)
    assert first.values["done"] > 2, "the count goes on too"


def test_a_job_that_goes_on_keeps_its_tiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "USUAL", 32)
    box, parts = Lightbox(tmp_path), tmp_path / "parts"
    box.run(photo(100, 100), parts=parts)
    box.task = type(box.task)()
    box.upscaler.sizes.clear()
    for path in parts.iterdir():
        if path.stat().st_size > 10:
            path.unlink()
    monkeypatch.setattr(pace, "USUAL", 96)
    box.run(photo(100, 100), parts=parts)
    assert max(max(size) for size in box.upscaler.sizes) <= 48
