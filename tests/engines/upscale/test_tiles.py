"""What every upscaler promises of tiles: with its margin around it, a part comes out as in the whole."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.jobs import CancelToken
from studio.engines.devices import cpu
from studio.engines.upscale import onnx_upscaler, spandrel_upscaler
from tests.engines.upscale import tiny


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("models")
    torch.manual_seed(0)
    loud = {name: torch.randn_like(weight) * 0.1 for name, weight in tiny.compact_weights(3).items()}
    torch.save(loud, folder / "loud.pth")
    sources = {"starter": tiny.starter(folder / "starter"),
               "file": tiny.source_of(tiny.network(folder / "file.onnx", 2)),
               "luma": tiny.source_of(tiny.network(folder / "luma.onnx", 3, channels=1)),
               "torch": tiny.source_of(folder / "loud.pth", "upscale.torch")}
    return {name: (spandrel_upscaler if name == "torch" else onnx_upscaler).load(source, cpu())
            for name, source in sources.items()}


@pytest.mark.parametrize("name", ["starter", "file", "luma", "torch"])
@settings(max_examples=15)
@given(data=st.data())
def test_a_part_comes_out_as_in_the_whole(engines: dict[str, Any], name: str, data: st.DataObject) -> None:
    engine = engines[name]
    assert engine.is_local
    height, width = data.draw(st.integers(33, 90)), data.draw(st.integers(33, 90))
    top, left = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
    bottom, right = data.draw(st.integers(top + 1, height)), data.draw(st.integers(left + 1, width))
    picture, scale, margin = tiny.photo(height, width), engine.scales[-1], engine.margin
    low = max(0, top - margin), max(0, left - margin)
    window = picture[low[0]:bottom + margin, low[1]:right + margin]
    whole, part = (engine.upscale(np.ascontiguousarray(each), scale=scale, clean=0.5, cancel=CancelToken())
                   for each in (picture, window))
    place = np.s_[scale * top:scale * bottom, scale * left:scale * right]
    inner = np.s_[scale * (top - low[0]):scale * (bottom - low[0]),
                  scale * (left - low[1]):scale * (right - low[1])]
    assert np.abs(whole[place] - part[inner]).max() < 0.2 / 255
