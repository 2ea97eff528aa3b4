"""The Style task with bad input, odd shapes, broken models and too little memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.core.engine import Floats, ModelSource
from studio.core.errors import OutOfMemory
from studio.core.jobs import CancelToken
from studio.engines import devices
from studio.engines.registry import EngineCache, EngineSpec
from studio.engines.style import large
from studio.engines.style.bands import Window
from studio.panels.style import paint, result
from tests.engines.style import tiny
from tests.engines.style.easel import Easel, as_jpeg, photo, pixels

PHOTO, STYLE = photo(48, 64), photo(50, 50, 1)
FLAT = np.full((40, 40, 3), 128, np.uint8)


@pytest.fixture
def easel(tmp_path: Path) -> Iterator[Easel]:
    """Paints with tiny models."""
    made = Easel(tmp_path)
    yield made
    made.close()


SHAPES = [(1, 1), (1, 3000), (3000, 1), (7, 5), (64, 64)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("style_shape", SHAPES)
def test_every_shape_of_content_and_style_gives_a_picture(easel: Easel, shape: tuple[int, int],
                                                          style_shape: tuple[int, int]) -> None:
    found = easel.pixels(easel.input("content", photo(*shape)), easel.input("style", photo(*style_shape, 2)))
    assert found.shape == (*shape, 3)


def test_a_content_as_long_as_a_street(easel: Easel) -> None:
    found = easel.pixels(easel.input("content", photo(1, 30000)), easel.input("style", STYLE))
    assert found.shape == (1, 30000, 3)


def test_a_style_equal_to_the_content_changes_little(easel: Easel) -> None:
    found = easel.pixels(easel.input("content", PHOTO), easel.input("style", PHOTO))
    assert np.abs(found.astype(int) - PHOTO).mean() < 16  # the tiny model blurs


def test_a_flat_grey_style_and_a_flat_content_are_no_errors(easel: Easel) -> None:
    grey, picture = easel.input("style", FLAT), easel.input("content", PHOTO)
    assert abs(easel.pixels(picture, grey).mean() - 128) < 4
    assert easel.pixels(easel.input("content", FLAT), easel.input("style", STYLE)).shape == FLAT.shape
    assert easel.pixels(easel.input("content", FLAT), grey).shape == FLAT.shape


@pytest.mark.parametrize(("roles", "words"), [
    (("content",), "no style"), (("style",), "restyled at a time"), ((), "restyled at a time"),
    (("content", "content", "style"), "restyled at a time"),
    (("content", *("style",) * 5), "Up to 4 styles")])
def test_too_few_and_too_many_inputs_are_said_in_words(easel: Easel, roles: tuple[str, ...],
                                                       words: str) -> None:
    outcome = easel.run(*(easel.input(role, PHOTO) for role in roles))
    assert outcome.state == "failed"
    assert outcome.problem
    assert not outcome.problem.is_bug
    assert words in outcome.problem.text


@pytest.mark.parametrize("role", ["content", "style", "mask"])
@pytest.mark.parametrize("data", [b"", b"not a picture at all", as_jpeg(PHOTO)[:200]],
                         ids=["empty", "text", "half"])
def test_files_that_are_no_pictures_are_said_in_words(easel: Easel, role: str, data: bytes) -> None:
    inputs = {"content": PHOTO, "style": STYLE, "mask": FLAT, role: data}
    outcome = easel.run(*(easel.input(name, picture) for name, picture in inputs.items()))
    assert outcome.state == "failed"
    assert outcome.problem
    assert not outcome.problem.is_bug


@pytest.mark.parametrize("params", [{"strength": 2.0}, {"brush": 0.0}, {"method": "magic"}, {"size": -1}])
def test_settings_out_of_range_are_named(easel: Easel, params: dict[str, Any]) -> None:
    outcome = easel.run(easel.input("content", PHOTO), easel.input("style", STYLE), **params)
    assert outcome.problem
    assert next(iter(params)) in outcome.problem.text


def test_a_missing_model_and_one_of_the_wrong_kind_are_named(easel: Easel, tmp_path: Path) -> None:
    easel.models["mosaic"] = tiny.fast_model(tmp_path / "mosaic.pth")
    inputs = easel.input("content", PHOTO), easel.input("style", STYLE)
    for params, words in (({"model": "nowhere"}, "nowhere"),
                          ({"model": "mosaic", "method": "fine"}, "mosaic")):
        outcome = easel.run(*inputs, **params)
        assert outcome.problem
        assert words in outcome.problem.text
        assert not outcome.problem.is_bug


class Moody:
    """A painter that lets a test decide what goes wrong."""

    takes_style, multiple, margin, tooth, remark, memory = False, 8, 8, 0.0, "", 10
    mood = ""
    sizes: tuple[int, ...] = ()

    def __init__(self) -> None:
        self.device, self.precision = "cuda", "float16"

    def code(self, key: str, load: object, cancel: CancelToken) -> Floats:
        """None."""
        return np.zeros(0, np.float32)

    def paint(self, content: Floats, code: Floats, cancel: CancelToken,
              statistics: Floats | None = None) -> tuple[Floats, Floats]:
        """The negative, if all goes well."""
        Moody.sizes += (content.shape[0] * content.shape[1],)
        if Moody.mood == "no memory" and self.device == "cuda":
            raise OutOfMemory("full")
        if Moody.mood == "small memory" and content.shape[0] * content.shape[1] > 200_000:
            raise MemoryError
        if (Moody.mood, self.precision) == ("overflow", "float16") or Moody.mood == "always broken":
            return np.full_like(content, np.nan), code
        return (np.zeros_like(content) if Moody.mood == "black" else 1 - content), code

    def widen(self) -> bool:
        """To float32."""
        was, self.precision = self.precision, "float32"
        return was != "float32"

    def to_cpu(self) -> bool:
        """To the CPU."""
        was, self.device = self.device, "cpu"
        return was != "cpu"

    def close(self) -> None:
        """Nothing to give back."""


def load_moody(source: ModelSource, device: devices.Device) -> Moody:
    """For the registry."""
    return Moody()


@pytest.fixture
def moody(tmp_path: Path) -> Iterator[Easel]:
    """An easel whose model is moody."""
    made = Easel(tmp_path, {"m": ModelSource("m", "moody", tmp_path, {"weights": "0"})})
    spec = EngineSpec("moody", "Moody", "style.painter", f"{__name__}:load_moody")
    made.cache = EngineCache(lambda name: made.models[name], 1 << 30, (spec,))
    Moody.mood, Moody.sizes = "", ()
    yield made
    made.close()


def test_numbers_that_overflow_are_painted_once_more_in_float32(moody: Easel) -> None:
    Moody.mood = "overflow"
    outcome = moody.run(moody.input("content", PHOTO), model="m")
    assert (pixels(outcome) == 255 - PHOTO).all()
    assert outcome.precision == "float32"
    assert "once more" in outcome.notes[0]


@pytest.mark.parametrize("mood", ["always broken", "black"])
def test_what_stays_broken_is_said_plainly(moody: Easel, mood: str) -> None:
    Moody.mood = mood
    outcome = moody.run(moody.input("content", PHOTO), model="m")
    assert outcome.state == "failed"
    assert outcome.problem
    assert "The model painted" in outcome.problem.text
    assert not outcome.problem.is_bug


def test_short_of_memory_it_paints_smaller_pieces_and_says_so(moody: Easel) -> None:
    Moody.mood = "small memory"
    picture = photo(700, 900)
    outcome = moody.run(moody.input("content", picture), model="m")
    assert np.abs(pixels(outcome).astype(int) - (255 - picture.astype(int))).mean() < 12
    assert "smaller pieces" in outcome.notes[0]
    assert max(Moody.sizes[1:]) > min(Moody.sizes[1:])


def test_without_graphics_memory_it_goes_over_to_the_cpu_and_says_so(moody: Easel) -> None:
    Moody.mood = "no memory"
    outcome = moody.run(moody.input("content", PHOTO), model="m")
    assert (pixels(outcome) == 255 - PHOTO).all()
    assert outcome.device == "cpu"
    assert any("CPU was used" in note for note in outcome.notes)


def test_without_any_memory_it_fails_in_words(moody: Easel, monkeypatch: pytest.MonkeyPatch) -> None:
    Moody.mood = "no memory"
    monkeypatch.setattr(Moody, "to_cpu", lambda self: False)
    outcome = moody.run(moody.input("content", PHOTO), model="m")
    assert outcome.state == "failed"


@pytest.fixture
def small_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures above 192 pixels count as large."""
    real = paint.make_plan
    monkeypatch.setattr(paint, "make_plan", lambda *args, **more: real(*args, **more | {"look": 192}))
    monkeypatch.setattr(paint, "WORKING_AREA", 30_000)


