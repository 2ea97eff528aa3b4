"""A painting as the call of a pipeline of diffusers."""

from __future__ import annotations

import inspect
from typing import Any, Literal

import numpy as np
import torch
from PIL import Image

from studio.core.diffusion import Family
from studio.core.painting import Painting
from studio.engines.image.words import prompts

Mode = Literal["text", "image", "mask"]
_MODES: tuple[Mode, ...] = ("text", "image", "mask")
"""In the order of `Family.classes`."""
_NONE = 1e-6
"""Added, so that rounding never makes no step of one."""


def mode(painting: Painting, *, fills_only: bool) -> Mode:
    """What it asks for. A model made for inpainting does everything as that."""
    if fills_only or (painting.mask is not None and painting.image is not None):
        return "mask"
    return "text" if painting.image is None else "image"


def arguments(pipe: Any, painting: Painting, family: Family, kind: Mode) -> dict[str, Any]:
    """For ``pipe(**arguments)``; the pixels come as floats (1, height, width, 3), 0 to 1."""
    known = inspect.signature(pipe.__call__).parameters
    size = {"width": painting.width, "height": painting.height}
    told: dict[str, Any] = {
        "num_inference_steps": painting.steps, "guidance_scale": painting.guidance, "output_type": "np",
        "generator": torch.Generator("cpu").manual_seed(painting.seed % 2**63),
        **{name: side for name, side in size.items() if name in known}, **prompts(pipe, painting, family)}
    if kind != "text":
        told |= {"image": Image.fromarray(_image(painting)), "strength": _strength(painting)}
    if kind == "mask":
        told["mask_image"] = Image.fromarray(_mask(painting))
    return told


def pipeline(pipe: Any, family: Family, kind: Mode) -> Any:
    """The family's pipeline for ``kind`` with the parts of ``pipe``.

    The AutoPipelines of diffusers would find it too, but import all others for that, which takes seconds.
    """
    import diffusers

    maker = getattr(diffusers, family.classes[_MODES.index(kind)])
    wanted = inspect.signature(maker.__init__).parameters
    told = {name: part for name, part in pipe.components.items() if name in wanted}
    told |= {name: pipe.config[name] for name in wanted if name in pipe.config and name not in told}
    made = maker(**told)
    made.set_progress_bar_config(disable=True)
    return made


def decoded(pipe: Any, latents: torch.Tensor) -> Any:
    """(height, width, 3), 0 to 1, of ``latents`` (1, channels, h, w): what most pipelines do at their end."""
    config = pipe.vae.config
    plain = latents / config.scaling_factor + (getattr(config, "shift_factor", None) or 0.0)
    made = pipe.vae.decode(plain.to(pipe.vae.dtype), return_dict=False)[0]
    return pipe.image_processor.postprocess(made, output_type="np")[0]


def _image(painting: Painting) -> Any:
    if painting.image is not None:
        return np.ascontiguousarray(painting.image)
    return np.full((painting.height, painting.width, 3), 127, np.uint8)


def _mask(painting: Painting) -> Any:
    """Black and white; everything where there is none."""
    if painting.mask is None:
        return np.full((painting.height, painting.width), 255, np.uint8)
    return np.where(painting.mask >= 128, 255, 0).astype(np.uint8)


def _strength(painting: Painting) -> float:
    """At least one step; without a picture to start from, all."""
    if painting.image is None:
        return 1.0
    return min(1.0, max(painting.strength, (1 + _NONE) / painting.steps))
