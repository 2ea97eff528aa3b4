"""A composer with random weights in the real layout."""

from __future__ import annotations

from pathlib import Path

from studio.core.engine import ModelSource

FACTS = {"context": 160, "vocabulary": 960, "layers": 2, "heads": 2, "width": 64}


def source(folder: Path) -> ModelSource:
    """The model in ``folder``, made by the exporter of the recipe."""
    import torch

    from studio.training.language import Language, Shape
    from studio.training.music_export import export

    folder.mkdir(parents=True, exist_ok=True)
    with torch.random.fork_rng():
        torch.manual_seed(0)
        network = Language(Shape(960, width=64, layers=2, heads=2, inner=128, context=160)).eval()
        for weight in network.outlets():
            torch.nn.init.normal_(weight, std=0.2)
    export(network, folder / "music-tiny.onnx")
    return ModelSource("music-tiny", "music.onnx", folder, {"music-tiny.onnx": "0" * 64}, dict(FACTS))
