"""Tells what an ONNX network from picture to picture is for: a style, or a larger or cleaner picture."""

from __future__ import annotations

import re
from typing import Any

from studio.core.errors import StudioError
from studio.library.graphs import Graph, Port
from studio.library.networks import Network

_ENLARGES = re.compile(r"upscal|super.?res|esrgan|srgan|espcn|edsr|waifu2x|cugan|swinir|"
                       r"(?<![a-z0-9])(?:sr|[2348]x|x[2348])(?![a-z0-9])")
_CLEANS = re.compile(r"nois|blur|deblock|jpe?g|derain|dehaz|dehalo|deband|scratch|restor|clean|sharpen|"
                     r"repair|scunet|nafnet|drunet|dncnn|fbcnn|(?<![a-z0-9])(?:1x|x1)(?![a-z0-9])")
_STYLES = re.compile(r"style|mosaic|candy|painting")


def recognise(graph: Graph, name: str) -> Network:
    """The network in ``graph``, from a file called ``name``. Raises StudioError if it is none from pictures.

    What enlarges, or takes brightness alone, is for Upscale. At scale 1 a colour network is a style, unless
    its name or what its maker wrote into it says that it cleans; `models import` cannot see more, but every
    style network can be named with --model in Upscale.
    """
    port = _picture(graph)
    if graph.scale > 1 and graph.scale != int(graph.scale):
        raise StudioError("This ONNX network makes pictures {scale} times as large: that is no whole factor.",
                          "Choose another model.", scale=f"{graph.scale:g}")
    facts: dict[str, Any] = {
        "input": port.name, "output": graph.outputs[0].name if graph.outputs else "", "layout": port.layout,
        "height": port.sides[0], "width": port.sides[1], "dtype": port.dtype, "opset": graph.opset}
    if not _is_upscaler(graph, port, name):
        return Network("style.onnx", "Style network (ONNX)", facts)
    scale = {"scale": int(graph.scale)} if graph.scale >= 1 else {}
    return Network("upscale.onnx", "Upscaler (ONNX)", facts | scale | {"channels": port.channels})


def _picture(graph: Graph) -> Port:
    """The one input. Raises StudioError."""
    if len(graph.inputs) != 1:
        raise StudioError("This ONNX network takes {count} inputs; "
                          "Style and Upscale need one with a single picture.", count=len(graph.inputs))
    port, = graph.inputs
    if not port.layout:
        raise StudioError("This ONNX network does not take a picture but {shape} numbers.",
                          "Style and Upscale need 1 x 3 x height x width, Upscale takes 1 x 1 too.",
                          shape=" x ".join(str(side) if side else "any" for side in port.shape) or "single")
    if graph.outputs and graph.outputs[0].shape and not _may_be_picture(graph.outputs[0]):
        raise StudioError("This ONNX network gives no picture.", "It may be a classifier.")
    return port


def _is_upscaler(graph: Graph, port: Port, name: str) -> bool:
    said = f"{name.lower()} {graph.words}".replace("_", " ").replace("-", " ")
    if graph.scale > 1 or port.channels == 1:
        return True
    if graph.scale == 1:
        return bool(_CLEANS.search(said)) and not _STYLES.search(said)
    return bool(_ENLARGES.search(said) or _CLEANS.search(said))


def _may_be_picture(port: Port) -> bool:
    """Sizes that the graph leaves open may turn out right."""
    channels = {port.shape[1], port.shape[3]} if len(port.shape) == 4 else set()
    return bool(channels & {0, 1, 3})
