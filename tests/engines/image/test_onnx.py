"""Stable Diffusion as ONNX graphs: paints what torch paints, and says what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.core.errors import Cancelled, StudioError
from studio.core.jobs import CancelToken
from studio.core.painting import Painting
from studio.engines import devices
from studio.engines.image import onnx_folder
from studio.engines.image.add_ons import Lora
from studio.library.imports import import_file
from studio.library.inspect import inspect
from tests.engines.image import tiny_onnx
from tests.engines.image.tiny_diffusion import SIDE

pytestmark = pytest.mark.slow  # the export takes its time

PICTURE = np.tile(np.linspace(0, 255, SIDE)[None, :, None], (SIDE, 1, 3)).astype(np.uint8)
MASK = np.where(np.arange(SIDE) < SIDE // 2, 0, 255).astype(np.uint8)[None].repeat(SIDE, 0)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_onnx.model(tmp_path_factory.mktemp("onnx") / "graphs")


def paint(model: Any, cancel: CancelToken | None = None, **more: Any) -> Any:
    asked: dict[str, Any] = {"prompt": "a red apple", "width": SIDE, "height": SIDE, "seed": 3, "steps": 2}
    return model.paint(Painting(**(asked | more)), cancel or CancelToken())


@pytest.mark.parametrize("more", [
    {}, {"image": PICTURE}, {"image": PICTURE, "mask": MASK}, {"prompt": "a (red:1.4) apple"},
    {"scheduler": "euler", "negative": "blue"}, {"width": SIDE + 8}, {"variation": 0.3, "variation_seed": 9}])
def test_it_paints_what_torch_paints(models: dict[str, Any], home: Path, more: dict[str, Any]) -> None:
    model = onnx_folder.load(tiny_onnx.source(home), devices.cpu())
    made = paint(model, **more)
    assert np.abs(made.astype(int) - paint(models["sd1"], **more)).max() <= 1
    assert np.array_equal(paint(model, **more), made)
    model.close()


def test_what_it_cannot_is_said_and_it_stops(home: Path, tmp_path: Path) -> None:
    model = onnx_folder.load(tiny_onnx.source(home), devices.cpu())
    assert (model.device, model.can_be_seamless, model.has_weights) == ("cpu", False, True)
    with pytest.raises(StudioError, match="seamless"):
        paint(model, is_seamless=True)
    with pytest.raises(StudioError, match="takes no add-ons: it is in ONNX"):
        paint(model, add_ons=((Lora(tmp_path / "a.safetensors", "sd1", "cpu"), 1.0),))
    cancel = CancelToken()
    model._network.register_forward_pre_hook(lambda *told: cancel.cancel())
    with pytest.raises(Cancelled):
        paint(model, cancel)
    model.close()


def test_the_library_knows_it(home: Path, tmp_path: Path) -> None:
    made = import_file(home)
    assert (made.engine, made.task, made.facts["family"]) == ("image.onnx", "image", "sd1")
    assert {"unet/model.onnx", "vae_decoder/model.onnx", "tokenizer/tokenizer.json"} < set(made.files)
    assert made.facts["components"] == "text_encoder, unet, vae_decoder, vae_encoder"
    for part in ("text_encoder/model.onnx", "tokenizer", "vae_decoder"):
        (home / part).rename(tmp_path / "away")
        found = inspect(home)
        assert found.problem is not None
        assert f"A part of this model is missing: its {part.split('/')[0]}" in found.problem.text
        (tmp_path / "away").rename(home / part)
    encoder = home / "vae_encoder"
    encoder.rename(tmp_path / "away")
    model = onnx_folder.load(tiny_onnx.source(home), devices.cpu())
    assert paint(model).shape == (SIDE, SIDE, 3)
    with pytest.raises(StudioError, match="its vae_encoder is missing"):
        paint(model, image=PICTURE)
    (tmp_path / "away").rename(encoder)
    unet = (home / "unet" / "model.onnx").read_bytes()
    (home / "unet" / "model.onnx").write_bytes(unet[:1000])
    assert inspect(home).problem is not None
    with pytest.raises(StudioError, match="could not be used"):
        onnx_folder.load(tiny_onnx.source(home), devices.cpu())
    (home / "unet" / "model.onnx").write_bytes(unet)
