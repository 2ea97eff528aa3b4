"""The style encoder keeps its codes when it moves to another trunk."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from studio.engines.style.networks import StyleEncoder, Trunk
from studio.training.data import Picture, to_tensor
from studio.training.moving import code_error, moved
from studio.training.quick import fit_normaliser


@pytest.fixture
def pictures() -> list[Picture]:
    """Eight smooth coloured patterns."""
    rng = np.random.default_rng(0)
    small = rng.integers(0, 256, (8, 12, 12, 3), dtype=np.uint8)
    return [np.kron(p, np.ones((16, 16, 1), np.uint8)) for p in small]


@pytest.fixture
def encoder(pictures: list[Picture]) -> StyleEncoder:
    """An encoder with a short digest on a random trunk."""
    torch.manual_seed(0)
    encoder = StyleEncoder(Trunk(), digest=8)
    fit_normaliser(encoder, pictures)
    return encoder


def test_the_same_trunk_keeps_the_codes(encoder: StyleEncoder, pictures: list[Picture]) -> None:
    same = moved(encoder, encoder.trunk, pictures, crops=8)
    assert code_error(encoder, same, [to_tensor([p]) for p in pictures]) < 1e-3


def test_regression_brings_the_codes_nearer(encoder: StyleEncoder, pictures: list[Picture]) -> None:
    torch.manual_seed(1)
    other = Trunk()
    fitted = moved(encoder, other, pictures, crops=48)
    naive = StyleEncoder(other, digest=8)
    fit_normaliser(naive, pictures)
    naive.digest.load_state_dict(encoder.digest.state_dict())
    shown = [to_tensor([p]) for p in pictures]
    assert code_error(encoder, fitted, shown) < 0.8 * code_error(encoder, naive, shown)
