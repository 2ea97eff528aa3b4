"""Tells from the names and shapes of tensors which network they are the weights of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from studio.core.errors import StudioError
from studio.library import upscalers
from studio.library.tensors import Tensors

_VGG19 = (0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34)
"""Places of the convolutions in torchvision's vgg19().features."""
_CONVOLUTIONS = ("conv1", "conv2", "conv3", *(f"res{i}.conv{j}" for i in range(1, 6) for j in (1, 2)),
                 "deconv1", "deconv2", "deconv3")
_NORMS = ("in1", "in2", "in3", *(f"res{i}.in{j}" for i in range(1, 6) for j in (1, 2)), "in4", "in5")
_STATISTICS = (".running_mean", ".running_var", ".num_batches_tracked")
"""Kept by torch before 0.4, never used by an instance normalisation."""
_OTHERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("image generator", ("model.diffusion_model.", "time_embedding.linear_1.weight", "double_blocks.0.",
                         "transformer_blocks.0.attn", "down_blocks.0.")),
    ("style add-on for an image generator (LoRA)", ("lora_",)),
    ("part of an image generator", ("first_stage_model.", "decoder.conv_in.", "text_model.",
                                    "cond_stage_model.")),
    ("language model", ("model.embed_tokens.", "transformer.wte.", "transformer.h.0.", "wte.weight",
                        "model.layers.0.self_attn", "blocks.0.att.", "bert.")),
    ("upscaler", ("upsample.0.", "sft.weight", "conv_last.", "upconv1.", "conv_hr.", "model.1.sub.0.",
                  "layers.0.residual_group.", "to_img.0.", "tail.0.0.", "upsampler.")),
    ("music or sound model", ("encodec", "quantizer.", "compression_model", "lm.transformer", "vocoder.")),
    ("picture classifier", ("fc.weight", "classifier.weight", "classifier.1.weight", "head.weight")),
)
_LOOK_FOR = {
    "image generator": "Stable Diffusion 1 and XL are read as one safetensors file, others as a folder with "
                       "model_index.json.",
    "part of an image generator": "Bring in the whole model.",
    "style add-on for an image generator (LoRA)": "Look for one in safetensors.",
    "language model": "Look for its GGUF file, or its folder with config.json.",
    "music or sound model": "Music takes MusicGen's folder with config.json."}


@dataclass(frozen=True, slots=True)
class Network:
    """A network Atelier can use."""

    engine: str
    """Id of the engine that loads it."""
    title: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def recognise(tensors: Tensors) -> Network:
    """The network ``tensors`` belong to. Raises StudioError: what else it is, or that it is unknown."""
    names = _without_prefix(tensors)
    if "conv1.conv2d.weight" in names:
        return _fast(names)
    if "features.0.weight" in names and names["features.0.weight"].shape == (64, 3, 3, 3):
        return _vgg(names)
    if architecture := upscalers.architecture(names):
        return Network("upscale.torch", "Upscaler (PyTorch)", {"architecture": architecture})
    for what, marks in _OTHERS:
        if any(mark in name for name in names for mark in marks):
            raise declined(what)
    if not tensors:
        raise StudioError("This file holds no weights.", "Choose another file.")
    raise StudioError("This is a network of a kind Atelier does not know.",
                      "Style takes fast-neural-style networks and VGG-19, Upscale the usual upscalers; "
                      "both take ONNX networks.",
                      details=", ".join(list(names)[:20]))


def declined(what: str) -> StudioError:
    """For a good file that nothing here uses yet."""
    if what == "upscaler":
        return StudioError("This is an upscaler of a kind that is not known here.",
                           "Ask for it as an ONNX file.")
    if hint := _LOOK_FOR.get(what):
        return StudioError("This is {what}, in a form that is not read here.", hint,
                           what=f"{'an' if what[0] in 'aeiou' else 'a'} {what}")
    return StudioError("This is a {what}; Atelier has no use for it.", what=what)


def _without_prefix(tensors: Tensors) -> Tensors:
    """Networks trained on several cards call everything "module.", those trained as a pair "netG."."""
    for prefix in ("module.", "netG."):
        if tensors and all(name.startswith(prefix) for name in tensors):
            tensors = {name.removeprefix(prefix): tensor for name, tensor in tensors.items()}
    return tensors


def _fast(names: Tensors) -> Network:
    """A transformer network of Johnson et al. 2016 as pytorch/examples writes it, of any width."""
    scale = ("scale", "shift") if "in1.scale" in names else ("weight", "bias")
    wanted = {f"{name}.conv2d.{part}" for name in _CONVOLUTIONS for part in ("weight", "bias")}
    wanted |= {f"{name}.{part}" for name in _NORMS for part in scale}
    if missing := sorted(wanted - set(names)):
        raise StudioError("This fast style network is incomplete: {name} is missing, and {count} in all.",
                          "Ask for it again from where it came.", name=missing[0], count=len(missing))
    dropped = [name for name in names if name.endswith(_STATISTICS)]
    if strange := sorted(set(names) - wanted - set(dropped)):
        raise StudioError("This is a fast style network with a part that does not belong: {name}.",
                          name=strange[0])
    _check_fast(names)
    width = names["conv1.conv2d.weight"].shape[0]
    facts = {"width": width, "multiple": 4, "scale": 255, "norm": scale[0], "dropped": len(dropped)}
    return Network("style.fast", "Fast style network", facts)


def _check_fast(names: Tensors) -> None:
    """Three colours in, three out, and each layer fits the one before."""
    channels = 3
    for layer in _CONVOLUTIONS:
        shape = names[f"{layer}.conv2d.weight"].shape
        if len(shape) != 4 or shape[1] != channels or names[f"{layer}.conv2d.bias"].shape != shape[:1]:
            raise StudioError("This fast style network does not fit together: {name} has the shape {shape}.",
                              "Ask for it again from where it came.", name=layer, shape=_sides(shape))
        channels = shape[0]
    if channels != 3:
        raise StudioError("This network gives {count} channels, not the three of a picture.", count=channels)


def _vgg(names: Tensors) -> Network:
    found = [i for i in range(60) if len(getattr(names.get(f"features.{i}.weight"), "shape", ())) == 4]
    if tuple(found) != _VGG19 or names["features.34.weight"].shape != (512, 512, 3, 3):
        raise StudioError("This is a VGG network with {count} convolutions; Fine takes VGG-19, which has 16.",
                          "Download VGG-19, or use the trunk in the box.", count=len(found))
    return Network("style.vgg", "VGG-19", {"convolutions": len(found), "scale": 1})


def _sides(shape: tuple[int, ...]) -> str:
    return " x ".join(map(str, shape))
