"""Image generators in the real layouts, next to empty."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file

_PARTS = {"unet": "UNet2DConditionModel", "vae": "AutoencoderKL", "text_encoder": "CLIPTextModel",
          "tokenizer": "CLIPTokenizer", "scheduler": "PNDMScheduler"}
CHECKPOINT = ("model.diffusion_model.input_blocks.0.0.weight", "first_stage_model.decoder.conv_in.weight",
              "cond_stage_model.transformer.text_model.embeddings.token_embedding.weight",
              "model_ema.decay")
XL = (*CHECKPOINT[:2], "conditioner.embedders.0.transformer.text_model.embeddings.token_embedding.weight",
      "conditioner.embedders.1.model.token_embedding.weight")


def put(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))


def change(path: Path, **values: Any) -> None:
    put(path, json.loads(path.read_text()) | values)


def weights(path: Path, *names: str, dtype: Any = np.float32, width: int = 4) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: np.zeros((3, width), dtype) for name in names}, path)
    return path


def stable_diffusion(made: Path) -> Path:
    """Stable Diffusion 1 as diffusers keeps it."""
    homes = {name: "transformers" if "CLIP" in name else "diffusers" for name in _PARTS.values()}
    put(made / "model_index.json", {"_class_name": "StableDiffusionPipeline", "safety_checker": [None, None],
                                    **{part: [homes[name], name] for part, name in _PARTS.items()}})
    for part, name in (("unet", "diffusion_pytorch_model"), ("vae", "diffusion_pytorch_model"),
                       ("text_encoder", "model")):
        put(made / part / "config.json", {"in_channels": 4, "hidden_size": 768})
        weights(made / part / f"{name}.safetensors", "a", "b", width=8 if part == "unet" else 4)
    put(made / "tokenizer" / "tokenizer.json", {})
    put(made / "scheduler" / "scheduler_config.json", {"prediction_type": "epsilon"})
    (made / "README.md").write_text("---\nlicense: openrail\n---\n")
    return made
