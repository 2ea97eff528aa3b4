"""What ComfyUI keeps in its pictures: the graph of nodes that painted it, as JSON under the keyword "prompt".

A graph can be anything; what is read here is the usual kind: a sampler with words, a model, and LoRAs, the
size of what it began from. The rest is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from studio.media.generation import LONGEST, Generation

_FAR = 50
"""Nodes that are followed from one to the next."""
_FIELDS = (("Steps", ("steps",)), ("CFG scale", ("cfg", "guidance")), ("Seed", ("seed", "noise_seed")),
           ("Denoising strength", ("denoise",)), ("Sampler", ("sampler_name",)),
           ("Schedule type", ("scheduler",)))
_WORDS = ("text", "text_g", "text_l", "clip_l", "t5xxl", "string", "value", "prompt", "positive", "negative")
_MODELS = ("ckpt_name", "unet_name", "model_name")
_SAMPLER = frozenset(("steps", "seed", "noise_seed"))
"""One of these is asked of a node that paints."""
_PLAIN = ("", "normal", "simple")
"""Schedules that are nothing of their own."""
Node = Mapping[str, Any]


def parse(text: str) -> Generation | None:
    """What the graph ``text`` tells, in the names of `Generation`; None where it is none. Any is answered."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    nodes = _nodes(found) if isinstance(found, dict) else {}
    samplers = [node for node in nodes.values() if "positive" in node and not _SAMPLER.isdisjoint(node)]
    return next((made for node in samplers if (made := _of_sampler(node, nodes))), None)


def _nodes(graph: Mapping[str, object]) -> dict[str, Node]:
    return {str(key): node["inputs"] for key, node in graph.items()
            if isinstance(node, dict) and isinstance(node.get("inputs"), dict)}


def _of_sampler(sampler: Node, nodes: Mapping[str, Node]) -> Generation | None:
    words = _words(sampler.get("positive"), nodes)
    if words is None:
        return None
    told = {name: _text(sampler.get(key)) for name, keys in _FIELDS for key in keys if key in sampler}
    settings = {name: value for name, value in told.items() if value}
    if settings.get("Schedule type") in _PLAIN:
        del settings["Schedule type"]
    size = next((node for node in _way(sampler.get("latent_image"), nodes, "samples", "pixels")
                 if _text(node.get("width")) and _text(node.get("height"))), None)
    settings |= {"Size": f"{_text(size['width'])}x{_text(size['height'])}"} if size else {}
    negative = _words(sampler.get("negative"), nodes) or ""
    return _with_model(Generation(words, negative, settings), sampler, nodes)


def _with_model(made: Generation, sampler: Node, nodes: Mapping[str, Node]) -> Generation:
    """With the model's name, and LoRAs as others write them."""
    way = list(_way(sampler.get("model"), nodes, "model"))
    models = [_text(node[key]) for node in way for key in _MODELS if _text(node.get(key))]
    add_ons = [f" <lora:{_stem(_text(node['lora_name']))}:{_text(node.get('strength_model')) or 1}>"
               for node in way if _text(node.get("lora_name"))]
    more = {"Model": _stem(models[0])} if models else {}
    return Generation(made.prompt + "".join(add_ons), made.negative, {**made.settings, **more})


def _words(link: object, nodes: Mapping[str, Node]) -> str | None:
    """The first words on the way up from ``link``."""
    for node in _way(link, nodes, *_WORDS, "conditioning", "conditioning_1", "conditioning_to"):
        if words := next((node[key] for key in _WORDS if isinstance(node.get(key), str)), None):
            return str(words).strip()[:LONGEST]
    return None


def _way(link: object, nodes: Mapping[str, Node], *names: str) -> list[Node]:
    """The nodes from ``link`` up, each by the first of its inputs called ``names`` that is a link."""
    way: list[Node] = []
    while isinstance(link, list) and len(link) == 2 and len(way) < _FAR:
        node = nodes.get(str(link[0]))
        if node is None or any(node is other for other in way):
            break
        way.append(node)
        first = ("negative",) if link[1] == 1 and "negative" in names else ()  # of nodes that pass both on
        link = next((node[name] for name in (*first, *names) if isinstance(node.get(name), list)), None)
    return way


def _text(value: object) -> str:
    is_told = isinstance(value, str | int | float) and not isinstance(value, bool)
    return str(value) if is_told else ""


def _stem(name: str) -> str:
    """A model's name without folders, in either kind of path, and without its ending."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, ending = last.rpartition(".")
    return stem if dot and ending in ("safetensors", "ckpt", "pt", "gguf", "sft") else last
