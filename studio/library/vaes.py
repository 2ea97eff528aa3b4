"""Tells decoders of image generators (VAEs), full and tiny, by their tensors, alone in a file or a folder."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.library import headers
from studio.library.diffusion_folders import weights_of
from studio.library.networks import Network
from studio.library.tensors import Tensors, damaged, parameters, precision

_CONFIG = "config.json"
_KINDS = ("AutoencoderKL", "AutoencoderTiny")
_PREFIXES = ("", "first_stage_model.", "vae.")
_FULL = ("encoder.conv_in.weight", "decoder.conv_in.weight", "decoder.conv_out.weight")
_TINY = ("encoder.layers.0.weight", "decoder.layers.0.weight")
_OTHERS = ("quantize.embedding.weight", "encoder.quant_conv.weight")
_MODELS = {4: "Stable Diffusion 1, 2 and XL", 16: "Stable Diffusion 3, Flux and Lumina 2"}
"""By channels of the latents: sizes that fit in, though colours may still be another model's."""


def is_decoder(config: Mapping[str, Any]) -> bool:
    """Whether config.json is that of a VAE of diffusers."""
    return config.get("_class_name") in _KINDS


def read(folder: Path) -> Network:
    """The decoder in ``folder``. Raises StudioError."""
    tensors = {name: tensor for file in weights_of(folder, "")
               for name, tensor in headers.read(folder / file).items()}
    if (found := recognise(tensors)) is None:
        raise damaged(f"{len(tensors)} tensors of no VAE")
    return Network(found.engine, found.title, {**found.facts, "container": "folder"})


def files_of(folder: Path) -> tuple[str, ...]:
    """Names of its files. Raises StudioError."""
    return _CONFIG, *weights_of(folder, "")


def recognise(tensors: Tensors) -> Network | None:
    """The decoder ``tensors`` are, None where they are something else."""
    if any(name.endswith(_OTHERS) for name in tensors):
        return None
    for prefix in _PREFIXES:
        for wanted, is_tiny in ((_FULL, False), (_TINY, True)):
            if all(f"{prefix}{name}" in tensors for name in wanted):
                shape = tensors[f"{prefix}{wanted[1]}"].shape
                return _network(tensors, shape, is_tiny=is_tiny) if len(shape) == 4 else None
    return None


def _network(tensors: Tensors, shape: tuple[int, ...], *, is_tiny: bool) -> Network:
    title = "Tiny decoder, for previews too (VAE)" if is_tiny else "Decoder of an image generator (VAE)"
    count = parameters(tensors)
    facts = {"tiny": is_tiny, "latents": shape[1], "parameters": count, "quantisation": precision(tensors),
             "largest": max(math.prod(tensor.shape) for tensor in tensors.values())}
    return Network("image.vae", title, facts | ({"fits": _MODELS[shape[1]]} if shape[1] in _MODELS else {}))
