"""A tiny Stable Diffusion as a folder of ONNX graphs, exported from that of diffusers as optimum does it."""

from __future__ import annotations

import shutil
import warnings
from functools import cache
from pathlib import Path
from typing import Any

from studio.core.engine import ModelSource
from tests.engines.image import tiny_diffusion


def model(folder: Path) -> Path:
    """A copy of the model that is made once; ``folder`` must not be there."""
    return Path(shutil.copytree(_made(), folder))


@cache
def _made() -> Path:
    """Stable Diffusion 1."""
    import diffusers
    import torch

    from studio.engines import offline

    plain = tiny_diffusion.made("sd1")
    folder = plain.with_name("sd1-onnx")
    with offline.quiet():
        pipe = diffusers.StableDiffusionPipeline.from_pretrained(plain, local_files_only=True)
    folder.mkdir()
    shutil.copy(plain / "model_index.json", folder)
    for part in ("tokenizer", "scheduler"):
        shutil.copytree(plain / part, folder / part)
    words, picture = torch.zeros((2, 77), dtype=torch.int64), torch.zeros((1, 3, 16, 16))
    latents, read = torch.zeros((2, 4, 4, 4)), torch.zeros((2, 77, 32))
    for part, network, told, names in (
            ("unet", _Part(lambda *given: pipe.unet(*given, return_dict=False)[0], pipe.unet),
             (latents, torch.tensor([1]), read), ("sample", "timestep", "encoder_hidden_states")),
            ("vae_encoder", _Part(lambda given: pipe.vae.quant_conv(pipe.vae.encoder(given)), pipe.vae),
             (picture,), ("sample",)),
            ("vae_decoder", _Part(lambda given: pipe.vae.decode(given, return_dict=False)[0], pipe.vae),
             (latents[:1],), ("latent_sample",)),
            ("text_encoder", _Part(lambda given: pipe.text_encoder(given, return_dict=False)[0],
                                   pipe.text_encoder), (words,), ("input_ids",))):
        (folder / part).mkdir()
        _export(network, told, folder / part / "model.onnx", names)
        source = plain / ("vae" if part.startswith("vae") else part) / "config.json"
        shutil.copy(source, folder / part)
    return folder


def source(folder: Path, **facts: Any) -> ModelSource:
    """As the library would name it."""
    return ModelSource(folder.name, "image.onnx", folder, tiny_diffusion.source(folder).files, facts)


def _export(network: Any, told: tuple[Any, ...], path: Path, names: tuple[str, ...]) -> None:
    import torch

    free = {name: dict(enumerate(("batch", "channels", "height", "width")[:part.ndim]))
            for name, part in zip(names, told, strict=True) if part.ndim > 1}
    free = {name: {at: side for at, side in sides.items() if side != "channels" or name == "input_ids"}
            for name, sides in free.items()}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(network, told, str(path), input_names=list(names), output_names=["out"],
                          dynamic_axes=free | {"out": {0: "batch"}}, opset_version=17, dynamo=False)


class _Part:
    """Made into a module below: torch is imported when the first is."""

    def __new__(cls, work: Any, holder: Any) -> Any:
        import torch

        class Part(torch.nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.holder = holder

            def forward(self, *given: Any) -> Any:
                return work(*given)

        return Part().eval()
