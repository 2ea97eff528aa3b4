"""The words of the two Style models' cards."""

from __future__ import annotations

from collections.abc import Mapping

from studio.engines.style.networks import COLOUR_NUMBERS, GRID, TRUNK_LAYERS
from studio.training.cards import Card
from studio.training.export import OPSET, receptive_margin
from studio.training.quick import Quick

COMMAND = "python -m studio.training.style"


def quick_card(quick: Quick, metrics: Mapping[str, object], steps: int, version: str = "1.1.0") -> Card:
    """Card of models/style-quick."""
    transfer = {"content": "float32 1x3xHxW, RGB, 0..1, any size from 8x8 up", "code": "float32 1xK"}
    return Card(
        id="style-quick",
        title="Quick: any painting, one pass",
        engine="style.quick",
        version=version,
        files=("encoder.onnx", "transfer.onnx", "tile.onnx"),
        does=(
            "Repaints a photograph in the manner of any painting in one pass, untrained on that painting "
            "(after Huang and Belongie 2017 and Ghiasi et al. 2017). `encoder.onnx` turns a painting into a "
            "style code; `transfer.onnx` repaints a picture with a code and gives its statistics; "
            "`tile.onnx` repaints a tile with the whole picture's statistics, so that tiles have no seams. "
            "Contents get a fine grain first (studio/engines/style/tooth.py), which even skies need. "
            "Codes can be mixed by a weighted mean, and weakened by mixing in the content's own code."
        ),
        cannot=(
            "It knows palettes, strokes and textures, not objects: it will not draw a face the way a "
            "painter does, nor put a style's motifs into the picture. It was trained for hours on two cores, "
            "not days on a GPU, so fine brushwork is approximate; Fine goes further."
        ),
        again=f"{COMMAND} quick --data ../shared/data --out models/style-quick --minutes 100",
        how=f"{steps} steps on a CPU; then its encoder was fitted by regression to our own trunk.",
        metrics=metrics,
        input={
            "encoder": {"style": "float32 1x3xHxW, RGB, 0..1, both sides >= 64; 256 to 512 is best"},
            "transfer": transfer,
            "tile": {**transfer, "statistics": "float32 1xM, from transfer.onnx or the whole picture"},
            "code": quick.encoder.width,
            "colour_numbers_of_code": COLOUR_NUMBERS,
            "statistics_order": "9 colour numbers of the content, then mean, deviation of each normalisation",
            "multiple": "tile corners lie on multiples of it; sizes need not, the graphs pad by themselves",
            "margin": "pixels around a tile that can change it",
            "style_side": "longer side at which a style is best encoded",
            "opset": OPSET,
        },
        facts={"multiple": GRID, "margin": receptive_margin(quick.transfer), "style_side": 512, "tooth": 1.0},
    )


def trunk_card(metrics: Mapping[str, object], steps: int, version: str = "1.0.0") -> Card:
    """Card of models/style-trunk."""
    return Card(
        id="style-trunk",
        title="Trunk for Fine",
        engine="style.trunk",
        version=version,
        files=("trunk.safetensors",),
        does=(
            "A small trunk in the shape of SqueezeNet 1.1 up to fire5, distilled from it: it began "
            "with random weights and learned to give the same outputs. Fine compares pictures by it; "
            "the style encoder of Quick uses its means and deviations."
        ),
        cannot="It does not name objects, and it has no layers after fire5.",
        again=f"{COMMAND} trunk --data ../shared/data --out models/style-trunk --minutes 40",
        how=f"{steps} steps on a CPU.",
        metrics=metrics,
        input={
            "picture": "float32 NxCxHxW, RGB, 0..1, both sides >= 32; studio.engines.style.networks.Trunk "
            "takes away the mean and scales to 255 itself",
            "layers": list(TRUNK_LAYERS),
        },
    )
