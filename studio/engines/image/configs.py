"""The descriptions of a checkpoint's parts, worked out from the shapes of its tensors.

Names are those of CompVis' latent-diffusion and Stability's generative-models. What no shape tells (the noise
levels it learned with, the scale of its latents) is as those projects publish it for the family.
"""

from __future__ import annotations

import gzip
import json
from importlib import resources
from pathlib import Path
from typing import Any

from studio.core.diffusion import Family

KNOWN = ("sd1", "sdxl")
Shapes = dict[str, tuple[int, ...]]
_UNET, _VAE = "model.diffusion_model.", "first_stage_model."
_CLIP = {"sd1": "cond_stage_model.transformer.text_model.",
         "sdxl": "conditioner.embedders.0.transformer.text_model."}
_OPEN_CLIP = "conditioner.embedders.1.model."
_HEAD = 64
"""Channels of an attention head."""
_SD1_HEADS = 8
_NOISE = {"num_train_timesteps": 1000, "beta_start": 0.00085, "beta_end": 0.012,
          "beta_schedule": "scaled_linear", "steps_offset": 1}


def shapes(path: Path) -> Shapes:
    """Of all tensors in a safetensors file, from its header. Raises what safetensors raises."""
    from safetensors import safe_open

    with safe_open(path, framework="numpy") as file:
        return {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118


def family(found: Shapes) -> str:
    """Id of the family; "" where it is another."""
    if f"{_CLIP['sd1']}embeddings.token_embedding.weight" in found:
        return "sd1"
    if f"{_OPEN_CLIP}token_embedding.weight" in found:
        return "sdxl"
    return ""


def write(folder: Path, kind: Family, found: Shapes, prediction: str = "") -> None:
    """A folder as diffusers has them, without weights. Raises KeyError where the file lacks a part."""
    is_xl = kind.id == "sdxl"
    guess = "v_prediction" if "v_pred" in found else "epsilon"
    parts = {"unet": _unet(found, is_xl=is_xl), "vae": _vae(found, is_xl=is_xl),
             "text_encoder": _clip(found, _CLIP[kind.id]),
             "scheduler": _scheduler(prediction or guess, is_xl=is_xl, ends="ztsnr" in found)}
    index: dict[str, Any] = {"_class_name": kind.classes[0], "unet": ["diffusers", "UNet2DConditionModel"],
             "vae": ["diffusers", "AutoencoderKL"], "text_encoder": ["transformers", "CLIPTextModel"],
             "tokenizer": ["transformers", "CLIPTokenizer"],
             "scheduler": ["diffusers", parts["scheduler"]["_class_name"]]}
    if is_xl:
        parts["text_encoder_2"] = _open_clip(found)
        index |= {"text_encoder_2": ["transformers", "CLIPTextModelWithProjection"],
                  "tokenizer_2": ["transformers", "CLIPTokenizer"], "force_zeros_for_empty_prompt": True}
    for name, part in parts.items():
        _put(folder / name, "scheduler_config.json" if name == "scheduler" else "config.json", part)
    _put(folder, "model_index.json", index)
    put_tokenizer(folder / "tokenizer", "<|endoftext|>")
    if is_xl:
        put_tokenizer(folder / "tokenizer_2", "!")


def put_tokenizer(folder: Path, padding: str) -> None:
    """CLIP's, in the form transformers reads; ``padding`` is the token that fills up."""
    packed = resources.files("studio.engines.image").joinpath("clip", "merges.txt.gz").read_bytes()
    merges = gzip.decompress(packed).decode("utf-8").splitlines()
    letters = _letters()
    pieces = [*letters, *(f"{letter}</w>" for letter in letters),
              *(merge.replace(" ", "") for merge in merges), "<|startoftext|>", "<|endoftext|>"]
    _put(folder, "vocab.json", {piece: at for at, piece in enumerate(pieces)})
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n", encoding="utf-8")
    _put(folder, "tokenizer_config.json", {
        "tokenizer_class": "CLIPTokenizer", "model_max_length": 77, "bos_token": "<|startoftext|>",
        "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>", "pad_token": padding,
        "do_lower_case": True, "add_prefix_space": False, "errors": "replace"})


def _letters() -> list[str]:
    """A visible letter for each byte, in the order of GPT-2's and CLIP's vocabularies."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    return [*map(chr, shown), *(chr(256 + at) for at in range(256 - len(shown)))]


def _put(folder: Path, name: str, content: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(content), encoding="utf-8")


def _unet(found: Shapes, *, is_xl: bool) -> dict[str, Any]:
    widths, depths, layers = _levels(found)
    first = next(name for name in found if name.startswith(f"{_UNET}input_blocks.")
                 and name.endswith(".transformer_blocks.0.attn2.to_k.weight"))
    projection = f"{first.split('.transformer_blocks.')[0]}.proj_in.weight"
    down = ["CrossAttnDownBlock2D" if depth else "DownBlock2D" for depth in depths]
    up = ["CrossAttnUpBlock2D" if depth else "UpBlock2D" for depth in reversed(depths)]
    config: dict[str, Any] = {
        "_class_name": "UNet2DConditionModel", "sample_size": 128 if is_xl else 64,
        "in_channels": found[f"{_UNET}input_blocks.0.0.weight"][1],
        "out_channels": found[f"{_UNET}out.2.weight"][0],
        "block_out_channels": widths, "layers_per_block": layers, "down_block_types": down,
        "up_block_types": up, "cross_attention_dim": found[first][1],
        "use_linear_projection": len(found[projection]) == 2, "attention_head_dim": _SD1_HEADS}
    if is_xl:
        told, pooled = found[f"{_UNET}label_emb.0.0.weight"][1], found[f"{_OPEN_CLIP}text_projection"][1]
        config |= {"attention_head_dim": [max(1, width // _HEAD) for width in widths],
                   "transformer_layers_per_block": [max(1, depth) for depth in depths],
                   "addition_embed_type": "text_time", "projection_class_embeddings_input_dim": told,
                   "addition_time_embed_dim": (told - pooled) // 6}
    return config


def _levels(found: Shapes) -> tuple[list[int], list[int], int]:
    """Channels and depth of attention of each level on the way down, and the layers of a level."""
    widths, depths, counts = [0], [0], [0]
    at = 1
    while any(name.startswith(f"{_UNET}input_blocks.{at}.") for name in found):
        block = f"{_UNET}input_blocks.{at}."
        if f"{block}0.op.weight" in found:
            widths, depths, counts = [*widths, 0], [*depths, 0], [*counts, 0]
        else:
            widths[-1] = found[f"{block}0.out_layers.3.weight"][0]
            depths[-1] = _count(found, f"{block}1.transformer_blocks.", ".norm1.weight")
            counts[-1] += 1
        at += 1
    return widths, depths, counts[0]


def _vae(found: Shapes, *, is_xl: bool) -> dict[str, Any]:
    levels = _count(found, f"{_VAE}encoder.down.", ".block.0.conv1.weight")
    widths = [found[f"{_VAE}encoder.down.{level}.block.0.conv1.weight"][0] for level in range(levels)]
    return {"_class_name": "AutoencoderKL", "block_out_channels": widths, "in_channels": 3, "out_channels": 3,
            "latent_channels": found[f"{_VAE}decoder.conv_in.weight"][1],
            "layers_per_block": _count(found, f"{_VAE}encoder.down.0.block.", ".conv1.weight"),
            "down_block_types": ["DownEncoderBlock2D"] * levels,
            "up_block_types": ["UpDecoderBlock2D"] * levels,
            "sample_size": 1024 if is_xl else 512, "scaling_factor": 0.13025 if is_xl else 0.18215}


def _clip(found: Shapes, start: str) -> dict[str, Any]:
    words, width = found[f"{start}embeddings.token_embedding.weight"]
    return _text(words, width, _count(found, f"{start}encoder.layers.", ".layer_norm1.weight"),
                 found[f"{start}encoder.layers.0.mlp.fc1.weight"][0], "quick_gelu", width, "CLIPTextModel")


def _open_clip(found: Shapes) -> dict[str, Any]:
    words, width = found[f"{_OPEN_CLIP}token_embedding.weight"]
    blocks = f"{_OPEN_CLIP}transformer.resblocks."
    return _text(words, width, _count(found, blocks, ".ln_1.weight"), found[f"{blocks}0.mlp.c_fc.weight"][0],
                 "gelu", found[f"{_OPEN_CLIP}text_projection"][1], "CLIPTextModelWithProjection")


def _text(words: int, width: int, layers: int, inner: int, act: str, out: int, name: str) -> dict[str, Any]:
    return {"architectures": [name], "model_type": "clip_text_model", "vocab_size": words,
            "hidden_size": width, "num_hidden_layers": layers, "intermediate_size": inner, "hidden_act": act,
            "num_attention_heads": max(1, width // _HEAD), "max_position_embeddings": 77,
            "projection_dim": out,
            "bos_token_id": 0, "eos_token_id": 2, "pad_token_id": 1, "layer_norm_eps": 1e-5}


def _scheduler(prediction: str, *, is_xl: bool, ends: bool) -> dict[str, Any]:
    """``ends``: it learned to begin at noise alone (Lin et al. 2024)."""
    told = {**_NOISE, "prediction_type": prediction}
    if is_xl:
        return told | {"_class_name": "EulerDiscreteScheduler", "timestep_spacing": "leading",
                       "rescale_betas_zero_snr": ends}
    return told | {"_class_name": "PNDMScheduler", "skip_prk_steps": True, "set_alpha_to_one": False}


def _count(found: Shapes, start: str, end: str) -> int:
    at = 0
    while f"{start}{at}{end}" in found:
        at += 1
    return at
