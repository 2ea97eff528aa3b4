"""The task with the real engine: tiled and whole are the same, for every size, tile, factor and strength."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engines import devices
from tests.engines.upscale import tiny
from tests.panels.upscale.lightbox import Lightbox, photo, pixels


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lightbox]:
    """Enlarges with tiny ONNX networks."""
    folder = tmp_path_factory.mktemp("box")
    patch = pytest.MonkeyPatch()
    patch.setattr(devices, "threads", lambda: 1)
    one_size = tiny.network(folder / "one.onnx", 3, shape=(1, 3, 48, 40))
    models = {"upscale-photo": tiny.starter(folder / "starter"), "one": tiny.source_of(one_size)}
    made = Lightbox(folder, models=models)
    yield made
    made.close()
    patch.undo()


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 80), st.integers(1, 80), st.integers(16, 64), st.sampled_from([1.0, 2.0, 2.7, 4.0]),
       st.sampled_from([0.0, 0.4, 1.0]), st.integers(0, 3))
def test_tiled_and_whole_differ_by_nothing(box: Lightbox, height: int, width: int, tile: int, scale: float,
                                           clean: float, seed: int) -> None:
    picture = photo(height, width, seed)
    tiled = box.pixels(picture, scale=scale, tile=tile, clean=clean)
    assert (tiled == box.pixels(picture, scale=scale, clean=clean)).all()


def test_it_does_what_the_network_does(box: Lightbox) -> None:
    picture = photo(50, 40)
    outcome = box.run(picture, tile=24)
    wanted = tiny.expected(picture.astype(np.float32) / 255, 4).clip(0, 1) * 255
    assert np.abs(pixels(outcome) - wanted).max() <= 0.51
    assert [model.id for model in outcome.models] == ["upscale-photo"]
    assert (outcome.device, outcome.precision) == ("cpu", "float32")


def test_a_network_of_one_size_does_any_picture(box: Lightbox) -> None:
    picture = photo(130, 90)
    wanted = tiny.expected(picture.astype(np.float32) / 255, 3).clip(0, 1) * 255
    found = box.pixels(picture, model="one", scale=3.0)
    assert found.shape == (390, 270, 3)
    assert np.abs(found - wanted)[6:-6, 6:-6].max() <= 1.01
