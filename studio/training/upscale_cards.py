"""The Upscale models written out, measured and described."""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch

from studio.engines.upscale.networks import Enlarger, margin
from studio.training.cards import Card, write_card
from studio.training.data import Picture, Row, decode, photo_rows
from studio.training.enlarge import Stage, averaged
from studio.training.export import OPSET, open_session, write_onnx
from studio.training.judge import Enlarge, Score, bicubic, lanczos, score
from studio.training.pictures import load_drawings, sharp_pictures, to_small, worn

COMMAND = "python -m studio.training.upscale"
Metrics = dict[str, object]
_PORTS = {"input": {"picture": "float32 1x3xHxW, RGB, 0..1, any size"},
          "output": {"enlarged": "the same, each side times the scale; values may leave 0..1 a little"}}


def write_photo(stages: Sequence[Stage], options: argparse.Namespace) -> None:
    """Export, measure and describe models/upscale-photo."""
    networks = {stage.name: averaged(stage.scale, options.runs / f"upscale-{stage.name}") for stage in stages}
    options.out.mkdir(parents=True, exist_ok=True)
    for name, (network, _) in networks.items():
        export(network, options.out / f"{name}.onnx")
    _, photos, paintings = sharp_pictures(options.data)
    sets = {"held_out_photos": decode(photos.held_out),
            "share_alike_photos": decode(measuring_rows(options.data / "photos"))}
    metrics = photo_metrics(stages, options.out, sets)
    steps = {name: steps for name, (_, steps) in networks.items()}
    write_card(photo_card(stages, networks["faithful-x2"][0], metrics, steps), options.out,
               {"photographs": photos, "paintings": paintings})


def write_drawing(stages: Sequence[Stage], options: argparse.Namespace) -> None:
    """Export, measure and describe models/upscale-drawing."""
    options.out.mkdir(parents=True, exist_ok=True)
    split, _, held_out = load_drawings(options.data)
    stage = stages[0]
    network, steps = averaged(stage.scale, options.runs / f"upscale-{stage.name}")
    export(network, options.out / f"{stage.name}.onnx")
    enlarge = runner(options.out / f"{stage.name}.onnx")
    metrics: Metrics = {"plain_x4": plain_table(held_out, stage.scale, {"ours": enlarge}),
                        "touched_x4": worn_table(held_out, stage, {"ours": enlarge})}
    write_card(drawing_card(network, metrics, steps), options.out, {"drawings": split})


def export(network: Enlarger, path: Path) -> None:
    """Write the network as ONNX. Raises ValueError if onnxruntime disagrees with torch."""
    example = torch.rand(1, 3, 24, 30)
    write_onnx(network, (example,), path, {"picture": (2, 3)}, ["enlarged"])
    got = open_session(path).run(None, {"picture": example.numpy()})[0]
    with torch.no_grad():
        difference = float(np.abs(got - network(example).numpy()).max())
    if difference > 1e-4:
        raise ValueError(f"onnxruntime differs from torch by {difference}")


def runner(path: Path) -> Enlarge:
    """The ONNX file as a function of 8-bit pictures."""
    session = open_session(path)

    def enlarge(picture: Picture) -> Picture:
        values = np.ascontiguousarray(picture.transpose(2, 0, 1)[None], np.float32) / np.float32(255)
        made = session.run(None, {"picture": values})[0][0].transpose(1, 2, 0)
        return np.asarray((made * 255 + 0.5).clip(0, 255), np.uint8)

    return enlarge


def measuring_rows(folder: Path, every: int = 4) -> list[Row]:
    """Some of the share-alike photographs, which no model may learn from."""
    return photo_rows(folder, share_alike=True)[::every]


def photo_metrics(stages: Sequence[Stage], out: Path, sets: Mapping[str, list[Picture]]) -> Metrics:
    """Tables: plain bicubic shrinking by the faithful networks, worn pictures by all of them."""
    made = {stage.name: runner(out / f"{stage.name}.onnx") for stage in stages}
    metrics: Metrics = {}
    for stage in stages:
        faithful = f"faithful-x{stage.scale}"
        for name, pictures in sets.items():
            if stage.name == faithful:
                table = plain_table(pictures, stage.scale, {"ours": made[faithful]})
                metrics[f"{name}_x{stage.scale}"] = table
        if stage.shrink is worn:
            ways = {"faithful": made[faithful], "clean": made[stage.name]}
            metrics[f"worn_x{stage.scale}"] = worn_table(sets["held_out_photos"], stage, ways)
    metrics["seconds_to_512"] = {stage.name: seconds(made[stage.name], stage.scale) for stage in stages}
    return metrics


