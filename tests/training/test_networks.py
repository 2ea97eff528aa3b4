"""Networks of the Style models: shapes, colours by construction, statistics, tiles."""

from __future__ import annotations

import pytest
import torch

from studio.engines.style.networks import (
    GRID,
    Bank,
    StyleEncoder,
    Trunk,
    colour_statistics,
    decolour,
    recolour,
)
from studio.training.export import receptive_margin, whole
from studio.training.quick import Quick


@pytest.fixture
def quick() -> Quick:
    """Random weights, strong enough that every layer matters."""
    torch.manual_seed(0)
    quick = Quick(Trunk())
    torch.nn.init.normal_(quick.transfer.paint.weight, std=0.1)
    return quick.eval()


def test_trunk_gives_one_map_per_layer() -> None:
    maps = Trunk()(torch.rand(2, 3, 64, 80))
    assert [m.shape[1] for m in maps] == [64, 128, 128, 256, 256]
    assert maps[0].shape[2:] == (31, 39)


def test_trunk_stops_at_the_last_asked_layer() -> None:
    assert [m.shape[1] for m in Trunk("fire9")(torch.rand(1, 3, 64, 64), ("fire2", "fire8"))] == [128, 512]


def test_neutral_colours_have_no_mean_and_unit_covariance() -> None:
    rgb = torch.rand(1, 3, 40, 48, generator=torch.Generator().manual_seed(1))
    flat = decolour(rgb, colour_statistics(rgb)).flatten(2)[0]
    assert flat.mean(1).abs().max() < 1e-4
    assert (torch.cov(flat) - torch.eye(3)).abs().max() < 1e-2


def test_own_colours_come_back() -> None:
    rgb = torch.rand(2, 3, 16, 24) * torch.tensor([0.5, 0.9, 0.3]).view(1, 3, 1, 1)
    colour = colour_statistics(rgb)
    assert (recolour(decolour(rgb, colour), colour) - rgb).abs().max() < 1e-3


@pytest.mark.parametrize("colour", [0.0, 0.5, 1.0])
def test_flat_pictures_stay_finite(quick: Quick, colour: float) -> None:
    flat = torch.full((1, 3, 40, 40), colour)
    picture, statistics = whole(quick, flat, quick.encoder(torch.full((1, 3, 64, 64), colour)))
    assert torch.isfinite(picture).all()
    assert torch.isfinite(statistics).all()


@pytest.mark.parametrize("size", [(8, 8), (17, 33), (64, 40), (9, 100)])
def test_any_size_from_eight_up(quick: Quick, size: tuple[int, int]) -> None:
    picture, _ = whole(quick, torch.rand(1, 3, *size), torch.randn(1, quick.encoder.width))
    assert picture.shape == (1, 3, *size)
    assert picture.min() >= 0.0
    assert picture.max() <= 1.0


def test_fused_training_path_equals_the_measured_one(quick: Quick) -> None:
    rgb, code = torch.rand(2, 3, 32, 40), torch.randn(2, quick.encoder.width)
    measured, _ = quick.transfer(rgb, code)
    fused, _ = quick.transfer.train()(rgb, code)
    assert (measured - fused).abs().max() < 1e-3


def test_given_statistics_repeat_the_picture(quick: Quick) -> None:
    rgb, code = torch.rand(1, 3, 48, 64), torch.randn(1, quick.encoder.width)
    picture, statistics = quick.transfer(rgb, code)
    again, _ = quick.transfer(rgb, code, statistics)
    assert torch.equal(picture, again)


def test_a_tile_with_its_margin_equals_the_whole(quick: Quick) -> None:
    margin = receptive_margin(quick.transfer)
    rgb, code = torch.rand(1, 3, 2 * margin + 48, 2 * margin + 64), torch.randn(1, quick.encoder.width)
    picture, statistics = quick.transfer(rgb, code)
    tile, _ = quick.transfer(rgb[:, :, GRID:, : margin + 40 + margin], code, statistics)
    same = picture[:, :, margin + GRID : margin + 48, :40] - tile[:, :, margin : margin + 40, :40]
    assert same.abs().max() < 1e-4


def test_too_small_a_margin_shows(quick: Quick) -> None:
    rgb, code = torch.rand(1, 3, 256, 64), torch.randn(1, quick.encoder.width)
    picture, statistics = quick.transfer(rgb, code)
    tile, _ = quick.transfer(rgb[:, :, 128:], code, statistics)
    assert (picture[:, :, 136:144] - tile[:, :, 8:16]).abs().max() > 1e-4


def test_bank_gives_statistics_in_order() -> None:
    maps = [torch.rand(1, c, 4, 4) for c in (3, 5)]
    first = Bank()
    wanted = [first.next(m) for m in maps]
    second = Bank(torch.cat(first.measured, 1))
    for m, (mean, deviation) in zip(maps, wanted, strict=True):
        again = second.next(m)
        assert torch.equal(again[0], mean)
        assert torch.equal(again[1], deviation)


def test_encoder_code_starts_with_the_colours() -> None:
    encoder, rgb = StyleEncoder(Trunk()), torch.rand(1, 3, 64, 64)
    assert torch.equal(encoder(rgb)[:, :9], colour_statistics(rgb))
