"""Checkpoints of one file: they paint what the folder they were written from paints, and need no network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.core.painting import Painting
from studio.engines import devices
from studio.engines.image import checkpoint, folder
from studio.library.inspect import inspect
from tests.engines.image import tiny_checkpoint, tiny_diffusion
from tests.engines.image.tiny_diffusion import SIDE

slow = pytest.mark.slow


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("checkpoints")


def paint(model: Any, **more: Any) -> Any:
    asked: dict[str, Any] = {"prompt": "a (red:1.2) apple, 夜, don't", "negative": "blurry", "width": SIDE,
                             "height": SIDE, "seed": 5, "steps": 2, **more}
    try:
        return model.paint(Painting(**asked), CancelToken())
    finally:
        model.close()


@slow  # they need all the words of CLIP
@pytest.mark.parametrize("kind", ["sd1", "sdxl"])
def test_it_paints_what_the_folder_paints(root: Path, kind: str) -> None:
    whole = tiny_diffusion.model(root / kind, f"{kind}-whole")
    path = tiny_checkpoint.checkpoint(whole, root / f"{kind}.safetensors")
    told = inspect(path)
    assert (told.kind, told.facts["family"]) == ("image.checkpoint", kind)
    model = checkpoint.load(tiny_checkpoint.source(path), devices.cpu())
    assert (model.family, model.device, model.precision) == (kind, "cpu", "float32")
    assert model.tokens("a photo of an astronaut riding a horse").count == 8
    made = paint(model)
    assert np.array_equal(made, paint(folder.load(tiny_diffusion.source(whole), devices.cpu())))
    assert made.std() > 10


@slow
def test_what_it_foretells_is_in_the_file_or_said_by_hand(root: Path) -> None:
    whole = tiny_diffusion.model(root / "v", "sd1")
    usual = tiny_checkpoint.checkpoint(whole, root / "usual.safetensors")
    marked = tiny_checkpoint.checkpoint(whole, root / "marked.safetensors", v_pred=torch.zeros(1))
    for path, facts, expected in ((usual, {}, "epsilon"), (marked, {}, "v_prediction"),
                                  (usual, {"prediction": "v_prediction"}, "v_prediction"),
                                  (marked, {"prediction": "epsilon"}, "epsilon")):
        model = checkpoint.load(tiny_checkpoint.source(path, **facts), devices.cpu())
        assert model._own.config.prediction_type == expected
        model.close()


def test_what_is_no_checkpoint_is_said(root: Path, tmp_path: Path) -> None:
    from safetensors.torch import save_file

    strange, cut = tmp_path / "strange.safetensors", tmp_path / "cut.safetensors"
    save_file({"double_blocks.0.img_attn.proj.weight": torch.zeros(2, 2)}, strange)
    with pytest.raises(StudioError, match="of a kind that is not read as one file"):
        checkpoint.load(tiny_checkpoint.source(strange), devices.cpu())
    with pytest.raises(StudioError, match="damaged, or of a form"):
        checkpoint.load(tiny_checkpoint.source(strange, family="sd1"), devices.cpu())
    cut.write_bytes(strange.read_bytes()[:40])
    with pytest.raises(StudioError, match="damaged, or of a form"):
        checkpoint.load(tiny_checkpoint.source(cut), devices.cpu())
    cut.write_bytes((1 << 42).to_bytes(8, "little") + b"{" * 50)
    with pytest.raises(StudioError, match="damaged, or of a form"):
        checkpoint.load(tiny_checkpoint.source(cut), devices.cpu())