@pytest.mark.usefixtures("small_tiles")
class TestLargePictures:
    """In tiles, with a small limit so that the test is quick."""

    def test_the_look_is_the_previews(self, easel: Easel) -> None:
        picture, style = photo(500, 640), easel.input("style", STYLE)
        large = easel.pixels(easel.input("content", picture), style).astype(np.float32)
        small = easel.pixels(easel.input("content", picture), style, size=192).astype(np.float32)
        shrunk = paint.resize(large, *small.shape[:2])
        assert np.abs(shrunk - small).mean() < 6
        assert np.abs(large.mean((0, 1)) - small.mean((0, 1))).max() < 2

    def test_no_seams(self, easel: Easel, monkeypatch: pytest.MonkeyPatch) -> None:
        inputs = easel.input("content", photo(400, 500)), easel.input("style", STYLE)
        tiled = easel.pixels(*inputs).astype(int)
        monkeypatch.setattr(paint, "WORKING_AREA", 4_000_000)
        assert np.abs(easel.pixels(*inputs).astype(int) - tiled).max() <= 1

    def test_cells_change_no_bit_of_a_tile(self, easel: Easel, monkeypatch: pytest.MonkeyPatch) -> None:
        inputs = easel.input("content", photo(500, 640)), easel.input("style", STYLE)
        found, real = list[int](), large.TilePass._cells

        def cells(tiles: large.TilePass, window: Window) -> list[Window]:
            made = real(tiles, window)
            found.append(len(made))
            return made

        monkeypatch.setattr(large.TilePass, "_cells", cells)
        in_cells = easel.pixels(*inputs)
        assert max(found) > 1
        monkeypatch.setattr(large.TilePass, "_cells", lambda tiles, window: [window])
        assert (easel.pixels(*inputs) == in_cells).all()

    @pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
    def test_a_big_result_goes_to_the_disk_row_by_row(self, easel: Easel, dtype: type,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
        inputs = easel.input("content", photo(400, 300, 0, dtype, 4)), easel.input("style", STYLE)
        whole = easel.pixels(*inputs, keep_colour=True)
        monkeypatch.setattr(result, "WHOLE_BYTES", 1000)
        outcome = easel.run(*inputs, keep_colour=True)
        output = outcome.outputs[0]
        assert isinstance(output.data, Path)
        assert (pixels(outcome) == whole).all()
        assert output.thumbnail[:4] == b"RIFF"
        untouched = easel.run(*inputs, strength=0.0)
        assert (pixels(untouched) == photo(400, 300, 0, dtype, 4)).all()

    def test_short_of_memory_in_the_middle_it_goes_on_smaller(self, moody: Easel,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(result, "WHOLE_BYTES", 1000)
        monkeypatch.setattr(paint, "SMALLEST_AREA", 5_000)
        Moody.mood, real, count = "", Moody.paint, iter(range(1000))

        def paint_some(*args: Any, **more: Any) -> tuple[Floats, Floats]:
            if next(count) == 8:
                raise MemoryError
            return real(*args, **more)

        monkeypatch.setattr(Moody, "paint", paint_some)
        picture = photo(600, 500)
        outcome = moody.run(moody.input("content", picture), model="m")
        assert np.abs(pixels(outcome).astype(int) - (255 - picture.astype(int))).mean() < 12
        assert "smaller pieces" in outcome.notes[0]

    def test_16_bits_and_masks_go_through_tiles_too(self, easel: Easel) -> None:
        picture = photo(300, 400, 0, np.uint16)
        mask = np.zeros((300, 400, 3), np.uint8)
        mask[100:] = 255
        found = easel.pixels(easel.input("content", picture), easel.input("style", STYLE),
                             easel.input("mask", mask))
        assert found.dtype == np.uint16
        assert (found[:100] == picture[:100]).all()
        assert (found[100:] != picture[100:]).any()

    def test_a_stopped_job_goes_on_after_its_last_finished_row(self, easel: Easel, tmp_path: Path) -> None:
        inputs = easel.input("content", photo(640, 200)), easel.input("style", STYLE)
        whole = easel.run(*inputs).outputs[0].data
        cancel, kept = CancelToken(), []

        def stop(message: object) -> None:
            if type(message).__name__ == "PartDone":
                kept.append(message)
                if len(kept) == 2:
                    cancel.cancel()

        assert easel.run(*inputs, parts=tmp_path / "parts", emit=stop, cancel=cancel).state == "cancelled"
        again: list[object] = []
        outcome = easel.run(*inputs, parts=tmp_path / "parts", emit=again.append)
        assert outcome.outputs[0].data == whole
        made = sum(type(message).__name__ == "PartDone" for message in again)
        assert made > 0
        fresh: list[object] = []
        easel.run(*inputs, parts=tmp_path / "others", emit=fresh.append)
        assert made == sum(type(message).__name__ == "PartDone" for message in fresh) - len(kept)
