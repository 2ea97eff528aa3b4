"""The starter models' engine: several networks, and what lies between them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.engine import ModelSource
from studio.core.errors import Cancelled, StudioError
from studio.core.jobs import CancelToken
from studio.engines.devices import cpu
from studio.engines.upscale import onnx_upscaler
from studio.engines.upscale.interpolation import mixed
from studio.engines.upscale.onnx_upscaler import Choice, between
from tests.engines.upscale import tiny


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> onnx_upscaler.OnnxUpscaler:
    return onnx_upscaler.OnnxUpscaler(tiny.starter(tmp_path_factory.mktemp("starter")), cpu())


def test_it_says_what_it_can(engine: onnx_upscaler.OnnxUpscaler) -> None:
    assert (engine.scales, engine.can_clean, engine.margin, engine.is_local, engine.tile) == (
        (2, 4), True, 2, True, (0, 0))
    assert (engine.device, engine.precision) == ("cpu", "float32")
    assert not engine.widen()
    assert not engine.to_cpu()


@pytest.mark.parametrize("scale", [2, 4])
@pytest.mark.parametrize("size", [(1, 1), (1, 7), (40, 33)])
@pytest.mark.parametrize("clean", [0.0, 0.3, 1.0])
def test_any_size_any_strength(engine: onnx_upscaler.OnnxUpscaler, scale: int, size: tuple[int, int],
                               clean: float) -> None:
    picture = tiny.photo(*size)
    found = engine.upscale(picture, scale=scale, clean=clean, cancel=CancelToken())
    softness = tiny.SOFT + clean * (tiny.BLUR - tiny.SOFT)
    assert found.shape == (scale * size[0], scale * size[1], 3)
    assert np.abs(found - tiny.expected(picture, scale, softness)).max() < 1e-6


def test_few_sessions_are_kept(engine: onnx_upscaler.OnnxUpscaler) -> None:
    for clean in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5):
        engine.upscale(tiny.photo(4, 4), scale=2, clean=clean, cancel=CancelToken())
    assert 0 < engine.memory < 3 * 2 * 10_000


def test_a_stop_is_noticed(engine: onnx_upscaler.OnnxUpscaler) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        engine.upscale(tiny.photo(4, 4), scale=2, clean=0.0, cancel=cancel)


def test_a_model_of_one_strength_does_not_clean(tmp_path: Path) -> None:
    engine = onnx_upscaler.load(tiny.starter(tmp_path, (4,), (0,)), cpu())
    assert not engine.can_clean
    picture = tiny.photo(9, 9)
    one, two = (engine.upscale(picture, scale=4, clean=c, cancel=CancelToken()) for c in (0.0, 0.8))
    assert (one == two).all()


@pytest.mark.parametrize("facts", [{}, {"networks": []}, {"networks": [{"scale": 2}]},
                                   {"networks": [{"file": "gone.onnx", "scale": 2}]}])
def test_a_damaged_sheet_is_refused_in_words(tmp_path: Path, facts: dict[str, object]) -> None:
    tiny.starter(tmp_path)
    source = ModelSource("upscale-photo", "upscale.onnx", tmp_path, {}, {"networks": 0} | facts)
    with pytest.raises(StudioError, match=r"damaged|lost its file gone\.onnx"):
        onnx_upscaler.load(source, cpu())


def test_the_ends_of_a_mix_are_the_networks_themselves(tmp_path: Path) -> None:
    tiny.starter(tmp_path)
    one, two = tmp_path / "faithful-x2.onnx", tmp_path / "clean-x2.onnx"
    assert mixed(one, two, 0.0) == mixed(one, one, 0.5)
    assert mixed(one, two, 1.0) == mixed(two, two, 0.0)


def test_networks_of_other_shapes_do_not_mix(tmp_path: Path) -> None:
    tiny.starter(tmp_path)
    with pytest.raises(StudioError, match=r"cannot be mixed: their part weight differs\. Set Clean"):
        mixed(tmp_path / "faithful-x2.onnx", tmp_path / "clean-x4.onnx", 0.5)
    (tmp_path / "cut.onnx").write_bytes((tmp_path / "clean-x2.onnx").read_bytes()[:99])
    with pytest.raises(StudioError, match=r"cut\.onnx is damaged"):
        mixed(tmp_path / "faithful-x2.onnx", tmp_path / "cut.onnx", 0.5)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=5, unique=True), st.floats(0, 1))
def test_the_two_networks_around_a_strength(strengths: list[float], clean: float) -> None:
    choices = [Choice(Path("x"), 2, strength) for strength in strengths]
    one, two, amount = between(choices, clean)
    assert 0 <= amount < 1
    meant = min(max(clean, min(strengths)), max(strengths))
    assert one.clean + amount * (two.clean - one.clean) == pytest.approx(meant)
    assert not [s for s in strengths if one.clean < s < two.clean]


def test_the_first_picture_does_not_wait_for_libraries_it_does_not_need(tmp_path: Path) -> None:
    tiny.starter(tmp_path)
    code = ("import json, pathlib, sys\n"
            "from studio.core.engine import ModelSource\n"
            "from studio.engines.devices import cpu\n"
            "from studio.engines.upscale.onnx_upscaler import load\n"
            "folder = pathlib.Path(sys.argv[1])\n"
            "facts = json.loads((folder / 'model.json').read_text())['facts']\n"
            "load(ModelSource('m', 'upscale.onnx', folder, {}, facts), cpu())\n"
            "assert not {'torch', 'onnx', 'spandrel'} & set(sys.modules)\n")
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, cwd=Path(__file__).parents[3])
