"""The ONNX files compute what torch computes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from studio.engines.style.networks import Trunk
from studio.training.export import compare, export_quick, open_session, receptive_margin
from studio.training.quick import Quick


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Quick, Path]:
    """A random network and its three files."""
    torch.manual_seed(0)
    quick = Quick(Trunk())
    torch.nn.init.normal_(quick.transfer.paint.weight, std=0.1)
    out = tmp_path_factory.mktemp("quick")
    export_quick(quick, out)
    return quick, out


def test_files_equal_torch(exported: tuple[Quick, Path]) -> None:
    quick, out = exported
    assert max(compare(quick, out).values()) <= 1e-4


def test_other_weights_are_noticed(exported: tuple[Quick, Path]) -> None:
    _, out = exported
    torch.manual_seed(1)
    assert max(compare(Quick(Trunk()).eval(), out).values()) > 1e-4


def test_files_are_small_and_valid(exported: tuple[Quick, Path]) -> None:
    _, out = exported
    paths = sorted(out.glob("*.onnx"))
    assert [p.name for p in paths] == ["encoder.onnx", "tile.onnx", "transfer.onnx"]
    assert sum(p.stat().st_size for p in paths) <= 20_000_000
    for path in paths:
        onnx.checker.check_model(str(path))


def test_tiles_of_onnxruntime_equal_the_whole(exported: tuple[Quick, Path]) -> None:
    quick, out = exported
    margin = receptive_margin(quick.transfer)
    rng = np.random.default_rng(0)
    content = rng.random((1, 3, 64, 2 * margin + 40), dtype=np.float32)
    code = rng.standard_normal((1, quick.encoder.width), dtype=np.float32)
    picture, statistics = open_session(out / "transfer.onnx").run(None, {"content": content, "code": code})
    feeds = {"content": content[..., 16:], "code": code, "statistics": statistics}
    tile = open_session(out / "tile.onnx").run(None, feeds)[0]
    assert np.abs(picture[..., margin + 16 :] - tile[..., margin:]).max() <= 1e-4


@pytest.mark.parametrize("size", [(8, 8), (31, 57)])
def test_any_size(exported: tuple[Quick, Path], size: tuple[int, int]) -> None:
    quick, out = exported
    feeds = {
        "content": np.full((1, 3, *size), 0.4, np.float32),
        "code": np.zeros((1, quick.encoder.width), np.float32),
    }
    picture = open_session(out / "transfer.onnx").run(["picture"], feeds)[0]
    assert picture.shape == (1, 3, *size)
