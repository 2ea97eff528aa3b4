"""The Style task on a tiny model: what comes out, and that it is what was asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.engine import ModelSource
from studio.core.jobs import CancelToken, Input
from studio.engines import devices
from studio.engines.messages import Preview, Progress
from studio.panels.style import paint
from studio.panels.style.sheet import style_inputs
from tests.engines.style import tiny
from tests.engines.style.easel import Easel, as_jpeg, photo, pixels

PHOTO, WARM, COLD = photo(90, 120), photo(70, 70, 1), photo(60, 80, 2)
WARM[..., 2] //= 4
COLD[..., 0] //= 4


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures this small are slower on two."""
    monkeypatch.setattr(devices, "threads", lambda: 1)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ModelSource]:
    """Made once."""
    folder = tmp_path_factory.mktemp("models")
    made = (tiny.quick_model(folder / "style-quick"), tiny.trunk_model(folder / "style-trunk"),
            tiny.fast_model(folder / "mosaic.pth"), tiny.onnx_model(folder / "negative.onnx"))
    return {source.id: source for source in made}


@pytest.fixture
def easel(tmp_path: Path, models: dict[str, ModelSource]) -> Iterator[Easel]:
    """Paints with tiny models."""
    made = Easel(tmp_path, models)
    yield made
    made.close()


def test_a_photo_takes_on_the_style(easel: Easel) -> None:
    inputs = easel.input("content", PHOTO, "harbour.jpg"), easel.input("style", WARM, "sun.png")
    outcome = easel.run(*inputs, seed=7)
    found = pixels(outcome)
    assert found.shape == PHOTO.shape
    assert np.abs(found.mean((0, 1)) - WARM.mean((0, 1))).max() < 8
    output = outcome.outputs[0]
    assert (output.kind, output.media_type, output.seed) == ("image", "image/png", 7)
    assert dict(output.facts) == {"width": 120, "height": 90}
    assert output.name == "harbour, sun"
    assert [model.id for model in outcome.models] == ["style-quick"]
    assert (outcome.device, outcome.precision) == ("cpu", "float32")


def test_the_same_request_gives_the_same_bytes(easel: Easel, tmp_path: Path,
                                               models: dict[str, ModelSource]) -> None:
    def bytes_from(place: Easel) -> bytes:
        inputs = place.input("content", PHOTO), place.input("style", WARM)
        return place.run(*inputs, strength=0.7, brush=1.5).outputs[0].data

    first = bytes_from(easel)
    assert bytes_from(easel) == first
    (tmp_path / "other").mkdir()
    other = Easel(tmp_path / "other", models)
    assert bytes_from(other) == first, "loaded anew"
    other.close()


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [3, 4])
def test_strength_0_gives_the_photo_back_bit_by_bit(easel: Easel, dtype: type, channels: int) -> None:
    picture = photo(40, 50, 0, dtype, channels)
    for more in ({}, {"keep_colour": True}, {"method": "fine"}):
        inputs = easel.input("content", picture), easel.input("style", WARM)
        found = easel.pixels(*inputs, strength=0.0, **more)
        assert found.dtype == dtype
        assert (found == picture).all()


def test_strength_goes_evenly_from_the_photo_to_the_painting(easel: Easel) -> None:
    content, style = easel.input("content", PHOTO), easel.input("style", WARM)
    found = [easel.pixels(content, style, strength=s).astype(float) for s in (0.0, 0.05, 0.2, 0.25, 0.6, 1.0)]
    distances = [np.abs(picture - PHOTO).mean() for picture in found]
    assert distances == sorted(distances)
    assert distances[1] < 4


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_depth_and_transparency_are_kept(easel: Easel, dtype: type) -> None:
    picture = photo(64, 72, 0, dtype, 4)
    found = easel.pixels(easel.input("content", picture), easel.input("style", WARM))
    assert found.dtype == dtype
    assert (found[..., 3] == picture[..., 3]).all()
    assert (found[..., :3] != picture[..., :3]).any()


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([np.uint8, np.uint16]), st.booleans(),
       st.sampled_from([0.1, 0.6, 1.0]))
