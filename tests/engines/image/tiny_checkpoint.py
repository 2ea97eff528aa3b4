"""Checkpoints of one file as CompVis and Stability name their tensors, written from a folder of diffusers."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from studio.core.engine import ModelSource

Tensors = dict[str, torch.Tensor]
_RESNET = {"norm1": "in_layers.0", "conv1": "in_layers.2", "norm2": "out_layers.0", "conv2": "out_layers.3",
           "time_emb_proj": "emb_layers.1", "conv_shortcut": "skip_connection"}
_TOP = {"time_embedding.linear_1": "time_embed.0", "time_embedding.linear_2": "time_embed.2",
        "add_embedding.linear_1": "label_emb.0.0", "add_embedding.linear_2": "label_emb.0.2",
        "conv_in": "input_blocks.0.0", "conv_norm_out": "out.0", "conv_out": "out.2"}
_OPEN_CLIP = {"text_model.encoder.layers.": "transformer.resblocks.", "layer_norm1": "ln_1",
              "layer_norm2": "ln_2", "mlp.fc1": "mlp.c_fc", "mlp.fc2": "mlp.c_proj",
              "self_attn.out_proj": "attn.out_proj",
              "text_model.embeddings.token_embedding.weight": "token_embedding.weight",
              "text_model.embeddings.position_embedding.weight": "positional_embedding",
              "text_model.final_layer_norm": "ln_final"}
_VAE_ATTENTION = {"group_norm": "norm", "to_q": "q", "to_k": "k", "to_v": "v", "to_out.0": "proj_out"}


def checkpoint(folder: Path, to: Path, *, layers: int = 1, **more: torch.Tensor) -> Path:
    """The model in ``folder`` (SD 1 or XL) as one file; ``layers`` are those of a level of its U-Net."""
    unet = _unet(_read(folder, "unet"), layers)
    made = {f"model.diffusion_model.{name}": part for name, part in unet.items()}
    made |= {f"first_stage_model.{name}": part for name, part in _vae(_read(folder, "vae")).items()}
    is_xl = (folder / "text_encoder_2").is_dir()
    start = "conditioner.embedders.0.transformer." if is_xl else "cond_stage_model.transformer."
    for name, part in _read(folder, "text_encoder").items():
        made[start + (name if name.startswith("text_model.") else f"text_model.{name}")] = part
    if is_xl:
        made |= {f"conditioner.embedders.1.model.{name}": part
                 for name, part in _open_clip(_read(folder, "text_encoder_2")).items()}
    save_file({name: part.contiguous() for name, part in (made | more).items()}, to)
    return to


def copy(to: Path) -> Path:
    """A tiny Stable Diffusion 1 in one file; with so few words it loads, and paints nothing sensible."""
    from tests.engines.image import tiny_diffusion

    with tempfile.TemporaryDirectory() as place:
        return checkpoint(tiny_diffusion.model(Path(place) / "sd1", "sd1"), to)


def add_on(to: Path) -> ModelSource:
    """A LoRA for the first attention of a U-Net."""
    name = "unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_k"
    save_file({f"{name}.lora_A.weight": torch.zeros(2, 64), f"{name}.lora_B.weight": torch.zeros(64, 2)}, to)
    return ModelSource(to.name, "image.lora", to, {to.name: "0" * 64})


def source(path: Path, **facts: Any) -> ModelSource:
    """As the library would name it."""
    return ModelSource(path.name, "image.checkpoint", path, {path.name: "0" * 64}, facts)


def _read(folder: Path, part: str) -> Tensors:
    return load_file(next((folder / part).glob("*.safetensors")))


def _renamed(name: str, names: Mapping[str, str]) -> str:
    for new, old in names.items():
        name = name.replace(new, old)
    return name


def _unet(parts: Tensors, layers: int) -> Tensors:
    made: Tensors = {}
    step = layers + 1
    attended = {name.split(".")[1] for name in parts if re.match(r"up_blocks\.\d+\.attentions", name)}
    for name, part in parts.items():
        found = re.match(r"(down|up)_blocks\.(\d+)\.(\w+)\.(\d+)\.(.*)", name)
        if found:
            way, level, kind, at, rest = found[1], int(found[2]), found[3], int(found[4]), found[5]
            block = step * level + at + 1 if way == "down" else step * level + at
            side = "input_blocks" if way == "down" else "output_blocks"
            if kind == "resnets":
                made[f"{side}.{block}.0.{_renamed(rest, _RESNET)}"] = part
            elif kind == "attentions":
                made[f"{side}.{block}.1.{rest}"] = part
            elif kind == "downsamplers":
                made[f"input_blocks.{step * (level + 1)}.0.{rest.replace('conv', 'op')}"] = part
            else:
                place = 2 if found[2] in attended else 1
                made[f"output_blocks.{step * level + layers}.{place}.{rest}"] = part
        elif found := re.match(r"mid_block\.(resnets|attentions)\.(\d+)\.(.*)", name):
            is_resnet, at = found[1] == "resnets", int(found[2])
            place = 2 * at if is_resnet else 1
            made[f"middle_block.{place}.{_renamed(found[3], _RESNET) if is_resnet else found[3]}"] = part
        else:
            made[_renamed(name, _TOP)] = part
    return made


def _vae(parts: Tensors) -> Tensors:
    levels = 1 + max(int(name.split(".")[2]) for name in parts if "_blocks." in name)
    made: Tensors = {}
    for name, part in parts.items():
        new = name.replace("conv_shortcut", "nin_shortcut").replace("conv_norm_out", "norm_out")
        new = re.sub(r"down_blocks\.(\d+)\.resnets", r"down.\1.block", new)
        new = re.sub(r"down_blocks\.(\d+)\.downsamplers\.0", r"down.\1.downsample", new)
        new = re.sub(r"up_blocks\.(\d+)\.", lambda found: f"up.{levels - 1 - int(found[1])}.", new)
        new = re.sub(r"(up\.\d+)\.resnets", r"\1.block", new).replace("upsamplers.0", "upsample")
        new = re.sub(r"mid_block\.resnets\.(\d)", lambda found: f"mid.block_{int(found[1]) + 1}", new)
        if "mid_block.attentions.0." in new:
            new = _renamed(new.replace("mid_block.attentions.0.", "mid.attn_1."), _VAE_ATTENTION)
            part = part[:, :, None, None] if part.ndim == 2 else part
        made[new] = part
    return made


def _open_clip(parts: Tensors) -> Tensors:
    parts = dict(parts)
    made = {"text_projection": parts.pop("text_projection.weight").T}
    for name, part in parts.items():
        if found := re.match(r"(.*)self_attn\.q_proj\.(weight|bias)", name):
            whole = torch.cat([parts[f"{found[1]}self_attn.{kind}_proj.{found[2]}"] for kind in "qkv"])
            made[f"{_renamed(found[1], _OPEN_CLIP)}attn.in_proj_{found[2]}"] = whole
        elif not re.search(r"self_attn\.[kv]_proj", name):
            made[_renamed(name, _OPEN_CLIP)] = part
    return made
