"""Reads VAEs from safetensors; see `studio.engines.image.decoders`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from studio.core.errors import StudioError

_PREFIXES = ("first_stage_model.", "vae.")
_KINDS = ("AutoencoderKL", "AutoencoderTiny")


def folder(path: Path) -> Any:
    """As diffusers keeps it: config.json and safetensors. Raises anything for a damaged one."""
    import diffusers

    kind = json.loads((path / "config.json").read_text(encoding="utf-8")).get("_class_name")
    if kind not in _KINDS:
        raise StudioError("This decoder is of a kind that is not known here ({kind}).",
                          "Choose another.", kind=str(kind))
    return getattr(diffusers, kind).from_pretrained(str(path), local_files_only=True, use_safetensors=True)


def file(path: Path, own: Any) -> Any:
    """A single file, for the model whose decoder is ``own``. Raises anything for a damaged one."""
    from safetensors.torch import load_file

    tensors = load_file(path)
    for prefix in _PREFIXES:
        if f"{prefix}decoder.conv_in.weight" in tensors:
            tensors = {name.removeprefix(prefix): part for name, part in tensors.items()
                       if name.startswith(prefix)}
    return _tiny(tensors) if "decoder.layers.0.weight" in tensors else _full(tensors, own)


def _full(tensors: dict[str, Any], own: Any) -> Any:
    import diffusers
    from diffusers.loaders.single_file_utils import convert_ldm_vae_checkpoint

    is_theirs = "decoder.up_blocks.0.resnets.0.conv1.weight" in tensors
    level = "encoder.down_blocks.{}.resnets.{}" if is_theirs else "encoder.down.{}.block.{}"
    widths, layers = list[int](), 0
    while (name := f"{level.format(len(widths), 0)}.conv1.weight") in tensors:
        widths.append(int(tensors[name].shape[0]))
    while f"{level.format(0, layers)}.conv1.weight" in tensors:
        layers += 1
    config = {
        "in_channels": 3, "out_channels": 3, "block_out_channels": widths, "layers_per_block": layers,
        "latent_channels": int(tensors["decoder.conv_in.weight"].shape[1]),
        "down_block_types": ["DownEncoderBlock2D"] * len(widths),
        "up_block_types": ["UpDecoderBlock2D"] * len(widths),
        "use_quant_conv": "quant_conv.weight" in tensors,
        "use_post_quant_conv": "post_quant_conv.weight" in tensors,
        "scaling_factor": own.config.scaling_factor,
        "shift_factor": getattr(own.config, "shift_factor", None),
        "force_upcast": bool(getattr(own.config, "force_upcast", False))}
    vae = diffusers.AutoencoderKL.from_config(config)
    vae.load_state_dict(tensors if is_theirs else convert_ldm_vae_checkpoint(tensors, config))
    return vae


def _tiny(tensors: dict[str, Any]) -> Any:
    import diffusers

    coder, decoder = _blocks(tensors, "encoder"), _blocks(tensors, "decoder")
    width, channels = tensors["decoder.layers.0.weight"].shape[:2]
    vae = diffusers.AutoencoderTiny(
        encoder_block_out_channels=(int(width),) * len(coder[:-1]), num_encoder_blocks=tuple(coder[:-1]),
        decoder_block_out_channels=(int(width),) * len(decoder[:-1]), num_decoder_blocks=tuple(decoder[:-1]),
        latent_channels=int(channels))
    vae.load_state_dict(tensors)
    return vae


def _blocks(tensors: dict[str, Any], side: str) -> list[int]:
    """How many residual blocks follow each of its convolutions."""
    places: dict[int, bool] = {}
    for name in tensors:
        if found := re.match(rf"{side}\.layers\.(\d+)\.(weight|conv\.0\.weight)$", name):
            places[int(found[1])] = found[2] == "weight"
    counts: list[int] = []
    for _, is_convolution in sorted(places.items()):
        if is_convolution:
            counts.append(0)
        else:
            counts[-1] += 1
    return counts
