"""Tells checkpoints of image generators, their add-ons (LoRA) and decoders by names and shapes of tensors."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Any

from studio.core.diffusion import FAMILIES
from studio.core.errors import StudioError
from studio.library import vaes
from studio.library.diffusion_folders import memory
from studio.library.networks import Network
from studio.library.tensors import SIZES, Tensors

_UNET, _VAE = "model.diffusion_model.", "first_stage_model."
_TEXT = {"sd1": ("cond_stage_model.transformer.text_model.",),
         "sdxl": ("conditioner.embedders.0.transformer.text_model.", "conditioner.embedders.1.model.")}
_OTHERS = (("Stable Diffusion 2", ("cond_stage_model.model.transformer.",)),
           ("Stable Diffusion XL Refiner", ("conditioner.embedders.0.model.transformer.",)),
           ("Flux", ("double_blocks.0.img_attn.", "model.diffusion_model.double_blocks.0.img_attn.")),
           ("Stable Diffusion 3", ("joint_blocks.0.", "model.diffusion_model.joint_blocks.0.")))
_LORA = re.compile(r"lora[_.](up|down|A|B)\b|lora_unet_|lora_te|\.lora\.(up|down)\.")
_READS = re.compile(r"attn2[._]to_k[._](.*[._])?(lora[_.]down|lora_A)")
_WRITES = re.compile(r"^(base_model\.model\.)?(model\.(decoder\.)?layers|transformer\.h|gpt_neox)\.")
_OTHER_ADD_ONS = ("hada_w1_a", "lokr_w1", "oft_blocks", "glora")
_WIDTHS = {768: "sd1", 1024: "sd2", 2048: "sdxl"}
"""Of the text a U-Net reads."""
_INPAINTING = 9


def recognise(tensors: Tensors) -> Network | None:
    """The generator or add-on ``tensors`` belong to; None where they are something else.

    Raises StudioError: what it is, or what is missing, where it cannot be used.
    """
    if any(mark in name for name in tensors for mark in _OTHER_ADD_ONS):
        raise StudioError("This add-on for an image generator is of a kind that is not read here (LyCORIS).",
                          "Look for it as a LoRA.")
    if any(_LORA.search(name) for name in tensors):
        if any(_WRITES.search(name) for name in tensors):
            raise StudioError("This is {what}, not the model itself.", "Bring in the model.",
                              what="an add-on (LoRA) for a language model")
        return _lora(tensors)
    for title, marks in _OTHERS:
        if any(name.startswith(marks) for name in tensors):
            raise StudioError("This is {what} in one file, which is not read here.",
                              "Look for it as a folder with model_index.json.", what=title)
    if any(name.startswith(_UNET) for name in tensors):
        return _checkpoint(tensors)
    return vaes.recognise(tensors)


def _checkpoint(tensors: Tensors) -> Network:
    family = next((family for family, starts in _TEXT.items()
                   if any(name.startswith(starts[-1]) for name in tensors)), "")
    for part, starts in (("text encoder", _TEXT.get(family, ("?",))), ("VAE", (_VAE,))):
        if any(not any(name.startswith(start) for name in tensors) for start in starts):
            raise StudioError("A part of this model is missing: its {part}.",
                              "Look for the whole checkpoint.", part=part)
    return Network("image.checkpoint", FAMILIES[family].title, _facts(tensors, family))


def _facts(tensors: Tensors, family: str) -> dict[str, Any]:
    """As those of a folder; copies kept for training ("model_ema.") are not loaded."""
    used = {name: tensor for name, tensor in tensors.items()
            if name.startswith((_UNET, _VAE, *_TEXT[family]))}
    counts, kinds = Counter[str](), Counter[str]()
    for name, tensor in used.items():
        counts[name.split(".")[0]] += math.prod(tensor.shape)
        kinds[tensor.dtype] += max(1, tensor.bytes)
    first = tensors.get(f"{_UNET}input_blocks.0.0.weight")
    parameters = sum(counts.values())
    return {"family": family, "components": "text_encoder, unet, vae" if family == "sd1" else
            "text_encoder, text_encoder_2, unet, vae", "parameters": parameters,
            "largest": max(counts.values()), "quantisation": max(kinds, key=lambda name: kinds[name]),
            "memory": memory(parameters, SIZES["float32"]),
            "memory_half": memory(parameters, SIZES["float16"]),
            "inpaints": first is not None and first.shape[1:2] == (_INPAINTING,),
            "prediction": "v_prediction" if "v_pred" in tensors else ""}


def _lora(tensors: Tensors) -> Network:
    family = _made_for(tensors)
    title = f"Add-on for {FAMILIES[family].title} (LoRA)" if family else "Add-on (LoRA)"
    return Network("image.lora", title, {
        "family": family, "parameters": sum(math.prod(tensor.shape) for tensor in tensors.values())})


def _made_for(tensors: Tensors) -> str:
    """Id of the family; "" where the names do not tell."""
    if any("single_transformer_blocks" in name or "double_blocks" in name for name in tensors):
        return "flux"
    if any("joint_blocks" in name for name in tensors):
        return "sd3"
    if any(name.startswith(("lora_te2_", "text_encoder_2.")) for name in tensors):
        return "sdxl"
    widths = {tensor.shape[1] for name, tensor in tensors.items()
              if len(tensor.shape) > 1 and _READS.search(name)}
    return _WIDTHS.get(widths.pop(), "") if len(widths) == 1 else ""
