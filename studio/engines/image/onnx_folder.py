"""Loads Stable Diffusion from a folder of ONNX graphs (unet/model.onnx etc.): onnxruntime does the work.

The pipelines and schedulers are those of all other models; see `studio.engines.image.onnx_parts`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.diffusion import FAMILIES, Family
from studio.core.engine import ModelSource
from studio.core.errors import StudioError
from studio.engines import devices

if TYPE_CHECKING:
    from studio.engines.image.painter import Painter

_GRAPH = "model.onnx"
_UNET = {"in_channels": 4, "out_channels": 4, "sample_size": 64, "time_cond_proj_dim": None}
_VAE = {"latent_channels": 4, "block_out_channels": (128, 256, 512, 512), "force_upcast": False}
_SCALES = {"sdxl": 0.13025}
_INPAINTING = 9


def load(source: ModelSource, device: devices.Device) -> Painter:
    """The model of ``source``. Raises StudioError: damaged, a part missing, too big for the memory."""
    from studio.engines import offline

    with offline.damage_in_words(source):
        offline.prepare()
        import torch

        from studio.engines.image import plan
        from studio.engines.image.painter import Painter
        from studio.engines.torch_run import memory_in_words

        index = json.loads((source.path / "model_index.json").read_text(encoding="utf-8"))
        family = FAMILIES[str(source.facts.get("family") or ("sdxl" if "XL" in str(index.get("_class_name"))
                                                             else "sd1"))]
        size = sum(file.stat().st_size for file in source.path.rglob("*") if file.is_file())
        with offline.quiet(), memory_in_words():
            pipe = _pipeline(source.path, family, index, device)
        return Painter(source, pipe, family, plan.Plan("cpu", torch.float32, 2 * size))


def _pipeline(folder: Path, family: Family, index: dict[str, Any], device: devices.Device) -> Any:
    import diffusers
    import transformers

    from studio.engines.image.onnx_parts import OnnxText, OnnxUnet, OnnxVae

    def graph(part: str) -> Any:
        from studio.engines.onnx_graph import OnnxGraph

        return OnnxGraph(folder / part / _GRAPH, device, is_reused=part == "unet")

    has_encoder = (folder / "vae_encoder" / _GRAPH).is_file()
    scale = {"scaling_factor": _SCALES.get(family.id, 0.18215)}
    unet = OnnxUnet(graph("unet"), _UNET | _config(folder / "unet"))
    vae = OnnxVae(graph("vae_decoder"), graph("vae_encoder") if has_encoder else None,
                  _VAE | scale | _config(folder / "vae_encoder") | _config(folder / "vae_decoder"))
    parts: dict[str, Any] = {"unet": unet, "vae": vae, "scheduler": _scheduler(folder, family, index)}
    for end in ("", "_2") if family.id == "sdxl" else ("",):
        config = {"projection_dim": 1280} | _config(folder / f"text_encoder{end}")
        parts[f"text_encoder{end}"] = OnnxText(graph(f"text_encoder{end}"), config)
        parts[f"tokenizer{end}"] = transformers.CLIPTokenizer.from_pretrained(
            str(folder / f"tokenizer{end}"), local_files_only=True)
    if family.id != "sdxl":
        parts |= {"safety_checker": None, "feature_extractor": None, "requires_safety_checker": False}
    kind = family.classes[2 if unet.config["in_channels"] == _INPAINTING else 0]
    return getattr(diffusers, kind)(**parts)


def _scheduler(folder: Path, family: Family, index: dict[str, Any]) -> Any:
    import diffusers

    name = str((index.get("scheduler") or ["", ""])[-1])
    if name not in family.parts["scheduler"]:
        raise StudioError("This model has a part of a kind that is not known here ({part}: {kind}).",
                          "Look for one made as usual.", part="scheduler", kind=name)
    return getattr(diffusers, name).from_pretrained(str(folder), subfolder="scheduler", local_files_only=True)


def _config(folder: Path) -> dict[str, Any]:
    """Of a part, where it has one: diffusers' own exports have none."""
    path = folder / "config.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}
