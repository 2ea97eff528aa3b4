"""Tells a composer, as `studio.training.music_export` writes them, by what its ONNX graph takes and gives."""

from __future__ import annotations

from studio.core.errors import StudioError
from studio.library.graphs import Graph
from studio.library.networks import Network
from studio.library.tensors import damaged

_INPUTS = ("tokens", "last", "total", "past_key_0", "past_value_0")


def recognise(graph: Graph) -> Network | None:
    """The composer in ``graph``, None where it is none. Raises StudioError for one of another vocabulary."""
    from studio.media.tokens.vocabulary import SIZE  # numpy, which the window starts without

    inputs = {port.name: port for port in graph.inputs}
    if not all(name in inputs for name in _INPUTS):
        return None
    outputs = {port.name: port for port in graph.outputs}
    key = inputs["past_key_0"].shape
    layers = sum(name.startswith("past_key_") for name in inputs)
    context = graph.shapes.get("cos", (0,))[0]
    if "logits" not in outputs or len(key) != 4 or not (key[1] and key[3] and context):
        raise damaged("a composer without heads or context")
    vocabulary = outputs["logits"].shape[-1]
    if vocabulary < SIZE:
        raise StudioError("This composer knows {count} signs; Atelier's notes need {needed}.",
                          "It was made for another program, or an older Atelier.", count=vocabulary,
                          needed=SIZE)
    facts = {"context": context, "vocabulary": vocabulary, "layers": layers, "heads": key[1],
             "width": key[1] * key[3]}
    return Network("music.onnx", "Composer (ONNX)", facts)
