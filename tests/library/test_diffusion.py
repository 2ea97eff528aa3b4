"""Image generators, told by their headers: what they are, what they take, and what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from studio.core.errors import StudioError
from studio.library import diffusion_files, diffusion_folders, headers
from tests.library.diffusion_makers import CHECKPOINT, XL, change, put, stable_diffusion, weights


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return stable_diffusion(tmp_path / "model")


def test_a_folder_says_what_it_is(folder: Path) -> None:
    found = diffusion_folders.read(folder)
    assert (found.engine, found.title) == ("image.diffusers", "Stable Diffusion 1")
    facts = found.facts
    assert (facts["family"], facts["components"], facts["parameters"], facts["largest"]) == (
        "sd1", "text_encoder, unet, vae", 96, 48)
    assert (facts["quantisation"], facts["inpaints"], facts["prediction"]) == ("float32", False, "epsilon")
    assert facts["licence"] == "openrail"
    assert facts["memory"] - 96 * 4 > facts["memory_half"] - 96 * 4 > 0
    assert diffusion_folders.memory(1_000_000_000, 4) == 4_000_000_000 + (1 << 30)


def test_its_files_are_named(folder: Path) -> None:
    weights(folder / "unet" / "diffusion_pytorch_model.fp16.safetensors", "a")
    (folder / "unet" / "diffusion_pytorch_model.bin").write_bytes(b"")
    assert diffusion_folders.files_of(folder) == (
        "model_index.json", "unet/config.json", "unet/diffusion_pytorch_model.safetensors", "vae/config.json",
        "vae/diffusion_pytorch_model.safetensors", "text_encoder/config.json",
        "text_encoder/model.safetensors", "tokenizer/tokenizer.json", "scheduler/scheduler_config.json")


def test_copies_in_half_precision_are_found(folder: Path) -> None:
    for file in list(folder.rglob("*.safetensors")):
        save_file({name: part.astype(np.float16) for name, part in load_file(file).items()},
                  file.with_suffix(".fp16.safetensors"))
    assert diffusion_folders.read(folder).facts["variant"] == ""
    for file in folder.rglob("*l.safetensors"):
        file.unlink()
    facts = diffusion_folders.read(folder).facts
    assert (facts["variant"], facts["quantisation"], facts["parameters"]) == ("fp16", "float16", 96)


def test_weights_in_several_files_must_all_be_there(folder: Path) -> None:
    unet = folder / "unet"
    (unet / "diffusion_pytorch_model.safetensors").unlink()
    put(unet / "diffusion_pytorch_model.safetensors.index.json", {"weight_map": {
        "a": "m-00001-of-00002.safetensors", "b": "m-00002-of-00002.safetensors"}})
    weights(unet / "m-00001-of-00002.safetensors", "a")
    with pytest.raises(StudioError, match="1 of 2 parts of this model are missing, such as m-00002"):
        diffusion_folders.read(folder)
    weights(unet / "m-00002-of-00002.safetensors", "b")
    assert diffusion_folders.read(folder).facts["parameters"] == 72
    assert "unet/diffusion_pytorch_model.safetensors.index.json" in diffusion_folders.files_of(folder)


def test_inpainting_and_second_versions_are_seen(folder: Path) -> None:
    change(folder / "unet" / "config.json", in_channels=9)
    change(folder / "text_encoder" / "config.json", hidden_size=1024)
    change(folder / "scheduler" / "scheduler_config.json", prediction_type="v_prediction")
    facts = diffusion_folders.read(folder).facts
    assert (facts["family"], facts["inpaints"], facts["prediction"]) == ("sd2", True, "v_prediction")


@pytest.mark.parametrize(("part", "said"), [
    ("unet", "its unet"), ("tokenizer/tokenizer.json", "its tokenizer"),
    ("vae/config.json", "vae/config.json"), ("text_encoder/model.safetensors", "its text_encoder"),
    ("scheduler", "its scheduler")])
def test_what_is_missing_is_said(folder: Path, part: str, said: str) -> None:
    (folder / part).rename(folder.parent / "away")
    with pytest.raises(StudioError, match=f"A part of this model is missing: .*{said}"):
        diffusion_folders.read(folder)


def test_what_could_run_code_is_refused(folder: Path) -> None:
    weight = folder / "unet" / "diffusion_pytorch_model.safetensors"
    weight.rename(weight.with_suffix(".bin"))
    with pytest.raises(StudioError, match=r"may run code when opened \(unet/diffusion_pytorch_model.bin\)"):
        diffusion_folders.read(folder)
    weight.with_suffix(".bin").rename(weight)
    for named in (["os", "system"], ["transformers", "pipeline"], ["model", "Own"]):
        change(folder / "model_index.json", unet=named)
        with pytest.raises(StudioError, match="part of a kind that is not known here"):
            diffusion_folders.read(folder)
    change(folder / "model_index.json", unet=["diffusers", "UNet2DConditionModel"])
    change(folder / "text_encoder" / "config.json", auto_map={"AutoModel": "evil.Model"})
    with pytest.raises(StudioError, match="program of its own"):
        diffusion_folders.read(folder)
    change(folder / "model_index.json", **{"../../away": ["diffusers", "UNet2DConditionModel"]})
    with pytest.raises(StudioError):
        diffusion_folders.read(folder)


def test_unknown_kinds_and_damage_are_said(folder: Path) -> None:
    weight = folder / "vae" / "diffusion_pytorch_model.safetensors"
    whole = weight.read_bytes()
    weight.write_bytes(whole[:-20])
    with pytest.raises(StudioError, match="cut off"):
        diffusion_folders.read(folder)
    for data in ((1 << 42).to_bytes(8, "little") + b"{" * 90, b"", b"\x80\x04"):
        weight.write_bytes(data)
        with pytest.raises(StudioError):
            diffusion_folders.read(folder)
    header = json.dumps({"a": {"dtype": "F32", "shape": [1 << 40], "data_offsets": [0, 1 << 42]}}).encode()
    weight.write_bytes(len(header).to_bytes(8, "little") + header)
    with pytest.raises(StudioError, match="cut off: 0 of 4,398,047 MB"):
        diffusion_folders.read(folder)
    weight.write_bytes(whole)
    change(folder / "model_index.json", _class_name="KandinskyPipeline")
    with pytest.raises(StudioError, match=r"kind that is not known here \(KandinskyPipeline\)"):
        diffusion_folders.read(folder)
    (folder / "model_index.json").write_text("[")
    with pytest.raises(StudioError, match="damaged"):
        diffusion_folders.read(folder)


def recognised(path: Path) -> Any:
    return diffusion_files.recognise(headers.read(path))


def test_checkpoints_are_told(tmp_path: Path) -> None:
    for family, names in (("sd1", CHECKPOINT), ("sdxl", (*XL, "v_pred"))):
        found = recognised(weights(tmp_path / "m.safetensors", *names, dtype=np.float16))
        assert (found.engine, found.facts["family"], found.facts["quantisation"]) == (
            "image.checkpoint", family, "float16")
        assert found.facts["parameters"] == 12 * (3 if family == "sd1" else 4)
        assert found.facts["prediction"] == ("" if family == "sd1" else "v_prediction")
    wide = recognised(weights(tmp_path / "m.safetensors", *CHECKPOINT, width=9))
    assert wide.facts["inpaints"]


@pytest.mark.parametrize(("names", "said"), [
    (CHECKPOINT[:1] + CHECKPOINT[2:], "missing: its VAE"), (CHECKPOINT[:2], "missing: its text encoder"),
    ((*XL[:2], XL[3]), "missing: its text encoder"),
    (("cond_stage_model.model.transformer.a", *CHECKPOINT[:2]), "Stable Diffusion 2 in one file"),
    (("conditioner.embedders.0.model.transformer.a", *CHECKPOINT[:2]), "Refiner in one file"),
    (("double_blocks.0.img_attn.proj.weight",), "Flux in one file"),
    (("model.diffusion_model.joint_blocks.0.a",), "Stable Diffusion 3 in one file"),
    (("lora_unet_a.hada_w1_a",), "LyCORIS")])
def test_what_cannot_be_used_is_said(tmp_path: Path, names: tuple[str, ...], said: str) -> None:
    with pytest.raises(StudioError, match=said):
        recognised(weights(tmp_path / "m.safetensors", *names))


@pytest.mark.parametrize(("name", "width", "family"), [
    ("lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight", 768, "sd1"),
    ("unet.down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.lora_A.weight", 1024, "sd2"),
    ("unet.down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k.lora.down.weight", 2048, "sdxl"),
    ("lora_te2_text_model_encoder_layers_0_mlp_fc1.lora_down.weight", 4, "sdxl"),
    ("transformer.single_transformer_blocks.0.attn.to_k.lora_A.weight", 4, "flux"),
    ("lora_unet_double_blocks_0_img_attn_proj.lora_down.weight", 4, "flux"),
    ("unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_k.lora_A.weight", 4, "")])
def test_add_ons_say_what_they_were_made_for(tmp_path: Path, name: str, width: int, family: str) -> None:
    found = recognised(weights(tmp_path / "m.safetensors", name, width=width))
    assert (found.engine, found.facts["family"]) == ("image.lora", family)


def test_strangers_are_left_to_others(tmp_path: Path) -> None:
    assert recognised(weights(tmp_path / "m.safetensors", "conv1.conv2d.weight")) is None
