from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.core.errors import StudioError
from studio.core.jobs import Input, JobState, ModelRef, Outcome, Output, Problem, Request
from studio.media.picture import encode_png
from studio.project.store import Asset, Project
from studio.project.verify import NEAR_MEAN, NEAR_PSNR, distance, verify
from tests.project import making

_OLD = making.pixels(1, (40, 50))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return making.new(tmp_path / "a.atelier")


@pytest.fixture(autouse=True)
def _closed(project: Project) -> object:
    yield
    project.close()


def result(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], **more: object) -> Outcome:
    output = Output("image", "image/png", "Result", encode_png(pixels), 7)
    return replace(making.outcome(), outputs=(output,), **more)  # type: ignore[arg-type]


@pytest.fixture
def asset(project: Project) -> Asset:
    photo = project.import_file(making.png(3), "photo.png")
    wanted = making.request(Input("content", photo.sha256, "photo.png"))
    return project.add_outcome(wanted, result(_OLD), versions={"onnxruntime": "1.24"})[0]


def test_the_same_again_is_identical(project: Project, asset: Asset) -> None:
    asked: list[Request] = []

    def remake(request: Request) -> Outcome:
        asked.append(request)
        return result(_OLD)

    verdict = verify(project, asset, remake)
    assert (verdict.kind, verdict.distance, verdict.why) == ("identical", 0.0, "")
    recipe = project.recipe(asset.id)
    assert recipe is not None
    assert asked == [recipe.request]


def test_the_same_pixels_in_another_file(project: Project, asset: Asset) -> None:
    output = Output("image", "image/png", "Result", encode_png(_OLD, level=0), 7)
    verdict = verify(project, asset, lambda request: replace(making.outcome(), outputs=(output,)))
    assert (verdict.kind, verdict.distance) == ("identical", 0.0)
    assert "pixels are the same" in verdict.why


def test_a_rounding_apart_is_visually_identical_and_says_on_what(project: Project, asset: Asset) -> None:
    near = _OLD.copy()
    near[::2] ^= 1
    verdict = verify(project, asset, lambda request: result(near, device="cuda", precision="float16"))
    assert verdict.kind == "visually identical"
    assert verdict.distance == pytest.approx(0.5)
    assert verdict.psnr == pytest.approx(10 * np.log10(255**2 / 0.5))
    assert verdict.why == "It was made on cpu, now on cuda. It was made in float32, now in float16."


def test_a_small_bad_spot_is_different_though_the_mean_is_small(project: Project, asset: Asset) -> None:
    far = _OLD.copy()
    far[:3, :3] = 255 - far[:3, :3]
    verdict = verify(project, asset, lambda request: result(far))
    assert verdict.kind == "different"
    assert verdict.distance is not None
    assert verdict.distance < NEAR_MEAN
    assert verdict.psnr is not None
    assert verdict.psnr < NEAR_PSNR
    assert verdict.why.startswith("Nothing in the recipe explains it")


def test_different_names_every_cause(project: Project, asset: Asset) -> None:
    models = (ModelRef("style-quick", {"net.onnx": "b" * 64}),)
    verdict = verify(
        project, asset, lambda request: result(255 - _OLD, models=models), {"onnxruntime": "1.25"}
    )
    assert verdict.kind == "different"
    assert verdict.why == (
        "The file net.onnx of the model style-quick has changed. onnxruntime was 1.24 and is 1.25."
    )
    verdict = verify(project, asset, lambda request: result(255 - _OLD, models=(ModelRef("other", {}),)))
    assert verdict.why == "The model style-quick was not used this time."


def test_another_size(project: Project, asset: Asset) -> None:
    verdict = verify(project, asset, lambda request: result(_OLD[:-1]))
    assert (verdict.kind, verdict.distance) == ("different", None)
    assert verdict.why == "It was 50 x 40 and is 50 x 39."


def test_what_cannot_be_made_again_says_why(project: Project, asset: Asset) -> None:
    failed = Outcome(JobState.FAILED, problem=Problem("There is no model {name}.", "", {"name": "x"}))
    assert verify(project, asset, lambda request: failed).why == (
        "It could not be made again: There is no model x."
    )
    assert verify(project, asset, lambda request: Outcome(JobState.CANCELLED)).kind == "different"
    assert (
        verify(project, asset, lambda request: making.outcome()).why == "The same request gave fewer results."
    )


def test_missing_inputs_and_imported_things(project: Project) -> None:
    lost = making.request(Input("content", "e" * 64, "gone.png"), Input("mask", "d" * 64))
    [asset] = project.add_outcome(lost, result(_OLD))
    verdict = verify(project, asset, lambda request: result(_OLD))
    assert verdict.why == "gone.png, mask is not in this project any more."
    photo = project.import_file(making.png(9), "p.png")
    with pytest.raises(StudioError, match="brought in"):
        verify(project, photo, lambda request: result(_OLD))


def test_each_of_a_batch_is_compared_with_its_own(project: Project) -> None:
    made = project.add_outcome(making.request(), making.outcome(1, 2))
    for asset in made:
        assert verify(project, asset, lambda request: making.outcome(1, 2)).kind == "identical"
        assert verify(project, asset, lambda request: making.outcome(2, 1)).kind == "different"


def test_distance_of_sixteen_bits_is_in_the_same_unit() -> None:
    before = np.full((300, 4, 3), 1000, np.uint16)
    mean, psnr = distance(before, before + np.uint16(257))
    assert mean == pytest.approx(1.0, rel=1e-4)
    assert psnr == pytest.approx(48.13, abs=0.01)
    assert distance(before, before) == (0.0, np.inf)
