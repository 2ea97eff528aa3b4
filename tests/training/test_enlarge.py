"""The Upscale network, its batches, its training and its yardsticks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from studio.engines.upscale.networks import Enlarger, margin
from studio.training import judge
from studio.training.data import Picture, to_tensor
from studio.training.enlarge import Stage, averaged, train
from studio.training.loop import Training
from studio.training.pictures import Crops, as_picture, faithful, to_small, touched, worn
from studio.training.upscale_cards import export, plain_table, runner
from studio.training.upscale_sheet import busiest


def scene(height: int = 96, width: int = 96, seed: int = 0) -> Picture:
    """Soft colours with edges in them."""
    rng = np.random.default_rng(seed)
    rough = Image.fromarray(rng.integers(60, 190, (height // 8, width // 8, 3)).astype(np.uint8))
    soft = np.asarray(rough.resize((width, height), Image.Resampling.BICUBIC)).copy()
    soft[height // 3:height // 2, width // 4:] = 40
    return soft


def shaken(network: Enlarger) -> Enlarger:
    """With a tail that matters, as after training."""
    torch.manual_seed(3)
    torch.nn.init.normal_(network.tail.weight, std=0.02)
    return network.eval()


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_it_starts_as_bicubic_interpolation(scale: int) -> None:
    small = scene(40, 48)
    with torch.no_grad():
        got = as_picture(Enlarger(scale)(to_tensor([small])))
    wanted = judge.bicubic(scale)(small)
    edge = 3 * scale
    inner = (slice(edge, -edge), slice(edge, -edge))
    assert np.abs(got[inner].astype(int) - wanted[inner]).max() <= 1


@torch.no_grad()
def test_nothing_beyond_the_margin_counts() -> None:
    network = shaken(Enlarger(2))
    reach = margin(network)
    picture = torch.rand(1, 3, 60, 60)
    changed = picture.clone()
    changed[:, :, :, 30 + reach + 1:] = 0.5
    difference = (network(picture) - network(changed)).abs().amax((0, 1, 2))
    assert difference[:62].max() < 1e-5
    assert difference[2 * (30 + reach + 1):].max() > 1e-3


@pytest.mark.parametrize("shrink", [faithful, worn, touched])
def test_batches_fit_and_come_again(shrink: object) -> None:
    pictures = [scene(seed=1), scene(128, 104, seed=2)]
    first, second = (Crops(pictures, 4, 16, 3, shrink) for _ in range(2))  # type: ignore[arg-type]
    pair, again = first.at(5), second.at(5)
    assert pair.small.shape == (3, 3, 16, 16)
    assert pair.big.shape == (3, 3, 64, 64)
    assert torch.equal(pair.small, again.small)
    assert torch.equal(pair.big, again.big)
    assert not torch.equal(first.at(6).big, pair.big)


def test_small_and_big_crops_show_the_same_place() -> None:
    pair = Crops([scene(seed=4)], 2, 24, 4, faithful).at(0)
    again = torch.nn.functional.avg_pool2d(pair.big, 2)
    assert (again - pair.small).abs().mean() < 0.01


def test_it_learns_saves_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = [scene(seed=seed) for seed in range(3)]
    steps = {"most": 12}
    monkeypatch.setattr(Training, "progress", property(lambda self: float(self.step >= steps["most"])))
    first = Stage("first", 2, faithful, 1.0, side=16, batch=2)
    _, count = train(first, pictures, tmp_path, resume=False)
    assert count == 12
    steps["most"] = 16
    network, count = train(first, pictures, tmp_path, resume=True)
    assert count == 16
    assert network.tail.weight.abs().max() > 0
    steps["most"] = 0
    heir, _ = train(Stage("second", 4, worn, 1.0, start="first"), pictures, tmp_path, resume=False)
    assert torch.equal(heir.body[0].first.weight, network.body[0].first.weight)  # type: ignore[union-attr]
    assert heir.tail.weight.shape != network.tail.weight.shape
    assert averaged(4, tmp_path / "upscale-second")[1] == 0


def test_the_onnx_file_gives_what_torch_gives(tmp_path: Path) -> None:
    network = shaken(Enlarger(2))
    export(network, tmp_path / "x2.onnx")
    small = scene(33, 47)
    with torch.no_grad():
        wanted = as_picture(network(to_tensor([small])))
    got = runner(tmp_path / "x2.onnx")(small)
    assert got.shape == (66, 94, 3)
    assert np.abs(got.astype(int) - wanted).max() <= 1


def test_psnr_and_ssim_of_known_pairs() -> None:
    grey = np.full((32, 32), 100.0)
    assert judge.psnr(grey, grey + 16) == pytest.approx(20 * np.log10(255 / 16))
    assert judge.ssim(grey, grey) == pytest.approx(1.0)
    one = (0.01 * 255) ** 2
    assert judge.ssim(grey, grey + 50) == pytest.approx((2 * 100 * 150 + one) / (100**2 + 150**2 + one))


def test_luma_is_that_of_studio_levels() -> None:
    colours = np.array([[[0, 0, 0], [255, 255, 255], [0, 255, 0]]], np.uint8)
    assert judge.luma(colours)[0] == pytest.approx([16.0, 235.0, 144.553])


def test_the_busiest_part_is_found() -> None:
    picture = np.full((80, 100, 3), 90, np.uint8)
    picture[40:64, 60:84] = np.random.default_rng(2).integers(0, 256, (24, 24, 3))
    part = busiest(picture, 32)
    assert part.shape == (32, 32, 3)
    assert (part != 90).any(2).sum() > 0.95 * (picture != 90).any(2).sum()


def test_the_table_ranks_a_perfect_answer_first() -> None:
    big = [scene(seed=8)]
    answers = {to_small(big, 2)[0].tobytes(): big[0]}
    table = plain_table(big, 2, {"ours": lambda small: answers[small.tobytes()]})
    assert str(table["ours"]).startswith("148")  # the cap: no error at all
    assert float(str(table["bicubic"]).split()[0]) < 60
