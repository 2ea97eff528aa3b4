"""The Upscale task with bad input, broken models and too little memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.core.jobs import CancelToken, Input, Request
from studio.engines.context import WorkContext, run
from studio.engines.messages import Progress
from studio.panels.upscale.pace import LEAST
from tests.panels.upscale.lightbox import FakeUpscaler, Lightbox, done, photo, pixels

PHOTO = photo(60, 80)


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Lightbox]:
    """Enlarges with a fake network."""
    made = Lightbox(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("count", [0, 2])
def test_one_picture_at_a_time(box: Lightbox, count: int) -> None:
    item = box.input(PHOTO)
    inputs = tuple(Input("picture", item.sha256, str(at)) for at in range(count))
    outcome = run(box.task, Request("upscale", 1, {}, inputs), WorkContext(box.cache, box.inputs))
    assert outcome.problem
    assert not outcome.problem.is_bug
    assert "one picture" in outcome.problem.text.lower()


@pytest.mark.parametrize("data", [b"", b"not a picture at all", "half"], ids=["empty", "text", "half"])
def test_files_that_are_no_pictures_are_said_in_words(box: Lightbox, data: Any) -> None:
    from studio.media.picture import encode_png

    outcome = box.run(encode_png(PHOTO)[:300] if data == "half" else data)
    assert outcome.state == "failed"
    assert outcome.problem
    assert not outcome.problem.is_bug


@pytest.mark.parametrize("params", [{"scale": 99.0}, {"by": "magic"}, {"by": "pixels"}, {"crop": "1,2"},
                                    {"crop": "500,500,9,9"}, {"format": "bmp"}, {"tile": -1},
                                    {"model": "nowhere"}])
def test_settings_that_cannot_be_are_said_in_words(box: Lightbox, params: dict[str, Any]) -> None:
    outcome = box.run(PHOTO, **params)
    assert outcome.state == "failed"
    assert outcome.problem
    assert not outcome.problem.is_bug
    assert not list(box.folder.glob("scratch*/*"))


def test_a_result_too_wide_for_its_format_is_said_before_the_work(box: Lightbox) -> None:
    outcome = box.run(photo(2, 5000), format="webp")
    assert outcome.problem
    assert "WEBP" in outcome.problem.text
    assert not box.upscaler.sizes


def test_memory_runs_short_and_the_tiles_get_smaller(tmp_path: Path) -> None:
    picture = photo(150, 150)
    box = Lightbox(tmp_path, FakeUpscaler(mood="small memory"))
    outcome = box.run(picture)
    (tmp_path / "calm").mkdir()
    assert (pixels(outcome) == Lightbox(tmp_path / "calm").pixels(picture)).all()
    assert outcome.notes == ("Memory ran short, so smaller tiles were used.",)


def test_memory_that_runs_out_in_the_middle_costs_no_finished_row(tmp_path: Path,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.panels.upscale import enlarge

    monkeypatch.setattr(enlarge, "_PIECE", 1)
    upscaler = FakeUpscaler()
    box = Lightbox(tmp_path, upscaler)
    whole = box.pixels(photo(300, 40), tile=64)
    upscaler.sizes.clear()

    def full_later(picture: Any) -> None:
        if len(upscaler.sizes) > 3 and picture.shape[0] > 60:
            raise MemoryError

    monkeypatch.setattr(upscaler, "_be_moody", full_later)
    outcome = box.run(photo(300, 40), tile=64)
    assert (pixels(outcome) == whole).all()
    assert "smaller tiles" in outcome.notes[0]
    assert sum(height >= 64 for height, _ in upscaler.sizes) < 6, "not from the beginning"


def test_the_graphics_memory_runs_out_and_the_cpu_is_used(tmp_path: Path) -> None:
    box = Lightbox(tmp_path, FakeUpscaler(mood="no memory", device="cuda"))
    outcome = box.run(PHOTO)
    assert pixels(outcome).shape == (240, 320, 3)
    assert outcome.device == "cpu"
    assert "CPU" in outcome.notes[-1]


def test_no_memory_at_all_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upscaler = FakeUpscaler()
    box = Lightbox(tmp_path, upscaler)

    def full(picture: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(upscaler, "_be_moody", full)
    outcome = box.run(PHOTO)
    assert outcome.problem
    assert outcome.problem.is_memory
    assert min(upscaler.sizes) >= (LEAST, LEAST)
    assert not list(box.folder.glob("scratch*/*"))


def test_a_flat_result_is_made_once_more_in_full_precision(tmp_path: Path) -> None:
    box = Lightbox(tmp_path, FakeUpscaler(mood="flat"))
    outcome = box.run(PHOTO)
    assert np.ptp(pixels(outcome)) > 50
    assert outcome.precision == "float32"
    assert "once more" in outcome.notes[0]


def test_a_model_that_makes_one_colour_is_said_in_words(tmp_path: Path) -> None:
    outcome = Lightbox(tmp_path, FakeUpscaler(mood="always flat")).run(PHOTO)
    assert outcome.problem
    assert "flat colour" in outcome.problem.text
    assert not list(tmp_path.glob("scratch*/*"))


def test_a_flat_picture_is_no_error(tmp_path: Path) -> None:
    box = Lightbox(tmp_path, FakeUpscaler(mood="always flat"))
    assert box.pixels(np.full((20, 20, 3), 90, np.uint8)).shape == (80, 80, 3)


def test_a_stop_ends_it_and_leaves_nothing(box: Lightbox) -> None:
    cancel = CancelToken()

    def stop(message: object) -> None:
        if isinstance(message, Progress) and message.values:
            cancel.cancel()

    assert box.run(PHOTO, tile=16, cancel=cancel, emit=stop).state == "cancelled"
    assert not list(box.folder.glob("scratch*/*"))
    assert done(box.run(PHOTO))