def test_outside_the_mask_nothing_changes(models: dict[str, ModelSource],
                                          tmp_path_factory: pytest.TempPathFactory, seed: int, dtype: type,
                                          keep_colour: bool, strength: float) -> None:
    easel = Easel(tmp_path_factory.mktemp("mask"), models)
    rng = np.random.default_rng(seed)
    picture = rng.integers(0, np.iinfo(dtype).max, (40, 48, 3), dtype, endpoint=True)
    mask = rng.choice(np.array([0, 0, 90, 255], np.uint8), (40, 48))
    found = easel.pixels(easel.input("content", picture), easel.input("style", WARM),
                         easel.input("mask", np.dstack([mask] * 3)), keep_colour=keep_colour,
                         strength=strength)
    assert (found[mask == 0] == picture[mask == 0]).all()
    easel.close()


def test_a_mask_lets_the_style_through_where_it_is_white(easel: Easel) -> None:
    content, style = easel.input("content", PHOTO), easel.input("style", WARM)
    ramp = np.dstack([np.tile(np.linspace(0, 255, 120).astype(np.uint8), (90, 1))] * 3)
    everything = easel.pixels(content, style).astype(float)
    found = easel.pixels(content, style, easel.input("mask", ramp)).astype(float)
    assert np.abs(found - everything)[:, -1].max() <= 1
    half = PHOTO + (everything - PHOTO) * (ramp / 255)
    assert np.abs(found - half).max() <= 1.5


def test_a_mask_of_another_size_is_fitted(easel: Easel) -> None:
    left = np.zeros((30, 40, 3), np.uint8)
    left[:, 20:] = 255
    inputs = easel.input("content", PHOTO), easel.input("style", WARM), easel.input("mask", left)
    found = easel.pixels(*inputs)
    assert (found[:, :50] == PHOTO[:, :50]).all()
    assert (found[:, 70:] != PHOTO[:, 70:]).any()


def test_the_photos_colours_can_be_kept(easel: Easel) -> None:
    grey = np.repeat(photo(64, 64, 0, channels=1), 3, 2)
    inputs = easel.input("content", grey), easel.input("style", WARM)
    found = easel.pixels(*inputs, keep_colour=True).astype(int)
    assert np.ptp(found, axis=2).max() <= 2
    coloured = easel.pixels(*inputs).astype(int)
    assert np.ptp(coloured, axis=2).max() > 20


