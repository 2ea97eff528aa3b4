"""People's own PyTorch upscalers, as spandrel reads them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from studio.core.errors import Cancelled, StudioError
from studio.core.jobs import CancelToken
from studio.engines.devices import cpu
from studio.engines.upscale import descriptors
from studio.engines.upscale.spandrel_upscaler import SpandrelUpscaler, load
from tests.engines.upscale import tiny
from tests.engines.upscale.tiny import compact_weights

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT.parent / "shared" / "samples"


def saved(path: Path, weights: Any) -> SpandrelUpscaler:
    save_file(weights, path) if path.suffix == ".safetensors" else torch.save(weights, path)
    return load(tiny.source_of(path, "upscale.torch"), cpu())


@pytest.fixture(scope="module", autouse=True)
def library() -> None:
    descriptors._library()


@pytest.mark.parametrize("scale", [1, 2, 4])
@pytest.mark.parametrize("name", ["m.pth", "m.safetensors"])
def test_pixels_come_out_as_the_network_makes_them(tmp_path: Path, scale: int, name: str) -> None:
    engine = saved(tmp_path / name, compact_weights(scale))
    picture = tiny.photo(13, 20)
    found = engine.upscale(picture, scale=scale, clean=0.0, cancel=CancelToken())
    assert (engine.scales, engine.can_clean, engine.tile) == ((scale,), False, (0, 0))
    assert (engine.device, engine.precision) == ("cpu", "float32")
    assert np.abs(found - picture.repeat(scale, 0).repeat(scale, 1)).max() < 1e-6
    assert 0 < engine.memory < 100_000
    assert not engine.widen()
    assert not engine.to_cpu()


@pytest.mark.parametrize("wrapped", [
    lambda w: {"params": {n: v + 1 for n, v in w.items()}, "params_ema": w}, lambda w: {"state_dict": w},
    lambda w: {"model": w, "epoch": 3}, lambda w: {f"module.{n}": v for n, v in w.items()},
    lambda w: {n: v.half() for n, v in w.items()}])
def test_every_way_people_wrap_weights(tmp_path: Path, wrapped: Any) -> None:
    """Of the two sets that training keeps, the averaged one is meant."""
    picture = tiny.photo(9, 9)
    engine = saved(tmp_path / "m.pth", wrapped(compact_weights(2)))
    found = engine.upscale(picture, scale=2, clean=0.0, cancel=CancelToken())
    assert np.abs(found - picture.repeat(2, 0).repeat(2, 1)).max() < 1e-6


def test_brightness_alone_carries_the_colours_beside(tmp_path: Path) -> None:
    engine = saved(tmp_path / "m.pth", compact_weights(2, channels=1))
    picture = np.zeros((9, 9, 3), np.float32) + np.array([0.8, 0.2, 0.4], np.float32)
    found = engine.upscale(picture, scale=2, clean=0.0, cancel=CancelToken())
    assert np.abs(found - [0.8, 0.2, 0.4]).max() < 1e-5


def test_how_far_it_looks_is_measured(tmp_path: Path) -> None:
    weights = compact_weights(2)
    assert saved(tmp_path / "m.pth", weights).is_local
    torch.manual_seed(0)
    loud = {name: torch.randn_like(weight) * 0.1 for name, weight in weights.items()}
    engine = saved(tmp_path / "loud.pth", loud)
    assert engine.is_local
    assert engine.margin == 4 + 2  # four convolutions of three pixels, and some room


def test_what_the_descriptor_says(tmp_path: Path) -> None:
    torch.save(compact_weights(2), tmp_path / "m.pth")
    found = descriptors.facts(descriptors.read(tmp_path / "m.pth", "m"))
    assert (found["architecture"], found["scale"], found["channels"], found["half"]) == (
        "RealESRGAN Compact", 2, 3, True)
    assert found["parameters"] > 100


def test_no_numbers_are_said(tmp_path: Path) -> None:
    weights = compact_weights(2)
    weights["body.0.bias"] += float("inf")
    with pytest.raises(StudioError, match=r"m gave no picture: .* \(NaN\), in float32 too"):
        saved(tmp_path / "m.pth", weights).upscale(tiny.photo(9, 9), scale=2, clean=0.0, cancel=CancelToken())


def test_half_precision_that_gives_no_numbers_is_done_in_float32(tmp_path: Path) -> None:
    """A GPU's part is played by the CPU, which can do half precision too."""
    weights = compact_weights(2)
    weights["body.0.bias"] += 60_000.0
    weights["body.2.weight"] += 2.0
    weights["body.3.weight"] += 1.0
    engine = saved(tmp_path / "m.pth", weights)
    engine._type = torch.float16
    engine._network.model.half()
    assert engine.precision == "float16"
    found = engine.upscale(tiny.photo(9, 9), scale=2, clean=0.0, cancel=CancelToken())
    assert np.isfinite(found).all()
    assert engine.precision == "float32"


