"""A sticker painter with random weights in the real layout."""

from __future__ import annotations

import json
from pathlib import Path

from studio.core.engine import ModelSource

FILES = ("decode.onnx", "encode.onnx", "image-tiny.onnx")
WORDS = ("", "<flat>", "<soft>", "apple", "red", "ball")


def source(folder: Path) -> ModelSource:
    """The model in ``folder``, made by the exporter of the recipe."""
    import torch

    from studio.training.image_export import export, export_drawings
    from studio.training.image_latents import Drawings
    from studio.training.image_network import Painter, Shape

    folder.mkdir(parents=True, exist_ok=True)
    with torch.random.fork_rng():
        torch.manual_seed(0)
        network = Painter(Shape(len(WORDS), room=8, width=32, layers=2, reading=1, heads=2, inner=64)).eval()
        for weight in network.parameters():
            torch.nn.init.normal_(weight, std=0.2)
        export_drawings(Drawings(), folder)
    export(network, folder / "image-tiny.onnx")
    (folder / "words.json").write_text(json.dumps({"words": WORDS, "room": 8}))
    return ModelSource("image-tiny", "image.sticker", folder, dict.fromkeys(FILES, "0" * 64),
                       {"side": 64, "short": [16, 8, 8], "room": 8, "styles": ["flat", "soft"]})
