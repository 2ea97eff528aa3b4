"""LoRAs: they change what is painted as the library would, come off without a trace, or are refused."""

from __future__ import annotations

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
from studio.engines.image import add_ons
from studio.engines.image.add_ons import Lora
from studio.engines.torch_run import steady_threads
from studio.library.inspect import inspect
from tests.engines.image import tiny_diffusion
from tests.engines.image.tiny_diffusion import SIDE

slow = pytest.mark.slow


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("add-ons")


@pytest.fixture(scope="module")
def models(own_models: dict[str, Any]) -> dict[str, Any]:
    return own_models


class Files(dict[str, Path]):
    """One for each model, in diffusers' layout, with random weights, made when it is first asked for."""

    def __init__(self, root: Path, models: dict[str, Any]) -> None:
        super().__init__()
        self._root, self._models = root, models

    def __missing__(self, kind: str) -> Path:
        self[kind] = lora(self._models[kind]._pipe, self._root / f"{kind}.safetensors")
        return self[kind]


@pytest.fixture(scope="module")
def files(root: Path, models: dict[str, Any]) -> Files:
    return Files(root, models)


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


@pytest.mark.parametrize("kind", ["sd1", pytest.param("sdxl", marks=slow), pytest.param("flux", marks=slow)])
def test_it_changes_what_is_painted_and_comes_off(models: dict[str, Any], files: dict[str, Path],
                                                  kind: str) -> None:
    model, file = models[kind], files[kind]
    usual, worn = paint(model), paint(model, (file, 1.0))
    assert not np.array_equal(worn, usual)
    assert not np.array_equal(paint(model, (file, 0.5)), worn)
    assert np.array_equal(paint(model, (file, 1.0)), worn)
    assert np.array_equal(paint(model), usual)


@slow
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


@slow
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
        pipe = diffusers.StableDiffusionPipeline.from_pretrained(
            tiny_diffusion.made("sd1"), local_files_only=True)
        pipe.set_progress_bar_config(disable=True)
        pipe.load_lora_weights(str(root), weight_name="sd1.safetensors", adapter_name="one")
        pipe.set_adapters(["one"], [0.7])
        made = pipe("a red apple", width=SIDE, height=SIDE, num_inference_steps=2, guidance_scale=7.0,
                    generator=torch.Generator("cpu").manual_seed(5))
    assert np.array_equal(paint(models["sd1"], (files["sd1"], 0.7)), np.asarray(made.images[0]))


@slow
def test_two_are_more_than_one(models: dict[str, Any], files: dict[str, Path], root: Path) -> None:
    model = models["sd1"]
    other = lora(model._pipe, root / "other.safetensors", seed=1)
    both = paint(model, (files["sd1"], 0.5), (other, 0.5))
    assert not np.array_equal(both, paint(model, (files["sd1"], 0.5)))
    assert not np.array_equal(both, paint(model, (other, 0.5)))


def test_one_for_another_family_is_refused(models: dict[str, Any], root: Path) -> None:
    """Whether its family is known or shows only when it is put on; the model is then as before."""
    usual, path = paint(models["sd1"]), root / "stranger.safetensors"
    for name, family in (("transformer.transformer_blocks.0.attn.to_q", ""), ("unet.mid_block.strange", ""),
                         ("unet.mid_block.attentions.0.transformer_blocks.0.attn2.to_k", "sdxl")):
        save_file({f"{name}.lora_A.weight": torch.zeros(2, 96),
                   f"{name}.lora_B.weight": torch.zeros(64, 2)}, path)
        with pytest.raises(StudioError, match=r"stranger\.safetensors was made for another kind of model"):
            paint(models["sd1"], (path, 1.0), family=family)
        assert np.array_equal(paint(models["sd1"]), usual)


@slow
def test_those_of_whole_other_models_are_refused(models: dict[str, Any], files: dict[str, Path]) -> None:
    usual = paint(models["sd1"])
    for stranger in ("sdxl", "flux"):
        with pytest.raises(StudioError, match=f"add-on {stranger}.safetensors was made for another kind"):
            paint(models["sd1"], (files[stranger], 1.0))
        assert np.array_equal(paint(models["sd1"]), usual)


def test_the_file_is_looked_into(files: dict[str, Path], tmp_path: Path) -> None:
    path = files["sd1"]
    source = ModelSource("one", "image.lora", path, {path.name: ""}, {"family": "sd1"})
    one = add_ons.load(source, devices.cpu())
    assert inspect(path).kind == "image.lora"
    assert (one.path, one.family, one.device, one.precision) == (path, "sd1", "cpu", "float32")
    bad = tmp_path / "bad.safetensors"
    bad.write_bytes(path.read_bytes()[:200])
    with pytest.raises(StudioError, match="bad is damaged"):
        add_ons.load(ModelSource("bad", "image.lora", bad, {}), devices.cpu())
    save_file({"a": torch.zeros(1)}, bad)
    with pytest.raises(StudioError, match="bad is no add-on"):
        add_ons.load(ModelSource("bad", "image.lora", bad, {}), devices.cpu())