def test_a_network_that_fails_by_itself_says_so(tmp_path: Path) -> None:
    engine = saved(tmp_path / "m.pth", compact_weights(2))
    engine._network.model.body[2].weight.data = torch.zeros(8, 9, 3, 3)
    with pytest.raises(StudioError, match="m failed on this picture"):
        engine.upscale(tiny.photo(9, 9), scale=2, clean=0.0, cancel=CancelToken())


def test_noise_that_a_network_draws_is_the_same_each_time(tmp_path: Path) -> None:
    """And other work's noise is not disturbed."""
    engine = saved(tmp_path / "m.pth", compact_weights(2))
    last = engine._network.model.body[6]
    last.register_forward_hook(lambda module, given, made: 0.1 * torch.randn_like(made))
    torch.manual_seed(5)
    wanted = torch.rand(2)
    torch.manual_seed(5)
    before = torch.rand(1)
    one, two = (engine.upscale(tiny.photo(9, 9), scale=2, clean=0.0, cancel=CancelToken()) for _ in range(2))
    assert (one == two).all()
    assert one.std() > 0.01
    assert torch.cat((before, torch.rand(1))).equal(wanted)


def test_a_stop_is_noticed_inside(tmp_path: Path) -> None:
    engine = saved(tmp_path / "m.pth", compact_weights(2))
    cancel = CancelToken()
    layers = []

    def stop(module: Any, given: Any) -> None:
        layers.append(module)
        cancel.cancel()

    engine._network.model.body[1].register_forward_pre_hook(stop)
    engine._network.model.body[3].register_forward_pre_hook(stop)
    with pytest.raises(Cancelled):
        engine.upscale(tiny.photo(9, 9), scale=2, clean=0.0, cancel=cancel)
    assert len(layers) == 1


class Evil:
    """Runs code when unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return print, ("I ran",)


def test_a_pickle_with_code_is_refused_and_does_not_run(tmp_path: Path,
                                                        capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StudioError, match="would run code"):
        saved(tmp_path / "evil.pth", {"extra": Evil(), **compact_weights(2)})
    assert capsys.readouterr().out == ""


def test_what_is_no_upscaler_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="no upscaler that can be read here"):
        saved(tmp_path / "m.pth", {"fc.weight": torch.zeros(2, 2)})
    with pytest.raises(StudioError, match="parts missing, or damaged"):
        saved(tmp_path / "m.pth", {k: v for k, v in compact_weights(2).items() if k != "body.2.bias"})
    with pytest.raises(StudioError, match="holds no weights"):
        saved(tmp_path / "m.pth", [1, 2])
    torch.save(compact_weights(2), tmp_path / "m.pth")
    (tmp_path / "m.pth").write_bytes((tmp_path / "m.pth").read_bytes()[:2000])
    with pytest.raises(StudioError, match="damaged"):
        load(tiny.source_of(tmp_path / "m.pth", "upscale.torch"), cpu())


def test_other_channels_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="takes 4 channels and gives 4; Upscale needs one or three"):
        saved(tmp_path / "m.pth", compact_weights(2, channels=4))


@pytest.mark.parametrize("name", ["realesr-animevideov3.pth", "DITN_Real_GAN_x4.pth"])
def test_real_networks(name: str) -> None:
    if not (SAMPLES / name).is_file():
        pytest.skip("the sample is not here")
    engine = load(tiny.source_of(SAMPLES / name, "upscale.torch"), cpu())
    picture = tiny.photo(30, 25)
    found = engine.upscale(picture, scale=4, clean=0.0, cancel=CancelToken())
    assert np.abs(found.reshape(30, 4, 25, 4, 3).mean(axis=(1, 3)) - picture).mean() < 0.08


def test_neither_a_broken_torchvision_nor_its_weight_matters() -> None:
    """It does not fit every torch, and takes ten times as long to load as all the rest."""
    code = ("import sys, importlib.abc\n"
            "class Broken(importlib.abc.MetaPathFinder):\n"
            "    def find_spec(self, name, path, target=None):\n"
            "        if name.startswith('torchvision'):\n"
            "            raise RuntimeError('operator torchvision::nms does not exist')\n"
            "sys.meta_path.insert(0, Broken())\n"
            "from studio.engines.upscale import descriptors\n"
            "assert len(descriptors._library().MAIN_REGISTRY) > 30\n"
            "assert not [name for name in sys.modules if name.startswith('torchvision')]\n")
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