def plain_table(pictures: Sequence[Picture], scale: int, ours: Mapping[str, Enlarge]) -> Metrics:
    """PSNR and SSIM of luma after bicubic shrinking."""
    cut = [p[:p.shape[0] // scale * scale, :p.shape[1] // scale * scale] for p in pictures]
    return _table(to_small(pictures, scale), cut, scale, ours)


def worn_table(pictures: Sequence[Picture], stage: Stage, ours: Mapping[str, Enlarge]) -> Metrics:
    """The same after the stage's own way of shrinking, with fixed chances."""
    scale = stage.scale
    cut = [p[:p.shape[0] // scale * scale, :p.shape[1] // scale * scale] for p in pictures]
    small = [stage.shrink(p, scale, np.random.default_rng(at)) for at, p in enumerate(cut)]
    return _table(small, cut, scale, ours)


def seconds(enlarge: Enlarge, scale: int) -> float:
    """Median time of a picture of 512 x 512."""
    picture = np.random.default_rng(1).integers(0, 256, (512 // scale, 512 // scale, 3)).astype(np.uint8)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        enlarge(picture)
        times.append(time.perf_counter() - start)
    return round(float(np.median(times)), 3)


def _table(small: list[Picture], big: list[Picture], scale: int, ours: Mapping[str, Enlarge]) -> Metrics:
    ways = {"bicubic": bicubic(scale), "lanczos": lanczos(scale), **ours}
    rows = {name: score(way, small, big, scale) for name, way in ways.items()}
    return {"pictures": len(big), **{name: _shown(row) for name, row in rows.items()}}


def _shown(row: Score) -> str:
    return f"{row.psnr:.2f} dB, SSIM {row.ssim:.4f}"


def photo_card(stages: Sequence[Stage], network: Enlarger, metrics: Metrics,
               steps: Mapping[str, int]) -> Card:
    """Card of models/upscale-photo."""
    files = [{"file": f"{stage.name}.onnx", "scale": stage.scale, "clean": int(stage.shrink is worn)}
             for stage in stages]
    return Card(
        id="upscale-photo", title="Photographs", task="upscale", engine="upscale.onnx", version="1.0.0",
        files=[f"{stage.name}.onnx" for stage in stages],
        does=(
            "Enlarges photographs and paintings two or four times. The faithful networks undo plain bicubic "
            "shrinking; the clean ones began with their weights and also take away blur, noise and "
            "the traces of JPEG. Amounts between come from the weights in between (Wang et al. 2019, Deep "
            "Network Interpolation). Residual networks in the manner of EDSR (Lim et al. 2017) on a learned "
            f"bicubic interpolation: {parameters(network):,} parameters at x2."
        ),
        cannot=(
            "It invents nothing: no faces, no lettering, no texture that is not hinted at in the picture, so "
            "large factors stay soft. It trained for about an hour on two busy cores, a hundredth of what "
            "the published networks of this kind see. Strong cleaning takes fine texture with the noise. For "
            "drawings there is another model."
        ),
        again=f"{COMMAND} photo --data ../shared/data --out models/upscale-photo --minutes 90",
        how="Steps on a CPU: " + ", ".join(f"{name} {count:,}" for name, count in steps.items()) + ".",
        helped="Share-alike pictures served for measuring only, as share_alike_photos below.",
        metrics=metrics, input={**_PORTS["input"], "opset": OPSET},
        facts={"networks": files, "margin": margin(network), "is_local": True,
               "parameters": parameters(network)},
    )


def drawing_card(network: Enlarger, metrics: Metrics, steps: int) -> Card:
    """Card of models/upscale-drawing."""
    return Card(
        id="upscale-drawing", title="Drawings and flat art", task="upscale", engine="upscale.onnx",
        version="1.0.0", files=["drawing-x4.onnx"],
        does=(
            "Enlarges drawings, icons, stickers and flat art four times: clean edges, even surfaces. The "
            f"same network as the photo model's, taught on drawings: {parameters(network):,} parameters."
        ),
        cannot="Pen on paper, hatching and scanned comics were not among what it learned from; photographs "
               "come out smooth.",
        again=f"{COMMAND} drawing --data ../shared/data --out models/upscale-drawing --minutes 15",
        how=f"{steps:,} steps on a CPU, from the weights of the photo model.", helped="",
        metrics=metrics, input={**_PORTS["input"], "opset": OPSET},
        facts={"networks": [{"file": "drawing-x4.onnx", "scale": 4, "clean": 0}], "margin": margin(network),
               "is_local": True, "parameters": parameters(network)},
    )


def parameters(network: Enlarger) -> int:
    """How many numbers it learned."""
    return sum(value.numel() for value in network.parameters())
