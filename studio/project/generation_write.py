"""Pictures made from words, told to other programs in their way (`studio.media.generation`).

The settings are those of the Image panel, by name; nothing else of it is known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PureWindowsPath
from typing import Any

from studio import __version__
from studio.core.foreign_emphasis import to_others
from studio.core.provenance import Recipe
from studio.core.wildcards import drawn
from studio.media.generation import Generation

TASK = "image"
_SAMPLERS = {"default": ("Default", ""), "ddim": ("DDIM", ""), "euler": ("Euler", ""),
             "euler-ancestral": ("Euler a", ""), "dpm++-2m": ("DPM++ 2M", ""),
             "dpm++-2m-karras": ("DPM++ 2M", "Karras"), "unipc": ("UniPC", ""), "lcm": ("LCM", "")}
"""Our schedulers to what others call the sampler and its schedule."""


def text_of(recipe: Recipe, facts: Mapping[str, Any]) -> str:
    """What other programs may read of the output with these ``facts``; "" for what is not made from words."""
    params = recipe.request.params
    if recipe.request.task != TASK or params.get("do", "paint") != "paint":
        return ""
    prompt = to_others(str(facts.get("prompt") or params.get("prompt", ""))) + _tags(params)
    negative = to_others(drawn(str(params.get("negative", "")), recipe.seed, "negative"))
    settings = {name: value for name, value in _settings(recipe, facts).items() if value}
    return Generation(prompt, negative, settings).to_text()


def _settings(recipe: Recipe, facts: Mapping[str, Any]) -> dict[str, str]:
    params = recipe.request.params

    def known(name: str) -> Any:
        return facts.get(name, params.get(name))

    sampler, schedule = _SAMPLERS.get(name := str(known("scheduler") or "default"), (name.capitalize(), ""))
    size = f"{facts['width']}x{facts['height']}" if {"width", "height"} <= {*facts} else ""
    model, digest = _model(recipe)
    made = {"Steps": _told(known("steps") or 1), "Sampler": sampler, "Schedule type": schedule,
            "CFG scale": _told(known("guidance")), "Seed": str(recipe.seed), "Size": size,
            "Model hash": digest, "Model": model}
    if any(item.role == "picture" for item in recipe.request.inputs):
        made["Denoising strength"] = _told(params.get("strength"))
    if params.get("variation"):
        made |= {"Variation seed": _told(params.get("variation_seed", 0)),
                 "Variation seed strength": _told(params["variation"])}
    made |= {"Tiling": "True"} if params.get("seamless") else {}
    return made | _sheet(params) | {"Version": f"Atelier {__version__}"}


def _sheet(params: Mapping[str, Any]) -> dict[str, str]:
    """As the other interface tells the table that a picture is."""
    lines = {letter: str(params.get(f"sheet_{letter.lower()}", "")).partition("=") for letter in "XY"}
    axes = {f"{letter} {what}": value for letter, (name, _, values) in lines.items() if name
            for what, value in (("Type", name.strip()), ("Values", values))}
    return {"Script": "X/Y/Z plot", **axes} if axes else {}


def _model(recipe: Recipe) -> tuple[str, str]:
    """Its name, and what others call its hash: ten digits of the SHA-256 of a model of one file."""
    wanted = str(recipe.request.params.get("model", ""))
    found = next((ref for ref in recipe.models if ref.id == wanted), None)
    files = list(found.files.items()) if found else []
    is_one = len(files) == 1 and files[0][0].endswith((".safetensors", ".ckpt"))
    return _bare(wanted), files[0][1][:10] if is_one else ""


def _tags(params: Mapping[str, Any]) -> str:
    parts = (part.strip() for part in str(params.get("add_ons", "")).split(","))
    pairs = [part.rpartition(":") for part in parts if part]
    return "".join(f" <lora:{_bare(name or last)}:{last if name else 1}>" for name, _, last in pairs)


def _bare(name: str) -> str:
    """A model's name, where it is a path without its folders and its ending."""
    path = PureWindowsPath(name)
    return path.stem if path.suffix in (".safetensors", ".ckpt", ".onnx") else path.name


def _told(value: object) -> str:
    return f"{value:.10g}" if isinstance(value, int | float) and not isinstance(value, bool) else ""