def test_faders_mix_the_styles(easel: Easel) -> None:
    content = easel.input("content", PHOTO)

    def mixed(warm: float, cold: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        styles = easel.input("style", WARM, "w", warm), easel.input("style", COLD, "c", cold)
        return easel.pixels(content, *styles).astype(float)

    alone = easel.pixels(content, easel.input("style", WARM)).astype(float)
    assert (mixed(1, 0) == alone).all()
    assert np.abs(mixed(0.5, 0.5) - (mixed(1, 0) + mixed(0, 1)) / 2).mean() < 3
    assert (mixed(0, 0) == mixed(0.4, 0.4)).all(), "all faders down counts as all alike"


def test_shares_add_up_to_one() -> None:
    styles = [Input("style", str(n), weight=weight) for n, weight in enumerate((0.2, 0.0, 0.6))]
    shares = {item.sha256: round(share, 6) for item, share in style_inputs(styles)}
    assert shares == {"0": 0.25, "2": 0.75}


@pytest.mark.parametrize(("size", "shape"), [(60, (45, 60)), (240, (180, 240)), (1, (1, 1))])
def test_the_size_asked_for_comes_out(easel: Easel, size: int, shape: tuple[int, int]) -> None:
    inputs = easel.input("content", PHOTO), easel.input("style", WARM)
    for strength in (0.0, 1.0):
        found = easel.pixels(*inputs, size=size, strength=strength)
        assert found.shape[:2] == shape


@pytest.mark.parametrize("brush", [0.25, 0.5, 2.0, 4.0])
def test_every_brush_gives_the_same_size(easel: Easel, brush: float) -> None:
    found = easel.pixels(easel.input("content", PHOTO), easel.input("style", WARM), brush=brush)
    assert found.shape == PHOTO.shape
    assert np.abs(found.mean((0, 1)) - WARM.mean((0, 1))).max() < 8


def test_fine_improves_shows_itself_and_names_its_models(easel: Easel,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paint, "_PREVIEW_EVERY", 0.0)
    messages: list[object] = []
    inputs = easel.input("content", photo(64, 64)), easel.input("style", WARM)
    first = easel.run(*inputs, method="fine", steps=10, emit=messages.append)
    assert pixels(first).shape == (64, 64, 3)
    assert [model.id for model in first.models] == ["style-quick", "style-trunk"]
    assert easel.run(*inputs, method="fine", steps=10).outputs[0].data == first.outputs[0].data
    assert any(isinstance(message, Preview) for message in messages)
    texts = [message.text for message in messages if isinstance(message, Progress)]
    assert {"Looking at the styles", "Improving the picture", "Saving"} <= set(texts)


def test_enough_ends_fine_early_with_a_picture(easel: Easel) -> None:
    enough = threading.Event()
    enough.set()
    context = easel.context(finish=enough)
    inputs = easel.input("content", photo(64, 64)), easel.input("style", WARM)
    from studio.core.jobs import Request

    request = Request("style", 1, {"method": "fine", "steps": 1000}, inputs, 0)
    assert easel.task.run(request, context)[0].data.startswith(b"\x89PNG")


@pytest.mark.parametrize("model", ["mosaic", "negative"])
def test_a_persons_own_network_needs_no_style(easel: Easel, model: str) -> None:
    content = easel.input("content", PHOTO)
    found = easel.pixels(content, model=model)
    assert found.shape == PHOTO.shape
    if model == "negative":
        assert np.abs(found.astype(int) - (255 - PHOTO.astype(int))).max() <= 1
        some = easel.pixels(content, model=model, strength=0.25)
        assert np.abs(some - (PHOTO * 0.75 + (255.0 - PHOTO) * 0.25)).max() <= 1, "a blend of pixels"


def test_a_stop_before_the_start_ends_as_stopped(easel: Easel) -> None:
    cancel = CancelToken()
    cancel.cancel()
    outcome = easel.run(easel.input("content", PHOTO), easel.input("style", WARM), cancel=cancel)
    assert outcome.state == "cancelled"
    assert outcome.outputs == ()


@pytest.mark.parametrize("method", ["quick", "fine"])
def test_a_stop_in_the_middle_ends_as_stopped_and_the_next_job_runs(easel: Easel, method: str) -> None:
    cancel = CancelToken()

    def stop(message: object) -> None:
        if isinstance(message, Progress) and message.text in ("Painting", "Improving the picture"):
            cancel.cancel()

    inputs = easel.input("content", photo(64, 64)), easel.input("style", WARM)
    assert easel.run(*inputs, cancel=cancel, emit=stop, method=method).state == "cancelled"
    assert easel.run(*inputs, method=method, steps=10).state == "done"


def test_moving_a_slider_decodes_nothing_twice(easel: Easel, tmp_path: Path) -> None:
    content, style = easel.input("content", as_jpeg(PHOTO), "a.jpg"), easel.input("style", WARM)
    easel.pixels(content, style, size=64, strength=0.3)
    for item in (content, style):
        easel.inputs[item.sha256].write_bytes(b"gone")
    assert easel.pixels(content, style, size=64, strength=0.9).shape == (48, 64, 3)
