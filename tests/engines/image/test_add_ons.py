"""LoRAs: they change what is painted as the library would, come off without a trace, or are refused."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from studio.core.engine import ModelSource
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.core.painting import Painting
from studio.engines import devices, offline
from studio.engines.image import add_ons, folder
from studio.engines.image.add_ons import Lora
from studio.engines.torch_run import steady_threads
from tests.engines.image import tiny_diffusion
from tests.engines.image.tiny_diffusion import SIDE

pytestmark = pytest.mark.slow  # a minute together; the panel that needs them is not there yet


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("add-ons")


@pytest.fixture(scope="module")
def models(root: Path) -> Generator[dict[str, Any]]:
    made = {kind: folder.load(tiny_diffusion.source(tiny_diffusion.model(root / kind, kind)), devices.cpu())
            for kind in ("sd1", "sdxl", "flux")}
    yield dict(made)
    for model in made.values():
        model.close()


@pytest.fixture(scope="module")
def files(root: Path, models: dict[str, Any]) -> dict[str, Path]:
    """One for each model, in diffusers' layout, with random weights."""
    return {kind: lora(model._pipe, root / f"{kind}.safetensors") for kind, model in models.items()}


def lora(pipe: Any, path: Path, seed: int = 0) -> Path:
    network, name = (pipe.unet, "unet") if hasattr(pipe, "unet") else (pipe.transformer, "transformer")
    chance, found = torch.Generator().manual_seed(seed), {}
    for part, layer in network.named_modules():
        if part.endswith((".to_q", ".to_k", ".to_v")):
            out, wide = layer.weight.shape
            found[f"{name}.{part}.lora_A.weight"] = torch.randn((2, wide), generator=chance)
            found[f"{name}.{part}.lora_B.weight"] = torch.randn((out, 2), generator=chance)
    save_file(found, path)
    return path


def paint(model: Any, *worn: tuple[Path, float], family: str = "") -> Any:
    asked = Painting("a red apple", SIDE, SIDE, 5, steps=2, add_ons=tuple(
        (Lora(path, family, "cpu"), strength) for path, strength in worn))
    return model.paint(asked, CancelToken())


@pytest.mark.parametrize("kind", ["sd1", "sdxl", "flux"])
def test_it_changes_what_is_painted_and_comes_off(models: dict[str, Any], files: dict[str, Path],
                                                  kind: str) -> None:
    model, file = models[kind], files[kind]
    usual, worn = paint(model), paint(model, (file, 1.0))
    assert not np.array_equal(worn, usual)
    assert not np.array_equal(paint(model, (file, 0.5)), worn)
    assert np.array_equal(paint(model, (file, 1.0)), worn)
    assert np.array_equal(paint(model), usual)


def test_files_of_other_trainers_count_in_every_part(models: dict[str, Any], root: Path) -> None:
    """As kohya's scripts name them, with their own scale: the words' encoder alone, the U-Net alone."""
    model, chance = models["sd1"], torch.Generator().manual_seed(0)
    usual, made = paint(model), list[Any]()
    for name, (wide, out) in (("lora_te_text_model_encoder_layers_0_mlp_fc1", (32, 37)),
                              ("lora_unet_mid_block_attentions_0_transformer_blocks_0_attn2_to_k", (32, 64))):
        path = root / f"{name}.safetensors"
        save_file({f"{name}.lora_down.weight": torch.randn((2, wide), generator=chance),
                   f"{name}.lora_up.weight": torch.randn((out, 2), generator=chance),
                   f"{name}.alpha": torch.tensor(4.0)}, path)
        made.append(paint(model, (path, 1.0)))
        assert not np.array_equal(made[-1], usual), name
    assert not np.array_equal(*made)
    assert np.array_equal(paint(model), usual)


def test_it_stays_on_where_parts_take_turns(models: dict[str, Any], files: dict[str, Path]) -> None:
    model = models["sd1"]
    usual, worn = paint(model), paint(model, (files["sd1"], 1.0))
    model._plan.takes_turns = True
    assert np.array_equal(paint(model), usual)
    assert np.array_equal(paint(model, (files["sd1"], 1.0)), worn)
    assert np.array_equal(paint(model, (files["sd1"], 1.0)), worn)
    assert np.array_equal(paint(model), usual)
    model._plan.takes_turns = False
    model._move()
    assert np.array_equal(paint(model, (files["sd1"], 1.0)), worn)


def test_it_is_what_the_library_paints(models: dict[str, Any], files: dict[str, Path], root: Path) -> None:
    import diffusers

    with offline.quiet(), steady_threads():
        pipe = diffusers.StableDiffusionPipeline.from_pretrained(root / "sd1", local_files_only=True)
        pipe.set_progress_bar_config(disable=True)
        pipe.load_lora_weights(str(root), weight_name="sd1.safetensors", adapter_name="one")
        pipe.set_adapters(["one"], [0.7])
        made = pipe("a red apple", width=SIDE, height=SIDE, num_inference_steps=2, guidance_scale=7.0,
                    generator=torch.Generator("cpu").manual_seed(5))
    assert np.array_equal(paint(models["sd1"], (files["sd1"], 0.7)), np.asarray(made.images[0]))


def test_two_are_more_than_one(models: dict[str, Any], files: dict[str, Path], root: Path) -> None:
    model = models["sd1"]
    other = lora(model._pipe, root / "other.safetensors", seed=1)
    both = paint(model, (files["sd1"], 0.5), (other, 0.5))
    assert not np.array_equal(both, paint(model, (files["sd1"], 0.5)))
    assert not np.array_equal(both, paint(model, (other, 0.5)))


def test_one_for_another_family_is_refused(models: dict[str, Any], files: dict[str, Path]) -> None:
    """Whether its family is known or shows only when it is put on; the model is then as before."""
    usual = paint(models["sd1"])
    with pytest.raises(StudioError, match="made for another kind of model; this is Stable Diffusion 1"):
        paint(models["sd1"], (files["sdxl"], 1.0), family="sdxl")
    for stranger in ("sdxl", "flux"):
        with pytest.raises(StudioError, match=f"add-on {stranger}.safetensors was made for another kind"):
            paint(models["sd1"], (files[stranger], 1.0))
        assert np.array_equal(paint(models["sd1"]), usual)


def test_the_file_is_looked_into(files: dict[str, Path], tmp_path: Path) -> None:
    path = files["sd1"]
    source = ModelSource("one", "image.lora", path, {path.name: ""}, {"family": "sd1"})
    one = add_ons.load(source, devices.cpu())
    assert (one.path, one.family, one.device, one.precision) == (path, "sd1", "cpu", "float32")
    bad = tmp_path / "bad.safetensors"
    bad.write_bytes(path.read_bytes()[:200])
    with pytest.raises(StudioError, match="bad is damaged"):
        add_ons.load(ModelSource("bad", "image.lora", bad, {}), devices.cpu())
    save_file({"a": torch.zeros(1)}, bad)
    with pytest.raises(StudioError, match="bad is no add-on"):
        add_ons.load(ModelSource("bad", "image.lora", bad, {}), devices.cpu())
