"""The Image task with diffusion models: what they are asked for, and what is done with what they paint."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.core.jobs import CancelToken, Outcome
from studio.core.painting import Painting
from tests.engines.image import tiny_diffusion
from tests.panels.image import fakes
from tests.panels.image.bench import Bench, pictures, pixels
from tests.panels.image.test_task import Enough


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """With models written by hand."""
    fakes.SEEN.clear()
    made = Bench(tmp_path, {
        "fake": fakes.source("diffusion", tmp_path), "ink": fakes.source("addon", tmp_path, "ink"),
        "flux": fakes.source("diffusion", tmp_path, "flux", family="flux"),
        "card": fakes.source("diffusion", tmp_path, "card", device="cuda", short="cuda",
                               remark="It was tiled."),
        "huge": fakes.source("diffusion", tmp_path, "huge", device="cuda", short="always")})
    yield made
    made.close()


def asked(bench: Bench, *inputs: Any, **params: Any) -> tuple[Painting, Outcome]:
    """The painting that a request comes to, and its outcome."""
    outcome = bench.run(*inputs, **{"model": "fake", **params})
    pixels(outcome)
    return fakes.SEEN[-1], outcome


def test_settings_reach_the_model(bench: Bench) -> None:
    painting, outcome = asked(
        bench, seed=5, steps=3, guidance=4.5, scheduler="ddim", negative="blue {fog|fog}",
        style="{prompt}, in ink", add_ons="ink:0.5, ink", variation=0.2, variation_seed=8)
    assert (painting.prompt, painting.negative, painting.seed) == ("a red apple, in ink", "blue fog", 5)
    assert (painting.steps, painting.guidance, painting.scheduler) == (3, 4.5, "ddim")
    assert (painting.variation, painting.variation_seed) == (0.2, 8)
    assert [strength for _, strength in painting.add_ons] == [0.5, 1.0]
    facts = dict(outcome.outputs[0].facts)
    assert facts == {"width": 64, "height": 64, "prompt": "a red apple, in ink", "steps": 3, "guidance": 4.5,
                     "scheduler": "ddim", "cut": "ink"}
    assert outcome.notes == ("It reads 4 tokens of 5; it left out: ink.",)


def test_what_is_left_to_the_model_goes_by_its_family(bench: Bench) -> None:
    assert (asked(bench, steps=0)[0].steps, asked(bench, steps=0)[0].guidance) == (25, 7.0)
    painting, outcome = asked(bench, model="flux", steps=0, negative="fog")
    assert (painting.steps, painting.guidance, painting.negative) == (20, 3.5, "")
    assert "does not hear" in outcome.notes[0]


@pytest.mark.parametrize(("size", "expected"), [("", (64, 64)), ("96x40", (96, 40)), ("100x70", (104, 72))])
def test_sizes_are_made_to_fit(bench: Bench, size: str, expected: tuple[int, int]) -> None:
    painting, outcome = asked(bench, size=size)
    assert (painting.width, painting.height) == expected
    assert any("multiples of 8" in note for note in outcome.notes) == (size == "100x70")


@pytest.mark.parametrize(("own", "expected"), [
    ((64, 64), (64, 64)), ((60, 70), (64, 72)), ((300, 600), (48, 88)), ((12, 24), (48, 88))])
def test_pictures_to_start_from_come_near_what_it_paints_best(
        bench: Bench, own: tuple[int, int], expected: tuple[int, int]) -> None:
    painting, outcome = asked(bench, bench.input("picture", pictures(*own)))
    assert (painting.height, painting.width) == expected
    assert painting.image is not None
    assert painting.mask is None
    assert painting.strength == 0.6
    assert pixels(outcome).shape == (*expected, 3)


def test_a_size_crops_the_picture(bench: Bench) -> None:
    own = np.zeros((64, 128, 3), np.uint8)
    own[:, 32:96] = 255
    painting, _ = asked(bench, bench.input("picture", own), size="64x64")
    assert painting.image is not None
    assert (painting.image == 255).all()


@pytest.mark.parametrize(("shape", "dtype"), [((64, 64, 3), np.uint8), ((75, 61, 4), np.uint8),
                                              ((300, 400, 3), np.uint16)])
def test_beside_the_mask_every_bit_stays(bench: Bench, shape: tuple[int, int, int], dtype: type) -> None:
    own, mask = pictures(*shape, dtype=dtype), np.zeros((*shape[:2], 3), np.uint8)
    mask[20:40, 25:45] = 255
    _, outcome = asked(bench, bench.input("picture", own), bench.input("mask", mask), feather=4, strength=0.9)
    made = pixels(outcome)
    changed = np.flatnonzero((made != own).any((1, 2)))
    assert (made.shape, made.dtype) == (own.shape, own.dtype)
    assert 15 <= changed.min() <= 20
    assert 39 <= changed.max() <= 44


def test_of_a_large_picture_only_what_lies_around_the_mask_is_painted(bench: Bench) -> None:
    own, mask = pictures(300, 400), np.zeros((300, 400, 3), np.uint8)
    mask[100:110, 380:400] = 255
    painting, outcome = asked(bench, bench.input("picture", own), bench.input("mask", mask))
    assert (painting.width, painting.height) == (64, 64)
    assert painting.image is not None
    assert (painting.image == own[73:137, 336:400]).all()
    assert pixels(outcome).shape == own.shape


def test_beyond_the_edges_all_is_new(bench: Bench) -> None:
    painting, outcome = asked(bench, bench.input("picture", pictures(64, 48)), extend="16,0,0,0")
    assert (painting.width, painting.strength) == (64, 1.0)
    assert painting.mask is not None
    assert painting.mask[:, :16].all()
    assert not painting.mask[:, 17:].any()
    assert (pixels(outcome)[:, 16:] == pictures(64, 48)).all()


def test_where_memory_runs_out_the_processor_is_used_and_it_is_said(bench: Bench) -> None:
    _, outcome = asked(bench, model="card")
    assert outcome.notes == ("The graphics memory ran out, so the CPU was used.", "It was tiled.")
    assert outcome.device == "cpu"
    assert "not enough memory" in bench.problem(model="huge")


def test_enough_keeps_what_is_there(bench: Bench) -> None:
    outcome = bench.run(model="fake", steps=90, context=Enough)
    assert outcome.outputs[0].facts["unfinished"] is True


def test_a_stop_is_no_result(bench: Bench) -> None:
    cancel = CancelToken()
    cancel.cancel()
    assert bench.run(model="fake", cancel=cancel).state == "cancelled"


def test_tokens_are_counted(bench: Bench) -> None:
    output = bench.run(model="fake", prompt="one two three four five six", do="count").outputs[0]
    assert json.loads(output.read()) == {"count": 6, "limit": 4, "cut": "five six", "read": [], "unknown": []}


@pytest.mark.parametrize(("params", "sentence"), [
    ({"prompt": ""}, "There are no words to paint from."), ({"size": "7"}, "7 pixels cannot be painted."),
    ({"aside": 0.5}, "Only the model in the box can be walked through."),
    ({"model": "ink"}, "cannot be used for this"),
    ({"model": "flux", "seamless": True}, "seamless"), ({"add_ons": "fake"}, "cannot be used for this"),
    ({"add_ons": "none:0.5"}, "There is no model none.")])
def test_what_cannot_be_is_said(bench: Bench, params: dict[str, Any], sentence: str) -> None:
    assert sentence in bench.problem(**{"model": "fake", **params})


def test_a_sheet_over_models_goes_on(bench: Bench, tmp_path: Path) -> None:
    request: dict[str, Any] = {"sheet_x": "model=fake,flux", "sheet_y": "seed=1,2",
                               "parts": tmp_path / "parts"}
    whole = bench.run(**request).outputs[0].data
    count = len(fakes.SEEN)
    assert bench.run(**request).outputs[0].data == whole
    assert count == len(fakes.SEEN) == 4


@pytest.mark.slow
def test_a_real_pipeline_paints_the_same_as_without_the_task(tmp_path: Path) -> None:
    from studio.engines import devices
    from studio.engines.image.folder import load

    source = tiny_diffusion.source(tiny_diffusion.model(tmp_path / "sd1"))
    bench = Bench(tmp_path, {source.id: source})
    own, mask = pictures(16, 16), np.zeros((16, 16, 3), np.uint8)
    mask[4:12, 4:10] = 255
    inputs = bench.input("picture", own), bench.input("mask", mask)
    made = bench.pixels(*inputs, model="sd1", seed=3, strength=0.7)
    alone = bench.pixels(model="sd1", seed=3)
    model = load(source, devices.cpu())
    wanted = {"prompt": "a red apple", "width": 16, "height": 16, "seed": 3, "steps": 2, "guidance": 7.0}
    assert (alone == model.paint(Painting(**wanted), CancelToken())).all()
    inside = model.paint(Painting(**wanted, image=own, mask=mask[..., 0], strength=0.7), CancelToken())
    assert (made == inside).all()
    assert (made[mask == 0] == own[mask == 0]).all()
    model.close()
    bench.close()
